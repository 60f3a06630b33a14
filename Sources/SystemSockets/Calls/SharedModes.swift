/// Who shares a blocking mode, and which one adopted descriptors came with.
///
/// `O_NONBLOCK` belongs to the conversation, not to the number: a duplicate shares it. So the mode is restored when the last of
/// the numbers that share it goes, and not while another one still relies on it.
struct SharedModes {
    private final class Conversation {
        let wasBlocking: Bool?
        var holders = 1

        init(wasBlocking: Bool?) { self.wasBlocking = wasBlocking }
    }

    private var conversations: [Int32: Conversation] = [:]

    mutating func adopt(_ descriptor: Int32, wasBlocking: Bool) {
        conversations[descriptor] = Conversation(wasBlocking: wasBlocking)
    }

    mutating func duplicate(_ descriptor: Int32, as copy: Int32) {
        let conversation = conversations[descriptor] ?? Conversation(wasBlocking: nil)
        conversation.holders += 1
        conversations[descriptor] = conversation
        conversations[copy] = conversation
    }

    /// Forgets the number. Says whether it was the last of those that share its mode, and which mode it was adopted with; nil when
    /// the conversation was made here.
    mutating func release(_ descriptor: Int32) -> (wasBlocking: Bool?, isLast: Bool) {
        guard let conversation = conversations.removeValue(forKey: descriptor) else { return (nil, true) }
        conversation.holders -= 1
        return (conversation.wasBlocking, conversation.holders == 0)
    }
}
