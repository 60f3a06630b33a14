import Sockets
import TestSupport
import Testing

extension Served {
    func client() async throws -> Socket { try await connect(network, to: listener) }

    func clients(_ count: Int) async throws -> [Socket] { try await connections(count, network, to: listener) }
}

func connect(_ network: Network, to listener: Socket) async throws -> Socket {
    try await network.connect(to: listener.localAddress(), deadline: .net)
}

func connections(_ count: Int, _ network: Network, to listener: Socket) async throws -> [Socket] {
    var connections: [Socket] = []
    for _ in 0..<count { connections.append(try await connect(network, to: listener)) }
    return connections
}

func close(_ socket: Socket) throws { try socket.close() }

/// Sends a text and expects it back.
func exchange(_ text: String, with client: Socket, _ location: SourceLocation = #_sourceLocation) async throws {
    try await client.sendAll(text, deadline: .net)
    let answer = try await client.receiveExactly(text.utf8.count, deadline: .net)
    #expect(answer.description == text, sourceLocation: location)
}

/// An error that counts how often somebody reads it.
struct Mishap: Error, CustomStringConvertible {
    let readings = Shared(0)

    var description: String {
        readings.change { $0 += 1 }
        return "a mishap"
    }
}
