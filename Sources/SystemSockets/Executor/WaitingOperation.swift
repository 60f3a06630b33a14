public import SocketModel

/// A started operation that the kernel cannot carry out yet.
///
/// Nearly all are plain receives, which nothing but bytes, the end or an error concerns: they take no memory beside this value.
///
/// Sendable without check: its memory is lent to it until it completes, as ``OperationMemory`` explains, and the details are touched on
/// the reactor's thread only, once it is there.
@safe public struct WaitingOperation: @unchecked Sendable {
    /// What it reads or fills.
    public let memory: OperationMemory
    /// Its starter's token.
    public let token: Token
    @usableFromInline let sink: any CompletionSink
    @usableFromInline let details: Details?

    @usableFromInline final class Details {
        let operation: Operation
        var timers: (deadline: Timer?, retry: Timer?) = (nil, nil)
        var hasWaited = false

        init(_ operation: Operation) { self.operation = operation }
    }

    /// An operation that a socket's owner has started.
    public init(_ operation: Operation, _ memory: OperationMemory, _ token: Token, _ sink: any CompletionSink) {
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
    @inlinable @inline(__always)
    public init(receiving maximum: Int, _ token: Token, _ sink: any CompletionSink) {
        unsafe memory = .lent(maximum: maximum)
        self.token = token
        self.sink = sink
        details = nil
    }

    /// Whether it is a receive without flags and deadline.
    @inlinable public var isPlainReceive: Bool {
        @inline(__always) get { if case .none = details { true } else { false } }
    }

    /// What is to be done; of a plain receive without the socket.
    public var operation: Operation { details?.operation ?? Operation(.receive([])) }

    /// Whether it was attempted before it was started, as all are but polls, which may be started for many sockets at once.
    public var wasAttempted: Bool {
        if case .poll = operation.action { false } else { true }
    }

    /// The timers that end with it.
    public var timers: (deadline: Timer?, retry: Timer?) {
        get { details?.timers ?? (nil, nil) }
        nonmutating set { details?.timers = newValue }
    }

    /// Whether the kernel has been waited for once already.
    public var hasWaited: Bool {
        get { details?.hasWaited ?? false }
        nonmutating set { details?.hasWaited = newValue }
    }

    /// Tells whoever has started it.
    @inlinable @inline(__always)
    public func complete(_ completion: consuming Completion) {
        completion.token = token
        sink.complete(completion)
    }

    /// Tells whoever has started it.
    @inlinable @inline(__always)
    public func complete(_ chunk: consuming Chunk) { sink.receive(chunk, token: token) }
}

/// Operations of one direction, first come, first served.
public struct WaitingQueue {
    @usableFromInline var operations: [WaitingOperation] = []

    /// An empty queue.
    public init() {}

    /// Whether nothing waits.
    @inlinable public var isEmpty: Bool { operations.isEmpty }
    /// How many wait.
    public var count: Int { operations.count }

    /// Lets one more wait, behind the others.
    public mutating func append(_ operation: WaitingOperation) { operations.append(operation) }

    /// What has waited longest, which stays.
    @inlinable public var first: WaitingOperation? { operations.first }

    /// What has waited longest.
    public mutating func removeFirst() -> WaitingOperation? { operations.isEmpty ? nil : operations.removeFirst() }

    /// Puts back what was removed first.
    public mutating func putBack(_ operation: WaitingOperation) { operations.insert(operation, at: 0) }

    /// The operation of that token, which waits no more.
    public mutating func remove(_ token: Token) -> WaitingOperation? {
        operations.firstIndex { $0.token == token }.map { operations.remove(at: $0) }
    }

    /// Whether one of those before the operation of that token is such.
    public func contains(before token: Token, where condition: (WaitingOperation) -> Bool) -> Bool {
        operations.prefix { $0.token != token }.contains(where: condition)
    }

    /// The operation of that token, which stays.
    public subscript(token: Token) -> WaitingOperation? { operations.first { $0.token == token } }
}

extension Operation.Action {
    /// The one peer it may have to wait for; nil if it may be several.
    public var peer: SocketAddress? {
        switch self {
        case .connect(let address): address
        case .sendMessage(let address, _, _): address
        default: nil
        }
    }

    /// Whether it may have to wait for a UNIX peer's queue, which the kernel does not report.
    public var waitsForUNIXPeer: Bool {
        switch self {
        case .connect(let address): address.family == .unix
        case .sendMessage(let address, _, _): address?.family == .unix
        case .sendBatch(let headers, _): headers.contains { $0.address?.family == .unix }
        default: false
        }
    }
}
