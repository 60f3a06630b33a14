import Foundation
import Glibc
import Sockets
import Testing

/// A dnsmasq of the test's own on a free port of 127.0.0.1, which ends with it.
final class DNSMasq {
    let address: SocketAddress
    private let process = Process()
    private let messages = Pipe()

    static let path = ["/usr/sbin/dnsmasq", "/usr/local/sbin/dnsmasq", "/opt/homebrew/sbin/dnsmasq"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Starts it with the records, given as its options.
    init(_ records: [String]) throws {
        let port = try Self.freePort()
        address = SocketAddress(.v4(.loopback), port: port)
        // It lives as long as the test, and must not hold what Foundation waits for of other tests' processes: that is not close-on-exec.
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments =
            ["-c", Self.closingDescriptors, try #require(Self.path)] + [
                "--no-daemon", "--conf-file=/dev/null", "--port=\(port)", "--listen-address=127.0.0.1",
                "--bind-interfaces", "--no-resolv", "--no-hosts", "--pid-file=", "--local=/test/", "--log-facility=-",
                "--user=\(NSUserName())", "--local-ttl=60",
            ] + records
        process.standardError = messages
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        var said = Data()
        while String(decoding: said, as: UTF8.self).contains("started") == false {
            let more = messages.fileHandleForReading.availableData
            // It has ended instead.
            if more.isEmpty { throw Failure(.other, detail: String(decoding: said, as: UTF8.self)) }
            said += more
        }
    }

    deinit {
        // The threads of tests may have other signals blocked, and it inherits that.
        _ = kill(process.processIdentifier, SIGKILL)
    }

    /// Closes all descriptors but the standard ones, and becomes the program that is the script's name.
    private static let closingDescriptors =
        #"for each in /proc/self/fd/*; do number=${each##*/}; [ $number -gt 2 ] && eval "exec $number>&-"; done; exec "$0" "$@""#

    /// A port that nobody has at the moment.
    static func freePort() throws -> UInt16 {
        let network = try Network(.posix)
        let socket = try network.socket(.ipv4, .stream)
        try socket.bind(to: SocketAddress(.v4(.loopback), port: 0))
        return try #require(try socket.localAddress().port)
    }

    /// What a resolver is told that asks it.
    func stub(search: [String] = []) throws -> StubConfiguration {
        StubConfiguration(
            resolver: ResolverConfiguration(servers: [address], search: try search.map { try DNSName(parsing: $0) }))
    }
}

extension Trait where Self == ConditionTrait {
    static var needsDNSMasq: Self { .enabled(if: DNSMasq.path != nil, "dnsmasq is not installed") }
}
