internal import SocketModel

/// What a UNIX socket's path names: a file that stays when the socket has gone.
final class SocketFile {
    /// The socket that was bound to it, until it closes.
    weak var socket: UNIXSocket?

    init(_ socket: UNIXSocket) { self.socket = socket }
}

/// A host's file system, as far as it is sockets': paths, compared byte by byte, in directories that are all there.
struct SocketFiles {
    private var files: [[UInt8]: SocketFile] = [:]

    subscript(path: [UInt8]) -> SocketFile? { files[path] }

    /// Makes a file; nil if there is one.
    mutating func make(_ path: [UInt8], for socket: UNIXSocket) -> SocketFile? {
        guard files[path] == nil else { return nil }
        let file = SocketFile(socket)
        files[path] = file
        return file
    }

    mutating func remove(_ path: [UInt8]) -> Bool { files.removeValue(forKey: path) != nil }
}

extension SimulatedHost {
    /// Removes the path of a UNIX socket from this host, so that another may be bound to it. The corresponding C function is `unlink`,
    /// which knows the machine's own file system alone.
    ///
    /// A path is there from `bind` on, whether or not its socket is open still, and survives a crash of the host as files do. The socket
    /// lives on, but nobody finds it any more. Paths are compared byte by byte.
    ///
    /// - Returns: Whether there was such a path.
    @discardableResult
    public func removePath(_ path: String) -> Bool { removePath(Array(path.utf8)) }

    /// Removes the path of a UNIX socket that need not be UTF-8, as ``removePath(_:)-(String)`` does.
    ///
    /// - Returns: Whether there was such a path.
    @discardableResult
    public func removePath(_ path: [UInt8]) -> Bool {
        if let removed = world.enter({ socketFiles.remove(path) }) { return removed }
        _ = world.escaped(.bind)
        return false
    }
}
