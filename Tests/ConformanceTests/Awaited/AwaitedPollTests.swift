import Sockets
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(10))) struct `Awaited polls` {
    private func pairs(_ network: Network, _ count: Int) throws(SocketError) -> [(Socket, Socket)] {
        var pairs: [(Socket, Socket)] = []
        for _ in 0..<count { pairs.append(try network.socketPair()) }
        return pairs
    }

    @Test(arguments: Setting.all) func `a wait ends when there is something`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            let waiting = try Pending(setting, network) { () async throws(SocketError) in
                try await b.wait(for: .readable)
            }
            await waiting.suspend()
            try await a.sendAll("x")
            #expect(try await waiting.outcome.get() == .readable)
            try await setting.place.run(network) { () async throws in
                #expect(try await b.wait(for: [.readable, .writable]) == [.readable, .writable])
                #expect(try await b.receive()?.count == 1)
                #expect(try await b.wait(for: .readable, deadline: .within(.milliseconds(2))) == [])
                try await a.close()
                #expect(try await b.wait(for: .readable).contains(.hangUp))
            }
        }
    }

    @Test(arguments: Setting.all) func `a wait for room ends when somebody makes some`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            try await a.fill()
            let waiting = try Pending(setting, network) { () async throws(SocketError) in
                try await a.wait(for: .writable)
            }
            await waiting.suspend()
            try await setting.place.run(network) { () async throws in
                while await ending({ () async throws(SocketError) in try await b.receive(deadline: .immediate) }) == nil
                {}
            }
            #expect(try await waiting.outcome.get() == .writable)
        }
    }

    @Test(arguments: Setting.all) func `of several sockets those that are ready are told`(setting: Setting) async throws
    {
        try await setting.backend.run { network in
            let pairs = try pairs(network, 5)
            for index in pairs.indices {
                let polling = try Pending(setting, network) { () async throws(SocketError) in
                    try await network.poll(pairs.map { PollRequest($0.1, .readable) })
                }
                await polling.suspend()
                try await pairs[index].0.sendAll("x")
                var expected = [PollEvents](repeating: [], count: 5)
                expected[index] = .readable
                #expect(try await polling.outcome.get() == expected)
                #expect(try await pairs[index].1.receive()?.count == 1)
            }
            try await setting.place.run(network) { () async throws in
                let both = try await network.poll([
                    PollRequest(pairs[0].0, .writable), PollRequest(pairs[0].0, .readable),
                ])
                #expect(both == [.writable, []])
            }
        }
    }

    @Test(arguments: Setting.all) func `a poll in which nothing happens ends with its deadline`(setting: Setting)
        async throws
    {
        try await setting.backend.run { network in
            let pairs = try pairs(network, 3)
            let requests = pairs.map { PollRequest($0.0, .readable) }
            try await setting.place.run(network) { () async throws in
                for deadline in [Deadline.immediate, .within(.milliseconds(2)), .at(network.now)] {
                    #expect(try await network.poll(requests, deadline: deadline) == [[], [], []])
                    #expect(try await network.poll([], deadline: deadline) == [])
                }
            }
        }
    }

    @Test(arguments: Setting.all) func `a cancelled poll ends, and the sockets go on`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let pairs = try pairs(network, 3)
            for requests in [pairs.map { PollRequest($0.0, .readable) }, []] {
                let polling = try Pending(setting, network) { () async throws(SocketError) in
                    try await network.poll(requests)
                }
                await polling.suspend()
                polling.cancel()
                #expect(await polling.code == .cancelled)
            }
            // Nobody is left inside: else this would never return.
            for (a, b) in pairs {
                try await b.sendAll("x")
                #expect(try await a.receive()?.count == 1)
                try await a.close()
            }
        }
    }

    @Test(arguments: Setting.all) func `a poll over many tells which one was closed`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            let polling = try Pending(setting, network) { () async throws(SocketError) in
                try await network.poll([PollRequest(a, .priority), PollRequest(b, .priority)])
            }
            await polling.suspend()
            try await b.close()
            switch await polling.outcome {
            case .success(let events): #expect(events[1].contains(.invalid) && !events[0].contains(.invalid))
            case .failure(let error): #expect(error.code == .closed)
            }
        }
    }

    @Test(arguments: Setting.all) func `polls race with what they wait for`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let pairs = try pairs(network, 4)
            for round in 0..<100 {
                let polling = try Pending(setting, network) { () async throws(SocketError) in
                    try await network.poll(pairs.map { PollRequest($0.1, .readable) }, deadline: .net)
                }
                let writers = [round % 4, (round * 7 + 1) % 4]
                for index in writers { try await pairs[index].0.sendAll("x") }
                #expect(try await !polling.outcome.get().allSatisfy(\.isEmpty))
                for index in writers { _ = try await pairs[index].1.receiveExactly(1) }
            }
        }
    }
}
