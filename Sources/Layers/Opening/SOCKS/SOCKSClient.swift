public import SocketModel

/// The client's side of SOCKS 5 (RFC 1928), with a user's name and password where the proxy wants them (RFC 1929).
///
/// ```swift
/// func connect(through proxy: Socket, to host: String) async throws -> Socket {
///     var opening = proxy.conversation(try SOCKSClient(to: .name(host, port: 443)))
///     while let event = try await opening.next(deadline: .within(.seconds(10))) {
///         switch event {
///         case .bound: break
///         case .established: return opening.handOver()
///         case .failed(let error): throw error
///         }
///     }
///     throw SOCKSError.truncated
/// }
/// ```
public struct SOCKSClient: OpeningMachine {
    /// What it tells.
    public enum Event: Hashable, Sendable {
        /// The answer to ``SOCKSCommand/bind``: where the proxy waits for the connection that ``established(_:)`` then tells of.
        case bound(SOCKSAddress)
        /// The opening is over: what is sent from now on goes to the peer. The proxy's address towards it, of a connection that was taken the
        /// peer's, of a relay where to send datagrams.
        case established(SOCKSAddress)
        /// It is over, and has failed; the connection is closed next.
        case failed(SOCKSError)
    }

    private enum State { case greeting, method, authentication, reply(isFirst: Bool), over }

    private let command: SOCKSCommand
    private let address: SOCKSAddress
    private let credentials: SOCKSCredentials?
    private var state = State.greeting
    private var buffer = OpeningBuffer()
    private var hasFailed = false

    private static let version: UInt8 = 5
    private static let noAuthentication: UInt8 = 0
    private static let userAndPassword: UInt8 = 2

    /// An opening that asks the proxy for a connection, or something else, to or for an address.
    ///
    /// - Throws: ``SOCKSError/invalidArgument(_:)`` for a name, a user or a password that is empty or has more than 255 bytes.
    public init(
        _ command: SOCKSCommand = .connect, to address: SOCKSAddress, credentials: SOCKSCredentials? = nil
    ) throws(SOCKSError) {
        guard address.isValid else { throw .invalidArgument("a host's name must have 1...255 bytes") }
        guard credentials?.isValid ?? true else {
            throw .invalidArgument("a user's name and password must each have 1...255 bytes")
        }
        self.command = command
        self.address = address
        self.credentials = credentials
    }

    /// Takes what the proxy has sent.
    public mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) { buffer.append(input) }

    /// What is to be done next.
    public mutating func poll(now: NetworkInstant) -> StreamOutput<Event> {
        if hasFailed { return .close }
        do throws(SOCKSError) {
            if let output = try advance() { return output }
            if case .over = state { return .wait(until: .distantFuture) }
            if buffer.isOverflowing { throw .malformed("too much before the opening is over") }
            if buffer.hasEnded { throw .truncated }
            return .wait(until: .distantFuture)
        } catch {
            hasFailed = true
            return .event(.failed(error))
        }
    }

    /// Behind the opening: the peer's first bytes.
    public mutating func takeUnread() -> Chunk? { buffer.takeAll() }

    private mutating func advance() throws(SOCKSError) -> StreamOutput<Event>? {
        switch state {
        case .greeting:
            state = .method
            let methods = credentials == nil ? [Self.noAuthentication] : [Self.noAuthentication, Self.userAndPassword]
            return .send(Chunk([Self.version, UInt8(methods.count)] + methods))
        case .method: return try buffer.take(2).map { answer throws(SOCKSError) in try chosen(answer) }
        case .authentication:
            guard let answer = buffer.take(2) else { return nil }
            // The version of this negotiation is 1 (RFC 1929); some proxies say that of SOCKS.
            guard answer[0] == 1 || answer[0] == Self.version else {
                throw .malformed("an answer of version \(answer[0]) to user and password")
            }
            guard answer[1] == 0 else { throw .authenticationFailed }
            return request()
        case .reply(let isFirst): return try reply(isFirst)
        case .over: return nil
        }
    }

    private mutating func chosen(_ answer: [UInt8]) throws(SOCKSError) -> StreamOutput<Event> {
        guard answer[0] == Self.version else { throw .version(answer[0]) }
        switch (answer[1], credentials) {
        case (Self.noAuthentication, _): return request()
        case (Self.userAndPassword, let credentials?):
            state = .authentication
            return .send(Chunk(credentials.encoded))
        default: throw .noAcceptableMethod
        }
    }

    private mutating func request() -> StreamOutput<Event> {
        state = .reply(isFirst: true)
        return .send(Chunk([Self.version, command.rawValue, 0] + address.encoded))
    }

    private mutating func reply(_ isFirst: Bool) throws(SOCKSError) -> StreamOutput<Event>? {
        let bytes = buffer.bytes
        if let version = bytes.first, version != Self.version { throw .version(version) }
        guard bytes.count >= 3 else { return nil }
        let code = SOCKSReply(rawValue: bytes[1])
        guard code == .succeeded else { throw .refused(code) }
        guard let (address, length) = try SOCKSAddress.decode(bytes[3...]) else { return nil }
        _ = buffer.take(3 + length)
        if command == .bind, isFirst {
            state = .reply(isFirst: false)
            return .event(.bound(address))
        }
        state = .over
        return .event(.established(address))
    }
}
