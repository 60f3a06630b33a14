import SocketModel

extension LinuxBehaviour {
    /// Ports of streams.
    static let ports: [LinuxBehaviour] = [
        LinuxBehaviour(
            "sharing the port is not reusing the address",
            [
                .open(0, .tcp4), .setBytes(0, .socket, 15, .ints(1)), .bind(0, Target(.loopback4, .own(0))),
                .open(1, .tcp4), .setBytes(1, .socket, 2, .ints(1)), .bind(1, Target(.loopback4, .own(0))),
            ], .addressInUse),
        LinuxBehaviour(
            "both share the port, one of them for any address",
            [
                .open(0, .tcp4), .setBytes(0, .socket, 15, .ints(1)), .bind(0, Target(.loopback4, .own(0))),
                .open(1, .tcp4), .setBytes(1, .socket, 15, .ints(1)), .bind(1, Target(.any4, .own(0))),
            ], "done 0:wh 1:wh"),
        LinuxBehaviour(
            "reusing does not help against a listener on any address",
            [
                .open(0, .tcp4), .setBytes(0, .socket, 2, .ints(1)), .bind(0, Target(.any4, .own(0))), .listen(0, 1),
                .open(1, .tcp4), .setBytes(1, .socket, 2, .ints(1)), .bind(1, Target(.second4, .own(0))),
            ], .addressInUse),
        LinuxBehaviour(
            "a socket may say later that it reuses",
            [
                .open(0, .tcp4), .bind(0, Target(.loopback4, .own(0))), .open(1, .tcp4),
                .setBytes(1, .socket, 2, .ints(1)), .setBytes(0, .socket, 2, .ints(1)),
                .bind(1, Target(.loopback4, .own(0))),
            ], "done 0:wh 1:wh"),
        LinuxBehaviour(
            "any of IPv6 and any of IPv4 are one",
            [.open(0, .tcp6), .bind(0, Target(.any6, .own(0))), .open(1, .tcp4), .bind(1, Target(.any4, .own(0)))],
            .addressInUse),
        LinuxBehaviour(
            "any of both, both reuse, and both listen",
            [
                .open(0, .tcp6), .setBytes(0, .socket, 2, .ints(1)), .bind(0, Target(.any6, .own(0))), .open(1, .tcp4),
                .setBytes(1, .socket, 2, .ints(1)), .bind(1, Target(.any4, .own(0))), .listen(0, 1), .listen(1, 1),
            ], .addressInUse),
        LinuxBehaviour(
            "any of IPv4 beside IPv6 alone",
            [
                .open(0, .tcp6), .setBytes(0, .ipv6, 26, .ints(1)), .bind(0, Target(.any6, .own(0))), .open(1, .tcp4),
                .bind(1, Target(.any4, .own(0))), .listen(0, 1), .listen(1, 1), .open(2, .tcp4),
                .connect(2, Target(.loopback4, .own(0)), waiting: true), .accept(1, into: 3),
            ], "from 127.0.0.1:e0 0: 1: 2:w 3:w"),
        LinuxBehaviour(
            "one port of a mapped address and of IPv6",
            [
                .open(0, .tcp6), .bind(0, Target(.mappedLoopback, .own(0))), .names(0), .open(1, .tcp6),
                .bind(1, Target(.loopback6, .own(0))),
            ], "done 0:wh 1:wh"),
        LinuxBehaviour(
            "a group's address does not listen",
            [.open(0, .tcp4), .bind(0, Target(.group4, .own(0))), .names(0), .listen(0, 1)], "done 0:"),
        LinuxBehaviour(
            "who closes second leaves no TIME_WAIT",
            .pair + [
                .close(2), .close(1), .close(0), .open(3, .tcp4), .setBytes(3, .socket, 2, .ints(1)),
                .bind(3, Target(.loopback4, .own(0))),
            ], .addressInUse),
        LinuxBehaviour(
            "TIME_WAIT does not share",
            [
                .open(0, .tcp4), .setBytes(0, .socket, 2, .ints(1)), .bind(0, Target(.loopback4, .own(0))),
                .listen(0, 5), .open(1, .tcp4), .connect(1, Target(.loopback4, .own(0)), waiting: true),
                .accept(0, into: 2), .close(2), .close(1), .close(0), .open(3, .tcp4),
                .setBytes(3, .socket, 15, .ints(1)), .bind(3, Target(.loopback4, .own(0))),
            ], .addressInUse),
        LinuxBehaviour(
            "a client's TIME_WAIT gives way to who reuses",
            [
                .open(1, .tcp4), .setBytes(1, .socket, 2, .ints(1)), .bind(1, Target(.loopback4, .own(1))),
                .open(0, .tcp4), .bind(0, Target(.loopback4, .own(0))), .listen(0, 5),
                .connect(1, Target(.loopback4, .own(0)), waiting: true), .accept(0, into: 2), .close(1), .close(2),
                .open(3, .tcp4), .setBytes(3, .socket, 2, .ints(1)), .bind(3, Target(.loopback4, .own(1))),
                .connect(3, Target(.loopback4, .own(0)), waiting: true),
            ], "done 0:r 3:w"),
        LinuxBehaviour(
            "a live connection keeps its client's port from others that connect to the same",
            [
                .open(1, .tcp4), .setBytes(1, .socket, 2, .ints(1)), .bind(1, Target(.loopback4, .own(1))),
                .open(0, .tcp4), .bind(0, Target(.loopback4, .own(0))), .listen(0, 5),
                .connect(1, Target(.loopback4, .own(0)), waiting: true), .open(3, .tcp4),
                .setBytes(3, .socket, 2, .ints(1)), .bind(3, Target(.loopback4, .own(1))),
                .connect(3, Target(.loopback4, .own(0)), waiting: true),
            ], .addressNotAvailable),
        LinuxBehaviour(
            "reusing, the port of a client may be listened on",
            [
                .open(1, .tcp4), .setBytes(1, .socket, 2, .ints(1)), .bind(1, Target(.loopback4, .own(1))),
                .open(0, .tcp4), .bind(0, Target(.loopback4, .own(0))), .listen(0, 5),
                .connect(1, Target(.loopback4, .own(0)), waiting: true), .open(3, .tcp4),
                .setBytes(3, .socket, 2, .ints(1)), .bind(3, Target(.loopback4, .own(1))), .listen(3, 1),
            ], "done 0:r 1:w 3:"),
        LinuxBehaviour(
            "who reuses listens beside what was accepted",
            [
                .open(0, .tcp4), .setBytes(0, .socket, 2, .ints(1)), .bind(0, Target(.loopback4, .own(0))),
                .listen(0, 5), .open(1, .tcp4), .connect(1, Target(.loopback4, .own(0)), waiting: true),
                .accept(0, into: 2), .close(0), .open(3, .tcp4), .setBytes(3, .socket, 2, .ints(1)),
                .bind(3, Target(.loopback4, .own(0))), .listen(3, 1),
            ], "done 1:w 2:w 3:"),
        LinuxBehaviour(
            "a bind without a port",
            [
                .open(0, .tcp4), .setBytes(0, .ip, 24, .ints(1)), .bind(0, Target(.loopback4)), .names(0),
                .listen(0, 1), .names(0),
            ], "127.0.0.1:e0 Transport endpoint is not connected 0:"),
        LinuxBehaviour(
            "a bind without a port, then a connect",
            [
                .open(0, .tcp4), .setBytes(0, .ip, 24, .ints(1)), .bind(0, Target(.loopback4)), .open(1, .tcp4),
                .listen(1, 1), .connect(0, Target(.loopback4, .of(1)), waiting: true), .names(0),
            ], "127.0.0.1:e0 127.0.0.1:e1 0:w 1:r"),
        LinuxBehaviour(
            "an address that is nobody's, bound freely",
            [
                .open(0, .tcp4), .setBytes(0, .ip, 15, .ints(1)), .bind(0, Target(.foreign4, .own(0))), .names(0),
                .listen(0, 1),
            ], "done 0:"),
        LinuxBehaviour(
            "a UDP socket bound to no family", [.open(0, .udp4), .bind(0, Target(.unspecified)), .names(0)],
            "0.0.0.0:0 Transport endpoint is not connected 0:w"),
        LinuxBehaviour(
            "an address of a link wants its zone", [.open(0, .tcp6), .bind(0, Target(.linkLocal6, .own(0)))],
            .invalidArgument),
    ]

