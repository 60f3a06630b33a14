import Sockets
import TestSupport

/// One echo program, twice: the two differ by `await` and `async` alone, as ``TwinTests`` checks. That they compile is the point: the
/// compiler picks the blocking form in functions, and the awaited form in async ones, in closures and in task groups.
enum BlockingEcho {
    static func serve(_ listener: Socket) throws(SocketError) {
        let (connection, _) = try listener.accept(deadline: .net)
        while let chunk = try connection.receive() { try connection.sendAll(chunk) }
        try connection.shutdown(.send)
        try connection.close()
    }

    static func ask(_ network: Network, _ address: SocketAddress) throws(SocketError) -> String {
        let socket = try network.socket(address.family)
        try socket.connect(to: address, deadline: .net)
        _ = try socket.send("Hello, ")
        try socket.sendMessage(["wor", "ld"])
        _ = try socket.wait(for: .readable)
        let answer = try socket.receiveExactly(12)
        let file = try socket.file(.readWrite)
        try file.write("one line\n")
        try file.flush()
        let line = try file.readLine()
        try file.close()
        try socket.close()
        return "\(answer) \(line?.count ?? 0)"
    }
}

enum AwaitedEcho {
    static func serve(_ listener: Socket) async throws(SocketError) {
        let (connection, _) = try await listener.accept(deadline: .net)
        while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
        try connection.shutdown(.send)
        try await connection.close()
    }

    static func ask(_ network: Network, _ address: SocketAddress) async throws(SocketError) -> String {
        let socket = try network.socket(address.family)
        try await socket.connect(to: address, deadline: .net)
        _ = try await socket.send("Hello, ")
        try await socket.sendMessage(["wor", "ld"])
        _ = try await socket.wait(for: .readable)
        let answer = try await socket.receiveExactly(12)
        let file = try socket.file(.readWrite)
        try await file.write("one line\n")
        try await file.flush()
        let line = try await file.readLine()
        try await file.close()
        try await socket.close()
        return "\(answer) \(line?.count ?? 0)"
    }
}
