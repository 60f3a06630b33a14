internal import CPOSIX

/// A file of the system's configuration.
package enum SystemFile {
    /// The most that is read of a file, in bytes.
    static let limit = 16 << 20

    /// What is in a file, up to the limit; nothing when it cannot be read.
    package static func read(_ path: String) -> [UInt8] {
        let descriptor = unsafe cposix_open(path)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        while bytes.count < limit {
            let part = unsafe [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                count = max(0, unsafe CPOSIX.read(descriptor, buffer.baseAddress, buffer.count))
            }
            if part.isEmpty { break }
            bytes += part
        }
        return bytes
    }

    /// What changes with a file's content.
    package struct Version: Equatable, Sendable {
        private let device: UInt64
        private let file: UInt64
        private let size: UInt64
        private let seconds: Int64
        private let nanoseconds: Int64

        fileprivate init(_ version: cposix_version) {
            device = version.device
            file = version.file
            size = version.size
            seconds = version.seconds
            nanoseconds = version.nanoseconds
        }
    }

    /// Nil for a file that is not there.
    package static func version(_ path: String) -> Version? {
        var version = CPOSIX.cposix_version()
        return unsafe cposix_version(path, &version) == 0 ? Version(version) : nil
    }
}
