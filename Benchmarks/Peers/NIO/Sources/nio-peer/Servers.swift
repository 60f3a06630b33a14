import NIOCore
import NIOPosix

/// SwiftNIO's servers on one event loop.
struct Servers {
    let group: any EventLoopGroup
    let host: String
    let port: Int

    private var bootstrap: ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
    }

    /// A handler for each connection.
    func serve(_ handler: @escaping @Sendable () -> any ChannelHandler) async throws {
        let server = try await bootstrap.childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(handler()) }
        }.bind(host: host, port: port).get()
        try await server.closeFuture.get()
    }

    /// A task for each connection, with an NIOAsyncChannel.
    func echoAsync() async throws {
        let server = try await bootstrap.bind(host: host, port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        try await withThrowingDiscardingTaskGroup { tasks in
            try await server.executeThenClose { clients in
                for try await client in clients {
                    tasks.addTask {
                        try? await client.executeThenClose { inbound, outbound in
                            for try await message in inbound { try await outbound.write(message) }
                        }
                    }
                }
            }
        }
    }

    /// Up to 32 datagrams at once, both ways.
    func echoDatagrams() async throws {
        let channel = try await DatagramBootstrap(group: group)
            .channelOption(.socketOption(.so_reuseaddr), value: 1)
            .channelOption(.datagramVectorReadMessageCount, value: 32)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 32 * 2048))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(DatagramEcho()) }
            }
            .bind(host: host, port: port).get()
        try await channel.closeFuture.get()
    }
}
