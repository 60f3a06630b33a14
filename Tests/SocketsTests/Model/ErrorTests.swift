import Sockets
import Testing

@Suite struct `Error texts` {
    static let address = SocketAddress.ipv4(IPv4Address(192, 0, 2, 7), port: 80)

    static let texts: [(SocketError, String)] = [
        (
            SocketError(Failure(errno: .connectionRefused), .connect, .address(address)),
            "connect 192.0.2.7:80: Connection refused (ECONNREFUSED); check address and port, and that the server runs"
        ),
        (
            SocketError(Failure(errno: .addressInUse), .bind, .address(address)),
            "bind 192.0.2.7:80: Address already in use (EADDRINUSE); "
                + "choose another port, or end the program that has it; .socket.reuseAddress before bind is for one that has ended"
        ),
        (SocketError(.closed, .receive), "recv: the socket is closed; open a new socket; a closed one stays closed"),
        (SocketError(.timedOut, .accept), "accept: timed out; try again, or allow more time"),
        (
            SocketError(.invalidArgument, .bind, .host("::1", service: "70000"), detail: "a port must be in 0...65535"),
            "bind [::1]:70000: invalid argument: a port must be in 0...65535"
        ),
        (
            SocketError(
                Failure(cause: .resolution(ResolutionError(.noName))), .resolve, .host("nowhere", service: "http")),
            "getaddrinfo nowhere:http: Name or service not known (EAI_NONAME); check the name and this host's resolver"
        ),
        (
            SocketError(Failure(cause: .host(HostError(.hostNotFound))), .hostByName, .name("nowhere")),
            "gethostbyname nowhere: Unknown host (HOST_NOT_FOUND); check the name and this host's resolver"
        ),
        (
            SocketError(Failure(errno: .tooManyOpenFiles), .open),
            "socket: Too many open files (EMFILE); close sockets, or raise the limit (ulimit -n)"
        ),
        (
            SocketError(.brokenPipe, .send, errno: .brokenPipe, detail: "after 3 of 9 bytes"),
            "send: Broken pipe (EPIPE): after 3 of 9 bytes"
        ),
        (SocketError(Failure(errno: Errno(rawValue: 9999)), .poll), "poll: Unknown error 9999"),
        (SocketError(.timedOut, .send, detail: "after 3 of 9 bytes"), "send: timed out: after 3 of 9 bytes"),
        (
            SocketError(.resolutionFailed, .resolve, .name("x\n\u{1b}[31m\0" + String(repeating: "y", count: 1000))),
            "getaddrinfo x\\u{a}\\u{1b}[31m\\u{0}" + String(repeating: "y", count: 120)
                + "…: name resolution failed; check the name and this host's resolver"
        ),
        (
            SocketError(Failure(errno: .addressInUse), .bind, SocketAddress("unix:/tmp/x").map { .address($0) }),
            "bind unix:/tmp/x: Address already in use (EADDRINUSE); "
                + "remove the file if no program listens there, or choose another path"
        ),
        (
            SocketError(.notFound, .resolve, .host("nowhere", service: "")), "getaddrinfo nowhere: not found"
        ),
        (
            attempts(2),
            "connect 192.0.2.7:80: timed out; try again, or allow more time; "
                + "before that, [::1]:0: Network is unreachable (ENETUNREACH), [::1]:1: Network is unreachable (ENETUNREACH)"
        ),
        (
            attempts(6),
            "connect 192.0.2.7:80: timed out; try again, or allow more time; before that, "
                + (0..<4).map { "[::1]:\($0): Network is unreachable (ENETUNREACH)" }.joined(separator: ", ")
                + ", and 2 more"
        ),
    ]

    /// A call that has tried several addresses.
    private static func attempts(_ count: UInt16) -> SocketError {
        var error = SocketError(.timedOut, .connect, .address(address))
        error.earlierAttempts = (0..<count).map { port in
            SocketError(Failure(errno: .networkUnreachable), .connect, .address(.ipv6(.loopback, port: port)))
        }
        return error
    }

