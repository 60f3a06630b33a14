internal import SocketModel

/// What a sequence may receive at once.
@usableFromInline enum SequenceSize {
    /// Zero would be no progress and no end.
    static func check(_ maximum: Int, _ operation: OperationName) throws(SocketError) {
        guard (1...(1 << 30)).contains(maximum) else {
            throw SocketError(
                .invalidArgument, operation, detail: "the maximum must be in 1...1073741824, not \(maximum)")
        }
    }

    /// The same, of a stream.
    @usableFromInline static func check<Stream: ByteStream>(
        _ maximum: Int, _ stream: Stream.Type
    ) throws(Stream.StreamFailure) {
        do throws(SocketError) { try check(maximum, .receive) } catch { throw Stream.failure(error) }
    }
}
