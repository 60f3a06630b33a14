/// What a backend calls a socket: with the kernel's backends the file descriptor's number, in a simulation a number in the
/// host's own table.
///
/// A handle is plain data. ``Backend`` trusts its caller to use none after its `close` or `detach`: that promise is kept, once for
/// all backends, by the socket type of the face.
public struct SocketHandle: RawRepresentable, Hashable, Sendable, Codable, BitwiseCopyable {
    /// The backend's number.
    public let rawValue: Int32

    /// Names the backend's socket number `rawValue`.
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }

    /// No socket: the subject of operations that make one, or that concern several.
    @inlinable public static var none: SocketHandle { SocketHandle(rawValue: -1) }
}
