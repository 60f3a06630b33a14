internal import SocketModel

// Memberships come and go: `ip_mc_join_group` and its neighbours in `net/ipv4/igmp.c` and `net/ipv6/mcast.c`.
extension UDPSocket {
    func change(_ request: GroupCall) throws(Errno) {
        switch request.change {
        case .join: try join(request, .exclude)
        case .leave: try leave(request)
        case .block(let source): try add(source, .exclude, request)
        case .unblock(let source): try remove(source, .exclude, request)
        case .addSource(let source):
            if place(request) == nil { try join(request, .include) }
            try add(source, .include, request)
        case .dropSource(let source): try remove(source, .include, request)
        case .filter(let mode, let sources): try setFilter(mode, sources, request)
        }
    }

    private func isIPv4(_ group: IPAddress) -> Bool { group.family == .ipv4 }

    /// The interface that is meant; the kernel's choice is the one the hosts' network is on.
    private func interface(_ request: GroupCall) throws(Errno) -> UInt32 {
        guard request.group.isMulticast else { throw .invalidArgument }
        guard let named = request.interface else { throw .operationNotSupportedByDevice }
        let number = named == 0 ? HostAddresses.interfaceIndex : named
        guard HostAddresses.interfaces.contains(where: { $0.index == number }) else {
            throw .operationNotSupportedByDevice
        }
        return number
    }

    /// Where the membership is; for IPv6 without an interface, the first one of the group.
    private func place(_ request: GroupCall) -> Int? {
        let isAny = request.interface == 0 && !isIPv4(request.group)
        let number = request.interface == 0 ? HostAddresses.interfaceIndex : request.interface
        return memberships.firstIndex { $0.group == request.group && (isAny || $0.interface == number) }
    }

    private func join(_ request: GroupCall, _ mode: SourceFilterMode) throws(Errno) {
        let interface = try interface(request)
        let isMember = memberships.contains { $0.group == request.group && $0.interface == interface }
        if isMember { throw .addressInUse }
        let count = memberships.count { isIPv4($0.group) }
        if isIPv4(request.group), count >= GroupMembership.limit { throw .noBufferSpace }
        memberships.append(GroupMembership(group: request.group, interface: interface, mode: mode))
        kernel.join(request.group, self)
    }

    private func leave(_ request: GroupCall) throws(Errno) {
        if !isIPv4(request.group), !request.group.isMulticast { throw .invalidArgument }
        guard let place = place(request) else { throw .addressNotAvailable }
        remove(at: place)
    }

    private func remove(at place: Int) {
        let group = memberships.remove(at: place).group
        if !memberships.contains(where: { $0.group == group }) { kernel.leave(group, self) }
    }

    // MARK: Senders

    /// The membership whose senders are spoken of, in that mode.
    private func member(_ request: GroupCall, _ mode: SourceFilterMode) throws(Errno) -> Int {
        _ = try interface(request)
        guard let place = place(request) else { throw .invalidArgument }
        if memberships[place].mode != mode {
            guard memberships[place].sources == nil else { throw .invalidArgument }
            memberships[place].mode = mode
        }
        return place
    }

    private func add(_ source: IPAddress, _ mode: SourceFilterMode, _ request: GroupCall) throws(Errno) {
        let place = try member(request, mode)
        let sources = memberships[place].sources ?? []
        if sources.count >= GroupMembership.sourceLimit(request.group) { throw .noBufferSpace }
        if sources.contains(source) { throw .addressNotAvailable }
        memberships[place].sources = sources + [source]
    }

    private func remove(_ source: IPAddress, _ mode: SourceFilterMode, _ request: GroupCall) throws(Errno) {
        let place = try member(request, mode)
        guard let index = memberships[place].sources?.firstIndex(of: source) else { throw .addressNotAvailable }
        // Who hears nobody any more has left.
        if mode == .include, memberships[place].sources?.count == 1 { return remove(at: place) }
        memberships[place].sources?.remove(at: index)
    }

    private func setFilter(
        _ mode: SourceFilterMode, _ sources: [IPAddress], _ request: GroupCall
    ) throws(Errno) {
        if sources.count > GroupMembership.sourceLimit(request.group) { throw .noBufferSpace }
        _ = try interface(request)
        if mode == .include, sources.isEmpty { return try leave(request) }
        guard let place = place(request) else { throw .invalidArgument }
        memberships[place].mode = mode
        memberships[place].sources = sources.isEmpty ? nil : sources
    }

    /// The socket is gone.
    func leaveGroups() {
        while !memberships.isEmpty { remove(at: memberships.count - 1) }
    }
}
