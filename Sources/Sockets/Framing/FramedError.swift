public import Layers
public import SocketModel

/// Why a ``FramedSocket`` has no next message, or cannot send one.
public enum FramedError: Error, Hashable, Sendable {
    /// The socket's call failed.
    case socket(SocketError)
    /// What has come is no message, or a message cannot be written.
    case framing(FramingError)
}

extension FramedError: CustomStringConvertible {
    /// The error underneath, in words.
    public var description: String {
        switch self {
        case .socket(let error): error.description
        case .framing(let error): error.description
        }
    }
}
