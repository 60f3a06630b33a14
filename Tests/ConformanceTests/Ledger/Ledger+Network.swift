import Locks
import Sockets
import TestSupport

extension Ledger {
    static let network = [
        LedgerRow("`Network.init`", [.makeNetwork], linux: "false") { network in "\(network.isClosed)" },
        LedgerRow("`Network.executors`", [.startExecutors], linux: "1") { network in "\(try network.executors.count)" },
        LedgerRow("`Network.close`", [.closeNetwork], linux: "\(SocketError.Code.closed)") { network in
            let (a, b) = try network.socketPair()
            defer { keep(b) }
            try network.close()
            return "\(try a.receive(1)?.count ?? 0)"
        },
        LedgerRow("`Network.run`", [.run], linux: "x") { network in
            try network.run {
                let (a, b) = try network.socketPair()
                async let text = b.receiveExactly(1)
                try await a.sendAll("x")
                return "\(try await text)"
            }
        },
        LedgerRow("`Network.withDeadline`", [.withDeadline], linux: "\(SocketError.Code.timedOut)") { network in
            try network.run {
                let (a, b) = try network.socketPair()
                defer { keep(b) }
                return try await network.withDeadline(.within(.milliseconds(2))) {
                    "\(try await a.receive()?.count ?? 0)"
                }
            }
        },
        LedgerRow("`Network.spawn`, `NetworkThread.join`", [.spawn, .join], linux: "true") { network in
            let hasRun = Lock(false)
            try network.spawn { hasRun.withLock { $0 = true } }.join()
            return "\(hasRun.withLock { $0 })"
        },
        LedgerRow(
            "`Network.sleep`", [.sleep], simulation: .abstracted("in virtual time"), linux: "true"
        ) { network in
            let start = network.now
            try network.sleep(for: .milliseconds(2))
            return "\(start.duration(to: network.now) >= .milliseconds(2))"
        },
        LedgerRow("a blocking call on an executor", linux: "\(SocketError.Code.blockingOnExecutor)") { network in
            let (a, b) = try network.socketPair()
            defer { keep(b) }
            let call: @Sendable () throws -> String = { "\(try a.receive(1)?.count ?? 0)" }
            return try network.run { try call() }
        },
    ]

    static let values = [
        LedgerRow(
            "`htons`, `htonl`, `ntohs`, `ntohl`", classic: ["htons", "htonl", "ntohs", "ntohl"], linux: "[1, 2] 258"
        ) { _ in
            let number = UInt16(0x0102).networkByteOrder
            return "\(unsafe withUnsafeBytes(of: number) { unsafe Array($0) }) \(UInt16(networkByteOrder: number))"
        },
        LedgerRow("`inet_aton`", classic: ["inet_aton"], linux: "127.0.0.1") { _ in
            "\(try IPv4Address(classic: "127.1"))"
        },
        LedgerRow("`inet_ntoa`", classic: ["inet_ntoa"], linux: "10.1.2.3") { _ in
            "\(try IPv4Address(packed: [10, 1, 2, 3]))"
        },
        LedgerRow("`inet_pton`", classic: ["inet_pton"], linux: "[127, 0, 0, 1]") { _ in
            "\(try IPAddress(parsing: "127.0.0.1", family: .ipv4).packed)"
        },
        LedgerRow("`inet_ntop`", classic: ["inet_ntop"], linux: "127.0.0.1") { _ in
            "\(try IPAddress(packed: [127, 0, 0, 1], family: .ipv4))"
        },
    ]
}
