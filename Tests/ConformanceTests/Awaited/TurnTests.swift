import Sockets
import TestSupport
import Testing

/// A task whose calls never have to wait shares its executor all the same.
@Suite struct `Turns` {
    /// Calls that can always be carried out at once.
    enum Busy: CaseIterable, Sendable {
        case receive, receiveInto, send, datagram, poll, accept

        func call(_ round: Int, _ pair: (Socket, Socket), _ datagrams: (Socket, Socket), _ network: Network)
            async throws
        {
            let (a, b) = pair
            switch self {
            case .receive:
                try a.push("x")
                #expect(try await b.receive() == "x")
            case .receiveInto:
                try a.push("xy")
                var memory: [UInt8] = [0, 0]
                let count = try await b.receive(into: &memory)
                #expect(count == 2)
            case .send:
                try await a.sendAll("x")
                _ = try b.pull()
            case .datagram:
                try await datagrams.0.send("x", to: datagrams.1.localAddress())
                #expect(try await datagrams.1.receiveFrom(9)?.bytes == "x")
            case .poll:
                _ = try await network.poll([PollRequest(a, .writable)])
                #expect(try await a.wait(for: .writable) == .writable)
            case .accept:
                let listener = pair.0
                let client = try network.socket(.unix)
                try client.connectNow(to: listener.localAddress())
                _ = try await listener.accept()
            }
        }
    }

    @Test(arguments: Backends.kernel(.severalExecutors), Busy.allCases)
    func `one that always finds something to do lets others run`(backend: TestBackend, busy: Busy) async throws {
        let network = try backend.network(threads: 2)
        let folder = TemporaryDirectory()
        let datagrams = try network.udpPair()
        // On the socket's own executor, and on another.
        for (number, executor) in try network.executors.enumerated() {
            let others = Shared(0)
            try await withTaskExecutorPreference(executor) {
                let pair = try network.socketPair()
                let listener = try network.listen(at: folder.address("\(number)"))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        while !Task.isCancelled {
                            others.change { $0 += 1 }
                            await Task.yield()
                        }
                    }
                    for round in 0..<3000 {
                        try await busy.call(round, busy == .accept ? (listener, pair.1) : pair, datagrams, network)
                    }
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
            #expect(others.value >= 10)
        }
    }

    @Test(arguments: Backends.kernel(.computingTime)) func `its deadline ends it, its cancel too`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            try await withTaskExecutorPreference(network.executor) {
                let (a, b) = try network.socketPair()
                let error = await #expect(throws: SocketError.self) {
                    try await network.withDeadline(.within(.milliseconds(20))) {
                        while true {
                            try await a.sendAll("x")
                            _ = try await b.receive()
                        }
                    }
                }
                #expect(error?.code == .timedOut)
            }
        }
    }
}

extension Socket {
    fileprivate func connectNow(to address: SocketAddress) throws(SocketError) { try connect(to: address) }
}
