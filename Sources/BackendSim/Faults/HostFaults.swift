internal import SocketModel

/// What is wrong with a host.
struct HostFaults {
    var largestSend = Int.max
    var largestReceive = Int.max
    /// How fast streams are read, bytes a second.
    var receiveRate: Int?
    var bufferFailures = 0.0
    /// How look-ups fare, if not as the names say.
    var names: NameConditions?
    /// Whether anything concerns sends and receives.
    var concernsTransfers = false
}

extension HostKernel {
    /// The faults have changed.
    func apply(_ faults: Faults) {
        var new = HostFaults()
        var isPaused = false
        var (offset, drift, limit) = (Int64(0), Int64(0), DescriptorTable.largestLimit)
        guard let host else { return }
        for fault in faults.all {
            switch fault {
            case .clockOffset(let duration, let hosts) where hosts.contains(host):
                offset = duration.saturatingNanoseconds
            case .clockDrift(let gain, let hosts) where hosts.contains(host): drift = gain
            case .pause(let hosts) where hosts.contains(host): isPaused = true
            case .descriptorLimit(let count, let hosts) where hosts.contains(host): limit = max(0, count)
            case .smallSends(let most, let hosts) where hosts.contains(host): new.largestSend = max(1, most)
            case .shortReceives(let most, let hosts) where hosts.contains(host): new.largestReceive = max(1, most)
            case .slowReceives(let rate, let hosts) where hosts.contains(host): new.receiveRate = max(1, rate)
            case .outOfBuffers(let probability, let hosts) where hosts.contains(host): new.bufferFailures = probability
            case .names(let conditions, let hosts) where hosts.contains(host): new.names = conditions
            default: continue
            }
        }
        new.concernsTransfers =
            new.largestSend < .max || new.largestReceive < .max || new.receiveRate != nil || new.bufferFailures > 0
        self.faults = new
        descriptors.limit = limit
        clock.set(offset: offset, drift: drift, at: world.now)
        setPaused(isPaused)
    }

    private func setPaused(_ isPaused: Bool) {
        guard self.isPaused != isPaused else { return }
        self.isPaused = isPaused
        if isPaused { return }
        for entry in held { world.ready.append(entry) }
        held = []
    }
}
