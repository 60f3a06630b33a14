internal import Layers
internal import SocketModel

/// One race to a peer's addresses, as both drivers see it: the machine, the runners, and how those ended that have lost.
struct Race {
    private let network: Network
    private let type: SocketType
    private let prepare: Network.Preparation?
    private var machine: ConnectionRace
    private var number = IPProtocol.default
    private var attemptErrors: [SocketError] = []
    private var lookupError: SocketError?
    /// What was worse than an attempt that fails: it would end the next as well.
    private var fatal: SocketError?
    private(set) var runners: [Int: Runner] = [:]

    /// A socket on its way to an address.
    struct Runner {
        let socket: Socket
        let address: SocketAddress
    }

    /// What a driver has to do.
    enum Step {
        case connect(attempt: Int, Runner)
        case wait(until: NetworkInstant)
        case over(Result<Socket, SocketError>)
    }

    init(
        _ network: Network, _ type: SocketType, families: Set<AddressFamily>, _ options: ConnectionRaceOptions,
        _ prepare: Network.Preparation?
    ) {
        self.network = network
        self.type = type
        self.prepare = prepare
        machine = ConnectionRace(families: families, options: options)
    }

    mutating func step() -> Step {
        while fatal == nil {
            switch machine.poll(now: network.now) {
            case .connect(let attempt, let address):
                do throws(SocketError) {
                    let socket = try network.socket(address.family, type, number, prepare)
                    let runner = Runner(socket: socket, address: address)
                    runners[attempt] = runner
                    return .connect(attempt: attempt, runner)
                } catch {
                    ended(attempt, error)
                }
            // The socket goes with its last reference.
            case .cancel(let attempt): runners[attempt] = nil
            case .won(let attempt):
                guard let winner = runners[attempt] else { return .over(.failure(error)) }
                return .over(.success(winner.socket))
            case .lost: return .over(.failure(error))
            case .wait(let instant): return .wait(until: instant)
            }
        }
        return .over(.failure(error))
    }

    /// The error of the last attempt, with those before; where none was made, of the look-up.
    private var error: SocketError {
        fatal ?? SocketError(lastOf: attemptErrors) ?? lookupError
            ?? SocketError(Failure(cause: .resolution(ResolutionError(.noName))), .resolve)
    }

    /// An attempt has connected, or failed.
    mutating func ended(_ attempt: Int, _ error: SocketError?) {
        guard let error else { return machine.handle(.connected(attempt: attempt), now: network.now) }
        attemptErrors.append(error)
        runners[attempt] = nil
        machine.handle(.failed(attempt: attempt), now: network.now)
        note(error)
    }

    /// A family's addresses are known; not in the order of preference unless they are `sorted`.
    mutating func resolved(
        _ family: AddressFamily, _ answer: Result<[AddressInfo], SocketError>, sorted isSorted: Bool
    ) {
        switch answer {
        case .success(let infos):
            number = infos.first?.protocol ?? number
            let addresses = infos.map(\.address)
            let ordered = isSorted ? addresses : network.inOrderOfPreference(addresses)
            machine.handle(.resolved(family, ordered), now: network.now)
        case .failure(let error):
            // A name may well have no address of one family: then the other's error says more.
            if lookupError == nil || !error.isLackOfAddresses { lookupError = error }
            machine.handle(.resolved(family, []), now: network.now)
            note(error)
        }
    }

    private mutating func note(_ error: SocketError) {
        switch error.code {
        case .closed, .cancelled, .blockingOnExecutor: fatal = fatal ?? error
        default: break
        }
    }
}

extension SocketError {
    fileprivate var isLackOfAddresses: Bool {
        if case .resolution(let error)? = cause { error.code == .noData } else { false }
    }
}

extension Network {
    /// The addresses sorted as RFC 6724 has it, with the sources that the system would choose.
    fileprivate func inOrderOfPreference(_ addresses: [SocketAddress]) -> [SocketAddress] {
        let ips = addresses.compactMap(\.ip)
        guard addresses.count > 1, ips.count == addresses.count else { return addresses }
        var places: [IPAddress: [SocketAddress]] = [:]
        for (ip, address) in zip(ips, addresses) { places[ip, default: []].append(address) }
        let candidates = zip(ips, addresses).map { DestinationCandidate($0, from: source(to: $1)) }
        return AddressSelection().sorted(candidates).compactMap { places[$0.destination]?.removeFirst() }
    }

    /// The address that would be used to go there; nil when no way leads there. Connecting a datagram socket sends nothing.
    private func source(to address: SocketAddress) -> IPAddress? {
        guard let socket = try? socket(address.family, .datagram),
            (unsafe try? socket.execute(.connect(address), until: .distantPast)) != nil
        else { return nil }
        return (try? socket.localAddress())?.ip
    }
}
