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

    /// The connection is over; who has others to tell of that overrides it.
    func isOverNow() {}

    override final func hasEnded(_ failure: SocketError?) {
        let isCancelled = failure?.code == .cancelled
        seat.report(isCancelled ? failure : machineError ?? failure, isCancelled: isCancelled, socket)
        socket.closeUnattended()
        isOverNow()
        seat.leave()
        seat.place.machines.remove(self)
    }

    /// With its machine, in one piece of memory.
    class Of<Machine: StreamMachine>: ServedMachine, @unchecked Sendable where Machine.Event == Never {
        @safe @exclusivity(unchecked) fileprivate final var machine: Machine

        init(_ machine: Machine, _ socket: Socket, _ peer: SocketAddress, _ place: ServerPlace) {
            self.machine = machine
            super.init(socket, peer, place)
        }

        override final func hear(_ input: consuming StreamInput, now: NetworkInstant) {
            machine.handle(input, now: now)
        }

        override final func poll(now: NetworkInstant) -> StreamOutput<Never> { machine.poll(now: now) }

        override final var sendLimit: Duration? { machine.sendLimit }

        override final var machineError: (any Error)? { machine.error }
    }

    /// With its machine, which others may have something to tell, or a part of it.
    final class Told<Machine: StreamMachine, Part: StreamMachine>: Of<Machine>, @unchecked Sendable
    where Machine.Event == Never, Part.Event == Never {
        private let mailbox: MachineMailbox<Part>
        private let part: MachinePart<Machine, Part>

        init(
            _ machine: Machine, _ mailbox: MachineMailbox<Part>, _ part: @escaping MachinePart<Machine, Part>,
            _ socket: Socket, _ peer: SocketAddress, _ place: ServerPlace
        ) {
            self.mailbox = mailbox
            self.part = part
            super.init(machine, socket, peer, place)
        }

        override func hasBegun() {
            beginReading(mailbox) { [self] change in part(&machine, change) }
        }

        override func isOverNow() { mailbox.end() }
    }
}
