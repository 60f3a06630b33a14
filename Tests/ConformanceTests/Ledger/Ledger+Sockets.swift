import Sockets
import TestSupport

extension Ledger {
    static let making = [
        LedgerRow("`socket`", [.open], classic: ["socket"], linux: "AF_INET6 SOCK_DGRAM") { network in
            let socket = try network.socket(.ipv6, .datagram)
            return "\(socket.family) \(socket.type)"
        },
        LedgerRow(
            "`socket` of type `SOCK_RAW`", simulation: .unsupported(.socketTypeNotSupported, "no raw sockets"),
            linux: "SOCK_RAW", text(.notPermitted)
        ) { network in "\(try network.socket(.ipv4, .raw, protocol: .icmp).type)" },
        LedgerRow(
            "`socket` of family `AF_NETLINK`",
            simulation: .unsupported(.addressFamilyNotSupported, "IPv4, IPv6 and UNIX are all there is"),
            linux: "AF_NETLINK"
        ) { network in "\(try network.socket(.netlink, .raw).family)" },
        LedgerRow("`socketpair`", [.openPair], classic: ["socketpair"], linux: "x") { network in
            let (a, b) = try network.socketPair()
            try a.sendAll("x")
            return "\(try b.receiveExactly(1))"
        },
        LedgerRow("`socketpair` of internet sockets", linux: text(.notSupported)) { network in
            _ = try network.socketPair(.ipv4, .stream)
            return "made"
        },
        LedgerRow(
            "`detach`, `fromfd`", [.adopt, .detach], classic: ["fromfd", "detach"],
            uring: .abstracted("refused while bytes wait that were received ahead"),
            simulation: .abstracted("the numbers are those of a host, not of the process"), linux: "AF_INET SOCK_STREAM"
        ) { network in
            let socket = try network.adopt(descriptor: network.socket(.ipv4).detach())
            return "\(socket.family) \(socket.type)"
        },
        LedgerRow("`fromfd` of no descriptor", linux: text(.badFileDescriptor)) { network in
            _ = try network.adopt(descriptor: 1_000_000)
            return "adopted"
        },
        LedgerRow(
            "`fileno`", [.descriptor], classic: ["fileno"],
            simulation: .abstracted("the numbers are those of a host, not of the process"), linux: "true"
        ) { network in "\(try network.socket(.ipv4).descriptor() > 2)" },
        LedgerRow(
            "`dup`", [.duplicate], classic: ["dup"],
            uring: .abstracted("refused while bytes wait that were received ahead"), linux: "x"
        ) { network in
            let (a, b) = try network.socketPair()
            let copy = try a.duplicate()
            try a.close()
            try copy.sendAll("x")
            return "\(try b.receiveExactly(1))"
        },
        LedgerRow("`close`", [.close], classic: ["close"], linux: "true end") { network in
            let (a, b) = try network.socketPair()
            try a.close()
            return "\(a.isClosed) \(try b.receive(1) == nil ? "end" : "bytes")"
        },
        LedgerRow("`close` that lingers for no time", linux: text(.connectionReset)) { network in
            let (client, server) = try network.tcpPair()
            try client.set(.socket.linger, .on(seconds: 0))
            try client.close()
            return "\(try server.receive(1)?.count ?? 0)"
        },
        LedgerRow("`getsockopt` with an integer, `setsockopt` with one", [.getOption, .setOption], linux: "1") {
            network in
            let socket = try network.socket(.ipv4)
            try socket.setOption(.socket, 9, 1)
            return "\(try socket.option(.socket, 9))"
        },
        LedgerRow(
            "`getsockopt`, `setsockopt`", classic: ["getsockopt", "setsockopt"], linux: "true on(seconds: 3)"
        ) { network in
            let socket = try network.socket(.ipv4)
            try socket.set(.socket.keepAlive, true)
            try socket.set(.socket.linger, .on(seconds: 3))
            return "\(try socket.get(.socket.keepAlive)) \(try socket.get(.socket.linger))"
        },
    ]

