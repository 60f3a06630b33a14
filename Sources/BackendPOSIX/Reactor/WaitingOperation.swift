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

    /// A plain receive of at most so many bytes.
    @inline(__always)
    init(receiving maximum: Int, _ token: Token, _ sink: any CompletionSink) {
        unsafe memory = .lent(maximum: maximum)
        self.token = token
        self.sink = sink
        details = nil
    }

    @inline(__always) var isPlainReceive: Bool {
        if case .none = details { true } else { false }
    }

    var operation: Operation { details?.operation ?? Operation(.receive([])) }

    /// Whether it was attempted before it was started, as all are but polls, which may be started for many sockets at once.
    var wasAttempted: Bool {
        if case .poll = operation.action { false } else { true }
    }

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

    @inline(__always)
    func complete(_ chunk: consuming Chunk) { sink.receive(chunk, token: token) }
}

/// Operations of one direction, first come, first served.
struct WaitingQueue {
    private var operations: [WaitingOperation] = []

    var isEmpty: Bool { operations.isEmpty }
    var count: Int { operations.count }

    mutating func append(_ operation: WaitingOperation) { operations.append(operation) }

    mutating func removeFirst() -> WaitingOperation? { operations.isEmpty ? nil : operations.removeFirst() }

    /// Puts back what was removed first.
    mutating func putBack(_ operation: WaitingOperation) { operations.insert(operation, at: 0) }

    mutating func remove(_ token: Token) -> WaitingOperation? {
        operations.firstIndex { $0.token == token }.map { operations.remove(at: $0) }
    }

    /// Whether one of those before the operation of that token is such.
    func contains(before token: Token, where condition: (WaitingOperation) -> Bool) -> Bool {
        operations.prefix { $0.token != token }.contains(where: condition)
    }

    /// The operation of that token, which stays.
    subscript(token: Token) -> WaitingOperation? { operations.first { $0.token == token } }
}
