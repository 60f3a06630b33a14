import Layers
import SeededRandomness
import SocketModel
import Testing

@Suite struct `Framed machines` {
    /// What a machine does by its own account when pieces come one after the other, and the end.
    private struct Course: Equatable {
        var sent: [UInt8] = []
        var sends = 0
        var end = "waits"

        init(_ machine: some StreamMachine<Never>, _ pieces: [Chunk], ends: Bool = true) {
            var machine = machine
            let now = NetworkInstant(nanoseconds: 0)
            drain(&machine, now)
            for piece in pieces where end == "waits" && !piece.isEmpty {
                machine.handle(.received(piece), now: now)
                drain(&machine, now)
            }
            guard ends, end == "waits" else { return }
            machine.handle(.ended, now: now)
            drain(&machine, now)
        }

        private mutating func drain(_ machine: inout some StreamMachine<Never>, _ now: NetworkInstant) {
            // Far more than any test here has bytes.
            while end == "waits", sends < 1000 {
                switch machine.poll(now: now) {
                case .send(let bytes):
                    sent += bytes
                    sends += 1
                case .close: end = "closes"
                case .reset: end = "resets"
                case .finish: end = "finishes"
                case .wait(let instant):
                    if instant != .distantFuture { end = "waits for a time" }
                    return
                }
            }
        }

        var text: String { String(decoding: sent, as: UTF8.self) }
    }

    private static let upper = FramedMachine(LineFraming(limit: 20).text) { line in
        switch line {
        case "quit": .close(after: "bye")
        case "nothing": []
        case "twice": ["1", "2"]
        case "wrong": ["a\nb"]
        default: [line.uppercased()]
        }
    }

    @Test func `news goes with the answers, in order, until the conversation is over`() throws {
        var machine = Self.upper
        try machine.send("hello", "there")
        #expect(machine.unsentCount == 12)
        #expect(Course(machine, ["one\n"], ends: false).text == "hello\nthere\nONE\n")
        #expect(throws: FramingError.self) { try machine.send(contentsOf: ["this", "a\nb"]) }
        #expect(machine.unsentCount == 12)
        machine.close()
        try machine.send("late")
        let course = Course(machine, ["one\n"])
        #expect(course.text == "hello\nthere\n" && course.end == "closes")
    }

    @Test func `each message is answered, those that came together together`() {
        let course = Course(Self.upper, ["one\ntwo\nnothing\ntwice\nth", "ree\n"], ends: false)
        #expect(course.text == "ONE\nTWO\n1\n2\nTHREE\n")
        #expect(course.sends == 2)
        #expect(course.end == "waits")
    }

    @Test func `the peer's end is answered with an end, after the last message`() {
        let course = Course(Self.upper, ["one\nlast"])
        #expect(course.text == "ONE\nLAST\n")
        #expect(course.end == "closes")
        #expect(Course(Self.upper, []).end == "closes")
    }

    @Test func `a closing answer is the last`() {
        let course = Course(Self.upper, ["one\nquit\ntwo\n"])
        #expect(course.text == "ONE\nbye\n")
        #expect(course.end == "closes")
    }

    @Test func `bytes that are no message close the connection after what was answered`() {
        let course = Course(Self.upper, ["one\n012345678901234567890\n"], ends: false)
        #expect(course.text == "ONE\n")
        #expect(course.end == "closes")
    }

    @Test func `an answer that has no frame resets the connection`() {
        #expect(Course(Self.upper, ["one\nwrong\n"], ends: false).end == "resets")
    }

    @Test func `errors are answered as one likes, and only those of one message can be survived`() {
        let machine = FramedMachine(LineFraming(limit: 5).text, refusal: { ["? \($0.reason)"] }) { [$0] }
        let machineOfMany = Course(machine, ["a\n", [0xFF, 10], "b\n123456\nc\n"], ends: false)
        #expect(machineOfMany.end == "resets", "the text of the refusal is longer than a line may be")
        let brief = FramedMachine(LineFraming(limit: 5).text, refusal: { _ in ["?"] }) { [$0] }
        let course = Course(brief, ["a\n", [0xFF, 10], "b\n123456\nc\n"], ends: false)
        #expect(course.text == "a\n?\nb\n?\n")
        #expect(course.end == "closes")
    }

    /// Frames of which none is any good, and which are left where they are.
    private struct Stubborn: Framing {
        var reason = FramingError.Reason.invalidMessage("no")
        var maximumFrameSize: Int { 100 }
        mutating func decode(from queue: inout ByteQueue) throws(FramingError) -> Chunk? {
            if queue.isEmpty { return nil }
            throw FramingError(reason, at: queue.offset)
        }
        func encode(_ message: Chunk, into output: inout [UInt8]) { output += message }
    }

