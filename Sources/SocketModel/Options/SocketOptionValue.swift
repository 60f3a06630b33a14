/// A Swift type whose values a socket option takes or gives, and its exact bytes.
///
/// `init(optionBytes:)` and `optionBytes()` are total: any bytes of any length give a value or a thrown error, never a
/// trap. Conform your own type to use options this package has no member for.
public protocol SocketOptionValue: Hashable, Sendable {
    /// How many bytes to offer to `getsockopt(2)`; the kernel may answer with fewer.
    static var optionLength: Int { get }

    /// Reads the kernel's bytes.
    ///
    /// - Throws: ``OptionValueError`` when there are too few of them or they mean nothing.
    init(optionBytes bytes: OptionBytes) throws(OptionValueError)

    /// The bytes for `setsockopt(2)`.
    ///
    /// - Throws: ``OptionValueError`` when the value does not fit.
    func optionBytes() throws(OptionValueError) -> OptionBytes
}

/// A fixed-size record, so that an array of them is an option's value: `UInt8`, `UInt32`, ``BPFInstruction`` and
/// ``TCPRepairOption``.
public protocol SocketOptionElement: Hashable, Sendable {
    /// The record's size in bytes, greater than zero.
    static var elementLength: Int { get }
    /// How many bytes to offer to `getsockopt(2)` for an array of them, when the option does not say.
    static var defaultArrayLength: Int { get }
    /// Reads the record from exactly ``elementLength`` bytes.
    init(elementBytes bytes: OptionBytes) throws(OptionValueError)
    /// The record's ``elementLength`` bytes.
    var elementBytes: OptionBytes { get }
}
