import SocketModel

extension LinuxBehaviour {
    /// Who gets datagrams, and what comes with them.
    static let receivers: [LinuxBehaviour] = [
        LinuxBehaviour(
            "a connected receiver does not hear others",
            .datagrams + [
                .connect(3, Target(.loopback4, .own(1))), .sendTo(4, 3, Target(.loopback4, .of(3))), .receive(3, 9),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "a refusal outlives the next connect",
            [
                .open(4, .udp4), .connect(4, Target(.loopback4, .own(3))), .send(4, 1),
                .connect(4, Target(.loopback4, .own(2))), .receive(4, 1),
            ], .connectionRefused),
        LinuxBehaviour(
            "a refusal outlives the disconnect",
            [
                .open(4, .udp4), .connect(4, Target(.loopback4, .own(3))), .send(4, 1),
                .connect(4, Target(.unspecified)), .get(4, .error),
            ], "[111, 0, 0, 0] 4:w"),
        LinuxBehaviour(
            "a refusal is told by a send to somebody else",
            [
                .open(4, .udp4), .connect(4, Target(.loopback4, .own(3))), .send(4, 1),
                .sendTo(4, 1, Target(.loopback4, .own(2))), .sendTo(4, 1, Target(.loopback4, .own(2))),
            ], "1 4:w"),
        LinuxBehaviour(
            "a refusal outlives a shutdown",
            [
                .open(4, .udp4), .connect(4, Target(.loopback4, .own(3))), .send(4, 1), .shutdown(4, .both),
                .receive(4, 1), .receive(4, 1),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "disconnected, the peer is forgotten",
            .datagrams + [
                .connect(4, Target(.loopback4, .of(3))), .connect(4, Target(.unspecified)), .names(4), .send(4, 1),
                .sendTo(4, 1, Target(.loopback4, .of(3))), .receive(3, 1),
            ], "1 8…8 3:w 4:w"),
        LinuxBehaviour(
            "bound to IPv6, no mapped peer",
            [.open(4, .udp6), .bind(4, Target(.loopback6, .own(0))), .connect(4, Target(.mappedLoopback, .own(3)))],
            .networkUnreachable),
        LinuxBehaviour(
            "to itself",
            [
                .open(4, .udp4), .bind(4, Target(.loopback4, .own(0))), .connect(4, Target(.loopback4, .own(0))),
                .names(4), .send(4, 3), .receive(4, 9),
            ], "3 5…5 4:w"),
        LinuxBehaviour(
            "a peer chooses the address, and the next leaves it",
            [
                .open(4, .udp4), .bind(4, Target(.any4, .own(0))), .connect(4, Target(.loopback4, .own(0))),
                .connect(4, Target(.second4, .own(0))), .names(4),
            ], "127.0.0.1:A 127.0.0.2:A 4:w"),
        LinuxBehaviour(
            "peeking with MSG_TRUNC",
            .datagrams + [
                .sendTo(4, 5, Target(.loopback4, .of(3))), .receive(3, 0, .peek), .receive(3, 2, [.peek, .truncated]),
                .receive(3, 2, .truncated), .receive(3, 1),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "a message that is cut tells its length if asked",
            .datagrams + [.sendTo(4, 5, Target(.loopback4, .of(3))), .receiveMessage(3, 2, room: 0, .truncated)],
            "5 from 127.0.0.1:e0 [] MSG_TRUNC 4…4 3:w 4:w"),
        LinuxBehaviour(
            "MSG_WAITALL joins no datagrams",
            .datagrams + [
                .sendTo(4, 5, Target(.loopback4, .of(3))), .sendTo(4, 7, Target(.loopback4, .of(3))),
                .receive(3, 99, .waitForAll), .receive(3, 99),
            ], "7 5…5 3:w 4:w"),
        LinuxBehaviour(
            "as long as can be, IPv6",
            [
                .open(3, .udp6), .bind(3, Target(.loopback6)), .open(4, .udp6),
                .sendTo(4, 65527, Target(.loopback6, .of(3))), .sendTo(4, 65528, Target(.loopback6, .of(3))),
                .receiveMessage(3, 70000, room: 0),
            ], "65527 from ::1:e0 [] 0 4…4 3:w 4:w"),
        LinuxBehaviour(
            "a connect to port 0, IPv6",
            [
                .open(4, .udp6), .sendTo(4, 1, Target(.loopback6)), .names(4), .connect(4, Target(.loopback6)),
                .send(4, 1), .get(4, .error),
            ], "[111, 0, 0, 0] 4:w"),
        LinuxBehaviour(
            "bound to a broadcast address",
            [
                .open(3, .udp4), .bind(3, Target(.loopbackBroadcast4, .own(0))), .names(3), .open(4, .udp4),
                .setBytes(4, .socket, 6, .ints(1)), .sendMessage(4, 1, Target(.loopbackBroadcast4, .own(0))),
                .receiveMessage(3, 9, room: 99),
            ], "1 from 127.0.0.1:e0 [] 0 6…6 3:w 4:w"),
        LinuxBehaviour(
            "addresses that are none of IPv4",
            [
                .open(4, .udp4), .sendTo(4, 1, Target(.unix)), .sendTo(4, 1, Target(.loopback6, .own(3))),
                .sendTo(4, 1, Target(.unspecified)), .names(4),
            ], "0.0.0.0:e0 Transport endpoint is not connected 4:w"),
        LinuxBehaviour(
            "addresses that are none of IPv6",
            [
                .open(4, .udp6), .sendTo(4, 1, Target(.loopback4, .own(3))), .sendTo(4, 1, Target(.unspecified)),
                .sendTo(4, 1, Target(.unix)), .names(4),
            ], ":::e0 Transport endpoint is not connected 4:w"),
        LinuxBehaviour(
            "a connected send to no family, IPv4",
            .datagrams + [
                .connect(4, Target(.loopback4, .of(3))), .sendTo(4, 1, Target(.unspecified)), .receive(3, 1),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "gathered, and sent where it began",
            .datagrams + [
                .sendTo(4, 2, Target(.loopback4, .of(3)), .more), .sendTo(4, 3, Target(.loopback4, .own(3))),
                .receive(3, 9),
            ], "5 4…5 3:w 4:w"),
        LinuxBehaviour(
            "gathered, and never sent",
            .datagrams + [.sendTo(4, 2, Target(.loopback4, .of(3)), .more), .close(4), .receive(3, 9)],
            .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "gathered, and too long",
            .datagrams + [
                .sendTo(4, 40000, Target(.loopback4, .of(3)), .more), .sendTo(4, 40000, Target(.loopback4, .of(3))),
                .receive(3, 9),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "nothing to gather for", [.open(4, .udp4), .send(4, 1, .more), .get(4, .error)], "[0, 0, 0, 0] 4:w"),
        LinuxBehaviour(
            "shut halves of a connected socket",
            .datagrams + [
                .connect(4, Target(.loopback4, .of(3))), .shutdown(4, .send), .shutdown(4, .send),
                .shutdown(4, .receive), .names(4), .send(4, 1), .connect(4, Target(.unspecified)), .send(4, 1),
                .sendTo(4, 1, Target(.loopback4, .of(3))),
            ], .brokenPipe),
        LinuxBehaviour(
            "control messages that do not fit are cut",
            .datagrams + [
                .setBytes(3, .ip, 8, .ints(1)), .setBytes(3, .ip, 12, .ints(1)),
                .sendTo(4, 3, Target(.loopback4, .of(3))), .receiveMessage(3, 9, room: 30),
            ], "3 from 127.0.0.1:e0 [ipv4PacketInfo(127.0.0.1, interface 1)] MSG_CTRUNC 6…6 3:w 4:w"),
        LinuxBehaviour(
            "IPv4's messages at IPv6's socket",
            [
                .open(3, .udp6), .bind(3, Target(.any6)), .setBytes(3, .ipv6, 49, .ints(1)),
                .setBytes(3, .ipv6, 51, .ints(1)), .setBytes(3, .ipv6, 66, .ints(1)), .open(4, .udp4),
                .setBytes(3, .ip, 12, .ints(1)), .sendTo(4, 3, Target(.loopback4, .of(3))),
                .receiveMessage(3, 9, room: 200),
            ],
            "3 from ::ffff:127.0.0.1:e0 [ipv6PacketInfo(::ffff:127.0.0.1, interface 1), timeToLive(64)] 0 8…8 3:w 4:w"),
        LinuxBehaviour(
            "two that reuse, and the last one hears",
            [
                .open(3, .udp4), .setBytes(3, .socket, 2, .ints(1)), .bind(3, Target(.loopback4, .own(0))),
                .open(4, .udp4), .setBytes(4, .socket, 2, .ints(1)), .bind(4, Target(.loopback4, .own(0))),
                .open(5, .udp4), .sendTo(5, 1, Target(.loopback4, .own(0))), .receive(3, 1), .receive(4, 1),
            ], "1 8…8 3:w 4:w 5:w"),
        LinuxBehaviour(
            "the exact address hears",
            [
                .open(3, .udp4), .setBytes(3, .socket, 2, .ints(1)), .bind(3, Target(.any4, .own(0))), .open(4, .udp4),
                .setBytes(4, .socket, 2, .ints(1)), .bind(4, Target(.loopback4, .own(0))), .open(5, .udp4),
                .sendTo(5, 1, Target(.loopback4, .own(0))), .receive(3, 1), .receive(4, 1),
            ], "1 8…8 3:w 4:w 5:w"),
        LinuxBehaviour(
            "reusing is not sharing",
            [
                .open(3, .udp4), .setBytes(3, .socket, 2, .ints(1)), .bind(3, Target(.loopback4, .own(0))),
                .open(4, .udp4), .setBytes(4, .socket, 15, .ints(1)), .bind(4, Target(.loopback4, .own(0))),
            ], .addressInUse),
        LinuxBehaviour(
            "of both families, IPv4's own hears",
            [
                .open(3, .udp6), .setBytes(3, .socket, 2, .ints(1)), .bind(3, Target(.any6, .own(0))), .open(4, .udp4),
                .setBytes(4, .socket, 2, .ints(1)), .bind(4, Target(.any4, .own(0))), .open(5, .udp4),
                .sendTo(5, 1, Target(.loopback4, .own(0))), .receive(3, 1), .receive(4, 1),
            ], "1 8…8 3:w 4:w 5:w"),
        LinuxBehaviour(
            "any of IPv6 keeps IPv4's address from others",
            [
                .open(3, .udp6), .bind(3, Target(.any6, .own(0))), .open(4, .udp4),
                .bind(4, Target(.loopback4, .own(0))),
            ], .addressInUse),
        LinuxBehaviour(
            "the connected one hears",
            [
                .open(5, .udp4), .bind(5, Target(.loopback4, .own(1))), .open(3, .udp4),
                .setBytes(3, .socket, 2, .ints(1)), .bind(3, Target(.loopback4, .own(0))),
                .connect(3, Target(.loopback4, .own(1))), .open(4, .udp4), .setBytes(4, .socket, 2, .ints(1)),
                .bind(4, Target(.loopback4, .own(0))), .sendTo(5, 1, Target(.loopback4, .own(0))), .receive(3, 1),
                .receive(4, 1),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "the last one that reuses has closed",
            [
                .open(3, .udp4), .setBytes(3, .socket, 2, .ints(1)), .bind(3, Target(.loopback4, .own(0))),
                .open(4, .udp4), .setBytes(4, .socket, 2, .ints(1)), .bind(4, Target(.loopback4, .own(0))), .close(4),
                .open(5, .udp4), .sendTo(5, 1, Target(.loopback4, .own(0))), .receive(3, 1),
            ], "1 9…9 3:w 5:w"),
        LinuxBehaviour(
            "a bind without a port, then a send",
            [
                .open(3, .udp4), .setBytes(3, .ip, 24, .ints(1)), .bind(3, Target(.loopback4)), .names(3),
                .open(4, .udp4), .bind(4, Target(.loopback4, .own(0))), .sendTo(3, 1, Target(.loopback4, .own(0))),
                .names(3),
            ], "127.0.0.1:e0 Transport endpoint is not connected 3:w 4:rw"),
    ]
}
