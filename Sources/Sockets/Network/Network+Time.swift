public import SocketModel

extension Network {
    /// Whether this network's time, its randomness and the network itself are a simulation's.
    public var isSimulated: Bool { backend.isSimulated }

    /// The present, on this network's clock: real time on a kernel, virtual time in a simulation.
    public var now: NetworkInstant { backend.now }

    /// This network's randomness: the system's on a kernel, the seed's in a simulation.
    public var random: NetworkRandom { NetworkRandom(backend: backend) }
}

/// A network's random numbers. Not cheap, a system call each: seed a generator of your own for many.
public struct NetworkRandom: RandomNumberGenerator, Sendable {
    let backend: any Backend

    /// The next eight random bytes.
    public mutating func next() -> UInt64 {
        var value: UInt64 = 0
        unsafe withUnsafeMutableBytes(of: &value) { unsafe backend.fillRandom($0) }
        return value
    }
}
