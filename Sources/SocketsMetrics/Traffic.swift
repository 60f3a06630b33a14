#if Metrics
    internal import Sockets

    /// How many bytes of payload an operation has moved, by one of its completions.
    struct Traffic: Equatable {
        var sent = 0
        var received = 0

        /// To be asked before the completion is handed on: until then the memory is the operation's.
        init(_ action: borrowing Operation.Action, _ memory: OperationMemory, _ outcome: borrowing Outcome) {
            switch (copy action, copy outcome) {
            case (.send, .count(let count)), (.sendMessage, .count(let count)), (.sendFile, .count(let count)):
                sent = count
            case (.sendBatch, .count(let messages)): sent = unsafe memory.runSizes.prefix(messages).reduce(0, +)
            case (.receive(let flags), let outcome) where flags.takesBytes:
                received = unsafe Self.bytes(outcome, memory)
            case (.receiveMessage(_, let flags), let outcome) where flags.takesBytes:
                received = unsafe Self.bytes(outcome, memory)
            case (.receiveBatch(_, let flags), .messages(let messages)) where flags.takesBytes:
                received = unsafe zip(messages, memory.runSizes).reduce(0) { $0 + min($1.0.count, $1.1) }
            default: break
            }
        }

        /// With `MSG_TRUNC` the system tells a message's whole length, which there was perhaps no memory for.
        private static func bytes(_ outcome: Outcome, _ memory: OperationMemory) -> Int {
            switch outcome {
            case .count(let count): unsafe min(count, memory.byteCount)
            case .lent(let chunk): chunk.count
            case .message(let message): unsafe message.lent?.count ?? min(message.count, memory.byteCount)
            default: 0
            }
        }
    }

    extension MessageFlags {
        /// Whether a receive with these flags takes bytes that a peer has sent, for good.
        fileprivate var takesBytes: Bool { isDisjoint(with: [.peek, .errorQueue]) }
    }

    extension OperationMemory {
        /// One for each message of a batch.
        fileprivate var runSizes: [Int] {
            switch unsafe self {
            case .one(let run): [run.count]
            case .several(let runs): unsafe runs.map(\.count)
            case .none, .lent: []
            }
        }
    }
#endif
