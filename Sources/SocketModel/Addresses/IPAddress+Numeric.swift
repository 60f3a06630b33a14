extension IPAddress {
    /// The address that a numeric host is, as `getaddrinfo(3)` reads it: also in `inet_aton`'s short, octal and hexadecimal forms. Nil
    /// for a name, which has to be looked up.
    public init?(numeric host: String) {
        if let address = IPAddress(host) {
            self = address
            return
        }
        guard let first = host.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
            !host.utf8.contains(where: { $0 <= UInt8(ascii: " ") }), let address = try? IPv4Address(classic: host)
        else { return nil }
        self = .v4(address)
    }
}
