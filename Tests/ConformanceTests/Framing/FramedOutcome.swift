import Sockets

/// The error that a blocking call of a framed socket ends with; nil when it ends well.
func framedFailure<Value>(_ body: () throws(FramedError) -> Value) -> FramedError? {
    do throws(FramedError) {
        _ = try body()
        return nil
    } catch {
        return error
    }
}

/// The error that an awaited call of a framed socket ends with; nil when it ends well.
func framedEnding<Value>(_ body: () async throws(FramedError) -> Value) async -> FramedError? {
    do throws(FramedError) {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}

extension FramedError {
    /// The code of a socket's error; nil for a framing's.
    var code: SocketError.Code? {
        if case .socket(let error) = self { error.code } else { nil }
    }
}
