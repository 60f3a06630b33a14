import Glibc
import Sockets
import TestSupport
import Testing

/// Where steps are taken, and what they came to: this machine's kernel, or a simulated host.
final class Ground {
    let network: Network
    private let directory: TemporaryDirectory
    private let host: SimulatedHost?
    private(set) var log: [String] = []

    init(_ network: Network, _ directory: TemporaryDirectory, _ host: SimulatedHost? = nil) {
        self.network = network
        self.directory = directory
        self.host = host
    }

    /// The address of a path, or, with `@` before it, of an abstract name.
    func address(_ name: String) -> SocketAddress {
        guard name.first == "@" else { return name.isEmpty ? .unix(.unnamed) : directory.address(name) }
        return (try? UNIXAddress(abstract: directory.path + name)).map { .unix($0) } ?? .unspecified
    }

    func remove(_ name: String) {
        let path = directory.path + "/" + name
        let isRemoved = host?.removePath(path) ?? (unsafe unlink(path) == 0)
        log.append("unlink \(name): \(isRemoved)")
    }

    /// Takes a step and notes what came of it.
    @discardableResult
    func step<Value>(_ name: String, _ body: () throws(SocketError) -> Value) -> Value? {
        do throws(SocketError) {
            let value = try body()
            log.append("\(name): \(described(value))")
            return value
        } catch {
            log.append("\(name): \(error.code) \(error.errno.map { "\($0)" } ?? "")")
            return nil
        }
    }

    private func described(_ value: Any) -> String {
        switch value {
        case is Void: "done"
        case is Socket, is (Socket, Socket): "made"
        case let (_, address) as (Socket, SocketAddress): "from \(described(address))"
        case let chunk as Chunk: "\(chunk.count) bytes \(chunk.array.prefix(8))"
        case let address as SocketAddress: described(address)
        case let message as Message: described(message)
        case let credentials as PeerCredentials: described(credentials)
        case let optional as any Nilable where optional.isNil: "nil"
        default: "\(value)"
        }
    }

    /// Names of the system's choice differ.
    private func described(_ address: SocketAddress) -> String {
        guard case .unix(let name) = address, name.kind == .abstract, name.bytes.count == 5 else { return "\(address)" }
        return "a name"
    }

    private func described(_ message: Message) -> String {
        let control = message.control.map { control in
            switch control {
            case .credentials(let credentials): described(credentials)
            // Cut credentials, perhaps of somebody.
            case .other(_, _, let bytes): "\(bytes.count) bytes"
            default: "\(control)"
            }
        }
        return
            "\(described(message.bytes)) of \(message.fullLength) from \(message.sender.map(described) ?? "nobody"), "
            + "\(message.descriptors.count) sockets, \(control), \(message.flags)"
    }

    private func described(_ credentials: PeerCredentials) -> String {
        if credentials.processID > 0 { return "somebody" }
        return "\(credentials.userID) \(credentials.groupID)"
    }
}

private protocol Nilable {
    var isNil: Bool { get }
}

extension Optional: Nilable {
    fileprivate var isNil: Bool { self == nil }
}

/// Takes the same steps on the kernel and on a simulated host, and expects the same of both.
@discardableResult
func compare(
    seed: UInt64 = 1, sourceLocation: SourceLocation = #_sourceLocation, _ steps: (Ground) throws -> Void
) throws -> [String] {
    let directory = TemporaryDirectory()
    let kernel = Ground(try Network(.posix), directory)
    try steps(kernel)
    let simulation = Simulation(seed: seed)
    let host = simulation.host("host")
    let simulated = Ground(host.network, directory, host)
    try steps(simulated)
    keep(simulation)
    try #require(!kernel.log.isEmpty)
    for (index, pair) in zip(simulated.log, kernel.log).enumerated() where pair.0 != pair.1 {
        let before = kernel.log[max(0, index - 12)..<index].joined(separator: "\n")
        Issue.record(
            "simulated: \(pair.0)\nkernel:    \(pair.1)\nafter\n\(before)", sourceLocation: sourceLocation)
        break
    }
    #expect(simulated.log.count == kernel.log.count, sourceLocation: sourceLocation)
    return kernel.log
}

// Steps, none of which waits.
extension Ground {
    func open(_ type: SocketType = .stream) -> Socket {
        guard let socket = step("socket", { () throws(SocketError) in try network.socket(.unix, type) }) else {
            preconditionFailure("no socket")
        }
        return socket
    }

    func pair(_ type: SocketType = .stream) -> (Socket, Socket) {
        guard let pair = step("pair", { () throws(SocketError) in try network.socketPair(.unix, type) }) else {
            preconditionFailure("no pair")
        }
        return pair
    }

    func bind(_ socket: Socket, _ name: String) {
        step("bind \(name)") { () throws(SocketError) in try socket.bind(to: address(name)) }
    }

    func listen(_ socket: Socket, _ backlog: Int = 5) {
        step("listen \(backlog)") { () throws(SocketError) in try socket.listen(backlog: backlog) }
    }

    func connect(_ socket: Socket, _ name: String) {
        connect(socket, to: address(name))
    }

    func connect(_ socket: Socket, to address: SocketAddress) {
        step("connect \(address)") { () throws(SocketError) in try socket.connect(to: address, deadline: .immediate) }
    }

    @discardableResult
    func accept(_ socket: Socket) -> Socket? {
        step("accept") { () throws(SocketError) in try socket.accept(deadline: .immediate) }?.connection
    }

    func send(_ socket: Socket, _ bytes: [UInt8], to name: String? = nil, flags: MessageFlags = []) {
        step("send \(bytes.count) \(name ?? "")") { () throws(SocketError) in
            guard let name else { return try socket.send(bytes, flags: flags, deadline: .immediate) }
            return try socket.send(bytes, to: address(name), flags: flags, deadline: .immediate)
        }
    }

    func pass(_ socket: Socket, _ bytes: [UInt8], _ sockets: [Socket]) {
        step("pass \(sockets.count)") { () throws(SocketError) in
            try socket.send(bytes, passing: sockets, deadline: .immediate)
        }
    }

    func receive(_ socket: Socket, _ count: Int = 100, flags: MessageFlags = []) {
        step("receive \(count) \(flags)") { () throws(SocketError) in
            try socket.receive(count, flags: flags, deadline: .immediate)
        }
    }

    @discardableResult
    func message(_ socket: Socket, _ count: Int = 100, room: Int = 0, flags: MessageFlags = []) -> Message? {
        let message = step("message \(count) \(room) \(flags)") { () throws(SocketError) in
            try socket.receiveMessage(count, controlCapacity: room, flags: flags, deadline: .immediate)
        }
        return message ?? nil
    }

    func shut(_ socket: Socket, _ direction: ShutdownDirection) {
        step("shutdown \(direction)") { () throws(SocketError) in try socket.shutdown(direction) }
    }

    func close(_ socket: Socket) { step("close") { () throws(SocketError) in try socket.close() } }

    func names(_ socket: Socket) {
        step("own name") { () throws(SocketError) in try socket.localAddress() }
        step("peer's name") { () throws(SocketError) in try socket.peerAddress() }
    }

    func poll(_ sockets: Socket...) {
        let all: PollEvents = [.readable, .writable, .readHangUp, .normalReadable, .normalWritable, .bandWritable]
        step("poll") { () throws(SocketError) in
            try network.poll(sockets.map { PollRequest($0, all) }, deadline: .immediate)
        }
    }
}
