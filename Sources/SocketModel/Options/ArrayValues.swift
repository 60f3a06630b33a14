extension Array: SocketOptionValue where Element: SocketOptionElement {
    /// What the element says; options that know better say so themselves, see ``SocketOption/capacity``.
    public static var optionLength: Int { Element.defaultArrayLength }

    /// Reads records one after the other.
    ///
    /// - Throws: ``OptionValueError/Reason/malformed(_:)`` when the last one is cut short.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        guard bytes.count.isMultiple(of: Element.elementLength) else {
            throw OptionValueError(.malformed("a multiple of \(Element.elementLength) bytes, not \(bytes.count)"))
        }
        self = []
        reserveCapacity(bytes.count / Element.elementLength)
        for start in stride(from: 0, to: bytes.count, by: Element.elementLength) {
            append(try Element(elementBytes: bytes.slice(at: start, length: Element.elementLength)))
        }
    }

    /// The records one after the other.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        OptionBytes(flatMap { Swift.Array<UInt8>($0.elementBytes) })
    }
}

extension UInt8: SocketOptionElement {
    /// One.
    public static var elementLength: Int { 1 }
    /// 256, enough for the labels and headers that are read as plain bytes.
    public static var defaultArrayLength: Int { 256 }
    /// Reads one byte.
    public init(elementBytes bytes: OptionBytes) throws(OptionValueError) {
        self = try bytes.require(UInt8.self, at: 0)
    }
    /// One byte.
    public var elementBytes: OptionBytes { OptionBytes(integer: self) }
}

extension String: SocketOptionValue {
    /// 16, as `IFNAMSIZ` and `TCP_CA_NAME_MAX` are.
    public static var optionLength: Int { 16 }

    /// Reads UTF-8 up to the first NUL, or all of it.
    ///
    /// - Throws: ``OptionValueError/Reason/invalidUTF8`` when it is no UTF-8.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        guard let text = String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self) else {
            throw OptionValueError(.invalidUTF8)
        }
        self = text
    }

    /// The UTF-8 bytes and a NUL.
    ///
    /// - Throws: ``OptionValueError/Reason/containsNUL``. ``SocketOption/encode(_:)`` also checks the length.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        guard !utf8.contains(0) else { throw OptionValueError(.containsNUL) }
        return OptionBytes(Swift.Array(utf8) + [0])
    }
}

/// One instruction of a classic BPF program: `struct sock_filter`.
///
/// A filter's value is `[BPFInstruction]`, and its bytes are these records one after the other. The kernel wants
/// a `struct sock_fprog` (a count and a pointer to the records) instead: whoever makes the system call wraps the
/// bytes into one, because a pure value holds no pointers. ``AnySocketOption/isFilterProgram`` says when.
public struct BPFInstruction: SocketOptionElement, Codable, BitwiseCopyable {
    /// The operation: `code`.
    public let code: UInt16
    /// How many instructions to skip if the comparison holds: `jt`.
    public let jumpTrue: UInt8
    /// How many instructions to skip if it does not: `jf`.
    public let jumpFalse: UInt8
    /// The operand: `k`.
    public let operand: UInt32

    /// Makes an instruction from the four fields of `struct sock_filter`, in its order.
    public init(code: UInt16, jumpTrue: UInt8 = 0, jumpFalse: UInt8 = 0, operand: UInt32 = 0) {
        self.code = code
        self.jumpTrue = jumpTrue
        self.jumpFalse = jumpFalse
        self.operand = operand
    }

    /// Eight.
    public static var elementLength: Int { 8 }
    /// `BPF_MAXINSNS` (4096) instructions.
    public static var defaultArrayLength: Int { 4096 * 8 }

    /// Reads a `struct sock_filter`.
    public init(elementBytes bytes: OptionBytes) throws(OptionValueError) {
        self.init(
            code: try bytes.require(UInt16.self, at: 0), jumpTrue: try bytes.require(UInt8.self, at: 2),
            jumpFalse: try bytes.require(UInt8.self, at: 3), operand: try bytes.require(UInt32.self, at: 4))
    }

    /// A `struct sock_filter`.
    public var elementBytes: OptionBytes {
        var bytes = OptionBytes(zeros: Self.elementLength)
        bytes.store(code, at: 0)
        bytes.store(jumpTrue, at: 2)
        bytes.store(jumpFalse, at: 3)
        bytes.store(operand, at: 4)
        return bytes
    }
}
