internal import SocketModel

/// A look-up whose answer is under way.
final class PendingLookup: Event {
    private let query: NameQuery
    private unowned let kernel: HostKernel
    private let finish: (Failure?) -> Void
    /// Where its host has it.
    fileprivate var place = 0

    /// - Parameter finish: Called once, when its time has come, or with what has ended it before.
    init(_ query: NameQuery, _ kernel: HostKernel, _ finish: @escaping (Failure?) -> Void) {
        self.query = query
        self.kernel = kernel
        self.finish = finish
    }

    /// For people.
    var summary: String { "\(query.operation) \(query.subject.map { "\($0)" } ?? "") waits" }

    override consuming func occur() {
        kernel.lookups.remove(self)
        kernel.isResuming()
        finish(nil)
    }

    fileprivate func end(_ failure: Failure) {
        kernel.world.events.remove(self)
        finish(failure)
    }
}

/// The look-ups of a host that are under way.
struct PendingLookups {
    private(set) var all: [PendingLookup] = []

    mutating func insert(_ lookup: PendingLookup) {
        lookup.place = all.count
        all.append(lookup)
    }

    /// The last one takes its place.
    fileprivate mutating func remove(_ lookup: PendingLookup) {
        let last = all.removeLast()
        guard last !== lookup else { return }
        all[lookup.place] = last
        last.place = lookup.place
    }

    /// None of them will be answered.
    mutating func endAll(_ failure: Failure) {
        let ended = all
        all = []
        for lookup in ended { lookup.end(failure) }
    }
}
