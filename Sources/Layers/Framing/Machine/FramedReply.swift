/// What is answered to a message: messages, in order, and whether the conversation is over then. An array literal is an answer.
public struct FramedReply<Message: Sendable>: Sendable, ExpressibleByArrayLiteral {
    /// What is sent.
    public let messages: [Message]
    /// Whether the connection is closed after that; what the peer has sent meanwhile is not read.
    public let closes: Bool

    /// These messages.
    @inlinable public init(_ messages: [Message], closes: Bool = false) {
        self.messages = messages
        self.closes = closes
    }

    /// These messages, and the conversation goes on.
    @inlinable public init(arrayLiteral messages: Message...) { self.init(messages) }

    /// These messages, if any, and the conversation is over.
    @inlinable public static func close(after messages: Message...) -> FramedReply {
        FramedReply(messages, closes: true)
    }
}