    @Test(arguments: texts) func `an error names the operation, the address and what to do`(
        error: SocketError, text: String
    ) {
        #expect(error.description == text)
    }

    @Test func `every code has a text of its own`() {
        let texts = SocketError.Code.allCases.map(\.description)
        #expect(Set(texts).count == texts.count)
        #expect(!texts.contains(""))
    }

    @Test func `every operation has a name of its own`() {
        #expect(Set(OperationName.allCases.map(\.description)).count == OperationName.allCases.count)
    }

    static let causes: [(SocketError.Cause, SocketError.Code)] = [
        (.resolution(ResolutionError(.noName)), .resolutionFailed), (.host(HostError(.noData)), .resolutionFailed),
        (.control(.tooManyRights(count: 254, limit: 253)), .invalidArgument),
    ]

    @Test(arguments: causes) func `a cause decides the code`(cause: SocketError.Cause, code: SocketError.Code) {
        #expect(Failure(cause: cause).code == code)
    }

    @Test func `a resolver's system error brings its number`() {
        let cause = SocketError.Cause.resolution(ResolutionError(.system, errno: .ioError))
        #expect(Failure(cause: cause).errno == .ioError)
    }
}

@Suite struct `Codes of error numbers` {
    static let codes: [(SocketError.Code, [String])] = [
        (.cancelled, ["ECANCELED"]), (.timedOut, ["ETIMEDOUT", "ETIME"]), (.wouldBlock, ["EAGAIN"]),
        (.inProgress, ["EINPROGRESS", "EALREADY"]), (.addressInUse, ["EADDRINUSE"]),
        (.addressNotAvailable, ["EADDRNOTAVAIL"]),
        (.alreadyConnected, ["EISCONN"]), (.notConnected, ["ENOTCONN", "EDESTADDRREQ"]),
        (.connectionRefused, ["ECONNREFUSED"]),
        (.connectionReset, ["ECONNRESET"]), (.connectionAborted, ["ECONNABORTED", "ENETRESET"]),
        (.brokenPipe, ["EPIPE", "ESHUTDOWN"]), (.hostUnreachable, ["EHOSTUNREACH", "EHOSTDOWN"]),
        (.networkUnreachable, ["ENETUNREACH", "ENETDOWN"]), (.permissionDenied, ["EACCES", "EPERM"]),
        (.messageTooLong, ["EMSGSIZE"]), (.tooManyDescriptors, ["EMFILE", "ENFILE", "ETOOMANYREFS"]),
        (.outOfResources, ["ENOMEM", "ENOBUFS", "EDQUOT", "ENOSPC"]),
        (.invalidArgument, ["EINVAL", "EDOM", "ERANGE", "EFAULT"]),
        (.badDescriptor, ["EBADF", "ENOTSOCK"]),
        (
            .unsupported,
            [
                "EOPNOTSUPP", "EAFNOSUPPORT", "EPROTONOSUPPORT", "ESOCKTNOSUPPORT", "ENOPROTOOPT", "EPROTOTYPE",
                "EPFNOSUPPORT", "ENOSYS",
            ]
        ),
        (.notFound, ["ENOENT", "ENODEV", "ENXIO", "ENOTDIR", "ESRCH"]),
    ]

    @Test func `every number the system has falls into the code that fits, the rest into other`() {
        let expected = Dictionary(uniqueKeysWithValues: Self.codes.flatMap { code, names in names.map { ($0, code) } })
        var met: Set<String> = []
        for (name, errno) in Errno.allNamed {
            guard let canonical = errno.cName else { continue }
            #expect(SocketError.Code(errno) == expected[canonical] ?? .other, "\(name)")
            met.insert(canonical)
        }
        #expect(met.isSuperset(of: expected.keys))
        #expect(SocketError.Code(Errno(rawValue: 0)) == .other)
        #expect(SocketError.Code(Errno(rawValue: -1)) == .other)
    }
}
