import Sockets
import TestSupport

/// Every awaited call that may have to wait, on a socket where it has to.
enum AwaitedCall: String, CaseIterable, Codable, Sendable {
    case receive, receiveLarge, receiveAll, receiveIntoArray, receiveIntoSpan, receiveExactly, receiveFrom,
        receiveFromInto, receiveMessage, receiveMessageInto, receiveBatch, wait
    case accept, connect
    case send, sendAll, sendMessage, sendPassing, sendBatch, sendFile, sendToFull

    typealias Call = @Sendable (Socket, Deadline?) async throws(SocketError) -> Void

    /// A socket on which the call waits, and what must be kept alive meanwhile.
    struct Scene: Sendable {
        let socket: Socket
        let others: [Socket]
        let directory: TemporaryDirectory
        let call: Call
    }

    var isReceive: Bool {
        switch self {
        case .accept, .connect, .send, .sendAll, .sendMessage, .sendPassing, .sendBatch, .sendFile, .sendToFull: false
        default: true
        }
    }

    func prepare(_ network: Network) throws -> Scene {
        switch self {
        case .accept:
            return scene(try network.listen(at: .loopback4)) { socket, deadline async throws(SocketError) in
                _ = try await socket.accept(deadline: deadline)
            }
        case .connect: return try connecting(network)
        case .sendToFull: return try sendingToFull(network)
        default:
            let (a, b) = try network.socketPair()
            if !isReceive { try a.fill() }
            let directory = TemporaryDirectory()
            return scene(a, [b], directory, self.call(b, directory))
        }
    }

    private func scene(
        _ socket: Socket, _ others: [Socket] = [], _ directory: TemporaryDirectory = TemporaryDirectory(),
        _ call: @escaping Call
    ) -> Scene { Scene(socket: socket, others: others, directory: directory, call: call) }

    private func connecting(_ network: Network) throws -> Scene {
        let directory = TemporaryDirectory()
        let address = directory.address("full")
        var others = [try network.listen(at: address, backlog: 1)]
        while true {
            let next = try network.socket(.unix)
            guard try next.connectResult(to: address, deadline: .immediate) == nil else { break }
            others.append(next)
        }
        return scene(try network.socket(.unix), others, directory) { socket, deadline async throws(SocketError) in
            try await socket.connect(to: address, deadline: deadline)
        }
    }

    private func sendingToFull(_ network: Network) throws -> Scene {
        let directory = TemporaryDirectory()
        let address = directory.address("datagrams")
        let receiver = try network.socket(.unix, .datagram)
        try receiver.bind(to: address)
        let sender = try network.socket(.unix, .datagram)
        while code({ () throws(SocketError) in try sender.send("x", to: address, deadline: .immediate) }) == nil {}
        return scene(sender, [receiver], directory) { socket, deadline async throws(SocketError) in
            try await socket.send("x", to: address, deadline: deadline)
        }
    }

    private func call(_ other: Socket, _ directory: TemporaryDirectory) -> Call {
        { socket, deadline async throws(SocketError) in
            var (array, arrays) = ([UInt8](repeating: 0, count: 4), [[UInt8]](repeating: [0, 0], count: 2))
            switch self {
            case .receive: _ = try await socket.receive(4, deadline: deadline)
            case .receiveLarge: _ = try await socket.receive(100_000, deadline: deadline)
            case .receiveAll: _ = try await socket.receive(4, flags: .waitForAll, deadline: deadline)
            case .receiveIntoArray: _ = try await socket.receive(into: &array, deadline: deadline)
            case .receiveIntoSpan:
                var span = array.mutableSpan
                var bytes = unsafe span.mutableBytes
                _ = try await socket.receive(into: &bytes, deadline: deadline)
            case .receiveExactly: _ = try await socket.receiveExactly(4, deadline: deadline)
            case .receiveFrom: _ = try await socket.receiveFrom(4, deadline: deadline)
            case .receiveFromInto: _ = try await socket.receiveFrom(into: &array, deadline: deadline)
            case .receiveMessage:
                _ = try await socket.receiveMessage(4, controlCapacity: 64, deadline: deadline)
            case .receiveMessageInto: _ = try await socket.receiveMessage(into: &arrays, deadline: deadline)
            case .receiveBatch: _ = try await socket.receiveBatch(3, of: 2, deadline: deadline)
            case .wait: _ = try await socket.wait(for: .readable, deadline: deadline ?? .never)
            case .send: _ = try await socket.send("xyz", deadline: deadline)
            case .sendAll: try await socket.sendAll("xyz", deadline: deadline)
            case .sendMessage: try await socket.sendMessage(["x", "yz"], deadline: deadline)
            case .sendPassing: try await socket.send("x", passing: [other], deadline: deadline)
            case .sendBatch:
                _ = try await socket.sendBatch([OutgoingMessage("x"), OutgoingMessage("y")], deadline: deadline)
            case .sendFile:
                let file = directory.file([1, 2, 3])
                defer { Process.close(file) }
                try await socket.sendFile(file, deadline: deadline)
            case .accept, .connect, .sendToFull: break
            }
        }
    }
}
