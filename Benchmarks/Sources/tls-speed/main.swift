import CTLSBaseline
import SocketsTLS

/// Two machines, joined by memory.
struct Pair {
    let client: TLSMachine
    let server: TLSMachine
    let now = NetworkInstant(nanoseconds: 0)

    init(_ client: TLSContext, _ server: TLSContext) throws {
        self.client = try TLSMachine(client: client, name: "localhost")
        self.server = try TLSMachine(server: server)
    }

    /// Carries what one wants to send to the other, and counts what that has received; until nobody wants anything.
    func run() -> Int {
        var received = 0
        var isMoving = true
        while isMoving {
            let there = move(from: client, to: server, &received)
            let back = move(from: server, to: client, &received)
            isMoving = there || back
        }
        return received
    }

    private func move(from one: TLSMachine, to other: TLSMachine, _ received: inout Int) -> Bool {
        var hasMoved = false
        while true {
            switch one.poll(now: now) {
            case .send(let bytes): other.handle(.received(bytes), now: now)
            case .event(.received(let bytes)): received += bytes.count
            case .event: break
            default: return hasMoved
            }
            hasMoved = true
        }
    }
}

func handshakes(_ count: Int, _ client: TLSContext, _ server: TLSContext) throws -> Int64 {
    let clock = ContinuousClock()
    let taken = try clock.measure {
        for _ in 0..<count {
            let pair = try Pair(client, server)
            _ = pair.run()
            precondition(pair.client.handshake != nil)
        }
    }
    return Int64(taken / .nanoseconds(1))
}

func bulk(_ count: Int, block: Int, _ client: TLSContext, _ server: TLSContext) throws -> Int64 {
    let pair = try Pair(client, server)
    _ = pair.run()
    let bytes = [UInt8](repeating: 0, count: block)
    let clock = ContinuousClock()
    var received = 0
    let taken = try clock.measure {
        while received < count {
            var written = 0
            while written < block { written += try pair.client.write(bytes[written...]) }
            received += pair.run()
        }
    }
    return Int64(taken / .nanoseconds(1))
}

/// The quickest of both in turn: what slows one down for a while seldom slows all of its runs.
func best(_ rounds: Int, _ one: () throws -> Int64, _ other: () throws -> Int64) rethrows -> (Double, Double) {
    var found = (Int64.max, Int64.max)
    for _ in 0..<rounds { found = (min(found.0, try one()), min(found.1, try other())) }
    return (Double(found.0), Double(found.1))
}

var certificateText: UnsafePointer<CChar>?
var keyText: UnsafePointer<CChar>?
guard baseline_identity(&certificateText, &keyText) == 1, let certificate = certificateText, let key = keyText else {
    fatalError("OpenSSL makes no certificate")
}
let identity = TLSIdentity(chain: .pem(String(cString: certificate)), key: .pem(String(cString: key)))
let server = try TLSContext(.server(identity))
let client = try TLSContext(.client(trust: .issuers(identity.chain)))
print(TLSContext.library)

func line(_ what: String, _ mine: Double, _ plain: Double, _ unit: String) {
    let ratio = (mine / plain * 1000).rounded() / 1000
    print("\(what): \(Int(mine)) \(unit), in C \(Int(plain)), ratio \(ratio)")
}

let count = 1_000
let shaken = try best(5, { try handshakes(count, client, server) }, { baseline_handshakes(Int32(count)) })
line("handshakes", Double(count) / shaken.0 * 1e9, Double(count) / shaken.1 * 1e9, "a second")
for block in [512, 16_384, 65_536] {
    let total = min(256 << 20, block << 16)
    let moved = try best(5, { try bulk(total, block: block, client, server) }, { baseline_bulk(total, block) })
    let size = Double(total) / Double(1 << 20)
    line("blocks of \(block)", size / moved.0 * 1e9, size / moved.1 * 1e9, "MiB a second")
}
