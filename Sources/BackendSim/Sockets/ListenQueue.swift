internal import SocketModel

/// The connections of a listener that nobody has accepted yet.
final class ListenQueue {
    private var established = Queue<TCPSocket>()
    /// Those whose handshake is under way, and how many had begun before.
    private var beginning: [ObjectIdentifier: (order: Int, socket: TCPSocket)] = [:]
    private var begun = 0
    var backlog: Int

    /// The most a backlog may be: `net.core.somaxconn`.
    static let largestBacklog = 4096

    init(backlog: Int32) { self.backlog = Self.held(backlog) }

    static func held(_ backlog: Int32) -> Int { backlog < 0 ? largestBacklog : min(Int(backlog), largestBacklog) }

    /// Whether no more may be established: as with the kernel, one more than the backlog are.
    var isFull: Bool { established.count > backlog }

    /// Whether no more handshakes may begin.
    var isOverrun: Bool { isFull || beginning.count > max(backlog, 1) }

    /// How many may be accepted.
    var count: Int { established.count }

    var isEmpty: Bool { established.isEmpty }

    func begin(_ socket: TCPSocket) {
        begun += 1
        beginning[ObjectIdentifier(socket)] = (begun, socket)
    }

    func forget(_ socket: TCPSocket) { beginning[ObjectIdentifier(socket)] = nil }

    func established(_ socket: TCPSocket) {
        forget(socket)
        established.append(socket)
    }

    func removeFirst() -> TCPSocket? { established.removeFirst() }

    /// The listener has ended: who was not accepted is reset, and who has only begun forgotten.
    func end() {
        let all = Array(established)
        established.removeAll()
        for socket in all { socket.abandon() }
        let unfinished = beginning.values.sorted { $0.order < $1.order }
        beginning = [:]
        for (_, socket) in unfinished { socket.forget() }
    }
}
