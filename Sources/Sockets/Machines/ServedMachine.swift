internal import Layers
internal import SocketModel

/// A connection that a server has a machine serve.
///
/// Sendable without check, as its superclass is.
@safe class ServedMachine: MachineDriver, @unchecked Sendable {
    private final let seat: ServerSeat
    /// The machines of a place form a list, which keeps them alive.
    @safe @exclusivity(unchecked) final var next: ServedMachine?
    unowned(unsafe) final var previous: ServedMachine?

    init(_ socket: Socket, _ peer: SocketAddress, _ place: ServerPlace) {
        seat = ServerSeat(socket, peer, place)
        super.init(socket)
    }

    /// What the machine says has gone wrong; who has the machine overrides it.
    var machineError: (any Error)? { nil }

    override final func mayBegin() -> Bool { seat.place.machines.add(self) }

    override final func hasEnded(_ failure: SocketError?) {
        let isCancelled = failure?.code == .cancelled
        seat.report(isCancelled ? failure : machineError ?? failure, isCancelled: isCancelled, socket)
        socket.closeUnattended()
        seat.leave()
        seat.place.machines.remove(self)
    }

    /// With its machine, in one piece of memory.
    final class Of<Machine: StreamMachine>: ServedMachine, @unchecked Sendable where Machine.Event == Never {
        @safe @exclusivity(unchecked) private var machine: Machine

        init(_ machine: Machine, _ socket: Socket, _ peer: SocketAddress, _ place: ServerPlace) {
            self.machine = machine
            super.init(socket, peer, place)
        }

        override func hear(_ input: consuming StreamInput, now: NetworkInstant) { machine.handle(input, now: now) }

        override func poll(now: NetworkInstant) -> StreamOutput<Never> { machine.poll(now: now) }

        override var machineError: (any Error)? { machine.error }
    }
}
