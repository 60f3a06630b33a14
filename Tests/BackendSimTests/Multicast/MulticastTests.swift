import SocketModel
import Sockets
import Testing

@Suite struct MulticastTests {
    let simulation = Simulation(seed: 3)
    let group = IPv4Address(239, 1, 2, 3)
    let group6 = IPv6Address(high: 0xff05 << 48, low: 7)

    private func socket(_ host: String, _ family: AddressFamily = .ipv4, port: UInt16 = 0) throws -> Socket {
        let socket = try simulation.host(host).network.socket(family, .datagram)
        try socket.set(.socket.reuseAddress, true)
        try socket.bind(to: family == .ipv4 ? .ipv4(IPv4Address(0, 0, 0, 0), port: port) : .ipv6(.any, port: port))
        return socket
    }

    private func received(_ socket: Socket) throws -> Chunk? {
        do { return try socket.receive(flags: [.doNotWait]) } catch {
            #expect(error.code == .wouldBlock)
            return nil
        }
    }

    private func settle() throws { try simulation.run(for: .milliseconds(10)) }

    @Test func onlyMembersHear() throws {
        let (member, stranger) = (try socket("b", port: 5000), try socket("c", port: 5000))
        try member.set(.ip.addMembership, IPv4Membership(group: group))
        let sender = try socket("a")
        try sender.send("hi", to: .ipv4(group, port: 5000))
        try settle()
        #expect(try received(member) == Chunk("hi"))
        #expect(try received(stranger) == nil)
        try member.set(.ip.dropMembership, IPv4Membership(group: group))
        try sender.send("gone", to: .ipv4(group, port: 5000))
        try settle()
        #expect(try received(member) == nil)
    }

    @Test func senderHearsItselfUnlessLoopIsOff() throws {
        let own = try socket("a", port: 5000)
        try own.set(.ip.addMembership, IPv4Membership(group: group))
        for loops in [true, false] {
            try own.set(.ip.multicastLoop, loops)
            try own.send("me", to: .ipv4(group, port: 5000))
            try settle()
            #expect(try received(own) == (loops ? Chunk("me") : nil))
        }
    }

    @Test func noHopStaysOnTheHost() throws {
        let (near, far) = (try socket("a", port: 5000), try socket("b", port: 5000))
        for socket in [near, far] { try socket.set(.ip.addMembership, IPv4Membership(group: group)) }
        let sender = try socket("a")
        try sender.set(.ip.multicastTimeToLive, 0)
        try sender.send("here", to: .ipv4(group, port: 5000))
        try settle()
        #expect(try received(near) == Chunk("here"))
        #expect(try received(far) == nil)
    }

    @Test func membershipIsOfOneInterface() throws {
        let member = try socket("a", port: 5000)
        try member.set(.ip.addMembership, IPv4Membership(group: group, interfaceAddress: .loopback))
        let sender = try socket("a")
        try sender.send("network", to: .ipv4(group, port: 5000))
        try sender.set(.ip.multicastInterface, IPv4MulticastInterface(address: .loopback))
        try sender.send("loopback", to: .ipv4(group, port: 5000))
        try settle()
        #expect(try received(member) == Chunk("loopback"))
        #expect(try received(member) == nil)
    }

    @Test(arguments: [true, false]) func othersGroupsAreHeardIfAskedFor(_ all: Bool) throws {
        let (member, bystander) = (try socket("b", port: 5000), try socket("b", port: 5000))
        try member.set(.ip.addMembership, IPv4Membership(group: group))
        try bystander.set(.ip.multicastAll, all)
        try socket("a").send("x", to: .ipv4(group, port: 5000))
        try settle()
        #expect(try received(bystander) == (all ? Chunk("x") : nil))
    }

    @Test func sourcesAreChosenAndBlocked() throws {
        let (chosen, blocking) = (try socket("c", port: 5000), try socket("d", port: 5000))
        let a = simulation.host("a").ipv4
        try chosen.set(.ip.addSourceMembership, IPv4SourceMembership(group: group, source: a))
        try blocking.set(.ip.addMembership, IPv4Membership(group: group))
        try blocking.set(.ip.blockSource, IPv4SourceMembership(group: group, source: a))
        try socket("a").send("a", to: .ipv4(group, port: 5000))
        try socket("b").send("b", to: .ipv4(group, port: 5000))
        try settle()
        #expect(try received(chosen) == Chunk("a"))
        #expect(try received(chosen) == nil)
        #expect(try received(blocking) == Chunk("b"))
        #expect(try received(blocking) == nil)
    }

    @Test func closingLeaves() throws {
        let (member, bystander) = (try socket("b", port: 5000), try socket("b", port: 5000))
        try member.set(.ip.addMembership, IPv4Membership(group: group))
        try member.close()
        try socket("a").send("x", to: .ipv4(group, port: 5000))
        try settle()
        #expect(try received(bystander) == nil)
    }

    @Test func groupsOfIPv6() throws {
        let (member, stranger) = (try socket("b", .ipv6, port: 5000), try socket("c", .ipv6, port: 5000))
        try member.set(.ipv6.addMembership, IPv6Membership(group: group6))
        try member.set(.ipv6.receivePacketInfo, true)
        try socket("a", .ipv6).send("six", to: .ipv6(group6, port: 5000))
        try settle()
        let message = try #require(try member.receiveMessage(10, controlCapacity: 100))
        #expect(message.control == [.ipv6PacketInfo(IPv6PacketInfo(address: group6, interfaceIndex: 2))])
        #expect(try received(stranger) == nil)
    }

    @Test func broadcastsNeedLeave() throws {
        let sender = try socket("a")
        let everybody = [try socket("a", port: 5000), try socket("b", port: 5000)]
        let all = SocketAddress.ipv4(.broadcast, port: 5000)
        #expect { try sender.send("x", to: all) } throws: { ($0 as? SocketError)?.errno == .permissionDenied }
        try sender.set(.socket.broadcast, true)
        try sender.send("x", to: all)
        try settle()
        for socket in everybody { #expect(try received(socket) == Chunk("x")) }
    }
}
