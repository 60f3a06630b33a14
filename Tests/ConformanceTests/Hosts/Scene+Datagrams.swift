import Sockets
import TestSupport
import Testing

/// Datagrams between hosts.
extension Scene {
    func datagrams() async throws {
        for family in bothFamilies {
            let (one, other) = (try await a.datagrams(family), try await b.datagrams(family))
            for size in [0, 1, 1452, 1472] {
                try await one.send(pattern(size), to: other.address)
                let (bytes, sender) = try await other.receiveFrom()
                #expect(bytes == pattern(size))
                #expect(try sender == one.address)
                try await other.send(bytes, to: one.address)
                #expect(try await one.receiveFrom().bytes == bytes)
            }
            try await one.connect(to: other.address)
            #expect(try one.peer == other.address)
            try await one.send([1, 2, 3])
            #expect(try await other.receive() == [1, 2, 3])
            // Whom it is not connected to it does not hear.
            let third = try await c.datagrams(family)
            try await third.send([9], to: one.address)
            try await other.send([4], to: one.address)
            #expect(try await one.receive() == [4])
        }
    }

    /// Datagrams that fit in no packet are taken apart and put together.
    func largeDatagrams() async throws {
        for family in bothFamilies {
            let (one, other) = (try await b.datagrams(family), try await c.datagrams(family))
            for size in [1473, 9000, 65_507] {
                try await one.send(pattern(size), to: other.address)
                #expect(try await other.receiveFrom().bytes == pattern(size))
            }
            let tooLong = family == .ipv4 ? 65_508 : 65_528
            let address = try other.address
            let error = await endingErrno {
                try await one.send(pattern(tooLong), to: address)
            }
            #expect(error == .messageTooLong)
        }
    }

    /// Where nothing may be taken apart, the packet is the limit.
    func wholeDatagrams() async throws {
        for family in bothFamilies {
            let (one, other) = (try await a.datagrams(family), try await b.datagrams(family))
            if family == .ipv4 {
                try one.socket.set(.ip.pathMTUDiscovery, .always)
            } else {
                try one.socket.set(.ipv6.dontFragment, true)
            }
            let most = family == .ipv4 ? 1472 : 1452
            try await one.send(pattern(most), to: other.address)
            #expect(try await other.receiveFrom().bytes.count == most)
            let address = try other.address
            let error = await endingErrno {
                try await one.send(pattern(most + 1), to: address)
            }
            #expect(error == .messageTooLong)
            try await one.connect(to: other.address)
            let mtu = try family == .ipv4 ? one.socket.get(.ip.pathMTU) : one.socket.get(.ipv6.pathMTU)
            #expect(mtu == 1500)
        }
    }

    /// A port where nobody is: who is connected hears of it, and of his next datagram's refusal, too.
    func refusedDatagrams() async throws {
        for family in bothFamilies {
            let gone = try await b.datagrams(family)
            let address = try gone.address
            try await gone.close()
            let one = try await a.datagrams(family)
            try await one.connect(to: address)
            for _ in 0..<2 {
                try await one.send([1])
                #expect(await endingErrno { try await one.receive() } == .connectionRefused)
            }
            // Who is not connected does not: its own next datagram goes out, and others' come in.
            let (two, three) = (try await a.datagrams(family), try await b.datagrams(family))
            try await two.send([1], to: address)
            try await two.send([2], to: three.address)
            #expect(try await three.receive() == [2])
            try await three.send([3], to: two.address)
            #expect(try await two.receive() == [3])
        }
    }

    func multicast() async throws {
        let group = IPv4Address(239, 1, 2, 3)
        let members = [try await b.datagrams(.ipv4, at: .ipv4(.any, port: 7100)), try await c.socket(.ipv4, .datagram)]
        try members[1].socket.bind(to: .ipv4(group, port: 7100))
        for member in members {
            try member.socket.set(.ip.addMembership, IPv4Membership(group: group, interfaceIndex: 2))
        }
        let sender = try await a.datagrams(.ipv4)
        try await sender.send([1, 2, 3], to: .ipv4(group, port: 7100))
        for member in members {
            let (bytes, from) = try await member.receiveFrom()
            #expect(bytes == [1, 2, 3])
            #expect(try from == sender.address)
        }
        try members[0].socket.set(.ip.dropMembership, IPv4Membership(group: group, interfaceIndex: 2))
        try await sender.send([4], to: .ipv4(group, port: 7100))
        #expect(try await members[1].receive() == [4])
        // What is for it alone comes, what was for the group has not.
        try await sender.send([5], to: b.address(.ipv4, port: 7100))
        #expect(try await members[0].receive() == [5])
    }

    func multicastIPv6() async throws {
        let group = IPv6Address(high: 0xff15 << 48, low: 7)
        let members = [
            try await a.datagrams(.ipv6, at: .ipv6(.any, port: 7101)),
            try await b.datagrams(.ipv6, at: .ipv6(.any, port: 7101)),
        ]
        for member in members {
            try member.socket.set(.ipv6.addMembership, IPv6Membership(group: group, interfaceIndex: 2))
        }
        let sender = try await c.datagrams(.ipv6)
        try sender.socket.set(.ipv6.multicastInterface, 2)
        try await sender.send([6, 7], to: .ipv6(group, port: 7101))
        for member in members {
            let (bytes, from) = try await member.receiveFrom()
            #expect(bytes == [6, 7])
            #expect(from?.ip == c.address(.ipv6).ip)
        }
    }

    func broadcast() async throws {
        let listeners = [
            try await b.datagrams(.ipv4, at: .ipv4(.any, port: 7102)),
            try await c.datagrams(.ipv4, at: .ipv4(.any, port: 7102)),
        ]
        let sender = try await a.datagrams(.ipv4)
        let all = SocketAddress.ipv4(IPv4Address(10, 255, 255, 255), port: 7102)
        let refused = await endingErrno { try await sender.send([1], to: all) }
        #expect(refused == .permissionDenied)
        try sender.socket.set(.socket.broadcast, true)
        try await sender.send([2], to: all)
        for listener in listeners { #expect(try await listener.receiveFrom().bytes == [2]) }
    }
}
