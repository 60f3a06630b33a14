internal import Locks

/// What a simulated host keeps on its disk: bytes by name, which outlive a crash once they are flushed.
///
/// It is the disk of the host that runs. A crash is a power cut: what programs still write after it, in a `defer` or where they catch the
/// crash, or after the simulation's end, goes nowhere.
public final class DurableStore: Sendable {
    private struct Contents {
        var written: [String: [UInt8]] = [:]
        var flushed: [String: [UInt8]] = [:]
        /// What it is part of, until that ends. No weak reference: all that then holds the world would take three times as long.
        var world: World?
    }

    private let contents: Lock<Contents>

    init(_ world: World) { contents = Lock(Contents(world: world)) }

    /// The simulation has ended: what is written from now on goes nowhere.
    func letGo() { contents.withLock { $0.world = nil } }

    /// The bytes of a name as they were written last; nil for none. A write is lost in a crash unless ``flush()`` was called after it.
    public subscript(name: String) -> [UInt8]? {
        get { contents.withLock { $0.written[name] } }
        set { change(name, newValue) { $0.written[name] = newValue } }
    }

    /// The names, sorted.
    public var names: [String] { contents.withLock { $0.written.keys.sorted() } }

    /// Makes what was written outlive a crash: `fsync(2)`.
    public func flush() { change("", nil) { $0.flushed = $0.written } }

    private func change(_ name: String, _ bytes: [UInt8]?, _ body: (inout Contents) -> Void) {
        guard let world = contents.withLock({ $0.world }), !world.isAfterCrash else { return }
        world.noteWrite(name, bytes)
        contents.withLock { body(&$0) }
    }

    func crash() { contents.withLock { $0.written = $0.flushed } }
}

extension World {
    /// Whether who runs belongs to a host that has crashed since.
    fileprivate var isAfterCrash: Bool {
        guard isInside else { return false }
        switch current {
        case .outside: return false
        case .job(let kernel): return kernel.isCrashed
        case .thread(let thread): return thread.kernel.isCrashed
        }
    }

    /// What is on a disk is part of what has happened.
    fileprivate func noteWrite(_ name: String, _ bytes: [UInt8]?) {
        _ = enter {
            hash.fold(name)
            unsafe bytes?.withUnsafeBytes { unsafe hash.fold($0) }
        }
    }
}
