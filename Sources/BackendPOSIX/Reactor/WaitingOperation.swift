internal import SocketModel

/// A started operation that the kernel cannot carry out yet.
///
/// Sendable without check: its memory is lent to it until it completes, as ``OperationMemory`` explains.
@safe struct WaitingOperation: @unchecked Sendable {
    let operation: Operation
    let memory: OperationMemory
    let token: Token
    let sink: any CompletionSink
    var timers: (deadline: Timer?, retry: Timer?) = (nil, nil)

    func complete(_ completion: Completion) {
        var completion = completion
        completion.token = token
        sink.complete(completion)
    }
}

/// Operations of one direction, first come, first served. Nearly always one at most, which takes no memory of its own.
struct WaitingQueue {
    private(set) var first: WaitingOperation?
    private var others: [WaitingOperation] = []

    var isEmpty: Bool { first == nil }

    mutating func append(_ operation: WaitingOperation) {
        if first == nil { first = operation } else { others.append(operation) }
    }

    @inline(__always)
    mutating func removeFirst() -> WaitingOperation? {
        guard let found = first.take() else { return nil }
        if !others.isEmpty { first = others.removeFirst() }
        return found
    }

    /// Puts back what was removed first.
    @inline(__always)
    mutating func putBack(_ operation: WaitingOperation) {
        if let next = first.take() { others.insert(next, at: 0) }
        first = operation
    }

    mutating func remove(_ token: Token) -> WaitingOperation? {
        if first?.token == token { return removeFirst() }
        return others.firstIndex { $0.token == token }.map { others.remove(at: $0) }
    }

    mutating func setRetry(_ timer: Timer, for token: Token) {
        if first?.token == token { first?.timers.retry = timer }
        if let index = others.firstIndex(where: { $0.token == token }) { others[index].timers.retry = timer }
    }

    func contains(_ token: Token) -> Bool { first?.token == token || others.contains { $0.token == token } }
}
