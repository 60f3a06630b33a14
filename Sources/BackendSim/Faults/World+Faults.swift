internal import SocketModel

// Which faults there are, and what they come to.
extension World {
    /// Lets a fault begin, and returns its number.
    func inject(_ fault: Fault) -> Int {
        let injected = enter {
            faults.append(fault)
            return faults.latest
        }
        if let injected { return injected }
        _ = escaped("inject")
        return -1
    }

    /// Lets a fault end.
    func heal(_ number: Int) { faults.remove(number) }

    /// The faults have changed: ways and hosts are told.
    func faultsChanged() {
        hash.fold(UInt64(faults.all.count))
        for host in hosts {
            host.kernel?.apply(faults)
            host.applyFaults()
        }
    }
}

/// The faults there are, in the order they were injected.
final class Faults {
    private unowned let world: World
    private(set) var all: [Fault] = []
    private var numbers: [Int] = []
    private(set) var latest = 0

    init(_ world: World) { self.world = world }

    func append(_ fault: Fault) {
        latest += 1
        all.append(fault)
        world.note(.change("\(fault.words) begins", host: nil))
        numbers.append(latest)
        world.faultsChanged()
    }

    func remove(_ number: Int) {
        guard let index = numbers.firstIndex(of: number) else { return }
        let fault = all.remove(at: index)
        world.note(.change("\(fault.words) ends", host: nil))
        numbers.remove(at: index)
        world.faultsChanged()
    }

    /// The conditions from one host to another; the usual ones unless a fault says otherwise.
    func conditions(_ from: SimulatedHost, _ to: SimulatedHost, usual: LinkConditions) -> LinkConditions {
        for case .conditions(let conditions, let senders, let receivers) in all.reversed()
        where senders.contains(from) && receivers.contains(to) { return conditions }
        return usual
    }

    /// What bars the way from one host to another.
    func barrier(_ from: SimulatedHost, _ to: SimulatedHost) -> Path.Barrier? {
        for fault in all.reversed() {
            switch fault {
            case .partition(let one, let other, let partition):
                let isApart = one.contains(from) && other.contains(to) || one.contains(to) && other.contains(from)
                if isApart { return .partition(partition) }
            case .oneWayPartition(let senders, let receivers, let partition):
                if senders.contains(from), receivers.contains(to) { return .partition(partition) }
            case .hold(let senders, let receivers):
                if senders.contains(from), receivers.contains(to) { return .hold }
            default: continue
            }
        }
        return nil
    }

    /// The rules for packets from one host to another.
    func rules(_ from: SimulatedHost, _ to: SimulatedHost) -> [PacketRule] {
        all.compactMap { fault in
            guard case .rule(let rule) = fault, rule.from.contains(from), rule.to.contains(to) else { return nil }
            return rule
        }
    }
}
