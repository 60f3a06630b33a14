import SocketModel
import Sockets
import TestSupport
import Testing

@testable import BackendSim

@Suite struct `Look-ups take time and fail` {
    private let simulation = Simulation(seed: 5)
    private let here: Network

    init() throws {
        here = simulation.host("here").network
        simulation.names.conditions = NameConditions(latency: .fixed(.milliseconds(20)))
        try simulation.names.add("db", .v4(IPv4Address(10, 9, 9, 9)))
    }

    /// How much virtual time passes, and how it ends.
    private func elapsed(_ body: () throws(SocketError) -> some Any) -> (Duration, SocketError.Cause?) {
        let start = simulation.now
        let cause = failure(body)?.cause
        return (start.duration(to: simulation.now), cause)
    }

    private func lookUp(_ name: String) throws(SocketError) -> [AddressInfo] { try here.addresses(of: name, port: 1) }

    @Test func `as long as the zone says, or the name`() {
        let names = simulation.names
        #expect(elapsed { () throws(SocketError) in try lookUp("db") } == (.milliseconds(20), nil))
        names[conditionsOf: "DB."] = NameConditions(latency: .fixed(.seconds(2)))
        #expect(elapsed { () throws(SocketError) in try lookUp("db") } == (.seconds(2), nil))
        #expect(elapsed { () throws(SocketError) in try here.host(at: "10.9.9.9") } == (.seconds(2), nil))
        let unknown = elapsed { () throws(SocketError) in try lookUp("none") }
        #expect(unknown == (.milliseconds(20), .resolution(.init(.noName))))
        names[conditionsOf: "db"] = nil
        #expect(elapsed { () throws(SocketError) in try here.host(named: "db") } == (.milliseconds(20), nil))
    }

    @Test func `or a fault, on some hosts and while it lasts`() {
        simulation.names[conditionsOf: "db"] = NameConditions(latency: .fixed(.seconds(2)))
        var broken = NameConditions()
        broken.silence = 1
        broken.timeout = .seconds(3)
        let other = simulation.inject(.names(broken, "there"))
        #expect(elapsed { () throws(SocketError) in try lookUp("db") } == (.seconds(2), nil))
        let outage = simulation.inject(.names(broken, "here"))
        let silent = elapsed { () throws(SocketError) in try lookUp("db") }
        #expect(silent == (.seconds(3), .resolution(.init(.tryAgain))))
        outage.heal()
        #expect(elapsed { () throws(SocketError) in try lookUp("db") } == (.seconds(2), nil))
        other.heal()
    }

    @Test func `but nothing that the host knows by itself`() throws {
        simulation.names.conditions.silence = 1
        let own = simulation.host("here")
        for host in ["localhost", "here", "HERE.", "10.0.0.9", "::1", own.ipv4.description] {
            #expect(elapsed { () throws(SocketError) in try lookUp(host) } == (.zero, nil), "\(host)")
        }
        for address in [IPAddress.v4(.loopback), .v4(own.ipv4), .v6(own.ipv6)] {
            #expect(elapsed { () throws(SocketError) in try here.host(at: address) } == (.zero, nil), "\(address)")
        }
        #expect(elapsed { () throws(SocketError) in try here.port(ofService: "http") } == (.zero, nil))
    }

    @Test func `while tasks are suspended and threads parked`() throws {
        for isAwaited in [true, false] {
            let host = simulation.host(isAwaited ? "awaits" : "blocks")
            let times = Shared<[NetworkInstant]>([])
            let start = simulation.now
            if isAwaited {
                host.run { network in
                    _ = try await network.addresses(of: "db")
                    times.change { $0.append(network.now) }
                }
            } else {
                host.run { network in
                    _ = try network.addresses(of: "db")
                    times.change { $0.append(network.now) }
                }
            }
            try simulation.run()
            #expect(times.value == [start.advanced(by: .milliseconds(20))])
        }
    }

    @Test func `and no task is parked by a blocking one`() throws {
        let codes = Shared<[SocketError.Code?]>([])
        simulation.host("client").run { network in
            try await network.sleep(for: .milliseconds(1))
            let ask = { (host: String) in code { () throws(SocketError) in try network.addresses(of: host, port: 1) } }
            codes.change { $0 = [ask("db"), ask("10.0.0.1")] }
        }
        try simulation.run()
        #expect(codes.value == [.blockingOnExecutor, nil])
    }

