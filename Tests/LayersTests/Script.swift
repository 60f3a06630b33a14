import Layers
import SocketModel

/// Drives a machine by hand: what it says and tells, for a test to compare.
struct Script<Machine: StreamMachine> where Machine.Event: Equatable {
    private(set) var machine: Machine
    /// All that was to be sent.
    private(set) var sent: [UInt8] = []
    private(set) var events: [Machine.Event] = []
    private(set) var isClosed = false
    var now = NetworkInstant(nanoseconds: 0)

    init(_ machine: Machine) {
        self.machine = machine
        drain()
    }

    /// Lets the user of the machine say something.
    mutating func tell(_ body: (inout Machine) -> Void) {
        body(&machine)
        drain()
    }

    /// Has bytes come, in pieces as long as `size` says.
    mutating func receive(_ bytes: [UInt8], inPieces size: () -> Int = { .max }) {
        var rest = bytes[...]
        while !rest.isEmpty, !isClosed {
            let piece = rest.prefix(max(1, size()))
            rest = rest.dropFirst(piece.count)
            machine.handle(.received(Chunk(Array(piece))), now: now)
            drain()
        }
    }

    mutating func end() {
        machine.handle(.ended, now: now)
        drain()
    }

    private mutating func drain() {
        while !isClosed {
            switch machine.poll(now: now) {
            case .send(let bytes): sent += bytes
            case .event(let event): events.append(event)
            case .finish: break
            case .close, .reset: isClosed = true
            case .wait: return
            }
        }
    }
}
