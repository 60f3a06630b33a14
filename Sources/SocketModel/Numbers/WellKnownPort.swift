/// Port numbers the headers name: `IPPORT_*`. In host byte order, as all ports here.
public enum WellKnownPort {}

extension WellKnownPort {
    /// Every name of the headers with its number; of names that share a number, the usual one first.
    public static let allNamed: [(cName: String, value: UInt16)] = [
        ("IPPORT_ECHO", echo),
        ("IPPORT_DISCARD", discard),
        ("IPPORT_SYSTAT", systemStatus),
        ("IPPORT_DAYTIME", daytime),
        ("IPPORT_NETSTAT", networkStatus),
        ("IPPORT_FTP", ftp),
        ("IPPORT_TELNET", telnet),
        ("IPPORT_SMTP", smtp),
        ("IPPORT_TIMESERVER", timeServer),
        ("IPPORT_NAMESERVER", nameServer),
        ("IPPORT_WHOIS", whois),
        ("IPPORT_MTP", mtp),
        ("IPPORT_TFTP", tftp),
        ("IPPORT_RJE", remoteJobEntry),
        ("IPPORT_FINGER", finger),
        ("IPPORT_TTYLINK", ttyLink),
        ("IPPORT_SUPDUP", supdup),
        ("IPPORT_EXECSERVER", execServer),
        ("IPPORT_BIFFUDP", biff),
        ("IPPORT_LOGINSERVER", loginServer),
        ("IPPORT_WHOSERVER", whoServer),
        ("IPPORT_CMDSERVER", commandServer),
        ("IPPORT_EFSSERVER", extendedFileServer),
        ("IPPORT_ROUTESERVER", routeServer),
        ("IPPORT_RESERVED", reserved),
        ("IPPORT_USERRESERVED", userReserved),
    ]
}

extension WellKnownPort {
    /// Echo: `IPPORT_ECHO`.
    @inlinable public static var echo: UInt16 { 7 }

    /// Discard: `IPPORT_DISCARD`.
    @inlinable public static var discard: UInt16 { 9 }

    /// Active users: `IPPORT_SYSTAT`.
    @inlinable public static var systemStatus: UInt16 { 11 }

    /// Time of day as text: `IPPORT_DAYTIME`.
    @inlinable public static var daytime: UInt16 { 13 }

    /// Network status: `IPPORT_NETSTAT`.
    @inlinable public static var networkStatus: UInt16 { 15 }

    /// File transfer, control connection: `IPPORT_FTP`.
    @inlinable public static var ftp: UInt16 { 21 }

    /// Telnet: `IPPORT_TELNET`.
    @inlinable public static var telnet: UInt16 { 23 }

    /// Mail: `IPPORT_SMTP`.
    @inlinable public static var smtp: UInt16 { 25 }

    /// Time as a number: `IPPORT_TIMESERVER`.
    @inlinable public static var timeServer: UInt16 { 37 }

    /// Host names before DNS; DNS itself is 53: `IPPORT_NAMESERVER`.
    @inlinable public static var nameServer: UInt16 { 42 }

    /// Whois: `IPPORT_WHOIS`.
    @inlinable public static var whois: UInt16 { 43 }

    /// Mail transfer before SMTP: `IPPORT_MTP`.
    @inlinable public static var mtp: UInt16 { 57 }

    /// Trivial file transfer: `IPPORT_TFTP`.
    @inlinable public static var tftp: UInt16 { 69 }

    /// Remote job entry: `IPPORT_RJE`.
    @inlinable public static var remoteJobEntry: UInt16 { 77 }

    /// Finger: `IPPORT_FINGER`.
    @inlinable public static var finger: UInt16 { 79 }

    /// Terminal link: `IPPORT_TTYLINK`.
    @inlinable public static var ttyLink: UInt16 { 87 }

    /// SUPDUP: `IPPORT_SUPDUP`.
    @inlinable public static var supdup: UInt16 { 95 }

    /// Remote execution, TCP: `IPPORT_EXECSERVER`.
    @inlinable public static var execServer: UInt16 { 512 }

    /// Mail notification, UDP: `IPPORT_BIFFUDP`.
    @inlinable public static var biff: UInt16 { 512 }

    /// Remote login, TCP: `IPPORT_LOGINSERVER`.
    @inlinable public static var loginServer: UInt16 { 513 }

    /// Who is logged in, UDP: `IPPORT_WHOSERVER`.
    @inlinable public static var whoServer: UInt16 { 513 }

    /// Remote shell, TCP: `IPPORT_CMDSERVER`.
    @inlinable public static var commandServer: UInt16 { 514 }

    /// Extended file names, TCP: `IPPORT_EFSSERVER`.
    @inlinable public static var extendedFileServer: UInt16 { 520 }

    /// Routing information, UDP: `IPPORT_ROUTESERVER`.
    @inlinable public static var routeServer: UInt16 { 520 }

    /// The first port that needs no privilege: `IPPORT_RESERVED`.
    @inlinable public static var reserved: UInt16 { 1024 }

    /// The first port BSD never chose by itself: `IPPORT_USERRESERVED`.
    @inlinable public static var userReserved: UInt16 { 5000 }
}
