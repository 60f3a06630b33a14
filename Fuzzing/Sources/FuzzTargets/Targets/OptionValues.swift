@testable import SocketModel

/// The values of all options, from bytes of any length, and back.
func fuzzOptionValues(_ bytes: [UInt8]) throws {
    var script = Script(bytes)
    let option = FuzzedOptions.all[Int(script.number(UInt16.self)) % FuzzedOptions.all.count]
    let payload = OptionBytes(script.all())
    try option.check(payload)
    _ = AnySocketOption.all.first { $0.cName == option.cName }?.describe(payload)
}

private enum FuzzedOptions {
    static let all: [any FuzzedOption] = {
        let groups: [any Sendable] = [
            SocketLevelOptions.shared, IPOptions.shared, IPv6Options.shared, TCPOptions.shared, UDPOptions.shared,
            UDPLiteOptions.shared, ICMPOptions.shared,
        ]
        return groups.flatMap { Mirror(reflecting: $0).children.compactMap { $0.value as? any FuzzedOption } }
    }()
}

private protocol FuzzedOption: Sendable {
    var cName: String { get }
    func check(_ bytes: OptionBytes) throws
}

extension SocketOption: FuzzedOption {
    /// What can be read and set is the same after setting and reading.
    fileprivate func check(_ bytes: OptionBytes) throws {
        guard let value = try? Value(optionBytes: bytes), let encoded = try? value.optionBytes() else { return }
        guard let again = try? Value(optionBytes: encoded) else {
            throw Finding("\(cName): \(value) cannot be read back from \(encoded)")
        }
        try demand(again, equals: value, "\(cName) read back from \(encoded)")
        guard access.isWritable, encoded.count <= capacity else { return }
        try demand(try encode(value), equals: encoded, "\(cName) encoded")
    }
}
