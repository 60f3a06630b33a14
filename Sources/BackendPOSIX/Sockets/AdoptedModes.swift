/// The blocking modes that adopted descriptors came with.
///
/// `O_NONBLOCK` belongs to the conversation, not to the number: a duplicate shares it. So the mode is restored when the last of
/// the numbers that share it is closed, and not while another one still relies on it.
struct AdoptedModes {
    private final class Conversation {
        let wasBlocking: Bool
        var holders = 1

        init(wasBlocking: Bool) { self.wasBlocking = wasBlocking }
    }

    private var conversations: [Int32: Conversation] = [:]

    mutating func adopt(_ descriptor: Int32, wasBlocking: Bool) {
        conversations[descriptor] = Conversation(wasBlocking: wasBlocking)
    }

    mutating func duplicate(_ descriptor: Int32, as copy: Int32) {
        guard let conversation = conversations[descriptor] else { return }
        conversation.holders += 1
        conversations[copy] = conversation
    }

    /// Forgets the number; nil when it was not adopted, nor a duplicate of one that was.
    mutating func release(_ descriptor: Int32) -> (wasBlocking: Bool, isLast: Bool)? {
        guard let conversation = conversations.removeValue(forKey: descriptor) else { return nil }
        conversation.holders -= 1
        return (conversation.wasBlocking, conversation.holders == 0)
    }
}
