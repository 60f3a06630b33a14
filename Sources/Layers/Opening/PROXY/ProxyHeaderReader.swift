public import SocketModel

/// Reads the header that a load balancer sends before a connection's bytes.
///
/// Only a connection that comes from a proxy may be read so: whoever else connects can say whatever they like.
public struct ProxyHeaderReader: OpeningMachine {
    /// What it tells.
    public enum Event: Hashable, Sendable {
        /// The opening is over: this is what the proxy says.
        case header(ProxyHeader)
        /// It is over, and has failed; the connection is closed next.
        case failed(ProxyHeaderError)
    }

    /// The longest header of version 2 that is taken unless its user says otherwise: 4,096 bytes.
    public static let standardLimit = 4096

    private let limit: Int
    private var buffer = OpeningBuffer()
    private var isOver = false
    private var hasFailed = false

    /// A reader.
    ///
    /// - Parameter limit: The longest header of version 2 that is taken, in bytes: 16...65,551. One of version 1 has at most 107.
    public init(limit: Int = standardLimit) {
        self.limit = min(max(limit, ProxyHeader.headLength), ProxyHeader.headLength + 65_535)
    }

    /// Takes what has come.
    public mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) { buffer.append(input) }

    /// What is to be done next.
    public mutating func poll(now: NetworkInstant) -> StreamOutput<Event> {
        if hasFailed { return .close }
        if isOver { return .wait(until: .distantFuture) }
        do throws(ProxyHeaderError) {
            if let (header, length) = try ProxyHeader.decode(buffer.bytes[...], limit: limit) {
                _ = buffer.take(length)
                isOver = true
                return .event(.header(header))
            }
            if buffer.hasEnded { throw .truncated }
            return .wait(until: .distantFuture)
        } catch {
            hasFailed = true
            return .event(.failed(error))
        }
    }

    /// Behind the header: the connection's own first bytes.
    public mutating func takeUnread() -> Chunk? { buffer.takeAll() }
}
