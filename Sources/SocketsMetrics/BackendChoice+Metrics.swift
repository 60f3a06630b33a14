#if Metrics
    public import Sockets

    extension BackendChoice {
        /// This choice with the bytes and errors of all its sockets, blocking and awaited, counted in `metrics`. What is counted,
        /// ``SocketMetrics`` says.
        ///
        /// The first wrapper counts what the backend does, the last one what the program sees: `.posix.injecting(faults).measured(by:)`
        /// counts injected faults, too.
        public func measured(by metrics: SocketMetrics) -> BackendChoice {
            wrapped { MeasuringBackend($0, metrics) }
        }
    }
#endif
