import Glibc
import Sockets

/// The entry in the file system that binding a UNIX socket made.
struct UNIXPath {
    private let path: [CChar]
    private let identity: Identity

    private struct Identity: Equatable {
        let device: dev_t
        let inode: ino_t

        init?(_ path: [CChar]) {
            var status = stat()
            guard unsafe lstat(path, &status) == 0 else { return nil }
            device = status.st_dev
            inode = status.st_ino
        }
    }

    /// Nil for addresses that are no paths.
    init?(boundTo address: SocketAddress) {
        guard case .unix(let address) = address, address.kind == .path else { return nil }
        path = address.bytes.map { CChar(bitPattern: $0) } + [0]
        guard let identity = Identity(path) else { return nil }
        self.identity = identity
    }

    /// Removes it, unless somebody has put another in its place.
    func remove() {
        if Identity(path) == identity { _ = unsafe unlink(path) }
    }
}
