/// The address of a UNIX socket: `struct sockaddr_un`.
///
/// Paths and abstract names are bytes, not text: Linux gives them no encoding. The text form escapes what is not
/// printable UTF-8 and loses nothing.
public struct UNIXAddress: Hashable, Sendable {
    /// The three kinds of UNIX addresses.
    public enum Kind: Hashable, Sendable, BitwiseCopyable {
        /// No name: a socket that was never bound, or one of a pair.
        case unnamed
        /// A name in the file system, which outlives the socket and is removed with `unlink(2)`.
        case path
        /// A name apart from the file system, gone when its last socket closes; Linux only.
        case abstract
    }

    /// Which of the three kinds this is.
    public let kind: Kind

    /// The bytes of the path or of the abstract name, without the zero that Linux puts behind the one and before the
    /// other; none for an unnamed address.
    public let bytes: [UInt8]

    /// The longest path in bytes, 108: all of `sun_path`, for which Linux does not ask for a terminating zero.
    ///
    /// Other systems and some programs do: keep to 107 bytes where they read the path.
    public static let maximumPathLength = 108

    /// The longest abstract name in bytes, 107: `sun_path` without the zero in front.
    public static let maximumAbstractLength = 107

    /// The address without a name. Bound to, Linux picks an abstract name of its own.
    public static let unnamed = UNIXAddress(.unnamed, [])

    init(_ kind: Kind, _ bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }

    /// The address of a path, taken as it is: nothing is escaped, a leading `@` is a file's name.
    ///
    /// Throws an ``AddressError`` of the kind ``AddressError/Kind/emptyPath``, ``AddressError/Kind/pathContainsNUL`` or,
    /// above 108 bytes of UTF-8, ``AddressError/Kind/pathTooLong``.
    public init(path: String) throws(AddressError) {
        try self.init(path: Array(path.utf8))
    }

    /// The address of a path that need not be UTF-8, without a terminating zero: 1...108 bytes other than zero.
    ///
    /// Throws an ``AddressError`` of the kind ``AddressError/Kind/emptyPath``, ``AddressError/Kind/pathContainsNUL`` or,
    /// above 108 bytes, ``AddressError/Kind/pathTooLong``.
    public init(path: [UInt8]) throws(AddressError) {
        if let fault = Self.pathFault(path) { throw fault.error(inBytes: path) }
        self.init(.path, path)
    }

    /// The abstract address with that name, taken as it is: no `@` and no zero in front, 0...107 bytes of UTF-8.
    ///
    /// Throws an ``AddressError`` of the kind ``AddressError/Kind/abstractNameTooLong``.
    public init(abstract name: String) throws(AddressError) {
        try self.init(abstract: Array(name.utf8))
    }

    /// The abstract address with that name of 0...107 bytes of any value, without the zero in front.
    ///
    /// Throws an ``AddressError`` of the kind ``AddressError/Kind/abstractNameTooLong``.
    public init(abstract name: [UInt8]) throws(AddressError) {
        guard name.count <= Self.maximumAbstractLength else {
            throw TextFault(.abstractNameTooLong, at: Self.maximumAbstractLength).error(inBytes: name)
        }
        self.init(.abstract, name)
    }

    static func pathFault(_ path: [UInt8]) -> TextFault? {
        if path.isEmpty { return TextFault(.emptyPath, at: 0) }
        if let zero = path.firstIndex(of: 0) { return TextFault(.pathContainsNUL, at: zero) }
        return path.count > maximumPathLength ? TextFault(.pathTooLong, at: maximumPathLength) : nil
    }

    /// The path as a string, nil unless this is a path and UTF-8.
    public var path: String? { kind == .path ? String(validating: bytes, as: UTF8.self) : nil }

    /// The abstract name as a string, nil unless this is an abstract name and UTF-8.
    public var abstractName: String? { kind == .abstract ? String(validating: bytes, as: UTF8.self) : nil }
}
