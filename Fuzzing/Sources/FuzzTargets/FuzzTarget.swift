/// A function that takes any bytes, and throws when what they lead to is wrong.
struct FuzzTarget: Sendable {
    /// The name of its corpus, and of its row in the table that `make fuzz` prints.
    let name: String
    let run: @Sendable ([UInt8]) throws -> Void

    init(_ name: String, _ run: @escaping @Sendable ([UInt8]) throws -> Void) {
        self.name = name
        self.run = run
    }

    static let all: [FuzzTarget] = [
        FuzzTarget("ipv4-text", fuzzIPv4Text),
        FuzzTarget("ipv6-text", fuzzIPv6Text),
        FuzzTarget("ip-address-text", fuzzIPAddressText),
        FuzzTarget("prefix-text", fuzzPrefixText),
        FuzzTarget("socket-address-text", fuzzSocketAddressText),
        FuzzTarget("host-port-text", fuzzHostPortText),
        FuzzTarget("unix-address", fuzzUNIXAddress),
        FuzzTarget("socket-address-bytes", fuzzSocketAddressBytes),
        FuzzTarget("control-messages", fuzzControlMessages),
        FuzzTarget("option-values", fuzzOptionValues),
        FuzzTarget("lines", fuzzLines),
        FuzzTarget("frames", fuzzFrames),
        FuzzTarget("openings", fuzzOpenings),
        FuzzTarget("dns-messages", fuzzDNSMessages),
        FuzzTarget("resolver-files", fuzzResolverFiles),
        FuzzTarget("tcp-segments", fuzzTCPSegments),
        FuzzTarget("tcp-parts", fuzzTCPParts),
        FuzzTarget("name-table", fuzzNameTable),
        FuzzTarget("captures", fuzzCaptures),
        FuzzTarget("simulated-calls", fuzzSimulatedCalls),
    ]
}
