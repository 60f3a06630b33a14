internal import SocketModel
internal import Synchronization

/// How many bytes a relay has carried, seen from the stream that it was called on.
public struct RelayedBytes: Hashable, Sendable {
    /// From this stream to the other.
    public let sent: Int
    /// From the other to this.
    public let received: Int
}

extension ByteStream {
    /// Carries bytes both ways between this stream and another, until both have ended: what a proxy does once it knows where to go.
    ///
    /// ```swift
    /// try await network.listen(":8080").serve { client in
    ///     let server = try await network.connect(to: "server.internal", port: 80)
    ///     try await client.relay(with: server, idleLimit: .seconds(60))
    /// }
    /// ```
    ///
    /// The end of one stream is the end of what is sent on the other, which may go on sending: half-closed connections stay so. At most one chunk is on its
    /// way in each direction, so that who reads slowly slows down who sends. Neither stream is closed, unless a direction fails: then both are aborted, lest
    /// one peer take what the other has begun for the whole. A relay that is cancelled leaves them as they are, and so does the idle limit if no bytes are
    /// under way. The streams may be of different kinds, as one with TLS and one without.
    ///
    /// - Parameter idleLimit: How long it may take that a chunk, 64 KiB at most, is received or has been sent, whichever way; nil for no limit.
    /// - Returns: How many bytes were carried each way.
    /// - Throws: What the first of the two directions fails with, and the other is cancelled then: an error of either stream; or ``SocketError`` with
    ///   ``SocketError/Code/timedOut`` after the idle limit, and with ``SocketError/Code/invalidArgument`` for one that is not positive.
    @discardableResult
    public func relay(with other: some ByteStream, idleLimit: Duration? = nil) async throws -> RelayedBytes {
        if let idleLimit, idleLimit <= .zero {
            throw SocketError(.invalidArgument, .receive, detail: "an idle limit must be positive")
        }
        let activity = RelayActivity(on: network)
        do {
            return try await carryBothWays(other, idleLimit, activity)
        } catch {
            if !Task.isCancelled, activity.isAmidst {
                abort()
                other.abort()
            }
            throw error
        }
    }

    private func carryBothWays(
        _ other: some ByteStream, _ idleLimit: Duration?, _ activity: RelayActivity
    ) async throws -> RelayedBytes {
        return try await withThrowingTaskGroup(of: RelayPart.self) { group in
            group.addTask { .sent(try await carry(from: self, to: other, activity)) }
            group.addTask { .received(try await carry(from: other, to: self, activity)) }
            if let idleLimit { group.addTask { try await activity.watch(idleLimit) } }
            defer { group.cancelAll() }
            return try await total(&group)
        }
    }
}

/// What a task of a relay has come to.
private enum RelayPart {
    case sent(Int)
    case received(Int)
}

private func total(_ parts: inout ThrowingTaskGroup<RelayPart, any Error>) async throws -> RelayedBytes {
    var (sent, received) = (nil as Int?, nil as Int?)
    while sent == nil || received == nil, let part = try await parts.next() {
        switch part {
        case .sent(let count): sent = count
        case .received(let count): received = count
        }
    }
    return RelayedBytes(sent: sent ?? 0, received: received ?? 0)
}

/// One direction, until its source ends: how many bytes.
private func carry(from source: some ByteStream, to target: some ByteStream, _ activity: RelayActivity) async throws
    -> Int
{
    var count = 0
    while let chunk = try await source.receiveAwaiting(Socket.standardReceiveSize, deadline: .never) {
        activity.received()
        try await target.sendAwaiting(chunk, deadline: .never)
        activity.sent()
        count += chunk.count
    }
    try await finish(target)
    return count
}

/// A connection that is over both ways already has nothing to be told: if there is an error, the other direction has it.
private func finish<Stream: ByteStream>(_ stream: Stream) async throws {
    do {
        try await stream.finishAwaiting(deadline: .never)
    } catch {
        if (error as? any TransportError)?.socketError?.code != .notConnected { throw error }
    }
}

/// What is carried, and when something was last.
private final class RelayActivity: Sendable {
    private let network: Network
    private let last: Atomic<Int64>
    /// How many chunks were received and have not been sent.
    private let underWay = Atomic(0)
    private let hasIdled = Atomic(false)

    init(on network: Network) {
        self.network = network
        last = Atomic(network.now.nanoseconds)
    }

    func received() {
        underWay.wrappingAdd(1, ordering: .relaxed)
        note()
    }

    func sent() {
        underWay.wrappingSubtract(1, ordering: .relaxed)
        note()
    }

    /// Whether a relay that has failed has something unsaid: not if nothing has come for so long, and all that has was passed on.
    var isAmidst: Bool { !hasIdled.load(ordering: .acquiring) || underWay.load(ordering: .relaxed) > 0 }

    private func note() { last.store(network.now.nanoseconds, ordering: .relaxed) }

    /// Throws when nothing has been carried for so long.
    func watch(_ limit: Duration) async throws -> RelayPart {
        while true {
            let end = NetworkInstant(nanoseconds: last.load(ordering: .relaxed)).advanced(by: limit)
            if network.now >= end {
                hasIdled.store(true, ordering: .releasing)
                throw SocketError(.timedOut, .receive, detail: "neither side has moved anything for \(limit)")
            }
            try await network.sleep(until: end)
        }
    }
}
