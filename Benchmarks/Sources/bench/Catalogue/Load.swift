import Reporting

/// What the load generator does to a server.
struct Load {
    let info: LoadInfo
    /// What the server must do for it.
    let service: Service
    /// How much a source sends at a time, and a sink receives at most.
    let chunk: Int
    let arguments: [String]
    /// Whether a quick run has it.
    let isQuick: Bool

    init(
        _ name: String, _ title: String, _ service: Service, unit: LoadInfo.Unit = .operations, chunk: Int = 65536,
        isQuick: Bool = true, _ arguments: [String]
    ) {
        info = LoadInfo(name: name, title: title, unit: unit)
        self.service = service
        self.chunk = chunk
        self.arguments = arguments
        self.isQuick = isQuick
    }

    /// What idle connections and calls are called where loads are chosen: they are not loads of the generator's.
    static let idle = "idle"
    static let calls = "calls"

    static let all = [
        Load(
            "ping-pong", "1 connection, 64 B there and back", .pingPong,
            ["echo", "--connections", "1", "--size", "64"]),
        Load("echo", "64 connections, 64 B", .echo, ["echo", "--connections", "64", "--size", "64"]),
        Load("echo-1k", "512 connections, 1 KiB", .echo, ["echo", "--connections", "512", "--size", "1024"]),
        Load(
            "pipeline", "64 connections, 64 B, 16 in flight on each", .echo,
            ["echo", "--connections", "64", "--size", "64", "--depth", "16"]),
        Load(
            "echo-16k", "64 connections, 16 KiB", .echo, isQuick: false,
            ["echo", "--connections", "64", "--size", "16384"]),
        Load(
            "connect", "connect, one byte there and back, close; 32 at a time", .echo,
            ["connect", "--connections", "32"]),
        Load(
            "sink", "server discards, 1 MiB writes", .sink, unit: .mebibytes, chunk: 1 << 20,
            ["sink", "--size", "1048576"]),
        Load(
            "source", "server generates, 64 KiB chunks, several at once", .source, unit: .mebibytes,
            ["source", "--size", "262144"]),
        Load("udp", "UDP, 64 B, 32 in flight", .datagrams, ["datagrams", "--size", "64", "--depth", "32"]),
    ]
}

/// What a server does with a connection, or with datagrams.
enum Service: Hashable {
    case echo, sink, source, datagrams
    /// Echo with a single connection, where a server's sleep is what counts.
    case pingPong
}
