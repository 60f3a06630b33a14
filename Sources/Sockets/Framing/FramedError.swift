public import Layers
public import SocketModel

/// Why a ``FramedStream`` has no next message, or cannot send one.
public enum FramedError<StreamFailure: Error>: Error {
    /// The stream's call failed: with a ``SocketError``, or a `TLSError`.
    case stream(StreamFailure)
    /// What has come is no message, or a message cannot be written.
    case framing(FramingError)
}

extension FramedError: Equatable where StreamFailure: Equatable {}
extension FramedError: Hashable where StreamFailure: Hashable {}

extension FramedError: TransportError {
    /// What the socket underneath has failed with.
    public var socketError: SocketError? {
        if case .stream(let error) = self { (error as? any TransportError)?.socketError } else { nil }
    }
}

extension FramedError: CustomStringConvertible {
    /// The error underneath, in words.
    public var description: String {
        switch self {
        case .stream(let error): "\(error)"
        case .framing(let error): error.description
        }
    }
}
