import Layers
import SocketModel

/// Both sides of SOCKS and the reader of PROXY headers: any split of what comes leads to the same, and a header that is read reads the same again.
func fuzzOpenings(_ bytes: [UInt8]) throws {
    var script = Script(bytes)
    let (kind, size) = (script.pick(4), 1 + script.pick(16))
    let input = script.all()
    switch kind {
    case 0:
        guard
            let client = try? SOCKSClient(
                to: .name("example.org", port: 80), credentials: .init(user: "u", password: "p"))
        else { return }
        try demandSame(client, input, size)
    case 1: try demandSame(SOCKSServer(), input, size)
    case 2: try demandSame(SOCKSServer(wantsCredentials: true), input, size)
    default:
        try demandSame(ProxyHeaderReader(), input, size)
        guard let (header, _) = try? ProxyHeader.decode(input), let again = try? header.encoded(as: .v2) else { return }
        try demand(
            try ProxyHeader.decode(again, limit: 65_551)?.header.origin == header.origin,
            "\(header) reads back otherwise")
    }
}

/// What a machine says and tells, whole and in pieces of `size`.
private func demandSame<Machine: StreamMachine>(_ machine: Machine, _ bytes: [UInt8], _ size: Int) throws
where Machine.Event: Equatable {
    let pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
    try demand(run(machine, pieces), equals: run(machine, [bytes]), "in pieces of \(size)")
}

private struct Course<Event: Equatable>: Equatable {
    var sent: [UInt8] = []
    var events: [Event] = []
    var isClosed = false
}

private func run<Machine: StreamMachine>(_ machine: Machine, _ pieces: [[UInt8]]) -> Course<Machine.Event>
where Machine.Event: Equatable {
    var (machine, course) = (machine, Course<Machine.Event>())
    let now = NetworkInstant(nanoseconds: 0)
    for input in [nil] + pieces.map(StreamInput.piece) + [StreamInput.ended] {
        if let input { machine.handle(input, now: now) }
        var isWaiting = false
        while !isWaiting, !course.isClosed {
            switch machine.poll(now: now) {
            case .send(let bytes): course.sent += bytes
            case .event(let event): course.events.append(event)
            case .close, .reset: course.isClosed = true
            case .finish: break
            case .wait: isWaiting = true
            }
        }
        if course.isClosed { break }
    }
    return course
}

extension StreamInput {
    fileprivate static func piece(_ bytes: [UInt8]) -> StreamInput { .received(Chunk(bytes)) }
}
