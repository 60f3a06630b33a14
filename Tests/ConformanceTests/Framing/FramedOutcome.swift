import Sockets

/// The error that a blocking call of a framed socket ends with; nil when it ends well.
func framedFailure<Value>(_ body: () throws(FramedError<SocketError>) -> Value) -> FramedError<SocketError>? {
    do throws(FramedError<SocketError>) {
        _ = try body()
        return nil
    } catch {
        return error
    }
}

/// The error that an awaited call of a framed socket ends with; nil when it ends well.
func framedEnding<Value>(_ body: () async throws(FramedError<SocketError>) -> Value) async -> FramedError<SocketError>?
{
    do throws(FramedError<SocketError>) {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}

extension FramedError<SocketError> {
    /// The code of a socket's error; nil for a framing's.
    var code: SocketError.Code? {
        if case .stream(let error) = self { error.code } else { nil }
    }
}
