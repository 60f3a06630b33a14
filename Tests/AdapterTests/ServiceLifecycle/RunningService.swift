#if ServiceLifecycle
    import Logging
    import ServiceLifecycle
    import Sockets
    import SocketsServiceLifecycle
    import TestSupport

    /// A server that runs in a service group in a task of its own.
    struct RunningService {
        let network: Network
        let listener: Socket
        let probe = ServerProbe()
        let group: ServiceGroup
        let task: Task<Void, any Error>

        init(
            _ network: Network, _ options: ServerOptions = ServerOptions(), maximum: Duration? = nil,
            _ handler: @escaping @Sendable (Socket) async throws -> Void
        ) throws {
            let listener = try network.listen(at: .loopback4)
            let service = ServerService(options.reporting(to: probe.hook)) {
                listener
            } handler: {
                try await handler($0)
            }
            var configuration = ServiceGroupConfiguration(services: [service], logger: Logger(label: "test"))
            configuration.maximumGracefulShutdownDuration = maximum
            let group = ServiceGroup(configuration: configuration)
            self.network = network
            self.listener = listener
            self.group = group
            task = Task { try await group.run() }
        }

        func client() async throws -> Socket { try await connect(network, to: listener) }

        func clients(_ count: Int) async throws -> [Socket] { try await connections(count, network, to: listener) }
    }
#endif
