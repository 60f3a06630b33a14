/// What the kernel reckons that a datagram takes of a receive buffer.
enum DatagramMemory {
    /// A packet's own bookkeeping, and what the end of its memory is for.
    private static let head = 256
    private static let tail = 320
    private static let smallestBlock = 576
    private static let largestBlock = 16384

    /// - Parameter inPiece: How many of its bytes were given to the kernel in one piece, which lie beside the headers; the others have
    ///   pages of their own.
    static func charge(_ count: Int, inPiece: Int, isIPv4: Bool) -> Int {
        let headers = isIPv4 ? 59 : 72
        let whole = inPiece + headers + tail
        let (size, beside) = whole <= largestBlock ? (whole, inPiece) : (smallestBlock, 0)
        return head + block(size) + count - beside
    }

    /// The kernel gives memory in powers of two, but for the smallest.
    private static func block(_ count: Int) -> Int {
        if count <= smallestBlock { return smallestBlock }
        var size = 1024
        while size < count { size *= 2 }
        return size
    }
}
