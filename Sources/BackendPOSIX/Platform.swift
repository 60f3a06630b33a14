internal import SocketModel

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif

extension Failure {
    /// What `errno` says, right after a call that failed.
    static var lastErrno: Failure { Failure(errno: Errno(rawValue: errno)) }

    /// An error number this package found without the kernel.
    static func system(_ number: Int32) -> Failure { Failure(errno: Errno(rawValue: number)) }
}

extension Completion {
    /// The failure that `errno` says, right after a call that failed.
    static var lastErrno: Completion { .failure(.lastErrno) }
}
