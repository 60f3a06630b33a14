#if TLS
    internal import CTLS
    internal import SocketModel

    #if canImport(Glibc)
        internal import Glibc
    #elseif canImport(Musl)
        internal import Musl
    #else
        internal import Darwin
    #endif

    /// Material that has been read.
    enum LoadedMaterial: Sendable {
        case pem([UInt8])
        case der([[UInt8]])

        private static let largestFile = 16 << 20

        init(_ material: TLSMaterial) throws(TLSError) {
            switch material.source {
            case .file(let path): self = .pem(try Self.read(path))
            case .pem(let bytes): self = .pem(bytes)
            case .der(let values): self = .der(values)
            }
        }

        private static func read(_ path: String) throws(TLSError) -> [UInt8] {
            var count = 0
            guard let bytes = unsafe ctls_read_file(path, largestFile, &count) else {
                let error = Errno(rawValue: errno)
                throw TLSError(.unreadableFile, wanted: path, detail: error.description)
            }
            defer { unsafe ctls_free(bytes) }
            return unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
        }
    }

    /// An identity that has been read.
    struct LoadedIdentity: Sendable {
        let chain: LoadedMaterial
        let key: LoadedMaterial
        let passphrase: String?

        init(_ identity: TLSIdentity) throws(TLSError) {
            chain = try LoadedMaterial(identity.chain)
            key = try LoadedMaterial(identity.key)
            passphrase = identity.passphrase
        }
    }
#endif
