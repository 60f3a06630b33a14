import Glibc
import Sockets

/// Writes whole files.
enum OutputFile {
    /// A file could not be made or written.
    struct Failure: Error, CustomStringConvertible {
        let path: String
        let errno: Errno

        var description: String { "\(path): \(errno) (\(errno.cName ?? "errno \(errno.rawValue)"))" }
    }

    /// Makes a file of these bytes, in the place of one that is there.
    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw Failure(path: path, errno: Errno(rawValue: errno)) }
        defer { _ = close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure(path: path, errno: Errno(rawValue: errno)) }
            rest = rest.dropFirst(count)
        }
    }
}
