/// A protocol's name and number: `struct protoent`.
package struct ProtocolName: Hashable, Sendable {
    package var name: String
    package var number: Int
    package var aliases: [String]

    package init(name: String, number: Int, aliases: [String] = []) {
        self.name = name
        self.number = number
        self.aliases = aliases
    }
}

/// The services and protocols that a host knows: what `/etc/services` and `/etc/protocols` hold, of which the first
/// that fits counts.
package struct ServiceTable: Hashable, Sendable {
    private var services: [ServiceEntry]
    private var protocols = Self.numbers

    /// The well-known ones.
    package init() { services = Self.wellKnown }

    /// These services, and the well-known protocols.
    package init(_ services: [ServiceEntry]) { self.services = services }

    package mutating func insert(_ service: ServiceEntry) { services.insert(service, at: 0) }
    package mutating func insert(_ name: ProtocolName) { protocols.insert(name, at: 0) }

    /// `getservbyname(3)`: of any transport when nil.
    package func port(of name: String, _ transport: String?) -> UInt16? {
        services.first { $0.has(name) && (transport == nil || $0.protocol == transport) }?.port
    }

    /// `getservbyport(3)`: of any transport when nil.
    package func name(at port: UInt16, _ transport: String?) -> String? {
        services.first { $0.port == port && (transport == nil || $0.protocol == transport) }?.name
    }

    /// `getprotobyname(3)`.
    package func number(of name: String) -> Int? {
        protocols.first { $0.name == name || $0.aliases.contains(name) }?.number
    }
}

extension ServiceTable {
    /// The answer to a question about services and protocols; nil for any other question.
    ///
    /// - Throws: ``Failure`` with ``SocketError/Code/notFound``.
    package func answer(_ query: NameQuery) throws(Failure) -> NameAnswer? {
        switch query {
        case .protocolByName(let name): .number(try Self.found(number(of: name), "protocol not found"))
        case .serviceByName(let name, let transport):
            .number(Int(try Self.found(port(of: name, transport), "service not found")))
        case .serviceByPort(let port, let transport):
            .text(try Self.found(name(at: port, transport), "port has no service name"))
        default: nil
        }
    }

    private static func found<Value>(_ value: Value?, _ detail: String) throws(Failure) -> Value {
        guard let value else { throw Failure(.notFound, detail: detail) }
        return value
    }
}

extension ServiceTable {
    private static let wellKnown = lines(serviceText).flatMap { fields in
        fields[2].split(separator: "/").map { transport in
            ServiceEntry(
                name: fields[0], port: UInt16(fields[1]) ?? 0, protocol: String(transport),
                aliases: Array(fields.dropFirst(3)))
        }
    }

    private static let numbers = lines(protocolText).map { fields in
        ProtocolName(name: fields[0], number: Int(fields[1]) ?? 0, aliases: Array(fields.dropFirst(2)))
    }

    private static func lines(_ text: String) -> [[String]] {
        text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }

    // Names, ports, transports and aliases as Debian has them.
    private static let serviceText = """
        tcpmux 1 tcp
        echo 7 tcp/udp
        discard 9 tcp/udp sink null
        systat 11 tcp users
        daytime 13 tcp/udp
        netstat 15 tcp
        qotd 17 tcp quote
        chargen 19 tcp/udp ttytst source
        ftp-data 20 tcp
        ftp 21 tcp
        ssh 22 tcp
        telnet 23 tcp
        smtp 25 tcp mail
        time 37 tcp/udp timserver
        whois 43 tcp nicname
        domain 53 tcp/udp
        bootps 67 udp
        bootpc 68 udp
        tftp 69 udp
        finger 79 tcp
        http 80 tcp www
        kerberos 88 tcp/udp kerberos5 krb5 kerberos-sec
        pop3 110 tcp pop-3
        sunrpc 111 tcp/udp portmapper
        auth 113 tcp authentication tap ident
        nntp 119 tcp readnews untp
        ntp 123 udp
        imap2 143 tcp imap
        snmp 161 tcp/udp
        snmp-trap 162 tcp/udp snmptrap
        bgp 179 tcp
        ldap 389 tcp/udp
        https 443 tcp/udp
        submissions 465 tcp ssmtp smtps urd
        exec 512 tcp
        login 513 tcp
        shell 514 tcp cmd syslog
        syslog 514 udp
        submission 587 tcp
        ldaps 636 tcp/udp
        domain-s 853 tcp/udp
        rsync 873 tcp
        imaps 993 tcp
        pop3s 995 tcp
        socks 1080 tcp
        nfs 2049 tcp/udp
        mysql 3306 tcp
        sip 5060 tcp/udp
        sip-tls 5061 tcp/udp
        xmpp-client 5222 tcp jabber-client
        postgresql 5432 tcp postgres
        amqps 5671 tcp
        amqp 5672 tcp/sctp
        redis 6379 tcp
        http-alt 8080 tcp webcache
        git 9418 tcp
        """

    private static let protocolText = """
        ip 0 IP
        icmp 1 ICMP
        igmp 2 IGMP
        ipencap 4 IP-ENCAP
        tcp 6 TCP
        egp 8 EGP
        udp 17 UDP
        dccp 33 DCCP
        ipv6 41 IPv6
        gre 47 GRE
        esp 50 IPSEC-ESP
        ah 51 IPSEC-AH
        ipv6-icmp 58 IPv6-ICMP
        ospf 89 OSPFIGP
        ipip 94 IPIP
        pim 103 PIM
        vrrp 112 VRRP
        l2tp 115 L2TP
        sctp 132 SCTP
        udplite 136 UDPLite
        mptcp 262 MPTCP
        """
}
