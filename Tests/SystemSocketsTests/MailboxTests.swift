import Locks
import SocketModel
import Synchronization
import TestSupport
import Testing

@testable import SystemSockets

private final class NoSink: CompletionSink {
    func complete(_ completion: consuming Completion) {}
}

/// A mailbox that closures may share, and how often its reader had to be woken.
private final class Box: Sendable {
    private let mailbox = Mailbox()
    let wakes = Atomic<Int>(0)

    var isFull: Bool { mailbox.isFull }
    func post(_ entry: Mailbox.Entry) -> Bool { mailbox.post(entry) }
    func fallAsleep() -> Bool { mailbox.fallAsleep() }
    func wakeUp() { mailbox.wakeUp() }

    func take() -> [Mailbox.Entry] {
        var taken: [Mailbox.Entry] = []
        mailbox.take(into: &taken)
        return taken
    }
}

@Suite struct `Mailboxes` {
    private static func entry(_ sender: Int, _ number: Int) -> Mailbox.Entry {
        .startTimer(Timer(NetworkInstant(nanoseconds: Int64(sender * 1_000_000 + number)), .wake(NoSink())))
    }

    private static func number(_ entry: Mailbox.Entry) -> Int? {
        if case .startTimer(let timer) = entry { Int(timer.instant.nanoseconds) } else { nil }
    }

    @Test func `what is posted is taken once, in order`() {
        let mailbox = Box()
        #expect(!mailbox.isFull)
        #expect(!mailbox.post(Self.entry(0, 1)))
        #expect(!mailbox.post(Self.entry(0, 2)))
        #expect(mailbox.isFull)
        #expect(mailbox.take().compactMap(Self.number) == [1, 2])
        #expect(mailbox.take().isEmpty)
        #expect(!mailbox.isFull)
    }

    @Test func `only who posts to a sleeper has to wake it, and only the first`() {
        let mailbox = Box()
        #expect(mailbox.fallAsleep())
        #expect(mailbox.post(Self.entry(0, 1)))
        #expect(!mailbox.post(Self.entry(0, 2)))
        mailbox.wakeUp()
        #expect(mailbox.isFull)
        #expect(!mailbox.fallAsleep())
        #expect(mailbox.take().count == 2)
        #expect(mailbox.fallAsleep())
        mailbox.wakeUp()
        #expect(!mailbox.post(Self.entry(0, 3)))
    }

    /// The reader sleeps only when it fell asleep with nothing to take, and only a wake ends its sleep: one that was missed would hang.
    @Test(arguments: [1, 2, 5]) func `nothing is lost, nor out of its sender's order, and no wake is missed`(
        senders: Int
    ) throws {
        let (box, perSender) = (Box(), 20_000)
        let threads = try (0..<senders).map { sender in
            try SystemSockets.Thread.start("sender") {
                for number in 0..<perSender {
                    if box.post(Self.entry(sender, number)) { box.wakes.add(1, ordering: .releasing) }
                }
            }
        }
        var (next, received, sleeps) = ([Int](repeating: 0, count: senders), 0, 0)
        var mail: [Mailbox.Entry] = []
        var isOrdered = true
        while received < senders * perSender {
            if box.isFull { mail = box.take() }
            for entry in mail {
                guard let number = Self.number(entry) else { continue }
                let (sender, place) = number.quotientAndRemainder(dividingBy: 1_000_000)
                isOrdered = isOrdered && next[sender] == place
                next[sender] = place + 1
                received += 1
            }
            let wasEmpty = mail.isEmpty
            mail = []
            if wasEmpty, box.fallAsleep() {
                sleeps += 1
                var pauses = 0
                while box.wakes.load(ordering: .acquiring) < sleeps, pauses < 100_000 {
                    Process.pause()
                    pauses += 1
                }
                try #require(pauses < 100_000, "a wake was missed after \(received) entries")
                box.wakeUp()
            }
        }
        for thread in threads { try thread.wait() }
        #expect(box.wakes.load(ordering: .acquiring) == sleeps)
        #expect(isOrdered)
        #expect(next.allSatisfy { $0 == perSender })
    }
}
