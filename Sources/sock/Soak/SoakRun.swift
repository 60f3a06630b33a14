import Glibc
import Sockets

/// Phase after phase on a kernel's network, each on a network of its own, and what each leaves behind.
struct SoakRun {
    let choice: BackendChoice
    let seed: UInt64
    let clients: Int
    let scenes: Int
    let end: SoakEnd
    let tally = SoakTally()
    private var leaks: [String] = []
    private var growths: [Int] = []

    init(_ choice: BackendChoice, seed: UInt64, clients: Int, scenes: Int, end: SoakEnd) {
        self.choice = choice
        self.seed = seed
        self.clients = clients
        self.scenes = scenes
        self.end = end
    }

    /// Runs, and says what is wrong: nothing when all is well.
    mutating func run() throws -> [String] {
        let progress = SoakProgress()
        // The first phase opens and allocates what stays: what is held after it is what may be held later.
        var bound = SoakHoldings.now
        bound.descriptors = .max
        try play(0)
        bound = SoakHoldings.settled(within: bound)
        var number = 0
        while !tally.isToEnd, leaks.isEmpty, !end.isReached(after: number, progress.elapsed) {
            number += 1
            let heap = SoakHoldings.heap
            try play(number)
            let now = SoakHoldings.settled(within: bound)
            if !now.isWithin(bound) { leaks.append("phase \(number): \(bound) became \(now)") }
            growths.append(SoakHoldings.heap - heap)
            progress.show("phase \(number)  \(tally.words)")
        }
        progress.end()
        return tally.failures + leaks + heapLeak
    }

    /// Tables and buffers grow now and then, and then no more; what is left behind by calls grows in every phase.
    private var heapLeak: [String] {
        let late = growths.suffix(5)
        guard late.count == 5, late.allSatisfy({ $0 > 20_000 }) else { return [] }
        return [
            "the heap grew in each of the last five phases, by \(late.map(String.init).joined(separator: ", ")) bytes"
        ]
    }

    private mutating func play(_ number: Int) throws {
        let counter = CountingBackend.Counter()
        // Every other phase counts operations; the others take the shorter ways, which a wrapper does not have.
        let counts = number % 2 == 1
        let network = try Network(counts ? choice.wrapped { CountingBackend($0, counter) } : choice)
        let phase = SoakPhase(number: number, seed: seed, clients: clients, scenes: scenes, tally: tally)
        try network.run { try await phase.run(on: network) }
        if network.openSocketCount > 0 { leaks.append("phase \(number): \(network.openSocketCount) sockets are open") }
        if counter.value != 0 { leaks.append("phase \(number): \(counter.value) operations are in flight") }
        try network.close()
    }
}

/// When a soak test ends.
enum SoakEnd: Sendable {
    case after(Duration)
    /// For tests, which time must not decide.
    case phases(Int)

    func isReached(after phases: Int, _ elapsed: Duration) -> Bool {
        switch self {
        case .after(let duration): phases > 0 && elapsed >= duration
        case .phases(let count): phases >= count
        }
    }
}

/// One line on a terminal that tells how far it is; where standard error is no terminal, nothing.
final class SoakProgress {
    private let start = ContinuousClock.now
    private let isShown = isatty(STDERR_FILENO) != 0

    var elapsed: Duration { start.duration(to: .now) }

    func show(_ text: String) {
        guard isShown else { return }
        StandardStreams.complain("\r\(elapsed.components.seconds) s  \(text)\u{1B}[K")
    }

    /// The line is done with.
    func end() { if isShown { StandardStreams.complain("\n") } }
}
