internal import Locks

/// What a simulated host keeps on its disk: bytes by name, which outlive a crash once they are flushed.
public final class DurableStore: Sendable {
    private struct Contents {
        var written: [String: [UInt8]] = [:]
        var flushed: [String: [UInt8]] = [:]
    }

    private let contents = Lock(Contents())

    init() {}

    /// The bytes of a name as they were written last; nil for none. A write is lost in a crash unless ``flush()`` was called after it.
    public subscript(name: String) -> [UInt8]? {
        get { contents.withLock { $0.written[name] } }
        set { contents.withLock { $0.written[name] = newValue } }
    }

    /// The names, sorted.
    public var names: [String] { contents.withLock { $0.written.keys.sorted() } }

    /// Makes what was written outlive a crash: `fsync(2)`.
    public func flush() { contents.withLock { $0.flushed = $0.written } }

    func crash() { contents.withLock { $0.written = $0.flushed } }
}