    @Test func `what is never taken off ends the conversation`() throws {
        let machine = FramedMachine(Stubborn(), refusal: { [Chunk(Array("\($0)".utf8.prefix(10)))] }) { [$0] }
        let course = Course(machine, ["abc"], ends: false)
        #expect(course.text.hasPrefix("the messagthe messag") && course.text.hasSuffix("the messagthe stream"))
        #expect(course.end == "closes")
        var decoder = FrameDecoder(Stubborn(reason: .malformed("no star")))
        decoder.append("abc")
        for _ in 0..<2 {
            let error = try #require(throws: FramingError.self) { try decoder.next() }
            #expect(!error.isRecoverable && "\(error)".contains("the stream is malformed: no star"))
        }
    }

    /// Many bad messages in one outer frame, where the outer stream gets no further meanwhile, are many nevertheless.
    @Test func `bad messages inside of a frame are skipped one by one`() throws {
        let inner = LineFraming(limit: 10).text.over(LengthPrefixedFraming(.two))
        var decoder = FrameDecoder(inner)
        decoder.append([0, 10, 0xFF, 10, 0xFF, 10, 0xFF, 10, 0xFF, 10, 97, 10])
        for _ in 0..<4 { #expect(throws: FramingError.self) { try decoder.next() } }
        #expect(try decoder.next() == "a")
    }

    @Test func `a peer has so long for a message, be it begun or not`() {
        var machine = FramedMachine(LineFraming().text, idleLimit: .seconds(10)) { [$0] }
        func second(_ number: Int64) -> NetworkInstant { NetworkInstant(nanoseconds: number * 1_000_000_000) }
        #expect(machine.poll(now: second(0)) == .wait(until: second(10)))
        machine.handle(.received("one\n"), now: second(5))
        #expect(machine.poll(now: second(5)) == .send("one\n"))
        #expect(machine.poll(now: second(5)) == .wait(until: second(15)))
        // A byte now and then is no message.
        for number in Int64(6)...14 {
            machine.handle(.received("x"), now: second(number))
            #expect(machine.poll(now: second(number)) == .wait(until: second(15)))
        }
        #expect(machine.poll(now: second(15)) == .close)
        #expect(machine.error == nil)
    }

    @Test func `each machine has a state of its own`() {
        let machine = FramedMachine(FixedOne(), state: 0) { count, message in
            count += 1
            return [Chunk("\(count % 10)")]
        }
        #expect(Course(machine, ["abc", "d"]).text == "1234")
        #expect(Course(machine, ["x"]).text == "1")
    }

    private struct FixedOne: Framing {
        var maximumFrameSize: Int { 1 }
        mutating func decode(from queue: inout ByteQueue) -> Chunk? { queue.isEmpty ? nil : queue.take(1) }
        func encode(_ message: Chunk, into output: inout [UInt8]) { output += message }
    }

    @Test func `answers are not gathered without bound`() {
        let block = Chunk([UInt8](repeating: 1, count: 40_000))
        let machine = FramedMachine(LengthPrefixedFraming()) { message in [message.isEmpty ? block : message] }
        var asked: [UInt8] = []
        for _ in 0..<10 { asked += [0, 0, 0, 0] }
        let course = Course(machine, [Chunk(asked)])
        #expect(course.sent.count == 10 * 40_004)
        #expect(course.sends == 5)
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func `do the same whatever the split`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let words = ["one", "quit", "nothing", "twice", "wrong", "\u{1F600}", "", "012345678901234567890", "x\r"]
        for _ in 0..<20 {
            var text: [UInt8] = []
            for _ in 0..<Int.random(in: 0..<12, using: &random) {
                // What ends a conversation is rare, else it never gets long.
                let choice = Int.random(in: 0..<40, using: &random)
                text += Array(words[choice < words.count ? choice : [0, 2, 3, 5, 6][choice % 5]].utf8) + [10]
            }
            var whole = Course(Self.upper, [Chunk(text)])
            for _ in 0..<5 {
                var split = Course(Self.upper, random.pieces(text))
                // How answers are gathered does depend on it; after a reset it is open what was sent.
                (whole.sends, split.sends) = (0, 0)
                if whole.end == "resets" { (whole.sent, split.sent) = ([], []) }
                #expect(split == whole, "seed \(seed), \(Chunk(text).debugDescription)")
            }
        }
    }
}
