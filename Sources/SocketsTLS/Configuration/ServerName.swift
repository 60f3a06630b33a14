#if TLS
    internal import SocketModel

    /// The name that a client asks for, and that the server's certificate must be valid for: a host's, or an IP address.
    struct ServerName: Hashable, Sendable {
        let text: String
        let isAddress: Bool

        /// Checks a name (RFC 1123; underscores, too, are taken): letters, digits and hyphens, labels of 1...63, at most 253 bytes.
        init(_ name: String) throws(TLSError) {
            // A zone is this host's own word, and no certificate's.
            let isAddress = !name.contains("%") && (try? IPAddress(parsing: name)) != nil
            let text = !isAddress && name.hasSuffix(".") ? String(name.dropLast()) : name
            guard isAddress || Self.isHostName(text) else {
                throw TLSError(
                    .invalidName, wanted: name,
                    detail: "a server's name has letters, digits, hyphens and dots; others go by their xn-- form")
            }
            self.text = text
            self.isAddress = isAddress
        }

        private static func isHostName(_ text: String) -> Bool {
            guard (1...253).contains(text.utf8.count) else { return false }
            return text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.count) && label.allSatisfy(isLetter)
            }
        }

        private static func isLetter(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
#endif
