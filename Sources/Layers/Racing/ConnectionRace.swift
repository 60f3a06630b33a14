public import SocketModel

/// Which of a peer's addresses to connect to: Happy Eyeballs, version 2 (RFC 8305).
///
/// Addresses are tried in the order of preference, the two families in turn; each attempt gets a head start, and the first that is connected wins.
/// So a family that leads nowhere costs a fraction of a second and not a minute.
///
/// Its driver resolves the name, one answer for each family, makes the connections, and tells what has come of them. Attempts are numbered from
/// zero. After ``Output/won(attempt:)`` or ``Output/lost`` it wants nothing any more.
public struct ConnectionRace: Machine {
    /// What can happen.
    public enum Input: Hashable, Sendable {
        /// All addresses of one family are known, in the order of preference; none when there are none, or the look-up has failed.
        case resolved(AddressFamily, [SocketAddress])
        /// An attempt has connected.
        case connected(attempt: Int)
        /// An attempt has failed.
        case failed(attempt: Int)
    }

    /// What is to be done.
    public enum Output: Hashable, Sendable {
        /// Begin to connect to an address.
        case connect(attempt: Int, SocketAddress)
        /// Give an attempt up: another has won. Whatever becomes of it need not be told.
        case cancel(attempt: Int)
        /// This attempt is the connection; all others have been given up.
        case won(attempt: Int)
        /// Every address has been tried, and none has connected.
        case lost
        /// Nothing before that time, or before something happens.
        case wait(until: NetworkInstant)
    }

    private let options: ConnectionRaceOptions
    /// Families whose addresses are not known yet.
    private var pending: Set<AddressFamily>
    private var untried: [SocketAddress] = []
    private var running: Set<Int> = []
    private var attempts = 0
    private var lastFamily: AddressFamily?
    /// The next attempt does not begin before.
    private var next = NetworkInstant.distantPast
    private var winner: Int?

    /// A race to the addresses of some families, whose answers are awaited.
    public init(
        families: Set<AddressFamily> = [.ipv6, .ipv4], options: ConnectionRaceOptions = ConnectionRaceOptions()
    ) {
        self.options = options
        pending = families
    }

    /// Takes what has happened; what it does not expect changes nothing.
    public mutating func handle(_ input: consuming Input, now: NetworkInstant) {
        switch input {
        case .resolved(let family, let addresses): resolved(family, addresses, now)
        case .connected(let attempt):
            if winner == nil, running.remove(attempt) != nil { winner = attempt }
        case .failed(let attempt):
            // The latest attempt's head start is over; an earlier one's has been.
            if running.remove(attempt) != nil, attempt == attempts - 1 || running.isEmpty { next = now }
        }
    }

    private mutating func resolved(_ family: AddressFamily, _ addresses: [SocketAddress], _ now: NetworkInstant) {
        guard pending.remove(family) != nil else { return }
        let isFirst = attempts == 0 && untried.isEmpty
        if family == options.preferredFamily {
            untried.insert(contentsOf: addresses, at: 0)
            if attempts == 0 { next = now }
        } else {
            untried += addresses
            // The preferred family's answer is nearly always right behind.
            let waits = isFirst && !addresses.isEmpty && pending.contains(options.preferredFamily)
            if waits { next = now.advanced(by: options.resolutionDelay) }
        }
    }

    /// What is to be done next.
    public mutating func poll(now: NetworkInstant) -> Output {
        if let winner {
            // In the order they began: nothing depends on a set's order.
            guard let loser = running.min() else { return .won(attempt: winner) }
            running.remove(loser)
            return .cancel(attempt: loser)
        }
        if untried.isEmpty {
            return running.isEmpty && pending.isEmpty ? .lost : .wait(until: .distantFuture)
        }
        guard now >= next else { return .wait(until: next) }
        return start(takeNext(), now)
    }

    private mutating func start(_ address: SocketAddress, _ now: NetworkInstant) -> Output {
        let attempt = attempts
        attempts += 1
        running.insert(attempt)
        next = now.advanced(by: options.attemptDelay)
        return .connect(attempt: attempt, address)
    }

    /// The preferred family's first addresses, then the families in turn for as long as both have any.
    private mutating func takeNext() -> SocketAddress {
        var index = untried.startIndex
        if let lastFamily, attempts >= options.firstFamilyCount {
            index = untried.firstIndex { $0.family != lastFamily } ?? index
        }
        let address = untried.remove(at: index)
        lastFamily = address.family
        return address
    }
}
