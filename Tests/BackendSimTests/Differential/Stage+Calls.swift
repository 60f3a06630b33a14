import Glibc
import SocketModel

// Calls.
extension Stage {
    /// Nil where there is no socket.
    func act(_ place: Int, _ action: Operation.Action, isWaiting: Bool = false) -> Completion? {
        unsafe act(place, action, isWaiting: isWaiting, memory: .none)
    }

    private func act(
        _ place: Int, _ action: Operation.Action, isWaiting: Bool = false, memory: OperationMemory
    ) -> Completion? {
        guard let socket = sockets[place] else { return nil }
        if rig.way == .awaited, action.mayWait {
            return unsafe socket.await(action, memory, for: pause ?? StageSocket.shortPatience)
        }
        return unsafe socket.execute(action, memory, isWaiting: isWaiting)
    }

    /// Nil also after a flood: how much more fits is the machine's affair. So it is with more than a window of a stream.
    func act(
        _ place: Int, _ action: Operation.Action, sending number: Int, of value: UInt8 = 7
    ) -> Completion? {
        if streams.contains(place), !full.isEmpty { return nil }
        var bytes = [UInt8](repeating: value, count: streams.contains(place) ? min(number, 5000) : number)
        return unsafe bytes.withUnsafeMutableBytes { unsafe act(place, action, memory: .one($0)) }
    }

    mutating func receive(
        _ place: Int, _ room: Int, _ action: Operation.Action, isWaiting: Bool = false
    ) -> String {
        // Whether it is waited for what the error queue will never have is a backend's own affair.
        if rig.way == .awaited, action.asksErrorQueue { return "-" }
        // How much must leave before more fits is the machine's affair, too.
        if streams.contains(place), !full.isEmpty { return "-" }
        var bytes = [UInt8](repeating: 0, count: room)
        let completion = unsafe bytes.withUnsafeMutableBytes {
            unsafe act(place, action, isWaiting: isWaiting, memory: .one($0))
        }
        let edges = [bytes.first, bytes.last(where: { $0 != 0 })].map { "\($0 ?? 0)" }.joined(separator: "…")
        return "\(tell(completion)) \(edges)"
    }

    mutating func connect(_ place: Int, _ target: Target, _ isWaiting: Bool) -> String {
        if hosts.count == 1, target.host.isRemote { return "-" }
        // A stream of the kernel's that has tried IPv4 goes on to speak it, to whatever it connects.
        if target.host.isMapped, streams.contains(place) { speakers.insert(place) }
        if speakers.contains(place), !target.host.isMapped { return "-" }
        // What is gathered goes where the socket is connected to meanwhile.
        if isCorked, !streams.contains(place) { return "-" }
        return tell(act(place, .connect(address(target)), isWaiting: isWaiting || rig.connectsAtOnce))
    }

    mutating func open(_ place: Int, _ kind: Kind, on number: Int) -> String {
        if sockets[place] != nil { return "-" }
        if kind.type == .stream { streams.insert(place) } else { streams.remove(place) }
        let host = hosts[number % hosts.count]
        return put(host.open(.open(kind.family, kind.type, .default)), in: place, host)
    }

    mutating func openPair(_ place: Int, _ other: Int, _ kind: Kind) -> String {
        if sockets[place] != nil || sockets[other] != nil { return "-" }
        if kind.type == .stream { streams.formUnion([place, other]) } else { streams.subtract([place, other]) }
        let completion = hosts[0].open(.openPair(kind.family, kind.type, .default))
        guard case .pair(let one, let two) = completion.outcome else { return tell(completion) }
        sockets[place] = StageSocket(one, hosts[0], rig.way)
        sockets[other] = StageSocket(two, hosts[0], rig.way)
        return "done"
    }

    func sendSockets(_ place: Int, _ others: [Int], _ count: Int) -> String {
        let numbers = others.compactMap { other -> Int32? in
            guard case .count(let number)? = act(other, .descriptor)?.outcome else { return nil }
            return Int32(number)
        }
        var stage = self
        return stage.tell(
            act(place, .sendMessage(to: nil, control: [.rights(numbers)], []), sending: count, of: self.count))
    }

