internal import SocketModel

/// A started operation that the kernel cannot carry out yet.
///
/// Nearly all are plain receives, which nothing but bytes, the end or an error concerns: they take no memory beside this value.
///
/// Sendable without check: its memory is lent to it until it completes, as ``OperationMemory`` explains, and the details are touched on
/// the reactor's thread only, once it is there.
@safe struct WaitingOperation: @unchecked Sendable {
    let memory: OperationMemory
    let token: Token
    private let sink: any CompletionSink
    private let details: Details?

    private final class Details {
        let operation: Operation
        var timers: (deadline: Timer?, retry: Timer?) = (nil, nil)

        init(_ operation: Operation) { self.operation = operation }
    }

    @inline(__always)
    init(_ operation: Operation, _ memory: OperationMemory, _ token: Token, _ sink: any CompletionSink) {
        unsafe self.memory = memory
        self.token = token
        self.sink = sink
        if case .receive([]) = operation.action, operation.deadline == .distantFuture {
            details = nil
        } else {
            details = Details(operation)
        }
    }

    @inline(__always) var isPlainReceive: Bool {
        if case .none = details { true } else { false }
    }

    var operation: Operation { details?.operation ?? Operation(.receive([])) }

    /// The timers that end with it.
    var timers: (deadline: Timer?, retry: Timer?) {
        get { details?.timers ?? (nil, nil) }
        nonmutating set { details?.timers = newValue }
    }

    @inline(__always)
    func complete(_ completion: consuming Completion) {
        completion.token = token
        sink.complete(completion)
    }
}

/// Operations of one direction, first come, first served. Nearly always one at most, which takes no memory of its own.
struct WaitingQueue {
    private var first: WaitingOperation?
    private var others: [WaitingOperation] = []

    @inline(__always) var isEmpty: Bool {
        if case .none = first { true } else { false }
    }

    /// The memory of the first operation, if that is a plain receive.
    @inline(__always) var plainReceive: OperationMemory? {
        guard let first, first.isPlainReceive else { return nil }
        return unsafe first.memory
    }

    @inline(__always)
    mutating func append(_ operation: consuming WaitingOperation) {
        if isEmpty { first = operation } else { others.append(operation) }
    }

    @inline(__always)
    mutating func removeFirst() -> WaitingOperation? {
        guard let found = first.take() else { return nil }
        if !others.isEmpty { first = others.removeFirst() }
        return found
    }

    /// Puts back what was removed first.
    mutating func putBack(_ operation: WaitingOperation) {
        if let next = first.take() { others.insert(next, at: 0) }
        first = operation
    }

    mutating func remove(_ token: Token) -> WaitingOperation? {
        if first?.token == token { return removeFirst() }
        return others.firstIndex { $0.token == token }.map { others.remove(at: $0) }
    }

    /// The operation of that token, which stays.
    subscript(token: Token) -> WaitingOperation? {
        first?.token == token ? first : others.first { $0.token == token }
    }
}
