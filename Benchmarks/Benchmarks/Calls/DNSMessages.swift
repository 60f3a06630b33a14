import Layers

/// Each message read and written, beside ldns, NLnet Labs' library in C.
func dnsMessages() -> [Pair] {
    let rounds = 100
    return MessageSamples.all.flatMap { name, message -> [Pair] in
        guard let bytes = try? message.encoded() else { return [] }
        let ldns = LDNS(bytes)
        return [
            Pair(name: "read \(name)", operations: rounds) {
                (0..<rounds).reduce(0) { total, _ in
                    total &+ ((try? DNSMessage(decoding: bytes))?.answers.count ?? -1)
                }
            } theirs: {
                (0..<rounds).reduce(0) { total, _ in total &+ ldns.decode() }
            },
            Pair(name: "write \(name)", operations: rounds) {
                (0..<rounds).reduce(0) { total, _ in total &+ ((try? message.encoded())?.count ?? -1) }
            } theirs: {
                (0..<rounds).reduce(0) { total, _ in total &+ ldns.encode() }
            },
        ]
    }
}
