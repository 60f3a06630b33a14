internal import CPOSIX
internal import SocketModel

/// The error number of the calling thread's last call that failed.
var errno: Int32 { cposix_errno() }

extension Failure {
    /// What `errno` says, right after a call that failed.
    static var lastErrno: Failure { .system(cposix_errno()) }

    /// An error number, wherever it was found.
    static func system(_ number: Int32) -> Failure { Failure(errno: Errno(rawValue: number)) }
}

extension Completion {
    /// The failure that `errno` says, right after a call that failed.
    static var lastErrno: Completion { .failure(.lastErrno) }
}
