internal import SocketModel

/// One question, asked of one server after another until one answers.
struct DNSExchange: Sendable {
    /// Whom the answer is for: a part of a look-up.
    struct Waiter: Sendable {
        let lookup: UInt64
        let part: Int
    }

    let question: DNSQuestion
    var waiters: [Waiter]
    /// Which server is asked first.
    let firstServer: Int
    /// How many servers have been asked, the same one again counted again.
    var step = 0

    /// The socket; nil while none is to be had.
    var channel: ResolverChannel?
    var deadline = NetworkInstant.distantFuture
    var id: UInt16 = 0
    /// The name as it was sent.
    var sentName: DNSName
    var usesExtensions: Bool
    /// What has come on a stream, not yet a message.
    var received: [UInt8] = []
    /// How many ports were taken.
    var portTries = 0
    /// Whether a server has said that it cannot answer.
    var hasServerFailed = false

    init(_ question: DNSQuestion, _ waiter: Waiter, firstServer: Int, usesExtensions: Bool) {
        self.question = question
        waiters = [waiter]
        self.firstServer = firstServer
        sentName = question.name
        self.usesExtensions = usesExtensions
    }

    /// The next whole message of a stream; nil as long as there is none.
    mutating func nextMessage() -> [UInt8]? {
        guard received.count >= 2 else { return nil }
        let count = Int(received[0]) << 8 | Int(received[1])
        guard received.count >= 2 + count else { return nil }
        defer { received.removeFirst(2 + count) }
        return Array(received[2..<2 + count])
    }
}

/// What an answer means to a question that is under way.
enum DNSVerdict {
    /// It is no answer to the question.
    case unexpected
    /// It is no message: the server's own, by its identifier or as nobody else can write into a stream, or perhaps somebody's else.
    case malformed(isServers: Bool)
    /// It is too long for a datagram.
    case truncated
    /// The server does not understand the extension of the header.
    case withoutExtensions
    /// The server cannot, or does not want to, answer.
    case failed
    case found(DNSFindingReader.Result)
}

extension DNSExchange {
    /// - Parameter comparesCase: Whether the answer must have the letters of the question as they were sent.
    func judge(_ bytes: Chunk, comparesCase: Bool, trustsAuthenticData: Bool) -> DNSVerdict {
        let isStream = channel?.transport == .stream
        let message: DNSMessage
        do throws(DNSDecodingError) {
            message = try DNSMessage(decodingAnswersOf: bytes)
        } catch {
            // A server may have cut it within a record.
            return !isStream && isCut(bytes) ? .truncated : .malformed(isServers: isStream || hasID(bytes))
        }
        guard message.id == id, message.isResponse, message.opcode == .query, isAnswer(message) else {
            return .unexpected
        }
        if comparesCase, !isStream, message.questions.first?.name.isIdentical(to: sentName) == false {
            return .truncated
        }
        if message.flags.contains(.truncated), !isStream { return .truncated }
        switch message.responseCode {
        case .noError, .nameError:
            let reader = DNSFindingReader(
                message: message, question: question, trustsAuthenticData: trustsAuthenticData)
            return message.isLame ? .failed : .found(reader.read())
        case .formatError, .notImplemented, .badVersion: return usesExtensions ? .withoutExtensions : .failed
        default: return .failed
        }
    }

    /// An answer repeats the question; one that tells of an error may leave it out.
    private func isAnswer(_ message: DNSMessage) -> Bool {
        if message.questions.isEmpty { return ![.noError, .nameError].contains(message.responseCode) }
        return message.questions == [question]
    }

    private func isCut(_ bytes: Chunk) -> Bool { hasID(bytes) && bytes[2] & 0x82 == 0x82 }

    private func hasID(_ bytes: Chunk) -> Bool {
        bytes.count >= 12 && UInt16(bytes[0]) << 8 | UInt16(bytes[1]) == id
    }
}

extension DNSMessage {
    /// Whether it is from a server that neither has the zone nor finds out for others.
    fileprivate var isLame: Bool {
        responseCode == .noError && answers.isEmpty && flags.isDisjoint(with: [.authoritative, .recursionAvailable])
            && !authorities.contains { $0.type == .soa }
    }
}
