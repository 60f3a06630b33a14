/// An error of something that works on a socket: of the socket itself, or of a layer above it.
///
/// Code that is to work whatever the layers, such as a deadline, a retry or a log, asks for the socket's error:
///
/// ```swift
/// func isWorthAnotherTry(_ error: any Error) -> Bool {
///     switch (error as? any TransportError)?.socketError?.code {
///     case .timedOut, .connectionReset, .connectionRefused: true
///     default: false
///     }
/// }
/// ```
public protocol TransportError: Error {
    /// What the socket has failed with; nil where it has not, and the layer has.
    var socketError: SocketError? { get }
}

extension SocketError: TransportError {
    /// This very error.
    public var socketError: SocketError? { self }
}
