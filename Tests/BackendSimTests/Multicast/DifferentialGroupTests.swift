import SocketModel
import Sockets
import Testing

/// Sequences of joins, leaves and filters, on the kernel and in a simulation: the same errors.
@Suite struct DifferentialGroupTests {
    typealias Step = @Sendable (Socket) throws -> Void

    static let group = IPv4Address(239, 1, 1, 1)
    static let lo = IPv4Address.loopback
    static let (one, two) = (IPv4Address(127, 0, 0, 2), IPv4Address(127, 0, 0, 3))
    static let group6 = IPv6Address(high: 0xff05 << 48, low: 0x1234)
    static let (one6, two6) = (IPv6Address(high: 0xfd00 << 48, low: 9), IPv6Address(high: 0xfd00 << 48, low: 7))

    private static func member(_ group: IPv4Address = group, _ address: IPv4Address = lo, _ index: Int32 = 0)
        -> IPv4Membership
    {
        IPv4Membership(group: group, interfaceAddress: address, interfaceIndex: index)
    }

    private static func source(_ source: IPv4Address) -> IPv4SourceMembership {
        IPv4SourceMembership(group: group, source: source, interfaceAddress: lo)
    }

    static let ipv4: [Step] = [
        { try $0.set(.ip.dropMembership, member()) }, { try $0.set(.ip.blockSource, source(one)) },
        { try $0.set(.ip.addMembership, member(one)) }, { try $0.set(.ip.addMembership, member(group, lo, 99)) },
        { try $0.set(.ip.addMembership, member(group, IPv4Address(9, 9, 9, 9))) },
        { try $0.set(.ip.addMembership, member()) }, { try $0.set(.ip.addMembership, member()) },
        { try $0.set(.ip.joinGroup, GroupRequest(group: group, interfaceIndex: 1)) },
        { try $0.set(.ip.unblockSource, source(one)) }, { try $0.set(.ip.blockSource, source(one)) },
        { try $0.set(.ip.blockSource, source(one)) }, { try $0.set(.ip.addSourceMembership, source(two)) },
        { try $0.set(.ip.unblockSource, source(one)) }, { try $0.set(.ip.unblockSource, source(one)) },
        { socket in for last in 1...12 { try socket.set(.ip.blockSource, source(IPv4Address(127, 0, 1, UInt8(last)))) }
        },
        { try $0.set(.ip.dropMembership, member()) }, { try $0.set(.ip.dropMembership, member()) },
        { try $0.set(.ip.addSourceMembership, source(one)) }, { try $0.set(.ip.addSourceMembership, source(one)) },
        { try $0.set(.ip.addSourceMembership, source(two)) }, { try $0.set(.ip.blockSource, source(two)) },
        { try $0.set(.ip.dropSourceMembership, source(one)) }, { try $0.set(.ip.dropSourceMembership, source(one)) },
        { try $0.set(.ip.dropSourceMembership, source(two)) }, { try $0.set(.ip.dropSourceMembership, source(two)) },
        { try $0.set(.ip.sourceFilter, filter(.include, [one])) }, { try $0.set(.ip.addMembership, member()) },
        { try $0.set(.ip.sourceFilter, filter(.include, [one])) },
        { try $0.set(.ip.sourceFilter, filter(.exclude, [IPv4Address](repeating: one, count: 11))) },
        { try $0.set(.ip.sourceFilter, filter(.include, [])) }, { try $0.set(.ip.dropMembership, member()) },
        { socket in
            for last in 1...21 { try socket.set(.ip.addMembership, member(IPv4Address(239, 0, 0, UInt8(last)))) }
        },
    ]

    private static func filter(_ mode: SourceFilterMode, _ sources: [IPv4Address]) -> IPv4SourceFilter {
        IPv4SourceFilter(group: group, interfaceAddress: lo, mode: mode, sources: sources)
    }

    private static func request(_ source: IPv6Address) -> SourceGroupRequest<IPv6Address> {
        SourceGroupRequest(group: group6, source: source, interfaceIndex: 1)
    }

    static let ipv6: [Step] = [
        { try $0.set(.ipv6.dropMembership, IPv6Membership(group: group6, interfaceIndex: 1)) },
        { try $0.set(.ipv6.addMembership, IPv6Membership(group: one6, interfaceIndex: 1)) },
        { try $0.set(.ipv6.addMembership, IPv6Membership(group: group6, interfaceIndex: 99)) },
        { try $0.set(.ipv6.addMembership, IPv6Membership(group: group6, interfaceIndex: 1)) },
        { try $0.set(.ipv6.joinGroup, GroupRequest(group: group6, interfaceIndex: 1)) },
        { try $0.set(.ipv6.blockGroupSource, request(one6)) }, { try $0.set(.ipv6.blockGroupSource, request(one6)) },
        { try $0.set(.ipv6.joinSourceGroup, request(two6)) }, { try $0.set(.ipv6.unblockGroupSource, request(one6)) },
        { try $0.set(.ipv6.unblockGroupSource, request(one6)) },
        { try $0.set(.ipv6.dropMembership, IPv6Membership(group: group6, interfaceIndex: 0)) },
        { try $0.set(.ipv6.leaveGroup, GroupRequest(group: group6, interfaceIndex: 1)) },
        { try $0.set(.ipv6.joinSourceGroup, request(one6)) }, { try $0.set(.ipv6.joinSourceGroup, request(one6)) },
        { try $0.set(.ipv6.blockGroupSource, request(two6)) }, { try $0.set(.ipv6.leaveSourceGroup, request(one6)) },
        { try $0.set(.ipv6.leaveSourceGroup, request(one6)) },
    ]

    @Test(arguments: [AddressFamily.ipv4, .ipv6]) func agreesWithTheKernel(_ family: AddressFamily) throws {
        let simulation = Simulation()
        let steps = family == .ipv4 ? Self.ipv4 : Self.ipv6
        let expected = try outcomes(try Network(.posix).socket(family, .datagram), steps)
        let found = try outcomes(try simulation.host("a").network.socket(family, .datagram), steps)
        for (number, (kernel, simulated)) in zip(expected, found).enumerated() {
            #expect(kernel == simulated, "step \(number)")
        }
    }

    private func outcomes(_ socket: Socket, _ steps: [Step]) throws -> [Errno?] {
        steps.map { step in
            do {
                try step(socket)
                return nil
            } catch {
                return (error as? SocketError)?.errno
            }
        }
    }
}
