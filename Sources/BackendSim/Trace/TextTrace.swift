extension Trace {
    /// A line an event, in aligned columns: the time in seconds, both ends, the protocol, TCP's control bits, numbers and lengths as
    /// `tcpdump` has them (sequence numbers count from the connection's beginning, windows are bytes), and what becomes of it.
    ///
    /// A packet has a line when it leaves and another when it arrives or is lost.
    public var text: String {
        var columns = TextColumns()
        columns.isRightAligned = [true]
        var conversations = Conversations()
        for event in events {
            switch event.what {
            case .packet(let packet, let fate):
                let words = PacketWords(packet, self, &conversations)
                columns.add(
                    seconds(event.time), words.from, "> \(words.to)", words.kind, words.head, words.rest, fate.words)
            case .happening(let happening):
                columns.add(seconds(event.time), happening.host.map(name) ?? "*", "* \(happening.words)")
            }
        }
        let head = forgottenCount > 0 ? "(\(forgottenCount) earlier events are forgotten)\n" : ""
        return head + columns.lines().map { "\($0)\n" }.joined()
    }
}

extension TraceEvent.Fate {
    var words: String {
        switch self {
        case .sent: "sent"
        case .delivered: "delivered"
        case .dropped(let reason): "dropped: \(reason)"
        }
    }
}
