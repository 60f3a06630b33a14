import SocketModel

extension LinuxBehaviour {
    /// Segments that are joined, and what a receive buffer holds.
    static let joined: [LinuxBehaviour] = [
        LinuxBehaviour(
            "a full buffer, and one byte more",
            .datagrams + [
                .setBytes(3, .socket, 8, .ints(1000)), .getBytes(3, .socket, 8, length: 4),
                .sendTo(4, 1000, Target(.loopback4, .of(3))), .sendTo(4, 1000, Target(.loopback4, .of(3))),
                .sendTo(4, 1, Target(.loopback4, .of(3))), .sendTo(4, 1, Target(.loopback4, .of(3))), .receive(3, 9999),
                .receive(3, 9999), .receive(3, 9999),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "a buffer holds so many",
            .datagrams + [
                .setBytes(3, .socket, 8, .ints(2000)), .sendTo(4, 100, Target(.loopback4, .of(3))),
                .sendTo(4, 100, Target(.loopback4, .of(3))), .sendTo(4, 100, Target(.loopback4, .of(3))),
                .sendTo(4, 100, Target(.loopback4, .of(3))), .sendTo(4, 100, Target(.loopback4, .of(3))),
                .sendTo(4, 100, Target(.loopback4, .of(3))), .receive(3, 999), .receive(3, 999), .receive(3, 999),
                .receive(3, 999), .receive(3, 999), .receive(3, 999),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "room is given back",
            .datagrams + [
                .setBytes(3, .socket, 8, .ints(2000)), .sendTo(4, 100, Target(.loopback4, .of(3))),
                .sendTo(4, 100, Target(.loopback4, .of(3))), .sendTo(4, 100, Target(.loopback4, .of(3))),
                .sendTo(4, 100, Target(.loopback4, .of(3))), .receive(3, 999),
                .sendTo(4, 101, Target(.loopback4, .of(3))), .sendTo(4, 102, Target(.loopback4, .of(3))),
                .sendTo(4, 103, Target(.loopback4, .of(3))), .receive(3, 999), .receive(3, 999), .receive(3, 999),
                .receive(3, 999), .receive(3, 999), .receive(3, 999),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "the only datagram may exceed the buffer",
            .datagrams + [
                .setBytes(3, .socket, 8, .ints(1000)), .sendTo(4, 50000, Target(.loopback4, .of(3))),
                .sendTo(4, 1, Target(.loopback4, .of(3))), .receive(3, 99), .receive(3, 99),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "segments in a buffer",
            .datagrams + [
                .setBytes(3, .socket, 8, .ints(8000)),
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]), .receive(3, 9999),
                .receive(3, 9999), .receive(3, 9999), .receive(3, 9999), .receive(3, 9999), .receive(3, 9999),
                .receive(3, 9999), .receive(3, 9999), .receive(3, 9999), .receive(3, 9999),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "a buffer holds so many, IPv6",
            [
                .open(3, .udp6), .bind(3, Target(.loopback6)), .open(4, .udp6), .setBytes(3, .socket, 8, .ints(2000)),
                .sendTo(4, 190, Target(.loopback6, .of(3))), .sendTo(4, 190, Target(.loopback6, .of(3))),
                .sendTo(4, 190, Target(.loopback6, .of(3))), .sendTo(4, 190, Target(.loopback6, .of(3))),
                .receive(3, 999), .receive(3, 999), .receive(3, 999), .receive(3, 999),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "drops are counted",
            .datagrams + [
                .setBytes(3, .socket, 40, .ints(1)), .setBytes(3, .socket, 8, .ints(1)),
                .sendTo(4, 1, Target(.loopback4, .of(3))), .sendTo(4, 2, Target(.loopback4, .of(3))),
                .sendTo(4, 3, Target(.loopback4, .of(3))), .sendTo(4, 4, Target(.loopback4, .of(3))),
                .receiveMessage(3, 9, room: 99), .sendTo(4, 5, Target(.loopback4, .of(3))),
                .receiveMessage(3, 9, room: 99), .receiveMessage(3, 9, room: 99),
                .sendTo(4, 6, Target(.loopback4, .of(3))), .receiveMessage(3, 9, room: 99),
            ], "6 from 127.0.0.1:e0 [droppedDatagrams(2)] 0 14…14 3:w 4:w"),
        LinuxBehaviour(
            "joined",
            .datagrams + [
                .setBytes(3, .udp, 104, .ints(1)), .getBytes(3, .udp, 104, length: 4),
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .receiveMessage(3, 9999, room: 99), .receiveMessage(3, 9999, room: 99),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "joined: one, two, and two and a byte",
            .datagrams + [
                .setBytes(3, .udp, 104, .ints(1)),
                .sendMessage(4, 1000, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .receiveMessage(3, 9999, room: 99),
                .sendMessage(4, 2000, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .receiveMessage(3, 9999, room: 99),
                .sendMessage(4, 2001, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .receiveMessage(3, 9999, room: 99),
            ], "2001 from 127.0.0.1:e0 [udpReceiveSegmentSize(1000 bytes)] 0 9…9 3:w 4:w"),
        LinuxBehaviour(
            "joined: as many as can be",
            .datagrams + [
                .setBytes(3, .udp, 104, .ints(1)),
                .sendMessage(4, 128, Target(.loopback4, .of(3)), [.udpSegmentSize(1)]),
                .sendMessage(4, 129, Target(.loopback4, .of(3)), [.udpSegmentSize(1)]),
                .receiveMessage(3, 9999, room: 99), .receiveMessage(3, 9999, room: 99),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "what is too long for one packet is not joined",
            .datagrams + [
                .setBytes(3, .udp, 104, .ints(1)),
                .sendMessage(4, 65493, Target(.loopback4, .of(3)), [.udpSegmentSize(1400)]),
                .receiveMessage(3, 9999, room: 99),
                .sendMessage(4, 65494, Target(.loopback4, .of(3)), [.udpSegmentSize(1400)]),
                .receiveMessage(3, 9999, room: 99), .receiveMessage(3, 9999, room: 99),
            ], "1400 from 127.0.0.1:e0 [] 0 7…7 3:rw 4:w"),
        LinuxBehaviour(
            "joined: peeked, and cut",
            .datagrams + [
                .setBytes(3, .udp, 104, .ints(1)),
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .receiveMessage(3, 100, room: 99, .peek), .receiveMessage(3, 100, room: 99, [.peek, .truncated]),
                .receiveMessage(3, 100, room: 99), .receive(3, 100),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "joined: no room for its size",
            .datagrams + [
                .setBytes(3, .udp, 104, .ints(1)),
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .receiveMessage(3, 9999, room: 0),
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .receiveMessage(3, 9999, room: 17),
            ], "2500 from 127.0.0.1:e0 [other(SOL_UDP, type 104, e8)] MSG_CTRUNC 7…7 3:w 4:w"),
        LinuxBehaviour(
            "joined is what arrives while the option is on",
            .datagrams + [
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .setBytes(3, .udp, 104, .ints(1)), .receiveMessage(3, 9999, room: 99),
                .setBytes(3, .udp, 104, .ints(0)), .receiveMessage(3, 9999, room: 99),
                .setBytes(3, .udp, 104, .ints(1)),
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .setBytes(3, .udp, 104, .ints(0)), .receiveMessage(3, 9999, room: 99),
                .receiveMessage(3, 9999, room: 99),
            ], "2500 from 127.0.0.1:e0 [] 0 10…10 3:w 4:w"),
        LinuxBehaviour(
            "what was sent apart is not joined",
            .datagrams + [
                .setBytes(3, .udp, 104, .ints(1)), .sendTo(4, 10, Target(.loopback4, .of(3))),
                .sendTo(4, 10, Target(.loopback4, .of(3))), .receiveMessage(3, 99, room: 99),
                .receiveMessage(3, 99, room: 99),
            ], "10 from 127.0.0.1:e0 [] 0 6…6 3:w 4:w"),
        LinuxBehaviour(
            "joined: gathered first",
            .datagrams + [
                .setBytes(3, .udp, 104, .ints(1)), .setBytes(4, .udp, 103, .ints(3)), .setBytes(4, .udp, 1, .ints(1)),
                .sendTo(4, 4, Target(.loopback4, .of(3))), .sendTo(4, 4, Target(.loopback4, .of(3))),
                .setBytes(4, .udp, 1, .ints(0)), .receiveMessage(3, 99, room: 99),
            ], "8 from 127.0.0.1:e0 [udpReceiveSegmentSize(3 bytes)] 0 7…8 3:w 4:w"),
        LinuxBehaviour(
            "joined, in a buffer",
            .datagrams + [
                .setBytes(3, .udp, 104, .ints(1)), .setBytes(3, .socket, 8, .ints(4000)),
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .receiveMessage(3, 9999, room: 99), .receiveMessage(3, 9999, room: 99),
                .receiveMessage(3, 9999, room: 99),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "joined: of IPv4, at IPv6's socket",
            [
                .open(3, .udp6), .bind(3, Target(.any6)), .setBytes(3, .udp, 104, .ints(1)),
                .setBytes(3, .ip, 8, .ints(1)), .setBytes(3, .ipv6, 49, .ints(1)), .open(4, .udp4),
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .receiveMessage(3, 9999, room: 199),
            ],
            "2500 from ::ffff:127.0.0.1:e0 [udpReceiveSegmentSize(1000 bytes), ipv6PacketInfo(::ffff:127.0.0.1, interface 1), ipv4PacketInfo(127.0.0.1, interface 1)] 0 7…7 3:w 4:w"
        ),
        LinuxBehaviour(
            "joined: IPv6",
            [
                .open(3, .udp6), .bind(3, Target(.any6)), .setBytes(3, .udp, 104, .ints(1)),
                .setBytes(3, .ipv6, 49, .ints(1)), .open(4, .udp6),
                .sendMessage(4, 65473, Target(.loopback6, .of(3)), [.udpSegmentSize(1400)]),
                .receiveMessage(3, 9999, room: 199),
                .sendMessage(4, 65474, Target(.loopback6, .of(3)), [.udpSegmentSize(1400)]),
                .receiveMessage(3, 9999, room: 199), .receiveMessage(3, 9999, room: 199),
            ], "1400 from ::1:e0 [ipv6PacketInfo(::1, interface 1)] 0 8…8 3:rw 4:w"),
        LinuxBehaviour(
            "joined: peeking goes on",
            .datagrams + [
                .setBytes(3, .udp, 104, .ints(1)), .setBytes(3, .socket, 42, .ints(0)),
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(1000)]),
                .receiveMessage(3, 1000, room: 99, .peek), .receiveMessage(3, 1000, room: 99, .peek),
                .receiveMessage(3, 9999, room: 99),
            ], "2500 from 127.0.0.1:e0 [udpReceiveSegmentSize(1000 bytes)] 0 6…6 3:w 4:w"),
        LinuxBehaviour(
            "sizes that segments may not have",
            .datagrams + [
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(0)]),
                .sendMessage(4, 2500, Target(.loopback4, .of(3)), [.udpSegmentSize(65507)]),
                .receiveMessage(3, 9999, room: 99), .receiveMessage(3, 9999, room: 99),
                .setBytes(4, .udp, 103, .ints(-1)), .setBytes(4, .udp, 103, .ints(65536)),
            ], .invalidArgument),
    ]
}