    @Test func `with the errors of each fault`() {
        let names = simulation.names
        names.conditions.temporaryFailure = 1
        #expect(
            elapsed { () throws(SocketError) in try lookUp("db") } == (.milliseconds(20), .resolution(.init(.tryAgain)))
        )
        #expect(
            elapsed { () throws(SocketError) in try here.host(named: "db") }
                == (.milliseconds(20), .host(.init(.tryAgain))))
        names.conditions.temporaryFailure = 0
        names.conditions.notFound = 1
        #expect(
            elapsed { () throws(SocketError) in try lookUp("db") } == (.milliseconds(20), .resolution(.init(.noName))))
        names.conditions.silence = 1
        names.conditions.timeout = .seconds(7)
        #expect(elapsed { () throws(SocketError) in try lookUp("db") } == (.seconds(7), .resolution(.init(.tryAgain))))
    }

    @Test func `and answer what is there in the end`() throws {
        let found = Shared<SocketError.Cause?>(nil)
        simulation.host("client").run { network in
            do throws(SocketError) {
                _ = try await network.addresses(of: "db")
            } catch {
                found.change { $0 = error.cause }
            }
        }
        try simulation.run(for: .milliseconds(10))
        #expect(simulation.netstat.contains("getaddrinfo"))
        simulation.names.remove("db")
        try simulation.run()
        #expect(found.value == .resolution(.init(.noName)))
    }

    @Test func `until the deadline`() throws {
        let ended = Shared<SocketError.Code?>(nil)
        simulation.host("client").run { network in
            do throws(SocketError) {
                _ = try await network.addresses(of: "db", deadline: .within(.milliseconds(5)))
            } catch {
                ended.change { $0 = error.code }
            }
        }
        try simulation.run()
        #expect(ended.value == .timedOut)
    }
}

@Suite struct `Look-ups are decided by the seed` {
    /// How a hundred look-ups end, and the hash.
    private func outcomes(seed: UInt64, _ change: (inout NameConditions) -> Void = { _ in }) throws -> (
        [String], UInt64
    ) {
        let simulation = Simulation(seed: seed)
        try simulation.names.add("db", .v4(IPv4Address(10, 9, 9, 9)))
        var conditions = NameConditions(latency: .exponential(mean: .milliseconds(5)))
        conditions.temporaryFailure = 0.3
        change(&conditions)
        simulation.names.conditions = conditions
        let network = simulation.host("client").network
        let outcomes = (0..<100).map { _ in
            let code = failure { () throws(SocketError) in try network.addresses(of: "db", port: 1) }?.code
            return "\(simulation.now.nanoseconds) \(String(describing: code))"
        }
        return (outcomes, simulation.hash)
    }

    @Test func `the same seed gives the same`() throws {
        let (first, second, other) = (try outcomes(seed: 1), try outcomes(seed: 1), try outcomes(seed: 2))
        #expect(first == second)
        #expect(first.0 != other.0)
        #expect(first.1 != other.1)
        let failures = first.0.count { !$0.hasSuffix("nil") }
        #expect((10...60).contains(failures))
    }

    @Test func `another fault shifts none of the others`() throws {
        let plain = try outcomes(seed: 1) { $0.latency = .fixed(.zero) }
        let both = try outcomes(seed: 1) {
            $0.latency = .fixed(.zero)
            $0.notFound = 0.000_001
        }
        #expect(plain == both)
    }

    @Test func `the hash knows the name and the answer`() throws {
        func hash(_ name: String, _ last: UInt8) throws -> UInt64 {
            let simulation = Simulation(seed: 1)
            try simulation.names.add("db", .v4(IPv4Address(10, 9, 9, last)))
            _ = try? simulation.host("client").network.addresses(of: name, port: 1)
            return simulation.hash
        }
        let hashes = [try hash("db", 1), try hash("db", 2), try hash("bd", 1), try hash("db.", 1)]
        #expect(Set(hashes).count == 4)
    }
}

@Suite struct `A crash ends look-ups` {
    @Test func `those under way and those to come`() throws {
        let simulation = Simulation(seed: 1)
        simulation.names.conditions = NameConditions(latency: .fixed(.seconds(1)))
        let host = simulation.host("here")
        let backend = host.backend
        let codes = Shared<[SocketError.Code?]>([])
        let query = NameQuery.hostByName("elsewhere")
        for _ in 0..<3 {
            backend.startResolving(query) { result in
                if case .failure(let failure) = result { codes.change { $0.append(failure.code) } }
            }
        }
        try simulation.run(for: .milliseconds(1))
        host.kernel?.end()
        #expect(codes.value == [.hostCrashed, .hostCrashed, .hostCrashed])
        for query in [query, .hostName, .hostByName("127.0.0.1")] {
            guard case .failure(let failure) = answer(backend, query) else {
                Issue.record("\(query) was answered")
                continue
            }
            #expect(failure.code == .hostCrashed)
        }
    }
}
