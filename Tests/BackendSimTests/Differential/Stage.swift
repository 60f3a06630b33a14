import Glibc
import SocketModel

/// Where a program is carried out, call by call at the seam: this machine's kernel, or a simulated host.
///
/// What comes of a step is text: its value or its errno, and then what every socket is ready for.
struct Stage {
    private let backend: any Backend
    /// How long things may take to come to rest: nothing is until two looks see the same.
    private let pause: Duration?
    private let firstPort: UInt16
    private var sockets: [SocketHandle?] = Array(repeating: nil, count: Stage.places)
    /// Where sockets of streams are.
    private var streams: Set<Int> = []
    /// Whose send buffers are full.
    private var full: Set<Int> = []
    /// Whether something may wait for more to be sent: a flood makes it leave sooner or later.
    private var isCorked = false
    /// Those that have connected to a mapped address.
    private var speakers: Set<Int> = []
    private var ephemeral: [UInt16] = []
    private var count: UInt8 = 0

    static let places = 6
    /// How many ports a program has for itself.
    static let ports = 4
    private static let letters = Array("ABCD")
    private static let patience = Duration.milliseconds(20)

    init(_ backend: any Backend, firstPort: UInt16, pause: Duration?) {
        self.backend = backend
        self.firstPort = firstPort
        self.pause = pause
    }

    /// Takes the steps, and tells what came of each.
    static func run(
        _ steps: [Step], on backend: any Backend, firstPort: UInt16, pause: Duration? = nil
    ) -> [String] {
        var stage = Stage(backend, firstPort: firstPort, pause: pause)
        let log = steps.map { step in "\(stage.take(step))\(stage.rest())" }
        stage.leave()
        return log
    }

    private mutating func take(_ step: Step) -> String {
        count &+= 1
        switch step {
        case .open(let place, let kind): return open(place, kind)
        case .accept(let place, let other):
            if sockets[other] == nil { streams.insert(other) }
            return put(sockets[other] == nil ? act(place, .accept) : nil, in: other)
        case .duplicate(let place, let other):
            if sockets[other] == nil, streams.contains(place) { streams.insert(other) }
            return put(sockets[other] == nil ? act(place, .duplicate) : nil, in: other)
        case .connect(let place, let target, let isWaiting): return connect(place, target, isWaiting)
        case .close(let place): return close(place)
        case .detach(let place): return detach(place)
        case .flood(let place): return flood(place)
        case .drain(let place): return drain(place)
        case .names(let place): return "\(tell(act(place, .localAddress))) \(tell(act(place, .peerAddress)))"
        default: return transfer(step)
        }
    }

    private mutating func transfer(_ step: Step) -> String {
        switch step {
        case .send(let place, let count, let flags):
            if flags.contains(.more) { isCorked = true }
            return tell(act(place, .send(flags), sending: count))
        case .sendTo(let place, let count, let target, let flags):
            if target.host.isRemote || target.host == .unspecified { return "-" }
            if flags.contains(.more) { isCorked = true }
            return tell(act(place, .sendMessage(to: address(target), control: [], flags), sending: count))
        case .sendMessage(let place, let count, let target, let control, let flags):
            // Where that leads is a matter of the machine's routes.
            if target?.host == .unspecified { return "-" }
            let to = target.map { address($0) }
            return tell(act(place, .sendMessage(to: to, control: control, flags), sending: count))
        case .receive(let place, let count, let flags): return receive(place, count, .receive(flags))
        case .wait(let place, let count, let flags):
            return receive(place, count, .receive(flags), isWaiting: streams.contains(place))
        case .receiveMessage(let place, let count, let room, let flags):
            return receive(place, count, .receiveMessage(controlCapacity: room, flags))
        default: return configure(step)
        }
    }

    private mutating func configure(_ step: Step) -> String {
        switch step {
        case .bind(let place, let target): return tell(act(place, .bind(address(target))))
        case .listen(let place, let backlog):
            return speakers.contains(place) ? "-" : tell(act(place, .listen(backlog: backlog)))
        case .shutdown(let place, let direction):
            // Whether a flood then meets a shut end depends on the windows.
            return full.isEmpty ? tell(act(place, .shutdown(direction))) : "-"
        case .set(let place, let setting, let value):
            let (level, name) = setting.option
            return tell(act(place, .setOption(level, name: name, setting.bytes(value))))
        case .get(let place, let setting):
            let (level, name) = setting.option
            return tell(act(place, .getOption(level, name: name, length: 8)))
        default: return "-"
        }
    }
}

// Calls.
extension Stage {
    /// Nil where there is no socket.
    private func act(_ place: Int, _ action: Operation.Action, isWaiting: Bool = false) -> Completion? {
        unsafe act(place, action, isWaiting: isWaiting, memory: .none)
    }

    private func act(
        _ place: Int, _ action: Operation.Action, isWaiting: Bool = false, memory: OperationMemory
    ) -> Completion? {
        guard let socket = sockets[place] else { return nil }
        let deadline = isWaiting ? backend.now.advanced(by: Self.patience) : .distantPast
        return unsafe backend.execute(Operation(action, on: socket, deadline: deadline), memory: memory)
    }

    /// Nil also after a flood: how much more fits is the machine's affair. So it is with more than a window of a stream.
    private func act(_ place: Int, _ action: Operation.Action, sending number: Int) -> Completion? {
        if streams.contains(place), !full.isEmpty { return nil }
        var bytes = [UInt8](repeating: count, count: streams.contains(place) ? min(number, 5000) : number)
        return unsafe bytes.withUnsafeMutableBytes { unsafe act(place, action, memory: .one($0)) }
    }

