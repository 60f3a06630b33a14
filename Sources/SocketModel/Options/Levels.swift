// The levels the tables below name, for this module's own use: the public constants are part of `OptionLevel`.

extension OptionLevel {
    static let socketLevel = OptionLevel(rawValue: 1)
    static let ipLevel = OptionLevel(rawValue: 0)
    static let ipv6Level = OptionLevel(rawValue: 41)
    static let tcpLevel = OptionLevel(rawValue: 6)
    static let udpLevel = OptionLevel(rawValue: 17)
    static let udpLiteLevel = OptionLevel(rawValue: 136)
    static let rawLevel = OptionLevel(rawValue: 255)
    static let icmpv6Level = OptionLevel(rawValue: 58)
}

extension IPProtocol {
    static let udpLiteNumber = IPProtocol(rawValue: 136)
}
