import Layers
import Measurement

// Each message read and written by this package and by ldns, NLnet Labs' library in C.
private let rounds = 1000

report(
    Samples.all.flatMap { name, message -> [Comparison] in
        guard let bytes = try? message.encoded() else { return [] }
        let ldns = LDNS(bytes)
        return [
            Comparison("read \(name)", operations: rounds, bound: 1) {
                var total = 0
                for _ in 0..<rounds { total &+= (try? DNSMessage(decoding: bytes))?.answers.count ?? -1 }
                return total
            } theirs: {
                var total = 0
                for _ in 0..<rounds { total &+= ldns.decode() }
                return total
            },
            Comparison("write \(name)", operations: rounds, bound: 1) {
                var total = 0
                for _ in 0..<rounds { total &+= (try? message.encoded())?.count ?? -1 }
                return total
            } theirs: {
                var total = 0
                for _ in 0..<rounds { total &+= ldns.encode() }
                return total
            },
        ]
    }, against: "ldns")
