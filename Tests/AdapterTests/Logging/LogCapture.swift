#if Logging
    import Locks
    import Logging

    /// What was logged.
    final class LogCapture: Sendable {
        struct Entry: Equatable {
            let level: Logger.Level
            let message: String
            let metadata: [String: String]
        }

        private let state = Lock<[Entry]>([])

        var entries: [Entry] { state.withLock { $0 } }

        /// The only entry with that message; nil when there is none, or another.
        func only(_ message: String) -> Entry? {
            let found = entries.filter { $0.message == message }
            return found.count == 1 ? found[0] : nil
        }

        func logger(_ level: Logger.Level = .trace) -> Logger {
            var logger = Logger(label: "test") { _ in Handler(capture: self) }
            logger.logLevel = level
            return logger
        }

        private struct Handler: LogHandler {
            let capture: LogCapture
            var logLevel = Logger.Level.trace
            var metadata: Logger.Metadata = [:]
            var metadataProvider: Logger.MetadataProvider?

            subscript(metadataKey key: String) -> Logger.Metadata.Value? {
                get { metadata[key] }
                set { metadata[key] = newValue }
            }

            func log(event: LogEvent) {
                let metadata = (event.metadata ?? [:]).mapValues { "\($0)" }
                let entry = Entry(level: event.level, message: "\(event.message)", metadata: metadata)
                capture.state.withLock { $0.append(entry) }
            }
        }
    }
#endif
