internal import Glibc
internal import ProcessControl
public import Sockets

/// A fresh directory, removed with the files in it when the last reference goes.
public final class TemporaryDirectory: Sendable {
    /// Its path.
    public let path: String

    /// Makes one.
    public init() {
        var template = Array("/tmp/sockets-XXXXXX".utf8) + [0]
        path = unsafe template.withUnsafeMutableBytes { bytes in
            let text = unsafe bytes.assumingMemoryBound(to: CChar.self)
            precondition(unsafe control_make_directory(text.baseAddress) == 0, "no temporary directory")
            return unsafe String(decoding: bytes.dropLast(), as: UTF8.self)
        }
    }

    deinit { unsafe control_remove_directory(path) }

    /// The address of a socket in it.
    public func address(_ name: String = "s") -> SocketAddress {
        (try? UNIXAddress(path: path + "/" + name)).map { .unix($0) } ?? .unspecified
    }

    /// A file in it with these bytes, open for reading; the caller closes the descriptor.
    public func file(_ bytes: [UInt8] = [], named name: String = "file") -> Int32 {
        unsafe control_open_file(path + "/" + name, bytes, UInt(bytes.count))
    }

    /// Writes a file in it anew.
    ///
    /// - Returns: Its path.
    @discardableResult public func write(_ text: String, named name: String) -> String {
        close(file(Array(text.utf8), named: name))
        return path + "/" + name
    }
}
