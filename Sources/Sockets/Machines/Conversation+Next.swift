public import Layers
public import SocketModel

extension Conversation {
    /// Does what the machine wants until it has something to tell.
    ///
    /// - Parameter deadline: For the whole call.
    /// - Returns: The machine's next event; nil when the conversation is over: the machine has closed the socket, or the peer has ended and the machine
    ///   waits for nothing else.
    /// - Throws: ``SocketError`` as ``Socket/sendAll(_:flags:deadline:)`` and ``Socket/receive(_:flags:deadline:)``. After
    ///   ``SocketError/Code/timedOut`` of a receive the conversation may go on; after any other error it may not.
    @available(*, noasync, message: "this parks the thread")
    public mutating func next(deadline: Deadline = .never) throws(SocketError) -> Machine.Event? {
        let limit = deadline.instant { socket.network.now }
        while true {
            switch try step() {
            case .done(let event): return event
            case .send(let bytes): try socket.sendAll(bytes, deadline: .at(limit))
            case .close: try socket.close()
            case .sleep(let instant):
                try socket.network.sleep(until: min(instant, limit))
                if limit < instant { throw SocketError(.timedOut, .receive) }
            case .receive(let instant):
                do throws(SocketError) {
                    take(try socket.receive(deadline: .at(min(instant, limit))))
                } catch {
                    guard isDue(error, instant, before: limit) else { throw error }
                }
            }
        }
    }

    /// Does what the machine wants until it has something to tell, while the task is suspended.
    ///
    /// - Returns: As the blocking form.
    /// - Throws: ``SocketError`` as the blocking form, and with ``SocketError/Code/cancelled``; then, too, the conversation may go on if it was a receive.
    public mutating func next(deadline: Deadline = .never) async throws(SocketError) -> Machine.Event? {
        let limit = deadline.instant { socket.network.now }
        while true {
            switch try step() {
            case .done(let event): return event
            case .send(let bytes): try await socket.sendAll(bytes, deadline: .at(limit))
            case .close: try await socket.close()
            case .sleep(let instant):
                try await socket.network.sleep(until: min(instant, limit))
                if limit < instant { throw SocketError(.timedOut, .receive) }
            case .receive(let instant):
                do throws(SocketError) {
                    take(try await socket.receive(deadline: .at(min(instant, limit))))
                } catch {
                    guard isDue(error, instant, before: limit) else { throw error }
                }
            }
        }
    }
}
