// The C names, so that people who search for them land at what replaces them. A program that also imports the C
// library still calls the C functions by these names: what is unavailable never wins.

/// `htons(3)`: unavailable, use ``Swift/FixedWidthInteger/networkByteOrder``.
@available(*, unavailable, message: "use value.networkByteOrder; addresses and ports here need no conversion")
public func htons(_ value: UInt16) -> UInt16 { value.networkByteOrder }

/// `htonl(3)`: unavailable, use ``Swift/FixedWidthInteger/networkByteOrder``.
@available(*, unavailable, message: "use value.networkByteOrder; addresses and ports here need no conversion")
public func htonl(_ value: UInt32) -> UInt32 { value.networkByteOrder }

/// `ntohs(3)`: unavailable, use ``Swift/FixedWidthInteger/init(networkByteOrder:)``.
@available(*, unavailable, renamed: "UInt16.init(networkByteOrder:)")
public func ntohs(_ value: UInt16) -> UInt16 { UInt16(networkByteOrder: value) }

/// `ntohl(3)`: unavailable, use ``Swift/FixedWidthInteger/init(networkByteOrder:)``.
@available(*, unavailable, renamed: "UInt32.init(networkByteOrder:)")
public func ntohl(_ value: UInt32) -> UInt32 { UInt32(networkByteOrder: value) }

// swift-format-ignore: AlwaysUseLowerCamelCase
/// `inet_aton(3)`: unavailable, use ``IPv4Address/init(classic:)`` and ``IPv4Address/packed``.
@available(*, unavailable, renamed: "IPv4Address.init(classic:)")
public func inet_aton(_ text: String) throws(AddressError) -> IPv4Address { try IPv4Address(classic: text) }

// swift-format-ignore: AlwaysUseLowerCamelCase
/// `inet_addr(3)`: unavailable, use ``IPv4Address/init(classic:)``.
@available(*, unavailable, renamed: "IPv4Address.init(classic:)")
public func inet_addr(_ text: String) throws(AddressError) -> IPv4Address { try IPv4Address(classic: text) }

// swift-format-ignore: AlwaysUseLowerCamelCase
/// `inet_ntoa(3)`: unavailable, use ``IPv4Address/init(packed:)`` and ``IPv4Address/description``.
@available(*, unavailable, message: "use IPv4Address(packed: bytes).description")
public func inet_ntoa(_ packed: [UInt8]) throws(AddressError) -> String { try IPv4Address(packed: packed).description }

// swift-format-ignore: AlwaysUseLowerCamelCase
/// `inet_pton(3)`: unavailable, use ``IPAddress/init(parsing:family:)`` and ``IPAddress/packed``.
@available(*, unavailable, message: "use IPAddress(parsing: text, family: family).packed")
public func inet_pton(_ family: AddressFamily, _ text: String) throws(AddressError) -> [UInt8] {
    try IPAddress(parsing: text, family: family).packed
}

// swift-format-ignore: AlwaysUseLowerCamelCase
/// `inet_ntop(3)`: unavailable, use ``IPAddress/init(packed:family:)`` and ``IPAddress/description``.
@available(*, unavailable, message: "use IPAddress(packed: bytes, family: family).description")
public func inet_ntop(_ family: AddressFamily, _ packed: [UInt8]) throws(AddressError) -> String {
    try IPAddress(packed: packed, family: family).description
}