    private mutating func receive(
        _ place: Int, _ room: Int, _ action: Operation.Action, isWaiting: Bool = false
    ) -> String {
        var bytes = [UInt8](repeating: 0, count: room)
        let completion = unsafe bytes.withUnsafeMutableBytes {
            unsafe act(place, action, isWaiting: isWaiting, memory: .one($0))
        }
        let edges = [bytes.first, bytes.last(where: { $0 != 0 })].map { "\($0 ?? 0)" }.joined(separator: "…")
        return "\(tell(completion)) \(edges)"
    }

    private mutating func connect(_ place: Int, _ target: Target, _ isWaiting: Bool) -> String {
        if target.host.isRemote { return "-" }
        // A stream of the kernel's that has tried IPv4 goes on to speak it, to whatever it connects.
        if target.host.isMapped, streams.contains(place) { speakers.insert(place) }
        if speakers.contains(place), !target.host.isMapped { return "-" }
        // What is gathered goes where the socket is connected to meanwhile.
        if isCorked, !streams.contains(place) { return "-" }
        return tell(act(place, .connect(address(target)), isWaiting: isWaiting))
    }

    private mutating func open(_ place: Int, _ kind: Kind) -> String {
        if sockets[place] != nil { return "-" }
        if kind.type == .stream { streams.insert(place) } else { streams.remove(place) }
        let operation = Operation(.open(kind.family, kind.type, .default))
        return put(unsafe backend.execute(operation, memory: .none), in: place)
    }

    /// Puts the socket that a call has made in its place.
    private mutating func put(_ completion: Completion?, in place: Int) -> String {
        switch completion?.outcome {
        case .opened(let socket): sockets[place] = socket
        case .accepted(let socket, let peer):
            sockets[place] = socket
            if peer.isV4Mapped { speakers.insert(place) }
        default: break
        }
        return tell(completion)
    }

    private mutating func close(_ place: Int) -> String {
        let completion = act(place, .close(lingering: false))
        sockets[place] = nil
        full.remove(place)
        speakers.remove(place)
        return tell(completion)
    }

    /// Gives the descriptor back and takes it over again.
    private mutating func detach(_ place: Int) -> String {
        guard case .count(let number)? = act(place, .detach(blocking: true))?.outcome else { return "-" }
        let adopted = unsafe backend.execute(Operation(.adopt(descriptor: Int32(number))), memory: .none)
        guard case .adopted(let socket, let family, let type, let kind) = adopted.outcome else { return tell(adopted) }
        sockets[place] = socket
        return "\(family) \(type) \(kind)"
    }

    private mutating func flood(_ place: Int) -> String {
        guard streams.contains(place), !isCorked else { return "-" }
        defer { full.insert(place) }
        var misses = 0
        for _ in 0..<5000 {
            switch act(place, .send([]), sending: 5000)?.outcome {
            case nil: return "-"
            case .failure(let failure) where failure.errno == .wouldBlock && misses == 0:
                misses += 1
                _ = rest()
            case .failure(let failure): return "\(failure.errno.map { "\($0)" } ?? "-")"
            default: misses = 0
            }
        }
        return "endless"
    }

    private func drain(_ place: Int) -> String {
        var bytes = [UInt8](repeating: 0, count: 100_000)
        var misses = 0
        for _ in 0..<5000 {
            let completion = unsafe bytes.withUnsafeMutableBytes { unsafe act(place, .receive([]), memory: .one($0)) }
            switch completion?.outcome {
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
    private mutating func leave() {
        for place in sockets.indices {
            let (level, name) = Setting.linger.option
            _ = act(place, .setOption(level, name: name, Setting.linger.bytes(0)))
            _ = close(place)
        }
    }
}

// What came of it.
extension Stage {
    private func address(_ target: Target) -> SocketAddress {
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

    private mutating func tell(_ completion: Completion?) -> String {
        guard let completion else { return "-" }
        switch completion.outcome {
        case .done, .opened: return "done"
        case .count(let count): return "\(count)"
        case .accepted(_, let peer): return "from \(tell(peer))"
        case .address(let address): return tell(address)
        case .option(let bytes): return "\(Array(bytes))"
        case .message(let info):
            let sender = info.sender.map { tell($0) } ?? "nobody"
            return "\(info.count) from \(sender) \(info.control) \(info.flags)"
        case .failure(let failure): return failure.errno.map { "\($0)" } ?? "\(failure.code)"
        default: return "\(completion.outcome)"
        }
    }

    /// Ports of the system's choice are numbered as they show.
    private mutating func tell(_ address: SocketAddress) -> String {
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

    /// What all are ready for, when that has come to rest.
    private func rest() -> String {
        if let pause { _ = try? backend.makeLatch().wait(until: backend.now.advanced(by: pause)) }
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
        let open = sockets.enumerated().compactMap { place, socket in socket.map { (place, $0) } }
        let asked: PollEvents = [.readable, .writable, .readHangUp, .priority]
        let entries = open.map { Operation.PollEntry($0.1, asked) }
        if entries.isEmpty { return "" }
        let completion = unsafe backend.execute(Operation(.poll(entries), deadline: .distantPast), memory: .none)
        guard case .readiness(let events) = completion.outcome else { return " ?" }
        return zip(open, events).map { socket, events in
            " \(socket.0):" + Self.marks.filter { events.contains($0.0) }.map(\.1).joined()
        }.joined()
    }
}
