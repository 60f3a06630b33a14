import Sockets
import TestSupport

extension Ledger {
    static let transfer = [
        LedgerRow("`send`, `recv`", [.send, .receive], classic: ["send", "recv"], linux: "5 hello") { network in
            let (client, server) = try network.tcpPair()
            return "\(try client.send("hello")) \(try server.receiveExactly(5))"
        },
        LedgerRow("`sendall`", classic: ["sendall"], linux: "300000") { network in
            let (client, server) = try network.tcpPair()
            let sender = try Aside(network) { () throws(SocketError) in
                try client.sendAll([UInt8](repeating: 1, count: 300_000))
                try client.close()
            }
            var count = 0
            while let chunk = try server.receive() { count += chunk.count }
            if let error = sender.failure() { throw error }
            return "\(count)"
        },
        LedgerRow("`recv_into`", classic: ["recv_into"], linux: "Optional(3) [97, 98, 99, 9]") { network in
            let (a, b) = try network.socketPair()
            try a.sendAll("abc")
            var memory: [UInt8] = [9, 9, 9, 9]
            return "\(try b.receive(into: &memory) as Any) \(memory)"
        },
        LedgerRow("`sendto`, `recvfrom`", classic: ["sendto", "recvfrom"], linux: "hello true") { network in
            let (a, b) = try network.udpPair()
            try a.send("hello", to: b.localAddress())
            guard let (bytes, sender) = try b.receiveFrom(9) else { return "end" }
            return "\(bytes) \(try sender == a.localAddress())"
        },
        LedgerRow("`recvfrom_into`", classic: ["recvfrom_into"], linux: "[104, 101]") { network in
            let (a, b) = try network.udpPair()
            try a.send("hello", to: b.localAddress())
            var memory: [UInt8] = [0, 0]
            _ = try b.receiveFrom(into: &memory)
            return "\(memory)"
        },
        LedgerRow(
            "`sendmsg`, `recvmsg`", [.sendMessage, .receiveMessage], classic: ["sendmsg", "recvmsg"], linux: "abc 3 0"
        ) { network in
            let (a, b) = try network.socketPair(.unix, .datagram)
            try a.sendMessage(["a", "bc"])
            guard let message = try b.receiveMessage(9, controlCapacity: 64) else { return "end" }
            return "\(message.bytes) \(message.fullLength) \(message.control.count)"
        },
        LedgerRow("`sendmsg` with descriptors", simulation: .abstracted("sockets alone can be passed"), linux: "1 x") {
            network in
            let (a, b) = try network.socketPair()
            let (c, d) = try network.socketPair()
            try a.send("!", passing: [c])
            guard let message = try b.receiveMessage(1, controlCapacity: 64) else { return "end" }
            let count = message.descriptors.count
            try d.sendAll("x")
            guard let number = message.descriptors.first?.take() else { return "none" }
            return "\(count) \(try network.adopt(descriptor: number).receiveExactly(1))"
        },
        LedgerRow("`recvmsg_into`", classic: ["recvmsg_into"], linux: "[[1, 2], [3]]") { network in
            let (a, b) = try network.socketPair()
            try a.sendAll([1, 2, 3] as [UInt8])
            var pieces: [[UInt8]] = [[0, 0], [0]]
            _ = try b.receiveMessage(into: &pieces, flags: .waitForAll)
            return "\(pieces)"
        },
        LedgerRow(
            "`sendmmsg`, `recvmmsg`", [.sendBatch, .receiveBatch], classic: ["sendmmsg", "recvmmsg"], linux: "2 [1, 2]"
        ) { network in
            let (a, b) = try network.socketPair(.unix, .datagram)
            let sent = try a.sendBatch([OutgoingMessage([1]), OutgoingMessage([2, 2])])
            return "\(sent) \(try b.receiveBatch(4, of: 4).map(\.bytes.count))"
        },
        LedgerRow(
            "`sendfile`", [.sendFile], classic: ["sendfile"],
            uring: .abstracted("by way of memory"),
            simulation: .abstracted("the file is one of `SimulationOptions.fileSource`"), linux: "3 [2, 3, 4]"
        ) { network in
            let (a, b) = try network.socketPair()
            let file = TemporaryDirectory().file([1, 2, 3, 4, 5])
            defer { Process.close(file) }
            return "\(try a.sendFile(file, offset: 1, count: 3)) \(try b.receiveExactly(3).array)"
        },
        LedgerRow("`send` with `MSG_PEEK` on the other side", linux: "ab ab") { network in
            let (a, b) = try network.socketPair()
            try a.sendAll("ab")
            return "\(try b.receive(2, flags: .peek) ?? "") \(try b.receive(2) ?? "")"
        },
        LedgerRow(
            "`send` with `MSG_OOB`", simulation: .unsupported(.notSupported, "no urgent data"), linux: "1"
        ) { network in
            let (client, server) = try network.tcpPair()
            defer { keep(server) }
            return "\(try client.send("!", flags: .outOfBand))"
        },
        LedgerRow("`recv` of an empty datagram", linux: "Optional(0)") { network in
            let (a, b) = try network.udpPair()
            try a.send("", to: b.localAddress())
            return "\(try b.receive(9).map(\.count) as Any)"
        },
        LedgerRow("`send` of a datagram that is too long", linux: text(.messageTooLong)) { network in
            let (a, b) = try network.udpPair()
            try a.send([UInt8](repeating: 0, count: 70_000), to: b.localAddress())
            return "sent"
        },
        LedgerRow("`send` to a UDP port where nobody is", linux: text(.connectionRefused)) { network in
            let socket = try network.udp()
            try socket.connect(to: network.vacantAddress())
            _ = try socket.send("x")
            return "\(try socket.receive(1)?.count ?? -1)"
        },
        LedgerRow("`UDP_GRO`", linux: "2500") { network in
            let (a, b) = try network.udpPair()
            try b.set(.udp.receiveOffload, true)
            let bytes = [UInt8](repeating: 1, count: 2500)
            try a.sendMessage([bytes], control: [.udpSegmentSize(1000)], to: b.localAddress())
            return "\(try b.receiveMessage(65_536)?.bytes.count ?? 0)"
        },
        LedgerRow("`makefile`", [.read, .write], classic: ["makefile"], linux: "one line\n") { network in
            let (a, b) = try network.socketPair()
            let file = try a.file(.write)
            try file.write("one line\nanother")
            try file.flush()
            return "\(try b.file().readLine() ?? "")"
        },
    ]

