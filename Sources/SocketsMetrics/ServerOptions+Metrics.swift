#if Metrics
    internal import Metrics
    public import Sockets

    extension ServerOptions {
        /// These options with a server's connections counted in `metrics`; who was told of its events before still is. What is counted,
        /// ``SocketMetrics`` says.
        public func measured(by metrics: SocketMetrics) -> ServerOptions { reporting { metrics.note($0) } }
    }

    extension SocketMetrics {
        fileprivate func note(_ event: ServerEvent) {
            switch event {
            case .accepted:
                accepted.increment()
                open.increment()
            case .ended(let connection): end(connection, .ended)
            case .failed(let connection, _): end(connection, .failed)
            case .cancelled(let connection): end(connection, .cancelled)
            case .acceptFailed(let error): refused.increment(error.code)
            case .paused(.connectionLimit): pauses.increment(.connectionLimit)
            case .paused(.exhausted(let error)):
                refused.increment(error.code)
                pauses.increment(.exhausted)
            case .resumed, .stopping: break
            }
        }

        private func end(_ connection: ServerConnection, _ outcome: Ending) {
            ended.increment(outcome)
            duration.recordNanoseconds(connection.age.saturatingNanoseconds)
            open.decrement()
        }
    }
#endif
