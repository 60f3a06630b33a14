// Conformances of the number-like types. The kernel answers a few integer options with one byte
// (`IP_MULTICAST_TTL` read into a short buffer, for one), so decoding takes whatever width comes.

extension OptionBytes {
    /// The C `int` at the start, also when the kernel answered with a single byte.
    func requireInt32() throws(OptionValueError) -> Int32 {
        if let value = load(Int32.self, at: 0) { return value }
        if let value = load(UInt16.self, at: 0) { return Int32(value) }
        if let value = load(UInt8.self, at: 0) { return Int32(value) }
        throw OptionValueError(.tooShort(count: 0, minimum: 1))
    }
}

extension Bool: SocketOptionValue {
    /// A C `int`: four.
    public static var optionLength: Int { 4 }

    /// Reads a C `int`, or the shorter integer the kernel sometimes answers with; anything but zero is true.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) { self = try bytes.requireInt32() != 0 }

    /// A C `int`, one or zero.
    public func optionBytes() throws(OptionValueError) -> OptionBytes { OptionBytes(integer: Int32(self ? 1 : 0)) }
}

extension Int: SocketOptionValue {
    /// A C `int`: four.
    public static var optionLength: Int { 4 }

    /// Reads a C `int`, or the shorter integer the kernel sometimes answers with.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) { self = Int(try bytes.requireInt32()) }

    /// A C `int`.
    ///
    /// - Throws: ``OptionValueError/Reason/outOfRange(value:lowest:highest:)`` when it does not fit 32 bits.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        OptionBytes(integer: try narrow(self, to: Int32.self))
    }
}

extension UInt32: SocketOptionValue, SocketOptionElement {
    /// Four.
    public static var optionLength: Int { 4 }
    /// Four.
    public static var elementLength: Int { 4 }
    /// Room for `NGROUPS_MAX` group numbers, the longest such list the kernel gives.
    public static var defaultArrayLength: Int { 65536 * 4 }

    /// Reads a C `unsigned int`, or the shorter integer the kernel sometimes answers with.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        self = UInt32(bitPattern: try bytes.requireInt32())
    }

    /// A C `unsigned int`.
    public func optionBytes() throws(OptionValueError) -> OptionBytes { OptionBytes(integer: self) }

    /// Reads a C `unsigned int`.
    public init(elementBytes bytes: OptionBytes) throws(OptionValueError) {
        self = try bytes.require(UInt32.self, at: 0)
    }
    /// A C `unsigned int`.
    public var elementBytes: OptionBytes { OptionBytes(integer: self) }
}

extension UInt64: SocketOptionValue {
    /// Eight.
    public static var optionLength: Int { 8 }

    /// Reads 64 bits, or the 32 that older kernels answer with.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        if let value = bytes.load(UInt64.self, at: 0) {
            self = value
        } else {
            self = UInt64(try bytes.require(UInt32.self, at: 0))
        }
    }

    /// 64 bits.
    public func optionBytes() throws(OptionValueError) -> OptionBytes { OptionBytes(integer: self) }
}

/// A type that is one C `int` for the kernel.
protocol Int32OptionValue: SocketOptionValue {
    init(optionInteger: Int32) throws(OptionValueError)
    var optionInteger: Int32 { get }
}

extension Int32OptionValue {
    /// A C `int`: four.
    public static var optionLength: Int { 4 }

    /// Reads a C `int`, or the shorter integer the kernel sometimes answers with.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        try self.init(optionInteger: try bytes.requireInt32())
    }

    /// A C `int`.
    public func optionBytes() throws(OptionValueError) -> OptionBytes { OptionBytes(integer: optionInteger) }
}

extension Int32OptionValue where Self: RawRepresentable, RawValue == Int32 {
    init(optionInteger: Int32) throws(OptionValueError) {
        guard let value = Self(rawValue: optionInteger) else {
            throw OptionValueError(.malformed("a known \(Self.self), not \(optionInteger)"))
        }
        self = value
    }
    var optionInteger: Int32 { rawValue }
}

extension SocketType: SocketOptionValue, Int32OptionValue {}
extension IPProtocol: SocketOptionValue, Int32OptionValue {}

extension AddressFamily: SocketOptionValue, Int32OptionValue {
    init(optionInteger: Int32) throws(OptionValueError) {
        self.init(rawValue: try narrow(optionInteger, to: UInt16.self))
    }
    var optionInteger: Int32 { Int32(rawValue) }
}

extension Optional: SocketOptionValue where Wrapped == Errno {
    /// A C `int`: four.
    public static var optionLength: Int { 4 }

    /// Reads an error number; zero, no error, is nil.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        let number = try bytes.requireInt32()
        self = number == 0 ? nil : Errno(rawValue: number)
    }

    /// The error number, zero for nil.
    public func optionBytes() throws(OptionValueError) -> OptionBytes { OptionBytes(integer: self?.rawValue ?? 0) }
}
