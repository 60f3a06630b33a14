extension AddressError.Kind {
    /// What is wrong, naming the word that offends.
    func problem(_ offender: String) -> String {
        switch self {
        case .empty: "nothing to read"
        case .unexpectedByte: "unexpected \(offender)"
        case .trailingBytes: "unexpected \(offender) after the end of the address"
        case .octetOutOfRange: "\(offender) is out of range"
        case .leadingZero: "\(offender) has a leading zero"
        case .missingOctet: "an IPv4 address ends too early, or a part of it is empty,"
        case .tooManyOctets: "an IPv4 address has more than four parts"
        case .groupTooLong: "group \(offender) is longer than four digits"
        case .missingGroup: "an IPv6 address ends too early"
        case .tooManyGroups: "an IPv6 address has more than eight groups"
        case .secondCompression: "a second ::"
        case .invalidZone: "no zone can be written as \(offender)"
        case .interfaceNameTooLong: "an interface name is longer than 15 bytes"
        case .unexpectedZone: "there can be no zone"
        case .missingPort: "there is no port"
        case .invalidPort: "\(offender) is no port"
        case .portOutOfRange: "port \(offender) is out of range 0...65535"
        case .invalidFlowInfo: "\(offender) is no flow information"
        case .unbracketedIPv6: "an IPv6 address without brackets"
        case .unclosedBracket: "a [ without its ]"
        case .hostTooLong: "a host name is longer than 255 bytes"
        case .missingPrefixLength: "there is no prefix length"
        case .prefixLengthOutOfRange: "prefix length \(offender) is out of range"
        case .hostBitsSet: "bits are set beyond the prefix length"
        case .emptyPath: "an empty path"
        case .pathContainsNUL: "a zero byte"
        case .pathTooLong: "a UNIX path is longer than 108 bytes"
        case .abstractNameTooLong: "an abstract UNIX name is longer than 107 bytes"
        case .invalidEscape: "an unknown escape"
        case .opaqueAddressTooLong: "an opaque address is longer than 126 bytes"
        case .invalidHexadecimal: "\(offender) is no pair of hexadecimal digits"
        case .invalidFamily: "\(offender) is no address family"
        case .unsupportedFamily: "the address family is neither IPv4 nor IPv6"
        case .packedLength: "the packed address has the wrong length"
        }
    }

    /// What to write instead.
    var advice: String {
        switch self {
        case .empty: "write an address"
        case .unexpectedByte, .trailingBytes: "remove it; only the address may stand here"
        case .octetOutOfRange, .missingOctet, .tooManyOctets:
            "write four decimal numbers 0...255, such as 192.0.2.1"
        case .leadingZero: "write the number without it, other programs would read it as octal"
        case .groupTooLong, .missingGroup, .tooManyGroups:
            "write eight groups of one to four hexadecimal digits, or :: for the zero groups"
        case .secondCompression: "only one run of zero groups can be written as ::"
        case .invalidZone, .interfaceNameTooLong:
            "write the interface's index, or its name of 1...15 bytes without white space, '/' and ':'"
        case .unexpectedZone: "remove % and what follows it; only a single IPv6 address can have a zone"
        case .missingPort: "add one, as in example.org:80 or [::1]:80"
        case .invalidPort, .portOutOfRange:
            "write a number 0...65535, or the name of a service where one can be looked up"
        case .invalidFlowInfo: "write a decimal number 0...4294967295, as in [::1]:80?flow=5"
        case .unbracketedIPv6, .unclosedBracket: "write the address in brackets, as in [::1]:80"
        case .hostTooLong: "use a shorter name"
        case .missingPrefixLength: "write the number of leading bits, as in 10.0.0.0/8"
        case .prefixLengthOutOfRange: "it is 0...32 for IPv4 and 0...128 for IPv6"
        case .hostBitsSet: "clear them, or make the prefix from an address and a length, which does"
        case .emptyPath: "name a file, or use an unnamed address"
        case .pathContainsNUL: "a path ends at its first zero byte; only abstract names can hold one"
        case .pathTooLong, .abstractNameTooLong:
            "use a shorter one, for example relative to the working directory"
        case .invalidEscape: "write \\\\ for a backslash, \\@ for a leading @, or \\xNN for any byte"
        case .opaqueAddressTooLong: "no socket address of Linux is longer"
        case .invalidHexadecimal: "write two digits for each byte, as in family(29):0a0b"
        case .invalidFamily: "write family(N) with a number 0...65535"
        case .unsupportedFamily: "use IPv4 or IPv6"
        case .packedLength: "IPv4 takes 4 bytes, IPv6 takes 16"
        }
    }
}
