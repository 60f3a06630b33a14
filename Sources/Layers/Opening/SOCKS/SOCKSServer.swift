public import SocketModel

/// The proxy's side of SOCKS 5 (RFC 1928), with a user's name and password if it wants them (RFC 1929).
///
/// It tells what the client wants; its user does it, or not, and says so with ``reply(_:bound:)``.
public struct SOCKSServer: OpeningMachine {
    /// What it tells.
    public enum Event: Hashable, Sendable {
        /// Who the client says it is: ``accept(credentials:)`` answers.
        case credentials(SOCKSCredentials)
        /// What the client wants: ``reply(_:bound:)`` answers.
        case request(SOCKSCommand, SOCKSAddress)
        /// The opening is over, and the client was told: what it sends from now on is for the peer.
        case established
        /// It is over, and has failed; the client was told, where the protocol allows, and the connection is closed next.
        case failed(SOCKSError)
    }

    private enum State { case greeting, authentication, judging, request, working, answered, over }

    private let wantsCredentials: Bool
    private var state = State.greeting
    private var buffer = OpeningBuffer()
    private var outputs: [StreamOutput<Event>] = []

    private static let version: UInt8 = 5

    /// A proxy's side.
    ///
    /// - Parameter wantsCredentials: Whether a client that does not say who it is, is refused.
    public init(wantsCredentials: Bool = false) { self.wantsCredentials = wantsCredentials }

    /// Takes what the client has sent.
    public mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) { buffer.append(input) }

    /// Answers ``Event/credentials(_:)``: whether the client may go on. At any other time nothing happens.
    public mutating func accept(credentials isAccepted: Bool) {
        guard case .judging = state else { return }
        state = .request
        outputs.append(.send([1, isAccepted ? 0 : 1]))
        if !isAccepted { fail(.authenticationFailed) }
    }

    /// Answers ``Event/request(_:_:)``. At any other time nothing happens.
    ///
    /// - Parameter address: The proxy's own address towards the peer, or of its relay.
    public mutating func reply(_ reply: SOCKSReply, bound address: SOCKSAddress = .unspecified) {
        guard case .working = state else { return }
        state = .answered
        outputs.append(.send(Chunk([Self.version, reply.rawValue, 0] + address.encoded)))
        if reply == .succeeded { outputs.append(.event(.established)) } else { fail(.refused(reply)) }
    }

    /// What is to be done next.
    public mutating func poll(now: NetworkInstant) -> StreamOutput<Event> {
        while outputs.isEmpty {
            do throws(SOCKSError) {
                guard try advance() else {
                    if case .over = state { return .wait(until: .distantFuture) }
                    if buffer.isOverflowing { throw .malformed("too much before the opening is over") }
                    if buffer.hasEnded, isReading { throw .truncated }
                    return .wait(until: .distantFuture)
                }
            } catch {
                fail(error)
            }
        }
        return outputs.removeFirst()
    }

    /// Behind the opening: the client's first bytes for the peer.
    public mutating func takeUnread() -> Chunk? { buffer.takeAll() }

    private var isReading: Bool {
        switch state {
        case .greeting, .authentication, .request: true
        case .judging, .working, .answered, .over: false
        }
    }

    private mutating func fail(_ error: SOCKSError) {
        state = .over
        outputs += [.event(.failed(error)), .close]
    }

    /// Whether anything has come of what is there.
    private mutating func advance() throws(SOCKSError) -> Bool {
        switch state {
        case .greeting: return try greeting()
        case .authentication: return try authentication()
        case .request: return try request()
        case .judging, .working, .answered, .over: return false
        }
    }

    private mutating func greeting() throws(SOCKSError) -> Bool {
        if let version = buffer.bytes.first, version != Self.version { throw .version(version) }
        guard buffer.bytes.count >= 2, let greeting = buffer.take(2 + Int(buffer.bytes[1])) else { return false }
        let method: UInt8 = wantsCredentials ? 2 : 0
        guard greeting[2...].contains(method) else {
            outputs.append(.send([Self.version, 0xff]))
            throw .noAcceptableMethod
        }
        state = wantsCredentials ? .authentication : .request
        outputs.append(.send([Self.version, method]))
        return true
    }

    private mutating func authentication() throws(SOCKSError) -> Bool {
        let bytes = buffer.bytes
        if let version = bytes.first, version != 1 { throw .malformed("user and password of version \(version)") }
        guard bytes.count >= 2, case let user = Int(bytes[1]), bytes.count >= 3 + user,
            let message = buffer.take(3 + user + Int(bytes[2 + user]))
        else { return false }
        guard let name = String(validating: message[2..<2 + user], as: UTF8.self),
            let password = String(validating: message[(3 + user)...], as: UTF8.self)
        else { throw .malformed("a user's name or password that is not UTF-8") }
        state = .judging
        outputs.append(.event(.credentials(SOCKSCredentials(user: name, password: password))))
        return true
    }

    private mutating func request() throws(SOCKSError) -> Bool {
        let bytes = buffer.bytes
        if let version = bytes.first, version != Self.version { throw .version(version) }
        guard bytes.count >= 4 else { return false }
        do throws(SOCKSError) {
            guard let (address, length) = try SOCKSAddress.decode(bytes[3...]) else { return false }
            _ = buffer.take(3 + length)
            state = .working
            outputs.append(.event(.request(SOCKSCommand(rawValue: bytes[1]), address)))
            return true
        } catch {
            let refusal = [Self.version, SOCKSReply.addressNotSupported.rawValue, 0]
            outputs.append(.send(Chunk(refusal + SOCKSAddress.unspecified.encoded)))
            throw error
        }
    }
}
