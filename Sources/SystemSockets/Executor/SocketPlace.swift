public import SocketModel

/// A socket's place with an executor's thread, as mail and timers reach it. All is called on that thread.
public protocol SocketPlace: AnyObject, Sendable {
    /// Lets an operation wait.
    func begin(_ waiting: WaitingOperation, afterAttempt: Bool)

    /// Ends an operation that has not completed, if it still waits.
    func abandon(_ token: Token, _ code: SocketError.Code)

    /// Ends all operations, and lets none begin any more.
    func abandonAll()

    /// Tries an operation once more for which the kernel gives no sign, after a pause of so many nanoseconds.
    func retry(_ token: Token, after pause: Int64)

    /// The socket has given up its place; what was found before may still name it.
    func bury()
}
