public import Layers
public import SocketModel

extension Socket {
    /// Serves connections, each by a machine: straight from what the kernel completes, with no task and no suspension.
    ///
    /// ```swift
    /// struct Echo: StreamMachine {
    ///     private var output: [StreamOutput<Never>] = []
    ///
    ///     mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) {
    ///         switch input {
    ///         case .received(let bytes): output.append(.send(bytes))
    ///         case .ended: output.append(.close)
    ///         }
    ///     }
    ///
    ///     mutating func poll(now: NetworkInstant) -> StreamOutput<Never> {
    ///         output.isEmpty ? .wait(until: .distantFuture) : output.removeFirst()
    ///     }
    /// }
    ///
    /// try await socket.serve(machine: Echo())
    /// ```
    ///
    /// In all else as ``serve(_:handler:)``: the same limits, events and ways to stop. A connection ends when its machine says so, when sending or
    /// receiving fails, or when the server stops. While the system does not take what a machine wants to send, the machine is not asked and its peer's
    /// bytes stay in the kernel. A machine that has gone wrong (``StreamMachine/error``) is a connection that has failed:
    /// ``ServerEvent/failed(_:_:)``. It must not block: everybody on its executor would wait.
    ///
    /// - Parameters:
    ///   - options: Limits, and whom to tell.
    ///   - machine: Makes the machine of a connection.
    /// - Throws: ``SocketError`` as ``serve(_:handler:)``.
    public func serve<Machine: StreamMachine>(
        _ options: ServerOptions = ServerOptions(), machine: @escaping @autoclosure @Sendable () -> Machine
    ) async throws(SocketError) where Machine.Event == Never {
        try await serve(Server(network, options, .machine { ServedMachine.Of(machine(), $0, $1, $2) }))
    }

    /// Serves connections, each by a machine that may depend on the peer's address: in all else as the form that takes a machine.
    ///
    /// - Throws: ``SocketError`` as that.
    public func serve<Machine: StreamMachine>(
        _ options: ServerOptions = ServerOptions(),
        machineFor machine: @escaping @Sendable (SocketAddress) -> Machine
    ) async throws(SocketError) where Machine.Event == Never {
        try await serve(Server(network, options, .machine { ServedMachine.Of(machine($1), $0, $1, $2) }))
    }

    /// Serves connections, each by a machine that others may tell something by its ``MachineHandle``: in all else as the form that takes a machine.
    ///
    /// Where the closure uses the handle itself it has to say the machine's type, as in `{ peer, handle -> MyMachine in … }`.
    ///
    /// - Throws: ``SocketError`` as that.
    public func serve<Machine: StreamMachine>(
        _ options: ServerOptions = ServerOptions(),
        machineFor machine: @escaping @Sendable (SocketAddress, MachineHandle<Machine>) -> Machine
    ) async throws(SocketError) where Machine.Event == Never {
        try await serve(options, machineFor: machine, telling: { machine, change in change(&machine) })
    }

    /// As that, where the handle is that of a part of the machine.
    package func serve<Machine: StreamMachine, Part: StreamMachine>(
        _ options: ServerOptions,
        machineFor machine: @escaping @Sendable (SocketAddress, MachineHandle<Part>) -> Machine,
        telling part: @escaping MachinePart<Machine, Part>
    ) async throws(SocketError) where Machine.Event == Never, Part.Event == Never {
        let handler = Server.Handler.machine { socket, peer, place in
            let handle = MachineHandle<Part>()
            return ServedMachine.Told(machine(peer, handle), handle.mailbox, part, socket, peer, place)
        }
        try await serve(Server(network, options, handler))
    }
}

/// Calls its second argument with the part of a machine that others have something to tell.
package typealias MachinePart<Machine, Part> = @Sendable (inout Machine, (inout Part) -> Void) -> Void
