extension Fault {
    /// What it is, for people who look at a trace.
    var words: String {
        switch self {
        case .conditions(let conditions, let from, let to):
            "other conditions from \(from.words) to \(to.words) (\(conditions.words))"
        case .partition(let one, let other, let kind): "\(kind.words) partition of \(one.words) and \(other.words)"
        case .oneWayPartition(let from, let to, let kind): "\(kind.words) partition from \(from.words) to \(to.words)"
        case .hold(let from, let to): "a hold from \(from.words) to \(to.words)"
        case .rule(let rule): "a rule from \(rule.from.words) to \(rule.to.words)"
        case .clockOffset(let offset, let hosts): "an offset of \(offset) of the clocks of \(hosts.words)"
        case .clockDrift(let gain, let hosts): "a drift of \(gain) parts in a billion of the clocks of \(hosts.words)"
        case .pause(let hosts): "a pause of \(hosts.words)"
        case .descriptorLimit(let count, let hosts): "a limit of \(count) descriptors on \(hosts.words)"
        case .smallSends(let most, let hosts): "sends of \(most) bytes at most on \(hosts.words)"
        case .shortReceives(let most, let hosts): "receives of \(most) bytes at most on \(hosts.words)"
        case .slowReceives(let rate, let hosts): "receives of \(rate) bytes a second on \(hosts.words)"
        case .outOfBuffers(let probability, let hosts):
            "a want of buffers for \(percent(probability)) of sends on \(hosts.words)"
        case .names(let conditions, let hosts): "other conditions of names on \(hosts.words) (\(conditions.words))"
        }
    }
}

extension Fault.Partition {
    fileprivate var words: String {
        switch self {
        case .silent: "a silent"
        case .unreachable: "an unreachable"
        }
    }
}

extension HostSelection {
    fileprivate var words: String {
        switch self {
        case .all: "all hosts"
        case .named(let names): names.joined(separator: ", ")
        case .others(let names): "all hosts but \(names.joined(separator: ", "))"
        }
    }
}
