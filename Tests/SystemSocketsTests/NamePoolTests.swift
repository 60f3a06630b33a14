import Locks
import SocketModel
import TestSupport
import Testing

@testable import SystemSockets

/// Look-ups that are answered when the test says so.
private final class Gate: Sendable {
    private struct State {
        var permits = 0
        var isOpen = false
        var running = 0
        var most = 0
        var asked: [NameQuery] = []
    }

    private let state = Lock(State())

    var running: Int { state.withLock { $0.running } }
    var most: Int { state.withLock { $0.most } }
    var asked: [NameQuery] { state.withLock { $0.asked } }

    func open() { state.withLock { $0.isOpen = true } }
    /// Lets so many through.
    func permit(_ count: Int = 1) { state.withLock { $0.permits += count } }

    private func mayPass() -> Bool {
        state.withLock { state in
            guard state.isOpen || state.permits > 0 else { return false }
            if !state.isOpen { state.permits -= 1 }
            return true
        }
    }

    func answer(_ query: NameQuery) throws(Failure) -> NameAnswer {
        state.withLock { state in
            state.asked.append(query)
            state.running += 1
            state.most = max(state.most, state.running)
        }
        defer { state.withLock { $0.running -= 1 } }
        while !mayPass() { Process.pause() }
        if case .serviceByPort(let port, _) = query, port % 2 == 1 { throw Failure(.notFound) }
        return .text("answered")
    }
}

private final class Answers: Sendable {
    private let kept = Lock<[Int: Result<NameAnswer, Failure>]>([:])
    var all: [Int: Result<NameAnswer, Failure>] { kept.withLock { $0 } }
    func keep(_ number: Int, _ answer: Result<NameAnswer, Failure>) {
        kept.withLock { kept in
            #expect(kept[number] == nil, "\(number) was answered twice")
            kept[number] = answer
        }
    }
}

private func query(_ number: Int) -> NameQuery {
    .serviceByPort(UInt16(truncatingIfNeeded: number), protocol: nil)
}

private func wait(for holds: () -> Bool) {
    for _ in 0..<100_000 where !holds() { Process.pause() }
}

@Suite struct `The pool of name look-ups` {
    @Test func `runs four at once, lets 10,000 wait, and refuses more`() {
        let (gate, answers) = (Gate(), Answers())
        let pool = NamePool { query throws(Failure) in try gate.answer(query) }
        // Whoever runs does not wait: so first the four.
        for number in 0..<4 { pool.start(query(number)) { answers.keep(number, $0) } }
        wait { gate.running == 4 }
        for number in 4..<10_004 { pool.start(query(number)) { answers.keep(number, $0) } }
        #expect(answers.all.isEmpty)
        for number in 10_004..<10_010 { pool.start(query(number)) { answers.keep(number, $0) } }
        #expect(Set(answers.all.keys) == Set(10_004..<10_010))
        for answer in answers.all.values {
            guard case .failure(let failure) = answer else {
                Issue.record("\(answer)")
                continue
            }
            #expect(failure.code == .outOfResources)
            #expect(failure.detail?.contains("10000") == true)
        }
        gate.open()
        wait { answers.all.count == 10_010 }
        #expect(answers.all.count == 10_010)
        #expect(gate.most == 4)
        for number in [4, 5, 10_002, 10_003] {
            #expect(
                answers.all[number] == (number % 2 == 1 ? .failure(Failure(.notFound)) : .success(.text("answered"))))
        }
    }

    @Test func `asks in the order of the calls`() {
        let (gate, answers) = (Gate(), Answers())
        let pool = NamePool { query throws(Failure) in try gate.answer(query) }
        for number in 0..<4 { pool.start(query(number)) { answers.keep(number, $0) } }
        wait { gate.running == 4 }
        for number in 4..<1100 { pool.start(query(number)) { answers.keep(number, $0) } }
        // One look-up ends at a time: then one begins.
        func goOn(_ numbers: Range<Int>) {
            for number in numbers {
                gate.permit()
                wait { gate.asked.count > number }
                #expect(gate.asked.last == query(number))
            }
        }
        goOn(4..<20)
        gate.permit(1000)
        wait { gate.asked.count == 1020 }
        goOn(1020..<1040)
        gate.open()
        wait { answers.all.count == 1100 }
        #expect(answers.all.count == 1100)
    }

    @Test func `begins anew after a rest`() {
        let (gate, answers) = (Gate(), Answers())
        let pool = NamePool { query throws(Failure) in try gate.answer(query) }
        gate.open()
        for round in 1...3 {
            for number in 0..<50 { pool.start(query(number)) { answers.keep(round * 50 + number, $0) } }
            wait { answers.all.count == round * 50 }
            #expect(answers.all.count == round * 50)
        }
    }
}
