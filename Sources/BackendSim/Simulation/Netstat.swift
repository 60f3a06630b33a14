internal import SocketModel

/// One row of `netstat`: what a socket is, as Linux's own tool tells it.
struct SocketSummary {
    var `protocol`: String
    /// Bytes that the program has not taken yet; of a listener, connections.
    var receiveQueue = 0
    /// Bytes that the peer has not acknowledged; of a listener, how many connections may wait.
    var sendQueue = 0
    var local = "*"
    var peer = "*"
    var state = ""
}

extension World {
    /// What is open and who waits, host by host.
    var netstat: String { hosts.map(\.netstat).joined(separator: "\n") }
}

extension SimulatedHost {
    fileprivate var netstat: String {
        let head = "\(name) (\(ipv4), \(ipv6))"
        guard let kernel, !kernel.isCrashed else { return head + " is down\n" }
        var table = TextColumns()
        table.isRightAligned = [true, false, true, true]
        table.add("FD", "PROTO", "RECV-Q", "SEND-Q", "LOCAL", "PEER", "STATE", "WAITING")
        for (number, entry) in kernel.descriptors.all { table.add("\(number)", entry.socket, entry.waiting) }
        for socket in kernel.unheldConnections { table.add("-", socket, []) }
        let lines = table.rows.count > 1 ? table.lines(indent: 2) : ["  no sockets"]
        return ([head] + lines + kernel.otherWaits.map { "  \($0)" }).map { "\($0)\n" }.joined()
    }
}

extension TextColumns {
    fileprivate mutating func add(_ number: String, _ socket: SimulatedSocket, _ waiting: [String]) {
        let row = socket.summary
        add(
            number, row.protocol, "\(row.receiveQueue)", "\(row.sendQueue)", row.local, row.peer, row.state,
            waiting.joined(separator: ", "))
    }
}

extension DescriptorTable.Entry {
    /// Who waits for it: tasks, and threads by their names.
    fileprivate var waiting: [String] {
        let calls = socket.places.flatMap(\.waitingOperations)
        let tasks = calls.map { "\($0.name) since \(seconds($0.since)) (task)" }
        return tasks + parked.filter { !$0.isOver }.map(\.words)
    }
}

extension HostKernel {
    /// Connections that no descriptor refers to: not accepted yet, or closed and not over.
    fileprivate var unheldConnections: [TCPSocket] {
        ports.connections.values.filter { $0.references == 0 }.sorted { $0.order < $1.order }
    }

    /// Threads that wait for something else than a descriptor, and look-ups under way.
    fileprivate var otherWaits: [String] {
        let held = Set(descriptors.all.flatMap { $0.entry.parked.map(ObjectIdentifier.init) })
        return parkings.filter { !$0.isOver && !held.contains(ObjectIdentifier($0)) }.map(\.words)
            + lookups.all.map(\.summary)
    }
}

extension Parking {
    /// Who waits, for what and since when.
    fileprivate var words: String {
        "\(operation) since \(seconds(since)) (\(threadName.map { "thread \"\($0)\"" } ?? "outside"))"
    }
}

extension TCPSocket {
    fileprivate var order: (UInt16, UInt16, String) { (localPort, remotePort, "\(localAddress) \(summary.peer)") }

    /// The state as `netstat(8)` calls it.
    var stateWord: String {
        if isListening { return "LISTEN" }
        switch connection.state {
        case .closed: return "CLOSE"
        case .established: return "ESTABLISHED"
        case .synSent: return "SYN_SENT"
        case .synReceived: return "SYN_RECV"
        case .finWait1: return "FIN_WAIT1"
        case .finWait2: return "FIN_WAIT2"
        case .timeWait: return "TIME_WAIT"
        case .closeWait: return "CLOSE_WAIT"
        case .lastAck: return "LAST_ACK"
        case .closing: return "CLOSING"
        }
    }
}
