import Sockets
import TestSupport
import Testing

extension Served {
    func client() async throws -> Client { try await connect(network, to: listener) }

    func clients(_ count: Int) async throws -> [Client] { try await connections(count, network, to: listener) }
}

/// A peer of the server, awaited as it is: blocking calls would keep the few threads that everybody's tasks share.
struct Client: Sendable {
    let socket: Socket
    let address: SocketAddress

    func send(_ text: String) async throws { try await socket.sendAll(text, deadline: .net) }
    func receive() async throws -> String? { try await socket.receive(deadline: .net)?.description }
    func finish() throws { try socket.shutdown(.send) }
}

func connect(_ network: Network, to listener: Socket) async throws -> Client {
    let socket = try await network.connect(to: listener.localAddress(), deadline: .net)
    return Client(socket: socket, address: try socket.localAddress())
}

func connections(_ count: Int, _ network: Network, to listener: Socket) async throws -> [Client] {
    var connections: [Client] = []
    for _ in 0..<count { connections.append(try await connect(network, to: listener)) }
    return connections
}

/// Sends a text and expects it back.
func exchange(_ text: String, with client: Client, _ location: SourceLocation = #_sourceLocation) async throws {
    try await client.send(text)
    var answer = ""
    while answer.utf8.count < text.utf8.count, let more = try await client.receive() { answer += more }
    #expect(answer == text, sourceLocation: location)
}

struct Mishap: Error, Equatable {
    let text: String
}

extension ServerProbe {
    /// The most connections that were served at a time.
    var mostAtOnce: Int {
        var (now, most) = (0, 0)
        for event in events {
            switch Kind(event) {
            case .accepted: now += 1
            case .ended, .failed, .cancelled: now -= 1
            default: break
            }
            most = max(most, now)
        }
        return most
    }
}
