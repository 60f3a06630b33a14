import Foundation
import SocketModel
import Testing

/// Numbers print as the C name and read back, whatever the number.
@Suite struct SystemNumberTests {
    private func expectRoundTrips<Number: SystemNumber & LosslessStringConvertible>(_: Number.Type) {
        for (cName, value) in Number.allNamed {
            #expect(Number(cName: cName) == value)
            #expect(Number(cName) == value)
            #expect(Number(value.description) == value)
            #expect(value.cName.flatMap(Number.init(cName:)) == value)
        }
    }

    @Test func namesAndTextReadBack() {
        expectRoundTrips(AddressFamily.self)
        expectRoundTrips(SocketType.self)
        expectRoundTrips(SocketTypeFlags.self)
        expectRoundTrips(IPProtocol.self)
        expectRoundTrips(OptionLevel.self)
        expectRoundTrips(MessageFlags.self)
        expectRoundTrips(ShutdownDirection.self)
        expectRoundTrips(PollEvents.self)
        expectRoundTrips(AddressInfoFlags.self)
        expectRoundTrips(NameInfoFlags.self)
    }

    @Test func everyFamilyNumberReadsBack() {
        for number in UInt16.min...UInt16.max {
            let family = AddressFamily(rawValue: number)
            if AddressFamily(family.description) != family { Issue.record("\(number) prints as \(family)") }
        }
    }

    @Test(arguments: [
        (AddressFamily.ipv4.description, "AF_INET"),
        (AddressFamily.unix.description, "AF_UNIX"),
        (AddressFamily.netlink.description, "AF_NETLINK"),
        (AddressFamily(rawValue: 999).description, "999"),
        (SocketType.datagram.description, "SOCK_DGRAM"),
        (SocketType(rawValue: -1).description, "-1"),
        (IPProtocol.default.description, "IPPROTO_IP"),
        (OptionLevel.tcp.description, "SOL_TCP"),
        (ShutdownDirection.both.description, "SHUT_RDWR"),
    ])
    func printsTheUsualName(text: String, expected: String) {
        #expect(text == expected)
    }

    @Test(arguments: ["", " ", "AF_", "af_inet", "AF_INET ", "65536", "-1", "0x2", "2.0"])
    func refusesOtherText(text: String) {
        #expect(AddressFamily(text) == nil)
        #expect(AddressFamily(cName: text) == nil)
    }

    @Test func directionsWithoutANameAreRefused() {
        #expect(ShutdownDirection("SHUT_WR") == .send)
        #expect(ShutdownDirection("2") == .both)
        #expect(ShutdownDirection("3") == nil)
    }

    @Test func encodesAsTheBareNumber() throws {
        #expect(try json(AddressFamily.ipv6) == "[10]")
        #expect(try json(MessageFlags([.peek, .doNotWait])) == "[66]")
        #expect(try json(PollEvents.readHangUp) == "[8192]")
        #expect(try json(Errno.connectionRefused) == "[111]")
        #expect(try json(HostError.Code.tryAgain) == "[2]")
        #expect(try json(ShutdownDirection.send) == "[1]")
    }

    private func json(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode([value]), as: UTF8.self)
    }
}
