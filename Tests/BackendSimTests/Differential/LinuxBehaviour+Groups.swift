import SocketModel

extension LinuxBehaviour {
    /// Groups, and what else datagram sockets are asked.
    static let groups: [LinuxBehaviour] = [
        LinuxBehaviour(
            "a datagram's receiver has closed",
            [
                .open(0, .unixDatagram), .poll(0), .bind(0, Target(.pathA)), .open(1, .unixDatagram),
                .connect(1, Target(.pathA)), .poll(1), .close(0), .poll(1), .send(1, 1), .poll(1),
            ], "readiness([POLLOUT|POLLWRNORM|POLLWRBAND]) 1:w"),
        LinuxBehaviour(
            "a group is joined and left once",
            [
                .open(3, .udp4), .bind(3, Target(.any4, .own(0))), .setBytes(3, .ip, 35, [224, 1, 2, 4, 127, 0, 0, 1]),
                .setBytes(3, .ip, 35, [224, 1, 2, 4, 127, 0, 0, 1]),
                .setBytes(3, .ip, 36, [224, 1, 2, 4, 127, 0, 0, 1]),
                .setBytes(3, .ip, 36, [224, 1, 2, 4, 127, 0, 0, 1]),
            ], .addressNotAvailable),
        LinuxBehaviour(
            "groups and interfaces that there are not",
            [
                .open(3, .udp4), .setBytes(3, .ip, 35, [127, 0, 0, 1, 127, 0, 0, 1]),
                .setBytes(3, .ip, 35, [224, 1, 2, 4, 203, 0, 113, 9]), .setBytes(3, .ip, 35, [224, 1]),
                .setBytes(3, .ip, 36, [224, 1, 2, 5, 127, 0, 0, 1]),
            ], .addressNotAvailable),
        LinuxBehaviour(
            "who does not hear himself",
            [
                .open(3, .udp4), .bind(3, Target(.any4, .own(0))), .setBytes(3, .ip, 35, [224, 1, 2, 4, 127, 0, 0, 1]),
                .open(4, .udp4), .setBytes(4, .ip, 32, [127, 0, 0, 1]), .setBytes(4, .ip, 34, .ints(0)),
                .sendTo(4, 3, Target(.loopbackGroup4, .own(0))), .receive(3, 9),
            ], "3 7…7 3:w 4:w"),
        LinuxBehaviour(
            "the groups of others",
            [
                .open(3, .udp4), .bind(3, Target(.any4, .own(0))), .setBytes(3, .ip, 49, .ints(0)), .open(5, .udp4),
                .setBytes(5, .ip, 35, [224, 1, 2, 4, 127, 0, 0, 1]), .open(4, .udp4),
                .setBytes(4, .ip, 32, [127, 0, 0, 1]), .sendTo(4, 3, Target(.loopbackGroup4, .own(0))), .receive(3, 9),
                .setBytes(3, .ip, 49, .ints(1)), .sendTo(4, 3, Target(.loopbackGroup4, .own(0))), .receive(3, 9),
            ], "3 11…11 3:w 4:w 5:w"),
        LinuxBehaviour(
            "bound to an address, groups are not heard",
            [
                .open(3, .udp4), .bind(3, Target(.loopback4, .own(0))),
                .setBytes(3, .ip, 35, [224, 1, 2, 4, 127, 0, 0, 1]), .open(4, .udp4),
                .setBytes(4, .ip, 32, [127, 0, 0, 1]), .sendTo(4, 3, Target(.loopbackGroup4, .own(0))), .receive(3, 9),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "bound to a group, nothing else is heard",
            [
                .open(3, .udp4), .bind(3, Target(.loopbackGroup4, .own(0))), .open(5, .udp4),
                .setBytes(5, .ip, 35, [224, 1, 2, 4, 127, 0, 0, 1]), .open(4, .udp4),
                .setBytes(4, .ip, 32, [127, 0, 0, 1]), .sendTo(4, 3, Target(.loopbackGroup4, .own(0))), .receive(3, 9),
                .sendTo(4, 3, Target(.loopback4, .own(0))), .receive(3, 9),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "two of one host hear a group",
            [
                .open(3, .udp4), .setBytes(3, .socket, 2, .ints(1)), .bind(3, Target(.any4, .own(0))),
                .setBytes(3, .ip, 35, [224, 1, 2, 4, 127, 0, 0, 1]), .open(5, .udp4),
                .setBytes(5, .socket, 2, .ints(1)), .bind(5, Target(.any4, .own(0))),
                .setBytes(5, .ip, 35, [224, 1, 2, 4, 127, 0, 0, 1]), .open(4, .udp4),
                .setBytes(4, .ip, 32, [127, 0, 0, 1]), .sendTo(4, 3, Target(.loopbackGroup4, .own(0))), .receive(3, 9),
                .receive(5, 9),
            ], "3 11…11 3:w 4:w 5:w"),
        LinuxBehaviour(
            "IP_MULTICAST_TTL and IP_MULTICAST_LOOP",
            [
                .open(4, .udp4), .setBytes(4, .ip, 33, .ints(0)), .getBytes(4, .ip, 33, length: 4),
                .setBytes(4, .ip, 33, .ints(255)), .setBytes(4, .ip, 33, .ints(256)), .setBytes(4, .ip, 33, .ints(-1)),
                .getBytes(4, .ip, 33, length: 4), .setBytes(4, .ip, 33, [5]), .getBytes(4, .ip, 33, length: 1),
                .setBytes(4, .ip, 34, .ints(5)), .getBytes(4, .ip, 34, length: 1), .setBytes(4, .ip, 34, [2]),
                .getBytes(4, .ip, 34, length: 4),
            ], "[1, 0, 0, 0] 4:w"),
        LinuxBehaviour(
            "IP_MULTICAST_IF",
            [
                .open(4, .udp4), .setBytes(4, .ip, 32, [127, 0, 0, 1]), .getBytes(4, .ip, 32, length: 4),
                .getBytes(4, .ip, 32, length: 12), .setBytes(4, .ip, 32, [203, 0, 113, 9]),
                .setBytes(4, .ip, 32, [0, 0, 0, 0]), .getBytes(4, .ip, 32, length: 4), .setBytes(4, .ip, 32, [127, 0]),
                .setBytes(4, .ip, 32, [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]), .getBytes(4, .ip, 32, length: 4),
                .setBytes(4, .ip, 32, [0, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 0]),
            ], .addressNotAvailable),
        LinuxBehaviour(
            "joined: of a group",
            [
                .open(3, .udp4), .bind(3, Target(.any4, .own(0))), .setBytes(3, .ip, 35, [224, 1, 2, 4, 127, 0, 0, 1]),
                .setBytes(3, .udp, 104, .ints(1)), .open(4, .udp4), .setBytes(4, .ip, 32, [127, 0, 0, 1]),
                .sendMessage(4, 2500, Target(.loopbackGroup4, .own(0)), [.udpSegmentSize(1000)]),
                .receiveMessage(3, 9999, room: 199),
            ], "2500 from 127.0.0.1:e0 [udpReceiveSegmentSize(1000 bytes)] 0 7…7 3:w 4:w"),
        LinuxBehaviour(
            "IPv6's multicast options",
            [
                .open(4, .udp6), .setBytes(4, .ipv6, 18, .ints(256)), .setBytes(4, .ipv6, 18, .ints(-1)),
                .getBytes(4, .ipv6, 18, length: 4), .setBytes(4, .ipv6, 18, .ints(0)),
                .getBytes(4, .ipv6, 18, length: 4), .setBytes(4, .ipv6, 19, .ints(2)),
                .setBytes(4, .ipv6, 19, .ints(0)), .getBytes(4, .ipv6, 19, length: 4),
                .setBytes(4, .ipv6, 17, .ints(1)), .getBytes(4, .ipv6, 17, length: 4),
                .setBytes(4, .ipv6, 17, .ints(99)), .setBytes(4, .ipv6, 17, .ints(-1)),
            ], .operationNotSupportedByDevice),
        LinuxBehaviour(
            "sent to any, from an address of its own",
            [
                .open(3, .udp4), .bind(3, Target(.any4, .own(0))), .open(4, .udp4), .bind(4, Target(.second4, .own(1))),
                .sendTo(4, 1, Target(.any4, .own(0))), .receiveMessage(3, 9, room: 9),
                .connect(4, Target(.any4, .own(0))), .names(4),
            ], "127.0.0.2:B 127.0.0.2:A 3:w 4:w"),
        LinuxBehaviour(
            "a small send buffer takes one datagram",
            .datagrams + [
                .setBytes(4, .socket, 7, .ints(1)), .sendTo(4, 60000, Target(.loopback4, .of(3))),
                .sendTo(4, 60000, Target(.loopback4, .of(3))), .receive(3, 9), .receive(3, 9),
            ], "9 6…6 3:w 4:w"),
        LinuxBehaviour(
            "what had come before a connect is received",
            .datagrams + [
                .connect(3, Target(.loopback4, .of(4))), .sendTo(4, 1, Target(.loopback4, .of(3))),
                .connect(3, Target(.loopback4, .own(3))), .receive(3, 9),
            ], "1 5…5 3:w 4:w"),
        LinuxBehaviour(
            "IPv6 only connects to no IPv4",
            [
                .open(4, .udp6), .setBytes(4, .ipv6, 26, .ints(1)), .connect(4, Target(.mappedLoopback, .own(3))),
                .connect(4, Target(.loopback4, .own(3))), .sendTo(4, 1, Target(.loopback4, .own(3))),
            ], .networkUnreachable),
        LinuxBehaviour(
            "no port is left, and a send wants one",
            [
                .open(3, .udp4), .setBytes(3, .ip, 51, .ints(oneDatagramPort)), .bind(3, Target(.loopback4)),
                .open(4, .udp4), .setBytes(4, .ip, 51, .ints(oneDatagramPort)),
                .sendTo(4, 1, Target(.loopback4, .own(3))),
            ],
            .wouldBlock),
        LinuxBehaviour(
            "what is gathered takes room",
            .datagrams + [.setBytes(4, .socket, 7, .ints(1)), .sendTo(4, 30000, Target(.loopback4, .of(3)), .more)],
            "30000 3:w 4:"),
        LinuxBehaviour(
            "all that poll says of a datagram socket", [.open(3, .udp4), .poll(3)],
            "readiness([POLLOUT|POLLWRNORM|POLLWRBAND])"),
    ]

    /// `IP_LOCAL_PORT_RANGE` of one port.
    private static let oneDatagramPort = Int32(bitPattern: 47_125 << 16 | 47_125)
}
