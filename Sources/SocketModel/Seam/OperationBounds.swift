/// How much an operation may ask for, whoever carries it out.
package enum OperationBounds {
    /// The most control bytes one message may have: more than any kernel lets through (`net.core.optmem_max`).
    private static let control = 1 << 20
    /// The most an option may be asked to hold: far beyond the longest the kernel knows.
    private static let option = 1 << 20
    /// The most messages one call moves: the kernel's `UIO_MAXIOV`; what is beyond waits for the next call.
    package static let batch = 1024

    /// Refuses a capacity for control messages that is out of bounds.
    package static func checkControl(_ capacity: Int) throws(Failure) {
        guard (0...control).contains(capacity) else {
            throw Failure(
                .invalidArgument,
                detail: "the capacity for control messages must be in 0...\(control), not \(capacity)")
        }
    }

    /// Refuses an option's length that is out of bounds.
    package static func checkOption(length: Int) throws(Failure) {
        guard (0...option).contains(length) else {
            throw Failure(.invalidArgument, detail: "an option's length must be in 0...\(option), not \(length)")
        }
    }
}