    static let waiting = [
        LedgerRow("`poll`, `select`", [.poll], classic: ["poll", "select"], linux: "true false") { network in
            let (a, b) = try network.socketPair()
            defer { keep(b) }
            let events = try network.poll([PollRequest(a, [.readable, .writable])])
            return "\(events[0].contains(.writable)) \(events[0].contains(.readable))"
        },
        LedgerRow("`setblocking`", classic: ["setblocking"], linux: text(.wouldBlock)) { network in
            let (a, b) = try network.socketPair()
            defer { keep(b) }
            a.setBlocking(false)
            return "\(try a.receive(1)?.count ?? 0)"
        },
        LedgerRow(
            "`settimeout`, `gettimeout`", classic: ["settimeout", "gettimeout"], linux: "\(SocketError.Code.timedOut)"
        ) { network in
            let (a, b) = try network.socketPair()
            defer { keep(b) }
            a.mode = .timeout(.milliseconds(2))
            guard a.mode == .timeout(.milliseconds(2)) else { return "forgotten" }
            return "\(try a.receive(1)?.count ?? 0)"
        },
        LedgerRow("a call that is woken by `close`", linux: "\(SocketError.Code.closed)") { network in
            let (a, b) = try network.socketPair()
            defer { keep(b) }
            let call = try Aside(network) { () throws(SocketError) in try a.receive(1) }
            call.awaitParked()
            try a.close()
            return call.failure().map { "\($0.code)" } ?? "ended"
        },
    ]
}