    /// Connects and listeners.
    static let connects: [LinuxBehaviour] = [
        LinuxBehaviour(
            "shut after a refusal that nobody has heard of", .refused + [.shutdown(1, .both), .get(1, .error)],
            "[111, 0, 0, 0] 1:rwhH"),
        LinuxBehaviour(
            "a refused client does not listen before it knows", .refused + [.listen(1, 1)], .invalidArgument),
        LinuxBehaviour(
            "a refusal is forgotten with the peer",
            .refused + [.connect(1, Target(.unspecified)), .get(1, .error), .names(1)],
            "0.0.0.0:e0 Transport endpoint is not connected 1:wh"),
        LinuxBehaviour("a connect under way cannot send", .overflow + [.send(3, 1)], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "a connect under way cannot receive", .overflow + [.receive(3, 1)], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "a connect under way has no peer", .overflow + [.names(3)],
            "127.0.0.1:e0 Transport endpoint is not connected 0:r 1:w 3:"),
        LinuxBehaviour(
            "shut for sending, a connect is over",
            .overflow + [.shutdown(3, .send), .connect(3, Target(.loopback4, .of(0)))], .nowInProgress),
        LinuxBehaviour(
            "a connect given up", .overflow + [.connect(3, Target(.unspecified)), .names(3), .get(3, .error)],
            "[104, 0, 0, 0] 0:r 1:w 3:wh"),
        LinuxBehaviour(
            "a stream reaches no broadcast address", [.open(1, .tcp4), .connect(1, Target(.broadcast4, .own(1)))],
            "- 1:wh"),
        LinuxBehaviour(
            "disconnected, it is as new",
            .pair + [.connect(1, Target(.unspecified)), .names(1), .send(1, 1), .receive(1, 1), .shutdown(1, .both)],
            .socketNotConnected),
        LinuxBehaviour(
            "a listener that is disconnected keeps its name",
            .listener + [.connect(0, Target(.unspecified)), .names(0), .listen(0, 1), .names(0)],
            "127.0.0.1:A Transport endpoint is not connected 0: 1:wh"),
        LinuxBehaviour(
            "what was accepted outlives its listener's disconnect",
            .pair + [.connect(0, Target(.unspecified)), .send(1, 1), .receive(2, 1)], "1 8…8 0:wh 1:w 2:w"),
        LinuxBehaviour(
            "disconnected, and connected anew",
            .pair + [
                .connect(1, Target(.unspecified)), .connect(1, Target(.loopback4, .own(0)), waiting: true),
                .accept(0, into: 3), .send(3, 1), .receive(1, 3),
            ], "1 10…10 0: 1:w 2:rwehH 3:w"),
        LinuxBehaviour(
            "a closed listener leaves its port at once",
            .listener + [.close(0), .open(0, .tcp4), .bind(0, Target(.loopback4, .own(0))), .listen(0, 5)],
            "done 0: 1:wh"),
        LinuxBehaviour("whose peer has closed cannot listen", .pair + [.close(2), .listen(1, 1)], .invalidArgument),
        LinuxBehaviour(
            "a listener without a name has a port",
            [
                .open(0, .tcp4), .listen(0, 5), .names(0), .open(1, .tcp4),
                .connect(1, Target(.loopback4, .of(0)), waiting: true),
            ], "done 0:r 1:w"),
        LinuxBehaviour(
            "shut for all, a listener accepts nobody",
            .listener + [.shutdown(0, .both), .names(0), .accept(0, into: 2)], .invalidArgument),
        LinuxBehaviour(
            "shut for sending, a listener waits", .listener + [.shutdown(0, .send), .names(0), .accept(0, into: 2)],
            .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "reset before it was accepted",
            .listener + [
                .connect(1, Target(.loopback4, .of(0)), waiting: true), .setBytes(1, .socket, 13, .ints(1, 0)),
                .close(1), .accept(0, into: 2), .receive(2, 1), .get(2, .error), .names(2),
            ], "127.0.0.1:A Transport endpoint is not connected 0: 2:rwhH"),
        LinuxBehaviour(
            "data, then a reset, before it was accepted",
            .listener + [
                .connect(1, Target(.loopback4, .of(0)), waiting: true), .send(1, 3),
                .setBytes(1, .socket, 13, .ints(1, 0)), .close(1), .accept(0, into: 2), .receive(2, 9), .receive(2, 9),
                .names(2),
            ], "127.0.0.1:A Transport endpoint is not connected 0: 2:rwhH"),
        LinuxBehaviour(
            "its listener shut for reading, an unaccepted client is reset",
            .listener + [
                .connect(1, Target(.loopback4, .of(0)), waiting: true), .shutdown(0, .receive), .get(1, .error),
                .receive(1, 1),
            ], "0 0…0 0:wh 1:rwhH"),
    ]

