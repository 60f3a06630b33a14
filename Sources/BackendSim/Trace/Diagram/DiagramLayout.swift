/// Where things are in a sequence diagram: a column a host, in the order they appear, and a row an event, evenly, whatever time passes.
struct DiagramLayout {
    static let top = 64
    static let row = 22
    static let margin = 110
    /// Wide enough for a label between two hosts.
    private static let lane = 330

    /// The hosts that have a column, by number.
    let hosts: [Int]
    private var columns: [Int: Int] = [:]
    let rows: Int

    init(_ events: ArraySlice<TraceEvent>) {
        var hosts: [Int] = []
        for event in events {
            for host in event.hosts where columns[host] == nil {
                columns[host] = hosts.count
                hosts.append(host)
            }
        }
        self.hosts = hosts
        rows = events.count
    }

    /// The lifeline of a host.
    func x(_ host: Int) -> Int { Self.margin + 60 + (columns[host] ?? 0) * Self.lane }

    /// The middle of a row.
    func y(_ row: Int) -> Int { Self.top + Self.row + row * Self.row }

    var width: Int { Self.margin + 60 + max(hosts.count - 1, 0) * Self.lane + 190 }
    var bottom: Int { y(rows) }
}

extension TraceEvent {
    fileprivate var hosts: [Int] {
        switch what {
        case .packet(let packet, _): [packet.from, packet.to]
        case .happening(let happening): happening.host.map { [$0] } ?? []
        }
    }
}
