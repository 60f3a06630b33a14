public import SocketModel

extension Network {
    /// Closes every socket of this network, and ends what waits in it for anything else: whoever is in a call, sleeps, or awaits a name,
    /// is woken and fails with ``SocketError/Code/closed``. Afterwards the network makes no sockets, looks up no names and lets nobody sleep.
    ///
    /// A name that a blocking call looks up cannot be given up: that call returns when the system's name service does. Returns when
    /// all sockets are closed; a second call does nothing.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/blockingOnExecutor`` on an executor's thread, when calls have yet to leave; the
    ///   network is closed nevertheless, and the last call to leave gives the descriptors back.
    @available(*, noasync, message: "closing waits for other threads' calls to return")
    public func close() throws(SocketError) {
        let (sockets, countdown) = beginClosing()
        let latch = backend.makeLatch()
        countdown.whenZero { latch.open() }
        do throws(Failure) {
            try latch.wait()
        } catch {
            countdown.whenZero { Self.finishClosing(sockets, lingering: false) }
            throw SocketError(error, .closeNetwork)
        }
        Self.finishClosing(sockets, lingering: true)
    }

    /// Closes every socket of this network, and ends what waits in it for anything else, while the task is suspended.
    ///
    /// Differs from the blocking form in that it never lingers: with `SO_LINGER` set, what is not yet delivered is left to the system.
    /// A task that is cancelled closes the network all the same.
    ///
    /// - Throws: Nothing; `throws` is for the same text to do for both forms.
    public func close() async throws(SocketError) {
        let (sockets, countdown) = beginClosing()
        let wait = Suspension()
        countdown.whenZero { wait.end(.told) }
        _ = await wait.endingUncancelled()
        Self.finishClosing(sockets, lingering: false)
    }

    /// Lets nobody begin anything any more and wakes whoever waits; the sockets that are to be closed once all calls have left, and when
    /// that is.
    private func beginClosing() -> ([Socket], Countdown) {
        // All calls have left before the first socket is closed, so that nobody takes a neighbour's end for a peer's.
        let closing = registry.close().compactMap { socket in socket.beginClosing().map { (socket, inside: $0) } }
        waits.close()
        let busy = closing.filter { $0.inside > 0 }
        let countdown = Countdown(busy.count)
        for (socket, _) in busy { socket.usage.whenDrained { countdown.arrive() } }
        return (closing.map(\.0), countdown)
    }

    private static func finishClosing(_ sockets: [Socket], lingering: Bool) {
        for socket in sockets { try? socket.finishClosing(lingering: lingering) }
    }

    /// Whether `close()` has been called, in either form.
    public var isClosed: Bool { registry.isClosed }
}