    static let connecting = [
        LedgerRow("`bind`", [.bind], classic: ["bind"], linux: "127.0.0.1") { network in
            let socket = try network.socket(.ipv4)
            try socket.bind(to: .loopback4)
            return try socket.localAddress().ip.map { "\($0)" } ?? ""
        },
        LedgerRow("`bind` to what another has", linux: text(.addressInUse)) { network in
            let listener = try network.listen(at: .loopback4)
            try network.socket(.ipv4).bind(to: listener.localAddress())
            return "bound"
        },
        LedgerRow("`bind` to another machine's address", linux: text(.addressNotAvailable)) { network in
            try network.socket(.ipv4).bind(to: .ipv4(IPv4Address(203, 0, 113, 9), port: 0))
            return "bound"
        },
        LedgerRow("`bind` to a path that exists", linux: text(.addressInUse)) { network in
            let directory = TemporaryDirectory()
            let first = try network.socket(.unix)
            try first.bind(to: directory.address())
            try first.close()
            try network.socket(.unix).bind(to: directory.address())
            return "bound"
        },
        LedgerRow(
            "`bind` to a path in no directory", simulation: .divergent("a host's paths are in no file system"),
            linux: text(.noSuchFileOrDirectory)
        ) { network in
            try network.socket(.unix).bind(to: TemporaryDirectory().address("no/where"))
            return "bound"
        },
        LedgerRow("`listen`", [.listen], classic: ["listen"], linux: "true") { network in
            let socket = try network.socket(.ipv4)
            try socket.listen()
            return "\(try socket.get(.socket.isListening))"
        },
        LedgerRow("`accept`", [.accept], classic: ["accept"], linux: "true") { network in
            let listener = try network.listen(at: .loopback4)
            let client = try network.connect(to: listener.localAddress())
            return "\(try listener.accept().peer == client.localAddress())"
        },
        LedgerRow("`connect`", [.connect], classic: ["connect"], linux: "true") { network in
            let listener = try network.listen(at: .loopback4)
            let client = try network.socket(.ipv4)
            try client.connect(to: listener.localAddress())
            return "\(try client.peerAddress() == listener.localAddress())"
        },
        LedgerRow("`connect` where nobody listens", linux: text(.connectionRefused)) { network in
            try network.socket(.ipv4).connect(to: network.vacantAddress())
            return "connected"
        },
        LedgerRow(
            "`connect_ex`", classic: ["connect_ex"],
            uring: .abstracted("one that may not wait may succeed or be refused at once"),
            linux: text(.connectionRefused)
        ) { network in
            let result = try network.socket(.ipv6).connectResult(to: network.vacantAddress(.loopback6))
            return result.map { "\($0)" } ?? "connected"
        },
        LedgerRow("`getsockname`", [.localAddress], classic: ["getsockname"], linux: "[::]:0") { network in
            "\(try network.socket(.ipv6).localAddress())"
        },
        LedgerRow("`getpeername` of nobody", [.peerAddress], classic: ["getpeername"], linux: text(.socketNotConnected))
        { network in
            "\(try network.socket(.ipv4).peerAddress())"
        },
        LedgerRow("`shutdown`", [.shutdown], classic: ["shutdown"], linux: "end \(Errno.brokenPipe)") { network in
            let (client, server) = try network.tcpPair()
            try client.shutdown(.send)
            let end = try server.receive(1) == nil ? "end" : "bytes"
            return
                "\(end) \(failure { () throws(SocketError) in try client.sendAll("x") }?.errno.map { "\($0)" } ?? "sent")"
        },
        LedgerRow(
            "`create_server`, `create_connection`", classic: ["create_server", "create_connection"], linux: "true"
        ) { network in
            let listener = try network.listen(host: "127.0.0.1", port: 0)
            guard case .ipv4(_, let port) = try listener.localAddress() else { return "no port" }
            let client = try network.connect(to: "127.0.0.1", port: Int(port))
            return "\(try listener.accept().peer == client.localAddress())"
        },
    ]
}
