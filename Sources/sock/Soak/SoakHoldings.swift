import CSock
import Glibc
import Sockets

/// What the process holds between two phases, when every network is closed.
struct SoakHoldings: CustomStringConvertible {
    var descriptors: Int
    /// The library's own threads, and those that it started for the program.
    var threads: Int

    var description: String { "\(counted(descriptors, "descriptor")), \(counted(threads, "thread"))" }

    static var now: SoakHoldings {
        SoakHoldings(
            descriptors: Int(csock_count_descriptors()),
            threads: unsafe Int(csock_count_threads("sockets-") + csock_count_threads("soak")))
    }

    /// Bytes in use on the heap.
    static var heap: Int { Int(csock_heap_bytes()) }

    /// What is held once as little as `bound` allows is, which threads and descriptors of a network that was closed just now may take a
    /// while for: five seconds at most.
    static func settled(within bound: SoakHoldings) -> SoakHoldings {
        for _ in 0..<500 {
            let now = now
            if now.isWithin(bound) { return now }
            usleep(10_000)
        }
        return now
    }

    func isWithin(_ bound: SoakHoldings) -> Bool { descriptors <= bound.descriptors && threads <= bound.threads }
}
