import SocketModel
import TestSupport

@testable import BackendSim

let millisecond: Int64 = 1_000_000
let second: Int64 = 1_000_000_000

/// Which end of a wire.
enum End: Int {
    case client = 0
    case server = 1
    var other: End { self == .client ? .server : .client }
}

/// One segment on a wire.
struct Segment {
    var from: End
    /// When it left.
    var at: Int64
    var header: TCPHeader
    var payload: [UInt8]
    var flags: TCPFlags { header.flags }
}

/// A machine where tests can share it.
final class Machine {
    var tcp: TCPConnection
    init(_ tcp: consuming TCPConnection) { self.tcp = tcp }

    var isFinished: Bool { tcp.isFinished }

    func send(_ bytes: [UInt8], more: Bool = false, now: Int64) -> Int {
        unsafe bytes.withUnsafeBytes { unsafe tcp.send($0, more: more, now: now) }
    }

    func receive(_ limit: Int, peek: Bool = false, offset: Int = 0, now: Int64) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(min(limit, tcp.availableBytes - offset), 0))
        let count = unsafe bytes.withUnsafeMutableBytes {
            unsafe tcp.receive(into: $0, peek: peek, offset: offset)
        }
        return Array(bytes[..<count])
    }

    func handle(_ header: TCPHeader, _ payload: [UInt8] = [], now: Int64) {
        unsafe payload.withUnsafeBytes { unsafe tcp.handle(header, payload: $0, now: now) }
    }

    /// Everything that it wants to send now.
    func poll(now: Int64) -> [(header: TCPHeader, payload: [UInt8])] {
        var all: [(TCPHeader, [UInt8])] = []
        var header = TCPHeader()
        var payload: [UInt8] = []
        while tcp.poll(&header, payload: &payload, now: now) {
            all.append((header, payload))
            precondition(all.count < 100_000, "poll never ends")
        }
        return all
    }
}

/// Two machines and what is between them, in virtual time.
final class Wire {
    private struct Flight {
        var due: Int64
        var segment: Segment
    }

    private(set) var now: Int64 = 0
    /// One way.
    var delay = 10 * millisecond
    /// Everything sent, also what was lost.
    private(set) var log: [Segment] = []
    /// What is lost.
    var drop: (Segment) -> Bool = { _ in false }
    /// How much later than usual it comes, and whether it comes twice.
    var jitter: (Segment) -> (later: Int64, isTwice: Bool) = { _ in (0, false) }
    /// The next one last.
    private var flights: [Flight] = []
    private(set) var ends: [Machine?] = [nil, nil]
    var serverParameters: TCPParameters

    var client: Machine { self[.client] }
    var server: Machine { self[.server] }
    var hasServer: Bool { ends[1] != nil }

    /// The client's SYN is on its way.
    init(client: TCPParameters = .init(), server: TCPParameters = .init(), simultaneous: Bool = false) {
        serverParameters = server
        ends[0] = Machine(TCPConnection(connecting: client, now: 0))
        if simultaneous { ends[1] = Machine(TCPConnection(connecting: server, now: 0)) }
    }

    /// A wire whose handshake is over, and its log empty.
    static func connected(
        client: TCPParameters = .init(initialSequence: 1000), server: TCPParameters = .init(initialSequence: 5000)
    ) -> Wire {
        let wire = Wire(client: client, server: server)
        wire.run(for: 100 * millisecond)
        wire.forget()
        return wire
    }

    subscript(end: End) -> Machine {
        guard let machine = ends[end.rawValue] else { preconditionFailure("no SYN has come to the server") }
        return machine
    }

    func forget() { log = [] }

    @discardableResult func send(_ count: Int, from end: End = .client, more: Bool = false) -> Int {
        let taken = self[end].send(pattern(count), more: more, now: now)
        flush()
        return taken
    }

    @discardableResult func receive(_ limit: Int = 1 << 20, at end: End = .server) -> Int {
        let bytes = self[end].receive(min(limit, self[end].tcp.availableBytes), now: now)
        flush()
        return bytes.count
    }

    /// Does something to one machine, and sends what comes of it.
    func change(_ end: End, _ body: (inout TCPConnection) -> Void) {
        body(&self[end].tcp)
        flush()
    }

    /// Sends what the machines want to send.
    func flush() {
        for end in [End.client, .server] {
            guard let machine = ends[end.rawValue] else { continue }
            for (header, payload) in machine.poll(now: now) {
                transmit(Segment(from: end, at: now, header: header, payload: payload))
            }
        }
    }

    func transmit(_ segment: Segment) {
        log.append(segment)
        guard !drop(segment) else { return }
        let (later, isTwice) = jitter(segment)
        for _ in 0..<(isTwice ? 2 : 1) {
            insert(Flight(due: now + delay + later, segment: segment))
        }
    }

    private func deliver(_ segment: Segment) {
        let target = segment.from.other
        if let machine = ends[target.rawValue] {
            machine.handle(segment.header, segment.payload, now: now)
        } else if segment.flags.contains(.syn) {
            ends[1] = Machine(TCPConnection(accepting: serverParameters, syn: segment.header, now: now))
        }
    }

    private func insert(_ flight: Flight) {
        var (low, high) = (0, flights.count)
        while low < high {
            let middle = (low + high) / 2
            if flights[middle].due > flight.due { low = middle + 1 } else { high = middle }
        }
        flights.insert(flight, at: low)
    }

    /// The next thing happens, if it does before `limit`.
    func step(until limit: Int64 = .max) -> Bool {
        let deadline = ends.compactMap { $0?.tcp.nextDeadline }.min() ?? .max
        let arrival = flights.last?.due ?? .max
        guard min(deadline, arrival) < limit else { return false }
        if arrival <= deadline, let flight = flights.popLast() {
            now = max(now, arrival)
            deliver(flight.segment)
        } else {
            now = max(now, deadline)
            for end in ends where (end?.tcp.nextDeadline ?? .max) <= now { end?.tcp.expire(now: now) }
        }
        flush()
        return true
    }

    func run(for time: Int64) { run(until: now + time) }

    func run(until limit: Int64) {
        flush()
        var steps = 0
        while step(until: limit) {
            steps += 1
            precondition(steps < 1_000_000, "the wire never rests")
        }
        now = limit
    }

    /// What one end sent, as one line each: flags, then the range of its bytes counted from its first.
    func sent(by end: End) -> [String] {
        log.filter { $0.from == end }.map { text($0) }
    }

    private func text(_ segment: Segment) -> String {
        let initial = self[segment.from].tcp.parameters.initialSequence &+ 1
        let start = segment.header.sequence &- initial
        return segment.payload.isEmpty ? "\(segment.flags)" : "\(segment.flags) \(start)+\(segment.payload.count)"
    }
}

extension TCPFlags: CustomStringConvertible {
    /// A letter for each flag, such as "SA".
    public var description: String {
        let names: [(TCPFlags, String)] = [
            (.syn, "S"), (.fin, "F"), (.reset, "R"), (.push, "P"), (.acknowledge, "A"),
        ]
        return names.filter { contains($0.0) }.map(\.1).joined()
    }
}

/// Bytes in which a mistake in the order shows.
func pattern(_ count: Int, from start: Int = 0) -> [UInt8] { Array(patternBytes[start..<start + count]) }

private let patternBytes = (0..<7 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
