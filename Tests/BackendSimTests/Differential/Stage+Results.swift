import Glibc
import SocketModel

// What came of it.
extension Stage {
    private static let letters = Array("ABCD")

    func address(_ target: Target) -> SocketAddress {
        if Target.Host.names.contains(target.host) { return target.host.address(firstPort) }
        switch target.port {
        case .zero: return target.host.address(0)
        case .own(let number): return target.host.address(firstPort + UInt16(number))
        case .of(let place):
            guard case .address(let address)? = act(place, .localAddress)?.outcome else {
                return target.host.address(0)
            }
            return target.host.address(address.port ?? 0)
        }
    }

    mutating func tell(_ completion: Completion?) -> String {
        guard let completion else { return "-" }
        switch completion.outcome {
        case .done, .opened: return "done"
        case .count(let count): return "\(count)"
        case .accepted(_, let peer): return "from \(tell(peer))"
        case .address(let address): return tell(address)
        case .option(let bytes): return "\(Array(bytes))"
        case .message(let info):
            let sender = info.sender.map { tell($0) } ?? "nobody"
            return "\(info.count) from \(sender) [\(info.control.map(tell).joined(separator: ", "))] \(info.flags)"
        case .failure(let failure): return failure.errno.map { "\($0)" } ?? "\(failure.code)"
        default: return "\(completion.outcome)"
        }
    }

    /// Numbers of descriptors and processes differ.
    private func tell(_ control: ControlMessage) -> String {
        switch control {
        case .rights(let numbers):
            dispose(numbers)
            return "\(numbers.count) sockets"
        case .credentials(let credentials): return credentials.processID > 0 ? "somebody" : "\(control)"
        default: return "\(control)"
        }
    }

    /// Ports of the system's choice are numbered as they show.
    private mutating func tell(_ address: SocketAddress) -> String {
        if case .unix(let name) = address {
            if let own = Target.Host.names.first(where: { $0.name(firstPort) == name }) { return "\(own)" }
            return name.kind == .abstract ? "abstract of \(name.bytes.count)" : "\(address)"
        }
        guard let port = address.port, let ip = address.ip else { return "\(address)" }
        return "\(ip):\(tell(port))"
    }

    private mutating func tell(_ port: UInt16) -> String {
        if port == 0 { return "0" }
        if port >= firstPort, port < firstPort + UInt16(Self.ports) { return "\(Self.letters[Int(port - firstPort)])" }
        if !ephemeral.contains(port) { ephemeral.append(port) }
        return "e\(ephemeral.firstIndex(of: port) ?? 0)"
    }

    // MARK: Readiness

    /// Fields of `struct tcp_info` that no clock and no buffer decides, by their offsets.
    private static let counters = [
        (24, "unacked"), (60, "pmtu"), (120, "acked"), (128, "received"), (136, "segs_out"),
        (140, "segs_in"), (144, "notsent"), (152, "data_in"), (156, "data_out"), (200, "sent"),
    ]

    func count(_ place: Int) -> String {
        guard case .option(let bytes)? = act(place, .getOption(.tcp, name: 11, length: 280))?.outcome else {
            return "-"
        }
        return Self.counters.map { "\($0.1) \(bytes.load(UInt32.self, at: $0.0) ?? 0)" }.joined(separator: ", ")
    }

    func poll(_ place: Int) -> String {
        guard let socket = sockets[place] else { return "-" }
        let operation = Operation(.poll([.init(socket.handle, PollEvents(rawValue: 0x3FFF))]), deadline: .distantPast)
        return "\(unsafe socket.host.backend.execute(operation, memory: .none).outcome)"
    }

    /// What all are ready for, when that has come to rest.
    func rest() -> String {
        if let pause { hosts[0].pass(pause) }
        var last = readiness()
        for _ in 0..<20 {
            if pause == nil { sched_yield() }
            let next = readiness()
            if next == last { break }
            last = next
        }
        return last
    }

    private static let marks: [(PollEvents, String)] = [
        (.readable, "r"), (.writable, "w"), (.error, "e"), (.hangUp, "h"), (.readHangUp, "H"), (.priority, "p"),
    ]

    private func readiness() -> String {
        var found = Array(repeating: "", count: Self.places)
        for host in hosts.indices {
            let open = sockets.indices.filter { sockets[$0]?.host === hosts[host] }
            for (place, marks) in zip(open, readiness(of: open, on: hosts[host])) { found[place] = marks }
        }
        return found.joined()
    }

    private func readiness(of places: [Int], on host: StageHost) -> [String] {
        let asked: PollEvents = [.readable, .writable, .readHangUp, .priority]
        let entries = places.compactMap { place in sockets[place].map { Operation.PollEntry($0.handle, asked) } }
        if entries.isEmpty { return [] }
        let operation = Operation(.poll(entries), deadline: .distantPast)
        guard case .readiness(let events) = unsafe host.backend.execute(operation, memory: .none).outcome else {
            return places.map { " \($0)?" }
        }
        return zip(places, events).map { place, events in
            " \(place):" + Self.marks.filter { events.contains($0.0) }.map(\.1).joined()
        }
    }
}
