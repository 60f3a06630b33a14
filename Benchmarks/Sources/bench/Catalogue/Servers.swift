extension Server {
    /// In the order of all tables and plots. Every one runs on one thread, those apart that have a thread for each connection.
    static let all = [
        Server(
            "posix", "Sockets, posix", .ours, .ours,
            [
                .echo: ["posix"], .sink: ["posix", "--mode", "sink"],
                .source: ["posix", "--mode", "writer", "--chunk", "CHUNK"], .datagrams: ["posix", "--mode", "batches"],
            ]),
        Server(
            "uring", "Sockets, io_uring", .ours, .ours,
            [
                .echo: ["uring"], .sink: ["uring", "--mode", "sink"],
                .source: ["uring", "--mode", "writer", "--chunk", "CHUNK"], .datagrams: ["uring", "--mode", "batches"],
            ]),
        Server("posix-machine", "Sockets, posix machine", .ours, .ours, [.echo: ["posix", "--mode", "machine"]]),
        Server("uring-machine", "Sockets, io_uring machine", .ours, .ours, [.echo: ["uring", "--mode", "machine"]]),
        Server(
            "uring-spin", "Sockets, io_uring, spinning", .ours, .ours, [.pingPong: ["uring", "--spin", "100"]]),
        Server(
            "posix-threads", "Sockets, threads", .ours, .ours,
            [
                .echo: ["posix", "--calls", "blocking"],
                .sink: ["posix", "--calls", "blocking", "--mode", "sink", "--chunk", "CHUNK"],
                .source: ["posix", "--calls", "blocking", "--mode", "source", "--chunk", "CHUNK", "--gather", "8"],
                .datagrams: ["posix", "--calls", "blocking", "--mode", "batches"],
            ], mostConnections: 5000),
        Server(
            "c-epoll", "C, epoll", .c, .c("epoll"), [.echo: ["echo"], .datagrams: ["datagrams"]]),
        Server("c-uring", "C, io_uring", .c, .c("uring", libraries: ["liburing"], with: ["ring.c"]), plain),
        Server("c-threads", "C, threads", .c, .c("blocking"), plain, mostConnections: 5000),
        Server(
            "nio", "SwiftNIO handler", .nio, .nio, plain),
        Server("nio-async", "NIOAsyncChannel", .nio, .nio, [.echo: ["async"]]),
        Server("libuv", "libuv", .others, .c("uv", folder: "LibUV", libraries: ["libuv"]), [.echo: ["echo"]]),
        Server("tokio", "tokio", .others, .tokio, [.echo: []]),
        Server("go", "Go", .others, .go, [.echo: []], environment: ["GOMAXPROCS": "1"]),
    ]

    private static let plain: [Service: [String]] = [
        .echo: ["echo"], .sink: ["sink", "CHUNK"], .source: ["source", "CHUNK"], .datagrams: ["datagrams"],
    ]
}
