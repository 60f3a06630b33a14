import CBaseline
import Sockets

/// A send and a receive over a socket pair; both sides use one buffer of the caller's.
enum Transfer {
    private static let operations = 400

    static func pair(_ size: Int) -> Pair {
        let (first, second) = connected()
        let bare = detached()
        var baseline = [UInt8](repeating: 7, count: size)
        var memory = baseline
        return Pair(name: "send and receive \(size) B", operations: operations) {
            var total = 0
            for _ in 0..<operations {
                total &+= (try? first.send(memory)) ?? 0
                total &+= (try? second.receive(into: &memory)) ?? 0
            }
            return total
        } theirs: {
            baseline_pairs(bare.0, bare.1, &baseline, UInt(size), operations)
        }
    }

    /// What is received in memory of its own instead: what that allocates.
    static var receiveToChunk: Pair {
        let (first, second) = connected()
        let bare = detached()
        var baseline = [UInt8](repeating: 7, count: 64)
        let memory = baseline
        return Pair(name: "send and receive to a chunk 64 B", operations: operations) {
            var total = 0
            for _ in 0..<operations {
                total &+= (try? first.send(memory)) ?? 0
                total &+= (try? second.receive(1024))??.count ?? 0
            }
            return total
        } theirs: {
            baseline_pairs(bare.0, bare.1, &baseline, 64, operations)
        }
    }

    private static func connected() -> (Socket, Socket) {
        do {
            return try Network(.posix).socketPair()
        } catch {
            fatalError("no socket pair: \(error)")
        }
    }

    private static func detached() -> (Int32, Int32) {
        do {
            let (first, second) = connected()
            return (try first.detach(), try second.detach())
        } catch {
            fatalError("no descriptors: \(error)")
        }
    }
}
