internal import CPOSIX
package import SocketModel

/// The error number of the calling thread's last call that failed.
package var errno: Int32 { cposix_errno() }

extension Failure {
    /// What `errno` says, right after a call that failed.
    package static var lastErrno: Failure { .system(cposix_errno()) }

    /// The same, of a call that nobody has asked for by name.
    package static func lastErrno(of call: String) -> Failure {
        var failure = lastErrno
        failure.detail = "\(call) failed"
        return failure
    }

    /// An error number, wherever it was found.
    package static func system(_ number: Int32) -> Failure { Failure(errno: Errno(rawValue: number)) }
}

extension Completion {
    /// The failure that `errno` says, right after a call that failed.
    package static var lastErrno: Completion { .failure(.lastErrno) }
}
