/// Why a value could not be turned into an option's bytes, or bytes into a value.
public struct OptionValueError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with the value.
    public enum Reason: Hashable, Sendable {
        /// The number does not fit; the bounds are inclusive, and a highest of `Int64.max` is no bound.
        case outOfRange(value: String, lowest: Int64, highest: Int64)
        /// There are more bytes than the option takes, not counting the NUL that ends a text.
        case tooLong(count: Int, limit: Int)
        /// There are fewer bytes than the value needs.
        case tooShort(count: Int, minimum: Int)
        /// A C string cannot hold a NUL character.
        case containsNUL
        /// The bytes are no UTF-8 text.
        case invalidUTF8
        /// The bytes hold something else; the text says what was expected.
        case malformed(String)
        /// The kernel has no way to read this option.
        case notReadable
        /// The kernel has no way to set this option.
        case notWritable
    }

    /// What is wrong.
    public let reason: Reason
    /// The C name of the option, or of the control message, when known.
    public let option: String?

    /// Makes an error; `option` is the C name of the option it is about.
    public init(_ reason: Reason, option: String? = nil) {
        self.reason = reason
        self.option = option
    }

    /// The same error, saying which option it is about unless it already does.
    func about(_ name: StaticString) -> OptionValueError {
        option == nil ? OptionValueError(reason, option: String(describing: name)) : self
    }

    /// A sentence for people: the option, what is wrong and the bounds.
    public var description: String { "\(option ?? "option value"): \(reason.explanation)" }
}

extension OptionValueError.Reason {
    fileprivate var explanation: String {
        switch self {
        case .outOfRange(let value, let lowest, .max): "\(value) is less than \(lowest)"
        case .outOfRange(let value, let lowest, let highest): "\(value) is outside \(lowest)...\(highest)"
        case .tooLong(let count, let limit): "\(count) bytes are too many, the limit is \(limit)"
        case .tooShort(let count, let minimum): "\(count) bytes are too few, at least \(minimum) are needed"
        case .containsNUL: "the text contains a NUL character"
        case .invalidUTF8: "the bytes are not UTF-8 text; read them as [UInt8]"
        case .malformed(let expectation): "expected \(expectation)"
        case .notReadable: "this option can only be set"
        case .notWritable: "this option can only be read"
        }
    }
}

extension OptionBytes {
    /// The integer at `offset`, or the error that says the bytes are too few.
    func require<Integer: FixedWidthInteger & BitwiseCopyable>(
        _ type: Integer.Type, at offset: Int
    ) throws(OptionValueError) -> Integer {
        guard let value = load(type, at: offset) else {
            throw OptionValueError(.tooShort(count: count, minimum: offset + MemoryLayout<Integer>.size))
        }
        return value
    }

    /// Refuses fewer than `minimum` bytes.
    func require(count minimum: Int) throws(OptionValueError) {
        guard count >= minimum else { throw OptionValueError(.tooShort(count: count, minimum: minimum)) }
    }
}

/// Narrows an integer, or says what its bounds are.
func narrow<Narrow: FixedWidthInteger>(
    _ value: some BinaryInteger, to type: Narrow.Type
) throws(OptionValueError) -> Narrow {
    guard let narrowed = Narrow(exactly: value) else {
        throw OptionValueError(
            .outOfRange(
                value: String(value), lowest: Int64(clamping: Narrow.min), highest: Int64(clamping: Narrow.max)))
    }
    return narrowed
}
