import Sockets
import TestSupport
import Testing

/// Sockets whose half to receive is shut, of kinds where the kernel's poll and its calls that do not wait disagree about that.
enum ShutKind: String, CaseIterable, Sendable {
    case udp, unixDatagram

    func socket(_ network: Network, _ directory: TemporaryDirectory) throws -> (Socket, keep: Socket) {
        switch self {
        case .udp:
            let (a, b) = try network.udpPair()
            try a.connect(to: b.localAddress())
            return (a, b)
        case .unixDatagram:
            let (a, b) = try network.socketPair(.unix, .datagram)
            return (a, b)
        }
    }
}

/// As a blocking call of Linux does, whatever the descriptor's mode.
@Suite struct `A shut half` {
    @Test(arguments: Backends.all, ShutKind.allCases) func `receives nothing and does not wait`(
        backend: TestBackend, kind: ShutKind
    ) throws {
        let (network, directory) = (try backend.network(), TemporaryDirectory())
        let (socket, other) = try kind.socket(network, directory)
        try socket.shutdown(.receive)
        try expectNothing { () throws(SocketError) in try socket.receive(9, deadline: .net)?.count }
        try expectNothing { () throws(SocketError) in try socket.receiveFrom(9, deadline: .net)?.bytes.count }
        try expectNothing { () throws(SocketError) in try socket.receiveMessage(9, deadline: .net)?.bytes.count }
        try expectNothing { () throws(SocketError) in
            try socket.receiveBatch(2, of: 9, deadline: .net).first?.bytes.count
        }
        #expect(code { () throws(SocketError) in try socket.receive(9, deadline: .immediate) } == .wouldBlock)
        #expect(code { () throws(SocketError) in try socket.receive(9, flags: .doNotWait) } == .wouldBlock)
        keep(other, directory)
    }

    @Test(arguments: Backends.all, ShutKind.allCases) func `ends a receive that waits`(
        backend: TestBackend, kind: ShutKind
    ) throws {
        let (network, directory) = (try backend.network(), TemporaryDirectory())
        let (socket, other) = try kind.socket(network, directory)
        let waiting = try Aside(network) { () throws(SocketError) in try socket.receive(9, deadline: .net)?.count }
        waiting.awaitParked()
        try socket.shutdown(.receive)
        #expect(try (waiting.outcome().get() ?? 0) == 0)
        keep(other, directory)
    }

    @Test(arguments: Setting.all, ShutKind.allCases) func `ends awaited receives, before and after`(
        setting: Setting, kind: ShutKind
    ) async throws {
        try await setting.backend.run { network in
            let directory = TemporaryDirectory()
            let (socket, other) = try kind.socket(network, directory)
            let waiting = try Pending(setting, network) { () async throws(SocketError) in
                try await socket.receive(9, deadline: .net)?.count
            }
            await waiting.suspend()
            try shut(socket)
            #expect(try await (waiting.outcome.get() ?? 0) == 0)
            for _ in 0..<2 {
                let plain = try Pending(setting, network) { () async throws(SocketError) in
                    try await socket.receive(9, deadline: .net)?.count
                }
                #expect(try await (plain.outcome.get() ?? 0) == 0)
                let message = try Pending(setting, network) { () async throws(SocketError) in
                    try await socket.receiveFrom(9, deadline: .net)?.bytes.count
                }
                #expect(try await (message.outcome.get() ?? 0) == 0)
            }
            keep(other, directory)
        }
    }

    @Test(arguments: Backends.all, [false, true]) func `of a listener refuses who accepts`(
        backend: TestBackend, isUNIX: Bool
    ) throws {
        let (network, directory) = (try backend.network(), TemporaryDirectory())
        let listener = try network.listen(at: isUNIX ? directory.address("shut") : .loopback4)
        let waiting = try Aside(network) { () throws(SocketError) in _ = try listener.accept(deadline: .net) }
        waiting.awaitParked()
        try listener.shutdown(.receive)
        #expect(waiting.failure()?.code == .invalidArgument)
        #expect(code { () throws(SocketError) in try listener.accept(deadline: .net) } == .invalidArgument)
        keep(directory)
    }

    private func shut(_ socket: Socket) throws { try socket.shutdown(.receive) }

    private func expectNothing(_ receive: () throws(SocketError) -> Int?) throws {
        #expect(try (receive() ?? 0) == 0)
    }
}
