internal import SocketModel

/// The UNIX sockets of a host that have abstract names, and the sockets that travel with messages.
struct UNIXNames {
    /// As with the kernel: sockets of different types may have the same abstract name.
    private struct Key: Hashable {
        let name: [UInt8]
        let type: SocketType
    }

    private var sockets: [Key: UNIXSocket] = [:]
    private var random: RandomStream
    /// Sockets under way, one entry for each message they travel with.
    var inFlight: [SimulatedSocket] = []
    /// Whether those that nobody can receive are being closed.
    var isCollecting = false

    init(_ random: RandomStream) { self.random = random }

    subscript(name: [UInt8], type: SocketType) -> UNIXSocket? {
        get { sockets[Key(name: name, type: type)] }
        set { sockets[Key(name: name, type: type)] = newValue }
    }

    /// An abstract name that no socket of that type has, five hexadecimal digits, as Linux makes them; nil when all are taken.
    mutating func vacantName(_ type: SocketType) -> UNIXAddress? {
        let count: UInt64 = 0x10_0000
        let start = random.below(count)
        for step in 0..<count {
            let text = String((start + step) % count + count, radix: 16).dropFirst()
            if self[Array(text.utf8), type] == nil { return try? UNIXAddress(abstract: String(text)) }
        }
        return nil
    }

    /// The host has crashed.
    mutating func removeAll() {
        sockets = [:]
        inFlight = []
    }
}
