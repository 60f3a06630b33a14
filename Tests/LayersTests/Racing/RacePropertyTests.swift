import Layers
import SeededRandomness
import SocketModel
import Testing

/// Races over networks nobody has thought of: no attempt is forgotten, and nobody waits longer than RFC 8305 allows.
@Suite struct `Any connection race` {
    @Test(arguments: 0..<20) func `is fair, ends, and leaves nothing behind`(group: UInt64) {
        for seed in group * 500..<(group + 1) * 500 {
            let course = RaceCourse(seed: seed)
            let faults = course.run()
            if !faults.isEmpty {
                Issue.record("seed \(seed): \(faults)")
                return
            }
        }
    }
}

/// What becomes of every address, and of the look-ups: drawn from a seed.
private struct RaceCourse {
    private enum Fate { case connects(Duration), fails(Duration), never }

    private let answers: [(family: AddressFamily, delay: Duration, addresses: [SocketAddress])]
    private let fates: [SocketAddress: Fate]
    private let options: ConnectionRaceOptions

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        options = ConnectionRaceOptions(
            preferredFamily: random.below(4) == 0 ? .ipv4 : .ipv6, resolutionDelay: .milliseconds(random.below(100)),
            attemptDelay: .milliseconds(10 + random.below(400)), firstFamilyCount: 1 + random.below(3))
        var fates: [SocketAddress: Fate] = [:]
        answers = [AddressFamily.ipv6, .ipv4].map { family in
            let addresses = (0..<random.below(5)).map { number -> SocketAddress in
                family == .ipv4
                    ? .ipv4(IPv4Address(10, 0, 0, UInt8(number)), port: 1)
                    : .ipv6(IPv6Address(high: 1, low: UInt64(number)), port: 1)
            }
            for address in addresses {
                let delay = Duration.milliseconds(random.below(600))
                fates[address] = [.connects(delay), .fails(delay), .never, .fails(.zero)][random.below(4)]
            }
            return (family, .milliseconds(random.below(300)), addresses)
        }
        self.fates = fates
    }

    /// Runs the race in time of its own; what went wrong.
    func run() -> [String] {
        var (faults, race) = ([String](), ConnectionRace(options: options))
        var events: [(at: NetworkInstant, input: ConnectionRace.Input)] = answers.map {
            (NetworkInstant(nanoseconds: 0).advanced(by: $0.delay), .resolved($0.family, $0.addresses))
        }
        var (now, wake) = (NetworkInstant(nanoseconds: 0), NetworkInstant.distantFuture)
        var (open, known): (Set<Int>, Int) = ([], 0)
        var starts: [NetworkInstant] = []
        var mayBegin = NetworkInstant.distantFuture
        for _ in 0..<1000 {
            switch race.poll(now: now) {
            case .connect(let attempt, let address):
                if attempt != starts.count { faults.append("attempt \(attempt) comes after \(starts.count)") }
                if now > mayBegin { faults.append("attempt \(attempt) at \(now) could begin at \(mayBegin)") }
                starts.append(now)
                open.insert(attempt)
                known -= 1
                mayBegin = known > 0 ? now.advanced(by: options.attemptDelay) : .distantFuture
                switch fates[address] {
                case .connects(let delay): events.append((now.advanced(by: delay), .connected(attempt: attempt)))
                case .fails(let delay): events.append((now.advanced(by: delay), .failed(attempt: attempt)))
                default: break
                }
                continue
            case .cancel(let attempt):
                if open.remove(attempt) == nil { faults.append("\(attempt) is not running") }
                continue
            case .won(let attempt):
                return open == [attempt] ? faults : faults + ["\(open) are left beside \(attempt)"]
            case .lost:
                let all = answers.reduce(0) { $0 + $1.addresses.count }
                return open.isEmpty && starts.count == all
                    ? faults : faults + ["lost with \(open), \(starts.count) of \(all)"]
            case .wait(let until): wake = until
            }
            // Nothing that was promised is left: attempts that never end, as a driver's deadline would end them.
            guard let next = events.indices.min(by: { events[$0].at < events[$1].at }) else {
                if wake == .distantFuture {
                    return known == 0 ? faults : faults + ["\(known) addresses are never tried"]
                }
                now = max(now, wake)
                continue
            }
            if wake < events[next].at {
                now = max(now, wake)
                continue
            }
            let event = events.remove(at: next)
            now = max(now, event.at)
            switch event.input {
            case .resolved(let family, let addresses):
                known += addresses.count
                let isComplete = family == options.preferredFamily || starts.isEmpty == false
                if starts.isEmpty, !addresses.isEmpty || known > 0 {
                    let patience = isComplete ? Duration.zero : options.resolutionDelay
                    mayBegin = min(mayBegin, now.advanced(by: patience))
                } else if known > 0, mayBegin == .distantFuture {
                    mayBegin = max(now, (starts.last ?? now).advanced(by: options.attemptDelay))
                }
            case .failed(let attempt):
                open.remove(attempt)
                if known > 0, attempt == starts.count - 1 { mayBegin = now }
            case .connected: break
            }
            race.handle(event.input, now: now)
        }
        return faults + ["it does not end"]
    }
}
