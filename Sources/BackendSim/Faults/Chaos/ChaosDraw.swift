internal import SocketModel

/// What comes of chance: faults of a chosen host.
struct ChaosDraw {
    private var stream: RandomStream
    private let usual: LinkConditions

    init(_ stream: RandomStream, usual: LinkConditions) {
        self.stream = stream
        self.usual = usual
    }

    /// One of them; nil if there is none.
    mutating func one<Element>(of elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[Int(stream.below(UInt64(elements.count)))]
    }

    mutating func duration(_ distribution: Distribution) -> Int64 { distribution.draw(&stream) }

    /// The fault of a kind that a host gets; nil for a crash, which is none.
    mutating func fault(_ kind: Chaos.Kind, _ host: SimulatedHost, among hosts: [SimulatedHost]) -> Fault? {
        let one = HostSelection.named([host.name])
        let others = HostSelection.others([host.name])
        switch kind {
        case .crash: return nil
        case .pause: return .pause(one)
        case .isolation: return .partition(one, others, partition())
        case .split: return split(hosts)
        case .deafness:
            return isTrue()
                ? .oneWayPartition(from: one, to: others, partition())
                : .oneWayPartition(from: others, to: one, partition())
        case .hold: return isTrue() ? .hold(from: one, to: others) : .hold(from: others, to: one)
        case .slowLinks, .loss, .disorder: return .conditions(conditions(kind), from: one)
        case .clockOffset: return .clockOffset(.milliseconds(number(-30_000...30_000)), one)
        case .clockDrift: return .clockDrift(Int64(number(-10_000_000...10_000_000)), one)
        case .smallTransfers:
            let most = number(1...16)
            return isTrue() ? .smallSends(most: most, one) : .shortReceives(most: most, one)
        case .slowReceives: return .slowReceives(bytesPerSecond: number(1024...65_536), one)
        case .outOfBuffers: return .outOfBuffers(stream.fraction() / 4, one)
        case .names: return .names(nameConditions(), one)
        }
    }

    private mutating func isTrue() -> Bool { stream.below(2) == 1 }

    private mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(stream.below(UInt64(range.count)))
    }

    private mutating func partition() -> Fault.Partition { isTrue() ? .silent : .unreachable }

    private mutating func split(_ hosts: [SimulatedHost]) -> Fault {
        var names: [String] = []
        for host in hosts where isTrue() { names.append(host.name) }
        return .partition(.named(names), .others(names), partition())
    }

    /// The usual ones, but for what is worse.
    private mutating func conditions(_ kind: Chaos.Kind) -> LinkConditions {
        var conditions = usual
        switch kind {
        case .slowLinks:
            let least = usual.latency.least + .milliseconds(number(10...300))
            conditions.latency = .longTailed(minimum: least, maximum: max(.seconds(2), least * 4))
        case .loss: conditions.loss = max(usual.loss, stream.fraction() / 2)
        default:
            conditions.duplication = max(usual.duplication, stream.fraction() / 4)
            conditions.reordering = max(usual.reordering, stream.fraction() / 2)
        }
        return conditions
    }

    private mutating func nameConditions() -> NameConditions {
        var conditions = NameConditions()
        conditions.latency = .uniform(.milliseconds(1)...(.seconds(2)))
        conditions.silence = stream.fraction() / 2
        conditions.temporaryFailure = stream.fraction() / 2
        return conditions
    }
}
