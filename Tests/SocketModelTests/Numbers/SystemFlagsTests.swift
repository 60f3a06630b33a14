import SocketModel
import TestSupport
import Testing

/// Sets of flags print as C would write them, and no bit is lost.
@Suite struct SystemFlagsTests {
    @Test(arguments: [
        (MessageFlags([]), "0"),
        (MessageFlags([.doNotWait, .peek]), "MSG_PEEK|MSG_DONTWAIT"),
        (MessageFlags([.more]), "MSG_MORE"),
        (MessageFlags([.tryHard]), "MSG_DONTROUTE"),
        (MessageFlags(rawValue: 0x100002), "MSG_PEEK|0x100000"),
        (MessageFlags(rawValue: .min), "0x80000000"),
        (MessageFlags(rawValue: 0x20000), "0x20000"),
    ])
    func printsNamesLowestBitFirst(flags: MessageFlags, expected: String) {
        #expect(flags.description == expected)
        #expect(MessageFlags(expected) == flags)
    }

    @Test(arguments: [
        ("MSG_OOB|0x2|4", MessageFlags([.outOfBand, .peek, .doNotRoute])),
        ("MSG_PEEK|MSG_PEEK", MessageFlags.peek),
        ("MSG_NOTIFICATION", MessageFlags.more),
        ("4294967295", MessageFlags(rawValue: -1)),
    ])
    func readsNamesAndNumbers(text: String, expected: MessageFlags) {
        #expect(MessageFlags(text) == expected)
    }

    @Test(arguments: [
        "", "|", "MSG_PEEK|", "|MSG_PEEK", "MSG_PEEK | MSG_OOB", "msg_peek", "MSG_NONE", "-1", "+1", "0x", "0x-1",
        "0x+1",
        "0xg", "0x100000000", "4294967296", "0X1",
    ])
    func refusesOtherText(text: String) {
        #expect(MessageFlags(text) == nil)
    }

    @Test func everyBitReadsBack() {
        var generator = SeededGenerator(seed: 0x5eed)
        for round in 0..<2_000 {
            let bits = Int32(truncatingIfNeeded: generator.next())
            let flags = MessageFlags(rawValue: bits)
            #expect(MessageFlags(flags.description) == flags, "seed 0x5eed, round \(round): \(bits)")
        }
        for bits in Int16.min...Int16.max {
            let events = PollEvents(rawValue: bits)
            if PollEvents(events.description) != events { Issue.record("\(bits) prints as \(events)") }
        }
    }

    @Test func eventsPrint() {
        #expect(PollEvents([.readable, .hangUp]).description == "POLLIN|POLLHUP")
        #expect(PollEvents(rawValue: -1).description.hasSuffix("POLLRDHUP|0xc800"))
    }
}