    /// Sockets that came with a message are closed again.
    func dispose(_ numbers: [Int32]) {
        for number in numbers {
            guard case .adopted(let socket, _, _, _) = hosts[0].open(.adopt(descriptor: number)).outcome else {
                continue
            }
            _ = unsafe hosts[0].backend.execute(Operation(.close(lingering: false), on: socket), memory: .none)
        }
    }

    /// Puts the socket that a call has made in its place.
    mutating func put(_ completion: Completion?, in place: Int, of origin: Int) -> String {
        guard let host = sockets[origin]?.host else { return "-" }
        return put(completion, in: place, host)
    }

    mutating func put(_ completion: Completion?, in place: Int, _ host: StageHost) -> String {
        switch completion?.outcome {
        case .opened(let socket): sockets[place] = StageSocket(socket, host, rig.way)
        case .accepted(let socket, let peer):
            sockets[place] = StageSocket(socket, host, rig.way)
            if peer.isV4Mapped { speakers.insert(place) }
        default: break
        }
        return tell(completion)
    }

    mutating func close(_ place: Int) -> String {
        sockets[place]?.endWaiting()
        let completion = act(place, .close(lingering: false))
        sockets[place] = nil
        full.remove(place)
        speakers.remove(place)
        return tell(completion)
    }

    /// What has been received ahead of whoever asks goes with the face's socket, which is not here.
    private func mayShare(_ place: Int) -> Bool { rig.way == .executed || !streams.contains(place) }

    func duplicate(_ place: Int) -> Completion? { mayShare(place) ? act(place, .duplicate) : nil }

    /// Gives the descriptor back and takes it over again.
    mutating func detach(_ place: Int) -> String {
        guard let host = sockets[place]?.host, mayShare(place) else { return "-" }
        sockets[place]?.endWaiting()
        guard case .count(let number)? = act(place, .detach(blocking: true))?.outcome else { return "-" }
        let adopted = host.open(.adopt(descriptor: Int32(number)))
        guard case .adopted(let socket, let family, let type, let kind) = adopted.outcome else { return tell(adopted) }
        sockets[place] = StageSocket(socket, host, rig.way)
        return "\(family) \(type) \(kind)"
    }

    mutating func flood(_ place: Int) -> String {
        guard streams.contains(place), !isCorked else { return "-" }
        defer { full.insert(place) }
        return exhaust { act(place, .send([]), sending: 5000) }
    }

    func drain(_ place: Int) -> String {
        var bytes = [UInt8](repeating: 0, count: 100_000)
        return exhaust {
            unsafe bytes.withUnsafeMutableBytes { unsafe act(place, .receive([]), memory: .one($0)) }
        }
    }

    /// Makes a call again and again, after a rest where it would wait, until that is of no use; how that ended.
    private func exhaust(_ call: () -> Completion?) -> String {
        var misses = 0
        for _ in 0..<5000 {
            switch call()?.outcome {
            case nil: return "-"
            case .count(0): return "end"
            case .failure(let failure) where failure.errno == .wouldBlock && misses == 0:
                misses += 1
                _ = rest()
            case .failure(let failure): return "\(failure.errno.map { "\($0)" } ?? "-")"
            default: misses = 0
            }
        }
        return "endless"
    }

    /// Nothing is left behind, TIME_WAIT neither.
    mutating func leave() {
        for place in sockets.indices {
            let (level, name) = Setting.linger.option
            _ = act(place, .setOption(level, name: name, Setting.linger.bytes(0)))
            _ = close(place)
        }
        for name in Target.Host.names { unlink(name) }
    }

    private func unlink(_ name: Target.Host) {
        guard let name = name.name(firstPort), name.kind == .path else { return }
        _ = unsafe Glibc.unlink(String(decoding: name.bytes, as: UTF8.self))
    }
}
