/// The memory an operation reads or fills. It travels beside an ``Operation``, so that the operation stays pure data.
///
/// Whoever hands it over promises that it stays valid, and is not touched, until the operation's final completion. Sends only read
/// it, although the pointers are mutable: `iovec` makes no difference either.
///
/// Sendable without check: these are addresses, and the promise above is what makes using them from another thread sound.
@unsafe public enum OperationMemory: @unchecked Sendable {
    /// The operation moves no bytes.
    case none
    /// One run of bytes.
    case one(UnsafeMutableRawBufferPointer)
    /// Several runs: scattered or gathered in order, or, for a batch, one run a message.
    case several(UnsafeBufferPointer<UnsafeMutableRawBufferPointer>)
    /// The backend lends memory of its own for at most so many bytes, when there is something to receive and not before: the outcome
    /// is ``Outcome/lent(_:)``, or a message that holds the bytes. For plain receives and those of one message.
    case lent(maximum: Int)
}

extension OperationMemory {
    /// How many bytes its runs have; none where the backend lends them.
    public var byteCount: Int {
        switch unsafe self {
        case .one(let run): run.count
        case .several(let runs): unsafe runs.reduce(0) { $0 + $1.count }
        case .none, .lent: 0
        }
    }
}
