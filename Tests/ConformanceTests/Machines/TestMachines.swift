import Sockets
import TestSupport

/// Follows a script, whatever comes; then it waits.
struct ScriptMachine: StreamMachine {
    var outputs: [StreamOutput<Never>]

    init(_ outputs: [StreamOutput<Never>]) { self.outputs = outputs.reversed() }

    mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) {}

    mutating func poll(now: NetworkInstant) -> StreamOutput<Never> {
        outputs.popLast() ?? .wait(until: .distantFuture)
    }
}

/// Sends its messages, each when as much has come back as was sent, and keeps what comes; then it says that it has said all.
struct CollectingMachine: StreamMachine {
    private var messages: [Chunk]
    private var sent = 0
    private var received: [UInt8] = []
    private var hasFinished = false
    private var hasEnded = false

    init(_ messages: [Chunk]) { self.messages = messages.reversed() }

    var text: String { String(decoding: received, as: UTF8.self) }

    mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) {
        switch input {
        case .received(let bytes): received += bytes
        case .ended: hasEnded = true
        }
    }

    mutating func poll(now: NetworkInstant) -> StreamOutput<Never> {
        if hasEnded { return .close }
        if sent <= received.count, let message = messages.popLast() {
            sent += message.count
            return .send(message)
        }
        if messages.isEmpty, sent <= received.count, !hasFinished {
            hasFinished = true
            return .finish
        }
        return .wait(until: .distantFuture)
    }
}

/// Echoes, and waits for a time far off, which comes nearer with every message.
struct HastyMachine: StreamMachine {
    private var echo = EchoMachine()
    private var patience = Duration.seconds(3600)

    mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) {
        echo.handle(input, now: now)
        patience /= 2
    }

    mutating func poll(now: NetworkInstant) -> StreamOutput<Never> {
        let output = echo.poll(now: now)
        if case .wait = output { return .wait(until: now.advanced(by: patience)) }
        return output
    }
}

/// Echoes, and always waits for a time that is past.
struct RestlessMachine: StreamMachine {
    private var echo = EchoMachine()

    mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) { echo.handle(input, now: now) }

    mutating func poll(now: NetworkInstant) -> StreamOutput<Never> {
        let output = echo.poll(now: now)
        if case .wait = output { return .wait(until: now.advanced(by: .seconds(-1))) }
        return output
    }
}

/// Says goodbye when nothing has come for a while.
struct IdleMachine: StreamMachine {
    let limit: Duration
    private var limitInstant: NetworkInstant?
    private var hasSaid = false

    init(limit: Duration) { self.limit = limit }

    mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) {
        limitInstant = now.advanced(by: limit)
    }

    mutating func poll(now: NetworkInstant) -> StreamOutput<Never> {
        let end = limitInstant ?? now.advanced(by: limit)
        limitInstant = end
        guard now >= end else { return .wait(until: end) }
        if hasSaid { return .close }
        hasSaid = true
        return .send("goodbye")
    }
}

/// Tells lines, and answers each with its length.
struct LineMachine: StreamMachine {
    private var bytes: [UInt8] = []
    private var outputs: [StreamOutput<String>] = []
    private var hasEnded = false

    mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) {
        switch input {
        case .ended: hasEnded = true
        case .received(let chunk):
            bytes += chunk
            while let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: bytes[..<end], as: UTF8.self)
                bytes.removeSubrange(...end)
                outputs += [.send(Chunk("\(line.utf8.count)\n")), .event(line)]
            }
        }
    }

    mutating func poll(now: NetworkInstant) -> StreamOutput<String> {
        if !outputs.isEmpty { return outputs.removeFirst() }
        return hasEnded ? .close : .wait(until: .distantFuture)
    }
}
