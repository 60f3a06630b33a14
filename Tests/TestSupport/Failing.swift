public import Sockets

/// The error that a call ends with; nil when it ends well.
public func failure<Value>(_ body: () throws(SocketError) -> Value) -> SocketError? {
    do throws(SocketError) {
        _ = try body()
        return nil
    } catch {
        return error
    }
}

/// The code of the error that a call ends with; nil when it ends well.
public func code<Value>(_ body: () throws(SocketError) -> Value) -> SocketError.Code? { failure(body)?.code }

/// Keeps its arguments alive up to here: a socket closes when its last reference goes.
@inline(never) public func keep(_ values: Any...) {}