    /// Halves, ends and resets.
    static let ends: [LinuxBehaviour] = [
        LinuxBehaviour(
            "shut for both, and the peer has not",
            .pair + [.shutdown(1, .both), .send(1, 1), .receive(1, 1), .names(1), .get(1, .error)],
            "[0, 0, 0, 0] 0: 1:rwhH 2:rwH"),
        LinuxBehaviour(
            "both ends shut, a half cannot be shut again",
            .pair + [.shutdown(1, .send), .shutdown(2, .send), .shutdown(1, .receive), .shutdown(2, .receive)],
            .socketNotConnected),
        LinuxBehaviour(
            "what was sent before the end arrives",
            .pair + [.send(1, 5), .shutdown(1, .send), .receive(2, 9), .receive(2, 9), .close(2), .receive(1, 1)],
            "0 0…0 0: 1:rwhH"),
        LinuxBehaviour(
            "a send to who has closed, and the end is read first",
            .pair + [.close(2), .send(1, 1), .receive(1, 1), .receive(1, 1), .get(1, .error), .send(1, 1)], .brokenPipe),
        LinuxBehaviour(
            "a reset is told once", .pair + [.close(2), .send(1, 1), .get(1, .error), .send(1, 1), .receive(1, 1)],
            "0 0…0 0: 1:rwhH"),
        LinuxBehaviour(
            "a peer's close leaves the halves to be shut",
            .pair + [.close(2), .shutdown(1, .receive), .shutdown(1, .send), .shutdown(1, .send)], .socketNotConnected),
        LinuxBehaviour(
            "a reset by receivemsg",
            .pair + [
                .setBytes(2, .socket, 13, .ints(1, 0)), .close(2), .receiveMessage(1, 1, room: 50), .get(1, .error),
            ], "[0, 0, 0, 0] 0: 1:rwhH"),
        LinuxBehaviour(
            "reset, then bound anew",
            .pair + [
                .setBytes(2, .socket, 13, .ints(1, 0)), .close(2), .connect(1, Target(.loopback4, .own(0))),
                .bind(1, Target(.loopback4, .own(1))),
            ], "done 0: 1:rwehH"),
        LinuxBehaviour(
            "what was sent before a reset is read after a failed send",
            .pair + [
                .send(2, 5), .setBytes(2, .socket, 13, .ints(1, 0)), .close(2), .send(1, 1), .receive(1, 9),
                .receive(1, 9),
            ], "0 0…0 0: 1:rwhH"),
        LinuxBehaviour(
            "peeking at what was sent before a reset",
            .pair + [
                .send(2, 5), .setBytes(2, .socket, 13, .ints(1, 0)), .close(2), .receive(1, 9, .peek), .receive(1, 9),
                .receive(1, 9),
            ], .connectionReset),
        LinuxBehaviour(
            "unread data resets, and what was sent is lost",
            .pair + [.send(1, 5), .send(2, 5), .close(2), .receive(1, 9), .receive(1, 9)], .connectionReset),
        LinuxBehaviour(
            "who has closed answers with a reset", .pair + [.close(1), .send(2, 1), .send(2, 1), .get(2, .error)],
            "[0, 0, 0, 0] 0: 2:rwhH"),
        LinuxBehaviour(
            "a reset after both have shut",
            .pair + [
                .shutdown(2, .send), .setBytes(1, .socket, 13, .ints(1, 0)), .close(1), .get(2, .error), .receive(2, 1),
                .send(2, 1),
            ], .brokenPipe),
        LinuxBehaviour(
            "shut for both, a send of the peer's ends it",
            .pair + [.shutdown(1, .both), .send(2, 1), .receive(1, 1), .get(1, .error), .names(1)],
            "127.0.0.1:e0 Transport endpoint is not connected 0: 1:rwhH 2:rwehH"),
        LinuxBehaviour(
            "TCP_INFO of TIME_WAIT",
            .pair + [
                .shutdown(1, .send), .shutdown(2, .send), .getBytes(1, .tcp, 11, length: 1),
                .getBytes(2, .tcp, 11, length: 1),
            ], "[7] 0: 1:rwhH 2:rwhH"),
        LinuxBehaviour(
            "shut before it listened",
            [
                .open(0, .tcp4), .bind(0, Target(.loopback4, .own(0))), .shutdown(0, .both), .listen(0, 1),
                .open(1, .tcp4), .connect(1, Target(.loopback4, .own(0)), waiting: true), .accept(0, into: 2),
                .receive(2, 1), .send(2, 1),
            ], .brokenPipe),
        LinuxBehaviour(
            "to itself, and the end",
            [
                .open(0, .tcp4), .bind(0, Target(.loopback4, .own(0))),
                .connect(0, Target(.loopback4, .own(0)), waiting: true), .send(0, 5), .receive(0, 9),
                .shutdown(0, .send), .receive(0, 1), .send(0, 1), .names(0),
            ], "127.0.0.1:A Transport endpoint is not connected 0:rwhH"),
    ]
}
