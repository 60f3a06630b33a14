/// The path that a packet takes, which its host keeps for as long as packets are on their way: nobody counts references to it.
@safe struct Way {
    private let path: Unmanaged<Path>

    init(_ path: Path) { unsafe self.path = .passUnretained(path) }

    /// As ``Path/depart(_:)``.
    @inline(__always)
    func depart(_ packet: Packet) -> Int64? { unsafe path._withUnsafeGuaranteedRef { $0.depart(packet) } }

    /// A packet is at the path's end.
    @inline(__always)
    func arrive(_ packet: Packet) { unsafe path._withUnsafeGuaranteedRef { $0.arrive(packet) } }

    /// A packet has been dealt with.
    func recycle(_ packet: Packet) { unsafe path._withUnsafeGuaranteedRef { $0.world.fabric.recycle(packet) } }

    var from: SimulatedHost { unsafe path._withUnsafeGuaranteedRef { $0.from } }
    var to: SimulatedHost { unsafe path._withUnsafeGuaranteedRef { $0.to } }
}
