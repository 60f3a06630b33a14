/// Linux's `struct sockaddr`, in and out: pure, for backends that hand addresses to a kernel or a ring.
///
/// Neither direction allocates for IPv4 and IPv6, and encoding never does.
public enum SocketAddressCoding {
    /// The size of a buffer that every address fits, in bytes: `sizeof(struct sockaddr_storage)`.
    public static let capacity = 128

    /// Writes the address as the kernel reads it and returns its length in bytes, `addrlen`.
    ///
    /// - Parameters:
    ///   - zoneIndex: The index of the interface that a zone names, which the caller has looked up. Not used for any
    ///     other address: an ``Zone/index(_:)`` is written as it is.
    /// - Returns: nil, and nothing written, when the buffer is shorter than the address, which one of ``capacity``
    ///   bytes never is, or when the zone is a name and `zoneIndex` is 0.
    public static func encode(
        _ address: SocketAddress, zoneIndex: UInt32 = 0, into buffer: UnsafeMutableRawBufferPointer
    ) -> Int? {
        switch address {
        case .ipv4(let address, let port): return unsafe encode(address, port, buffer)
        case .ipv6(let address, let port, let flowInfo, let zone):
            guard let scope = scopeID(zone, zoneIndex) else { return nil }
            return unsafe encode(address, port, flowInfo, scope, buffer)
        case .unix(let address): return unsafe encode(address, buffer)
        case .other(let address): return unsafe encode(address.family, 0, address.bytes, 0, buffer)
        }
    }

    /// Reads the address that a kernel wrote; no bytes and no length make it trap or lose anything a kernel says.
    ///
    /// - Parameters:
    ///   - length: The length that the kernel returned. Where it is more than the buffer the rest is not there, as for a
    ///     UNIX path of 108 bytes, for which Linux counts the zero behind it.
    /// - Returns: ``SocketAddress/unspecified`` for a length below 2, which is how a kernel says that there is none; an
    ///   ``OpaqueAddress`` for an unknown family and for an IP address that is cut short.
    public static func decode(_ buffer: UnsafeRawBufferPointer, length: Int) -> SocketAddress {
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffer.prefix(min(max(0, length), capacity)))
        guard bytes.count >= 2 else { return .unspecified }
        let family = unsafe AddressFamily(rawValue: bytes.loadUnaligned(as: UInt16.self))
        switch family {
        case AddressFamily.ipv4 where bytes.count >= IPv4Layout.size: return unsafe decodeIPv4(bytes)
        case AddressFamily.ipv6 where bytes.count >= IPv6Layout.size: return unsafe decodeIPv6(bytes)
        case AddressFamily.unix: return unsafe .unix(decodeUNIX(bytes.dropFirst(2)))
        default: return unsafe .other(OpaqueAddress(family, Array(bytes.dropFirst(2))))
        }
    }
}

/// Offsets in `struct sockaddr_in`; the family is at 0, eight bytes of zeros end it.
private enum IPv4Layout {
    static let port = 2
    static let address = 4
    static let padding = 8
    static let size = 16
}

/// Offsets in `struct sockaddr_in6`; the family is at 0.
private enum IPv6Layout {
    static let port = 2
    static let flowInfo = 4
    static let address = 8
    static let scope = 24
    static let size = 28
}

extension SocketAddressCoding {
    private static func scopeID(_ zone: Zone?, _ resolved: UInt32) -> UInt32? {
        switch zone {
        case nil: 0
        case .index(let index): index
        case .name: resolved == 0 ? nil : resolved
        }
    }

    private static func encode(_ address: IPv4Address, _ port: UInt16, _ buffer: UnsafeMutableRawBufferPointer) -> Int?
    {
        guard buffer.count >= IPv4Layout.size else { return nil }
        unsafe buffer.storeBytes(of: AddressFamily.ipv4.rawValue, as: UInt16.self)
        unsafe buffer.storeBytes(of: port.bigEndian, toByteOffset: IPv4Layout.port, as: UInt16.self)
        unsafe buffer.storeBytes(of: address.rawValue.bigEndian, toByteOffset: IPv4Layout.address, as: UInt32.self)
        unsafe buffer.storeBytes(of: 0, toByteOffset: IPv4Layout.padding, as: UInt64.self)
        return IPv4Layout.size
    }

