/// The bounds of what framings may be told.
enum FrameLimit {
    /// The most bytes of a frame's message: 1 GiB.
    static let largest = 1 << 30

    /// A limit within the bounds.
    static func clamped(_ limit: Int) -> Int { min(max(limit, 0), largest) }
}
