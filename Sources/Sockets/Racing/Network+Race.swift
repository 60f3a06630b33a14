internal import Layers
internal import SocketModel

// The blocking driver: all addresses are known, and the thread polls the sockets that are connecting.
extension Network {
    /// A socket connected to the first of the candidates that answers; the error of the last when none does.
    func connect(
        toOneOf candidates: [AddressInfo], _ type: SocketType, _ options: ConnectionRaceOptions,
        _ prepare: Preparation?, _ deadline: Deadline?
    ) throws(SocketError) -> Socket {
        guard type == .stream, candidates.count > 1 else {
            return try first(of: candidates) { info throws(SocketError) in
                let socket = try socket(info.family, info.type, info.protocol, prepare)
                try socket.connect(to: info.address, deadline: deadline)
                return socket
            }
        }
        var race = Race(self, type, sorted: candidates, options, prepare)
        var limits: [Int: NetworkInstant] = [:]
        while true {
            switch race.step() {
            case .over(let result): return try result.get()
            case .connect(let attempt, let runner):
                limits[attempt] = runner.socket.limit(deadline, .sending)
                proceed(attempt, runner, &race, limits[attempt], isFirst: true)
            case .wait(let instant): try waitForRunners(&race, limits, until: instant)
            }
        }
    }

    /// Tells how an attempt has ended, if it has: connecting once more tells.
    private func proceed(
        _ attempt: Int, _ runner: Race.Runner, _ race: inout Race, _ limit: NetworkInstant?, isFirst: Bool
    ) {
        do throws(SocketError) {
            _ = try unsafe runner.socket.execute(.connect(runner.address), until: .distantPast)
            race.ended(attempt, nil)
        } catch {
            switch error.code {
            // Where the socket's mode forbids waiting its user is told so.
            case .inProgress where limit != .distantPast: break
            case .alreadyConnected where !isFirst: race.ended(attempt, nil)
            default: race.ended(attempt, error)
            }
        }
    }

    private func waitForRunners(
        _ race: inout Race, _ limits: [Int: NetworkInstant], until instant: NetworkInstant
    ) throws(SocketError) {
        let runners = race.runners.sorted { $0.key < $1.key }
        let limit = runners.reduce(instant) { min($0, limits[$1.key] ?? .distantFuture) }
        let events = try poll(runners.map { PollRequest($0.value.socket, .writable) }, deadline: .at(limit))
        let now = now
        for (index, (attempt, runner)) in runners.enumerated() {
            if !events[index].isEmpty {
                proceed(attempt, runner, &race, limits[attempt], isFirst: false)
            } else if limits[attempt] ?? .distantFuture <= now {
                race.ended(attempt, SocketError(.timedOut, .connect, .address(runner.address)))
            }
        }
    }
}

extension Race {
    /// A race whose addresses are all known, in the system's order of preference.
    fileprivate init(
        _ network: Network, _ type: SocketType, sorted candidates: [AddressInfo], _ options: ConnectionRaceOptions,
        _ prepare: Network.Preparation?
    ) {
        var options = options
        if let first = candidates.first { options.preferredFamily = first.family }
        self.init(network, type, families: Set(candidates.map(\.family)), options, prepare)
        let preferred = options.preferredFamily
        resolved(preferred, .success(candidates.filter { $0.family == preferred }), sorted: true)
        for family in [AddressFamily.ipv6, .ipv4] where family != preferred {
            resolved(family, .success(candidates.filter { $0.family == family }), sorted: true)
        }
    }
}