    private static func encode(
        _ address: IPv6Address, _ port: UInt16, _ flowInfo: UInt32, _ scope: UInt32,
        _ buffer: UnsafeMutableRawBufferPointer
    ) -> Int? {
        guard buffer.count >= IPv6Layout.size else { return nil }
        unsafe buffer.storeBytes(of: AddressFamily.ipv6.rawValue, as: UInt16.self)
        unsafe buffer.storeBytes(of: port.bigEndian, toByteOffset: IPv6Layout.port, as: UInt16.self)
        unsafe buffer.storeBytes(of: flowInfo.bigEndian, toByteOffset: IPv6Layout.flowInfo, as: UInt32.self)
        unsafe buffer.storeBytes(of: address.high.bigEndian, toByteOffset: IPv6Layout.address, as: UInt64.self)
        unsafe buffer.storeBytes(of: address.low.bigEndian, toByteOffset: IPv6Layout.address + 8, as: UInt64.self)
        unsafe buffer.storeBytes(of: scope, toByteOffset: IPv6Layout.scope, as: UInt32.self)
        return IPv6Layout.size
    }

    /// A path gets a zero behind it where there is room, as `bind(2)` asks of portable programs.
    private static func encode(_ address: UNIXAddress, _ buffer: UnsafeMutableRawBufferPointer) -> Int? {
        switch address.kind {
        case .unnamed: unsafe encode(AddressFamily.unix, 0, [], 0, buffer)
        case .path:
            unsafe encode(
                AddressFamily.unix, 0, address.bytes,
                address.bytes.count < UNIXAddress.maximumPathLength ? 1 : 0, buffer)
        case .abstract: unsafe encode(AddressFamily.unix, 1, address.bytes, 0, buffer)
        }
    }

    /// The family, and bytes with so many zeros before and behind them.
    private static func encode(
        _ family: AddressFamily, _ zerosBefore: Int, _ bytes: [UInt8], _ zerosBehind: Int,
        _ buffer: UnsafeMutableRawBufferPointer
    ) -> Int? {
        let start = 2 + zerosBefore
        let length = start + bytes.count + zerosBehind
        guard buffer.count >= length else { return nil }
        unsafe buffer.storeBytes(of: family.rawValue, as: UInt16.self)
        for index in 2..<start { unsafe buffer[index] = 0 }
        for index in bytes.indices { unsafe buffer[start + index] = bytes[index] }
        for index in length - zerosBehind..<length { unsafe buffer[index] = 0 }
        return length
    }

    private static func decodeIPv4(_ bytes: UnsafeRawBufferPointer) -> SocketAddress {
        let port = unsafe bytes.loadUnaligned(fromByteOffset: IPv4Layout.port, as: UInt16.self)
        let address = unsafe bytes.loadUnaligned(fromByteOffset: IPv4Layout.address, as: UInt32.self)
        return .ipv4(IPv4Address(rawValue: UInt32(bigEndian: address)), port: UInt16(bigEndian: port))
    }

    private static func decodeIPv6(_ bytes: UnsafeRawBufferPointer) -> SocketAddress {
        let port = unsafe bytes.loadUnaligned(fromByteOffset: IPv6Layout.port, as: UInt16.self)
        let flowInfo = unsafe bytes.loadUnaligned(fromByteOffset: IPv6Layout.flowInfo, as: UInt32.self)
        let high = unsafe bytes.loadUnaligned(fromByteOffset: IPv6Layout.address, as: UInt64.self)
        let low = unsafe bytes.loadUnaligned(fromByteOffset: IPv6Layout.address + 8, as: UInt64.self)
        let scope = unsafe bytes.loadUnaligned(fromByteOffset: IPv6Layout.scope, as: UInt32.self)
        return .ipv6(
            IPv6Address(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low)), port: UInt16(bigEndian: port),
            flowInfo: UInt32(bigEndian: flowInfo), zone: scope == 0 ? nil : .index(scope))
    }

    /// A name that begins with zero is abstract and goes to the end; a path goes to its first zero or to the end.
    private static func decodeUNIX(_ name: Slice<UnsafeRawBufferPointer>) -> UNIXAddress {
        guard let first = unsafe name.first else { return .unnamed }
        if first == 0 {
            return unsafe UNIXAddress(.abstract, Array(name.dropFirst().prefix(UNIXAddress.maximumAbstractLength)))
        }
        return unsafe UNIXAddress(.path, Array(name.prefix { $0 != 0 }.prefix(UNIXAddress.maximumPathLength)))
    }
}
