import SocketModel

@testable import BackendSim

/// A TCP connection whose peer, network and program do whatever the bytes say. Every number of the peer's sequence space has
/// one byte, and so has every number of ours: whatever overlaps, comes twice or is acknowledged too early, what the program reads is
/// the peer's bytes in order and each once, what leaves are ours, memory and answers are bounded.
func fuzzTCPSegments(_ bytes: [UInt8]) throws {
    var conversation = HostileConversation(Script(bytes))
    try conversation.run()
}

private struct HostileConversation: ~Copyable {
    private var script: Script
    private var tcp: TCPConnection
    private var now: Int64 = 0
    private var (written, read) = (0, 0)
    private let bufferSize: Int

    init(_ script: Script) {
        var script = script
        let sizes = [1, 100, 536, 5000, 70_000]
        bufferSize = sizes[script.pick(sizes.count)]
        let parameters = TCPParameters(
            maximumSegment: Int(script.number(UInt16.self)), sendBuffer: bufferSize, receiveBuffer: bufferSize,
            initialSequence: script.number(), noDelay: script.pick(2) == 0, keepAlive: script.pick(2) == 0,
            userTimeout: script.pick(2) == 0 ? 0 : 1_000_000_000)
        if script.pick(2) == 0 {
            tcp = TCPConnection(connecting: parameters, now: 0)
        } else {
            let syn = TCPHeader(
                sequence: script.number(), flags: .syn, window: script.number(), maximumSegment: script.number(),
                windowScale: script.byte())
            tcp = TCPConnection(accepting: parameters, syn: syn, now: 0)
        }
        self.script = script
    }

    mutating func run() throws {
        try transmit()
        for _ in 0..<400 where !script.isOver {
            try step()
            try transmit()
            try checkBounds()
        }
    }

    private mutating func step() throws {
        switch script.pick(16) {
        case 0: send(script.pick(256) * 16)
        case 1: try receive(script.pick(256) * 16)
        case 2: try expire()
        case 3: now += Int64(script.number(UInt16.self)) * 1_000_000
        case 4 where script.byte() == 0: tcp.shutdownSending()
        case 5 where script.byte() == 0: tcp.close(now: now)
        case 6 where script.byte() == 0: tcp.shutdownReceiving()
        case 7 where script.byte() == 0: tcp.unreachable(.noRouteToHost)
        case 8: tcp.setReceiveBuffer(min(Int(script.number(UInt16.self)), bufferSize))
        default: handle()
        }
    }

    // MARK: The peer

    private mutating func handle() {
        let flags = TCPFlags(rawValue: script.byte())
        let sequence = near(tcp.receiving.next)
        let header = TCPHeader(
            sequence: sequence, acknowledgement: near(tcp.sending.next), flags: flags, window: script.number(),
            maximumSegment: flags.contains(.syn) ? script.number() : 0,
            windowScale: flags.contains(.syn) ? script.byte() : 255)
        let count = script.pick(4) == 0 ? Int(script.number(UInt16.self)) % 3000 : script.pick(64)
        // A SYN takes a number of its own, before the first byte.
        let first = flags.contains(.syn) ? sequence &+ 1 : sequence
        let payload = (0..<count).map { Self.byte(first &+ UInt32(truncatingIfNeeded: $0)) }
        unsafe payload.withUnsafeBytes { unsafe tcp.handle(header, payload: $0, now: now) }
    }

    private mutating func near(_ number: UInt32) -> UInt32 {
        switch script.pick(4) {
        case 0: number
        case 1: number &+ UInt32(bitPattern: Int32(Int8(bitPattern: script.byte())))
        case 2: number &+ UInt32(bitPattern: Int32(script.number(Int16.self)))
        default: script.number()
        }
    }

    /// The byte that has a number of the sequence space.
    private static func byte(_ number: UInt32) -> UInt8 {
        UInt8(truncatingIfNeeded: number &* 31 &+ number >> 8 &+ number >> 16)
    }

    // MARK: The program

    private mutating func send(_ count: Int) {
        let first = tcp.parameters.initialSequence &+ 1 &+ UInt32(truncatingIfNeeded: written)
        let bytes = (0..<count).map { Self.byte(first &+ UInt32(truncatingIfNeeded: $0)) }
        written += unsafe bytes.withUnsafeBytes { unsafe tcp.send($0, more: false, now: now) }
    }

    private mutating func receive(_ limit: Int) throws {
        let first = tcp.receiving.initial &+ 1 &+ UInt32(truncatingIfNeeded: read)
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe tcp.receive(into: $0, peek: false) }
        for index in 0..<count {
            let expected = Self.byte(first &+ UInt32(truncatingIfNeeded: index))
            try demand(bytes[index], equals: expected, "byte \(read + index) that the program read")
        }
        read += count
    }

    private mutating func expire() throws {
        guard tcp.nextDeadline < .max else { return }
        now = max(now, tcp.nextDeadline)
        var rounds = 0
        while tcp.nextDeadline <= now {
            tcp.expire(now: now)
            rounds += 1
            try demand(rounds < 10, "a timer that never moves on, in \(tcp.state)")
        }
    }

    // MARK: What must hold

    private mutating func transmit() throws {
        var header = TCPHeader()
        var payload: [UInt8] = []
        var count = 0
        while tcp.poll(&header, payload: &payload, now: now) {
            count += 1
            try demand(count <= bufferSize / 48 + 16, "\(count) segments at once, in \(tcp.state)")
            try demand(payload.count <= tcp.parameters.maximumSegment, "a segment of \(payload.count) bytes")
            let first = header.flags.contains(.syn) ? header.sequence &+ 1 : header.sequence
            for (index, byte) in payload.enumerated() {
                let expected = Self.byte(first &+ UInt32(truncatingIfNeeded: index))
                try demand(byte, equals: expected, "byte \(index) of a segment at \(header.sequence)")
            }
        }
    }

    private mutating func checkBounds() throws {
        // A ring's memory is a power of two, and holds what was in it before a smaller buffer was asked for.
        try demand(tcp.allocatedBytes <= 4 * max(bufferSize, 512) + 8192, "\(tcp.allocatedBytes) bytes of memory")
        try demand(tcp.receiving.reassembly.runs.count <= Reassembly.limit, "too many runs")
        try demand(tcp.unacknowledgedBytes <= bufferSize, "\(tcp.unacknowledgedBytes) bytes wait to be acknowledged")
        try demand(tcp.availableBytes >= 0 && tcp.sending.sentCount >= 0, "a count below zero, in \(tcp.state)")
        try demand(tcp.unsentBytes <= written, "more bytes than were written")
        if tcp.isFinished { try demand(tcp.allocatedBytes, equals: 0, "memory of a connection that is over") }
    }
}
