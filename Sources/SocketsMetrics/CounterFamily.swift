#if Metrics
    internal import Locks
    internal import Metrics

    /// Counters of one label that differ in their dimensions, each made when it is first needed: at most as many as there are keys.
    final class CounterFamily<Key: Hashable & Sendable>: Sendable {
        private let counters = Lock<[Key: Counter]>([:])
        private let make: @Sendable (Key) -> Counter

        init(_ make: @escaping @Sendable (Key) -> Counter) { self.make = make }

        /// Counts one more.
        func increment(_ key: Key) {
            let counter = counters.withLock { counters in
                if let found = counters[key] { return found }
                let new = make(key)
                counters[key] = new
                return new
            }
            counter.increment()
        }
    }

    /// Makes metrics that have some dimensions in common.
    struct MetricMaker: Sendable {
        let factory: any MetricsFactory
        let dimensions: [(String, String)]

        func counter(_ label: String) -> Counter { Counter(label: label, dimensions: dimensions, factory: factory) }

        func meter(_ label: String) -> Meter { Meter(label: label, dimensions: dimensions, factory: factory) }

        func timer(_ label: String) -> Timer {
            Timer(label: label, dimensions: dimensions, preferredDisplayUnit: .seconds, factory: factory)
        }

        func counters<Key>(
            _ label: String, _ own: @escaping @Sendable (Key) -> [(String, String)]
        ) -> CounterFamily<Key> {
            CounterFamily { Counter(label: label, dimensions: dimensions + own($0), factory: factory) }
        }
    }
#endif
