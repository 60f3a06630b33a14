#if Metrics
    import CoreMetrics
    import MetricsTestKit
    import Sockets
    import SocketsMetrics
    import TestSupport

    /// Metrics, and a way to read them.
    struct Measured {
        let factory = TestMetrics()
        let metrics: SocketMetrics

        init(dimensions: [(String, String)] = []) {
            metrics = SocketMetrics(factory: factory, dimensions: dimensions)
        }

        /// A network that is measured as the last of its wrappers.
        func network(_ backend: TestBackend, _ faults: FaultPlan = FaultPlan()) throws -> Network {
            try Network(backend.choice.injecting(faults).measured(by: metrics))
        }

        var sent: Int64 { factory.counterTotal(label: "sockets_sent_bytes") }
        var received: Int64 { factory.counterTotal(label: "sockets_received_bytes") }

        /// All counters of that label, by the values of their dimensions.
        func counts(_ label: String) -> [String: Int64] {
            var found: [String: Int64] = [:]
            for counter in factory.counters(label: "sockets_" + label) {
                found[counter.dimensions.map(\.1).joined(separator: " "), default: 0] += counter.totalValue
            }
            return found
        }

        /// How long connections were there, in nanoseconds.
        var durations: [Int64] { factory.timers(label: "sockets_server_connection_duration").flatMap(\.values) }

        var errors: [String: Int64] { counts("errors") }
        var open: Double? { factory.meters(label: "sockets_server_open_connections").first?.lastValue }
    }
#endif
