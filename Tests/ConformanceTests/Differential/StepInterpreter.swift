import Sockets
import TestSupport

/// The table's interpreter on this library: the same steps, the same words for results.
final class StepInterpreter {
    private let network: Network
    private let directory = TemporaryDirectory()
    private var sockets: [String: Socket] = [:]
    private var names: [String: SocketAddress] = [:]

    init(_ network: Network) { self.network = network }

    func outcome(_ step: String) -> String {
        do {
            return try run(step.split(separator: " ").map(String.init))
        } catch let error as SocketError {
            return Self.text(error)
        } catch {
            return "error"
        }
    }

    private static func text(_ error: SocketError) -> String {
        switch error.cause {
        case .resolution(let cause): return "gai \(cause.rawValue)"
        case .host(let cause): return "herror \(cause.rawValue)"
        default: break
        }
        if let errno = error.errno { return "errno \(errno.rawValue)" }
        switch error.code {
        case .timedOut: return "timeout"
        case .notFound: return "error"
        case .closed: return "errno 9"
        default: return "\(error.code)"
        }
    }

    private static let families: [String: AddressFamily] = [
        "inet": .ipv4, "inet6": .ipv6, "unix": .unix, "any": .unspecified,
    ]
    private static let types: [String: SocketType] = [
        "stream": .stream, "dgram": .datagram, "seqpacket": .sequencedPacket,
    ]
    private static let ways: [String: ShutdownDirection] = ["rd": .receive, "wr": .send, "both": .both]

    private func shown(_ address: SocketAddress?) -> String {
        switch address {
        case .unix(let address)?:
            return address.kind == .abstract
                ? "abstract" : "unix " + (address.path?.split(separator: "/").last.map(String.init) ?? "")
        case let address?: return "ip \(address.ip.map(\.description) ?? "?")"
        case nil: return "none"
        }
    }

    private func text(_ word: String) -> String { word == "''" ? "" : word.replacing("_", with: " ") }

    private func data(_ word: String) -> [UInt8] {
        word.hasPrefix("zeros:") ? [UInt8](repeating: 0, count: Int(word.dropFirst(6)) ?? 0) : Array(text(word).utf8)
    }

    private enum Target {
        case address(SocketAddress)
        case host(String, Int)
    }

    private func target(_ word: String) throws -> Target {
        if word.hasPrefix("@") { return .address(names[String(word.dropFirst())] ?? .unspecified) }
        if word.hasPrefix("path:") {
            do {
                return .address(.unix(try UNIXAddress(path: directory.path + "/" + word.dropFirst(5))))
            } catch {
                throw SocketError(Failure(cause: .address(error)), .bind)
            }
        }
        let comma = word.lastIndex(of: ",") ?? word.endIndex
        return .host(text(String(word[..<comma])), Int(word[word.index(after: comma)...]) ?? 0)
    }

    private func bytes(hex: String) -> [UInt8] {
        var rest = Substring(hex.replacing("''", with: ""))
        var bytes: [UInt8] = []
        while let byte = UInt8(rest.prefix(2), radix: 16) {
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    private func hex(_ bytes: [UInt8]) -> String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

    private func run(_ words: [String]) throws -> String {
        if let socket = words.dropFirst().first.flatMap({ sockets[$0] }) { return try run(words, on: socket) }
        switch words[0] {
        case "socket":
            sockets[words[1]] = try network.socket(
                Self.families[words[2]] ?? .unspecified, Self.types[words[3]] ?? .stream,
                protocol: IPProtocol(rawValue: words.count > 4 ? Int32(words[4]) ?? 0 : 0))
        case "pair":
            let pair = try network.socketPair(Self.families[words[3]] ?? .unspecified, Self.types[words[4]] ?? .stream)
            (sockets[words[1]], sockets[words[2]]) = (pair.0, pair.1)
        case "vacant": names[words[1]] = try network.vacantAddress(words[2] == "inet" ? .loopback4 : .loopback6)
        default: return try NameSteps.run(words, network, text: text, hex: hex, bytes: bytes)
        }
        return "ok"
    }

    private func run(_ words: [String], on socket: Socket) throws -> String {
        func number(_ index: Int) -> Int { words.count > index ? Int(words[index]) ?? 0 : 0 }
        switch words[0] {
        case "bind":
            switch try target(words[2]) {
            case .address(let address): try socket.bind(to: address)
            case .host(let host, let port): try socket.bind(to: host, port: port)
            }
            names[words[1]] = try socket.localAddress()
        case "listen": try socket.listen(backlog: words.count > 2 ? number(2) : 5)
        case "accept":
            let (connection, peer) = try socket.accept()
            sockets[words[2]] = connection
            return shown(peer)
        case "connect":
            switch try target(words[2]) {
            case .address(let address): try socket.connect(to: address)
            case .host(let host, let port): try socket.connect(to: host, port: port)
            }
        case "connect_ex":
            switch try target(words[2]) {
            case .address(let address): return "errno \(try socket.connectResult(to: address)?.rawValue ?? 0)"
            case .host(let host, let port):
                return "errno \(try socket.connectResult(to: host, port: port)?.rawValue ?? 0)"
            }
        case "send": return "\(try socket.send(data(words[2])))"
        case "sendall": try socket.sendAll(data(words[2]))
        case "sendto":
            switch try target(words[3]) {
            case .address(let address): return "\(try socket.send(data(words[2]), to: address))"
            case .host(let host, let port): return "\(try socket.send(data(words[2]), to: host, port: port))"
            }
        case "sendmsg": return "\(try socket.sendMessage(words[2...].map { data($0) }))"
        case "recv": return "bytes \(try socket.receive(number(2)) ?? Chunk())"
        case "peek": return "bytes \(try socket.receive(number(2), flags: .peek) ?? Chunk())"
        case "recvfrom":
            let received = try socket.receiveFrom(number(2))
            return "bytes \(received?.bytes ?? Chunk()) from \(shown(received?.sender))"
        case "recvmsg":
            let message = try socket.receiveMessage(number(2))
            return "bytes \(message?.bytes ?? Chunk()) flags \((message?.flags.rawValue ?? 0) & 0x28)"
        case "shutdown": try socket.shutdown(Self.ways[words[2]] ?? .both)
        case "close": try socket.close()
        case "nonblock": socket.mode = .nonBlocking
        case "timeout": socket.mode = .timeout(.milliseconds(number(2)))
        case "wait": _ = try socket.wait(for: .readable, deadline: .within(.seconds(10)))
        case "local": return shown(try socket.localAddress())
        case "peer": return shown(try socket.peerAddress())
        case "dup": sockets[words[2]] = try socket.duplicate()
        case "get": return "\(try socket.option(OptionLevel(rawValue: Int32(number(2))), Int32(number(3))))"
        case "getbytes":
            return hex(try socket.option(OptionLevel(rawValue: Int32(number(2))), Int32(number(3)), length: number(4)))
        case "set": try socket.setOption(OptionLevel(rawValue: Int32(number(2))), Int32(number(3)), number(4))
        case "setbytes":
            try socket.setOption(OptionLevel(rawValue: Int32(number(2))), Int32(number(3)), bytes: bytes(hex: words[4]))
        default: return "no such step: \(words[0])"
        }
        return "ok"
    }
}
