import SocketModel
import TestSupport
import Testing

@testable import SystemSockets

private final class NoSink: CompletionSink {
    func complete(_ completion: consuming Completion) {}
}

@Suite struct `Waiting queues` {
    private static func waiting(_ number: UInt32) -> WaitingOperation {
        unsafe WaitingOperation(Operation(.accept), .none, Token(slot: number, generation: 0), NoSink())
    }

    @Test(arguments: 0..<40 as Range<UInt64>) func `a queue is what an array is`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var queue = WaitingQueue()
        var model: [Token] = []
        for number in 0..<1000 as Range<UInt32> {
            var isRight = true
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1:
                queue.append(Self.waiting(number))
                model.append(Token(slot: number, generation: 0))
            case 2:
                isRight = queue.removeFirst()?.token == (model.isEmpty ? nil : model.removeFirst())
            case 3:
                // What was taken first, and cannot be done yet.
                guard let first = queue.removeFirst() else { continue }
                isRight = first.token == model.first
                queue.putBack(first)
            default:
                let token = model.randomElement(using: &random) ?? Token(slot: number, generation: 9)
                let expected = model.first { $0 == token }
                let before = model.prefix { $0 != token }
                isRight =
                    queue.contains(before: token) { $0.token.slot % 3 == 0 } == before.contains { $0.slot % 3 == 0 }
                isRight = isRight && queue[token]?.token == expected && queue.remove(token)?.token == expected
                isRight = isRight && queue.remove(token) == nil
                model.removeAll { $0 == token }
            }
            isRight = isRight && queue.isEmpty == model.isEmpty && queue.count == model.count
            try #require(isRight, "seed \(seed), step \(number)")
        }
    }

    static let operations: [(action: Operation.Action, deadline: NetworkInstant, isPlain: Bool)] = [
        (.receive([]), .distantFuture, true), (.receive(.peek), .distantFuture, false),
        (.receive([]), NetworkInstant(nanoseconds: 1), false), (.accept, .distantFuture, false),
        (.receiveMessage(controlCapacity: 0, []), .distantFuture, false), (.send([]), .distantFuture, false),
    ]

    @Test(arguments: operations) func `an operation that waits is the one that was started`(
        action: Operation.Action, deadline: NetworkInstant, isPlain: Bool
    ) {
        let operation = Operation(action, on: SocketHandle(rawValue: 3), deadline: deadline)
        let waiting = unsafe WaitingOperation(operation, .none, Token(slot: 1, generation: 2), NoSink())
        #expect(waiting.isPlainReceive == isPlain)
        #expect(waiting.operation.action == action)
        #expect(waiting.operation.deadline == deadline)
        // Whoever waits plainly has no timers to end with it.
        let timer = Timer(deadline, .wake(NoSink()))
        waiting.timers.deadline = timer
        #expect((waiting.timers.deadline === timer) == !isPlain)
    }
}
