internal import Layers
internal import SocketModel

extension MachineConnection {
    /// A connection and its machine in one piece of memory.
    final class Of<Machine: StreamMachine>: MachineConnection, @unchecked Sendable where Machine.Event == Never {
        @safe @exclusivity(unchecked) private var machine: Machine

        init(_ machine: Machine, _ socket: Socket, _ peer: SocketAddress, _ place: ServerPlace) {
            self.machine = machine
            super.init(socket, peer, place)
        }

        override func hear(_ input: consuming StreamInput, now: NetworkInstant) { machine.handle(input, now: now) }

        override func poll(now: NetworkInstant) -> StreamOutput<Never> { machine.poll(now: now) }
    }
}
