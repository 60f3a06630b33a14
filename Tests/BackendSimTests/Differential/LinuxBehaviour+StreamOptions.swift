import SocketModel

extension LinuxBehaviour {
    /// How a stream's bytes are taken.
    static let streamBytes: [LinuxBehaviour] = [
        LinuxBehaviour(
            "peeking for all",
            .pair + [
                .send(1, 10), .receive(2, 20, [.waitForAll, .peek]), .receive(2, 5, [.waitForAll, .peek]),
                .receive(2, 20),
            ], "10 7…7 0: 1:w 2:w"),
        LinuxBehaviour(
            "peeking for all, waiting", .pair + [.send(1, 10), .wait(2, 20, [.waitForAll, .peek]), .receive(2, 20)],
            "10 7…7 0: 1:w 2:w"),
        LinuxBehaviour(
            "peeking at a stream with MSG_TRUNC",
            .pair + [.send(1, 10), .receive(2, 3, [.peek, .truncated]), .receive(2, 20)], "10 7…7 0: 1:w 2:w"),
        LinuxBehaviour(
            "a reset, and a receive of nothing",
            .pair + [.setBytes(2, .socket, 13, .ints(1, 0)), .close(2), .receive(1, 0), .receive(1, 1)],
            "0 0…0 0: 1:rwhH"),
        LinuxBehaviour(
            "a cork is pulled after 200 ms",
            .pair + [.setBytes(1, .tcp, 3, .ints(1)), .send(1, 10), .pass(milliseconds: 250), .receive(2, 20)],
            "10 8…8 0: 1:w 2:w"),
        LinuxBehaviour(
            "MSG_MORE is over after 200 ms", .pair + [.send(1, 10, .more), .pass(milliseconds: 250), .receive(2, 20)],
            "10 7…7 0: 1:w 2:w"),
        LinuxBehaviour(
            "TCP_NODELAY pushes what MSG_MORE holds",
            .pair + [.send(1, 10, .more), .setBytes(1, .tcp, 1, .ints(1)), .receive(2, 20)], "10 7…7 0: 1:w 2:w"),
        LinuxBehaviour(
            "TCP_NODELAY pushes through a cork",
            .pair + [.setBytes(1, .tcp, 3, .ints(1)), .send(1, 10), .setBytes(1, .tcp, 1, .ints(1)), .receive(2, 20)],
            "10 8…8 0: 1:w 2:w"),
        LinuxBehaviour(
            "TCP_INQ",
            .pair + [
                .setBytes(2, .tcp, 36, .ints(1)), .send(1, 10), .receiveMessage(2, 4, room: 100),
                .receiveMessage(2, 4, room: 100), .receiveMessage(2, 4, room: 3),
            ], "2 from nobody [] MSG_CTRUNC 8…8 0: 1:w 2:w"),
        LinuxBehaviour(
            "SO_PEEK_OFF of a stream",
            .pair + [
                .send(1, 5), .setBytes(2, .socket, 42, .ints(2)), .receive(2, 9, .peek), .receive(2, 9, .peek),
                .receive(2, 9), .getBytes(2, .socket, 42, length: 4),
            ], "[0, 0, 0, 0] 0: 1:w 2:w"),
    ]

    /// Options of streams, and what TCP tells.
    static let streamOptions: [LinuxBehaviour] = [
        LinuxBehaviour(
            "TCP_DEFER_ACCEPT in whole periods",
            [
                .open(0, .tcp4), .setBytes(0, .tcp, 9, .ints(1)), .getBytes(0, .tcp, 9, length: 4),
                .setBytes(0, .tcp, 9, .ints(5)), .getBytes(0, .tcp, 9, length: 4), .setBytes(0, .tcp, 9, .ints(100000)),
                .getBytes(0, .tcp, 9, length: 4), .setBytes(0, .tcp, 9, .ints(-1)), .getBytes(0, .tcp, 9, length: 4),
            ], "[0, 0, 0, 0] 0:wh"),
        LinuxBehaviour(
            "deferred until the end",
            [
                .open(0, .tcp4), .bind(0, Target(.loopback4, .own(0))), .setBytes(0, .tcp, 9, .ints(2)), .listen(0, 5),
                .open(1, .tcp4), .connect(1, Target(.loopback4, .own(0)), waiting: true),
                .getBytes(1, .tcp, 11, length: 1), .shutdown(1, .send), .accept(0, into: 2), .receive(2, 1),
            ], "0 0…0 0: 1:w 2:rwH"),
        LinuxBehaviour(
            "deferred, and its listener ends",
            [
                .open(0, .tcp4), .bind(0, Target(.loopback4, .own(0))), .setBytes(0, .tcp, 9, .ints(2)), .listen(0, 5),
                .open(1, .tcp4), .connect(1, Target(.loopback4, .own(0)), waiting: true), .close(0), .send(1, 1),
                .get(1, .error),
            ], "[104, 0, 0, 0] 1:rwhH"),
        LinuxBehaviour(
            "SO_LINGER in bounds",
            .pair + [
                .setBytes(1, .socket, 13, .ints(1, 70000)), .getBytes(1, .socket, 13, length: 8),
                .setBytes(1, .socket, 13, .ints(-1, 5)), .getBytes(1, .socket, 13, length: 8),
                .getBytes(1, .socket, 13, length: 4), .setBytes(1, .socket, 13, .ints(1)),
            ], .invalidArgument),
        LinuxBehaviour(
            "what a listener hands on",
            .listener + [
                .setBytes(0, .socket, 13, .ints(1, 5)), .setBytes(0, .socket, 8, .ints(5000)),
                .setBytes(0, .ip, 2, .ints(33)), .connect(1, Target(.loopback4, .own(0)), waiting: true),
                .accept(0, into: 2), .getBytes(2, .socket, 13, length: 8), .getBytes(2, .socket, 8, length: 4),
                .getBytes(2, .ip, 2, length: 4), .getBytes(2, .socket, 30, length: 4),
            ], "[0, 0, 0, 0] 0: 1:w 2:w"),
        LinuxBehaviour(
            "levels and options that there are not, IPv4",
            [
                .open(0, .tcp4), .getBytes(0, .socket, 200, length: 4), .getBytes(0, .tcp, 200, length: 4),
                .getBytes(0, .ip, 200, length: 4), .getBytes(0, .ipv6, 1, length: 4), .getBytes(0, .udp, 1, length: 4),
                .getBytes(0, OptionLevel(rawValue: 99), 1, length: 4),
            ], .notSupportedOnSocket),
        LinuxBehaviour(
            "levels and options that there are not, IPv6",
            [
                .open(0, .tcp6), .getBytes(0, .socket, 200, length: 4), .getBytes(0, .ipv6, 200, length: 4),
                .getBytes(0, .ip, 200, length: 4), .getBytes(0, OptionLevel(rawValue: 99), 1, length: 4),
                .setBytes(0, OptionLevel(rawValue: 99), 1, .ints(1)), .setBytes(0, .udp, 1, .ints(1)),
            ], .protocolNotAvailable),
        LinuxBehaviour(
            "all that poll says of a stream",
            [
                .open(0, .tcp4), .poll(0), .bind(0, Target(.loopback4, .own(0))), .poll(0), .listen(0, 1), .poll(0),
                .open(1, .tcp4), .connect(1, Target(.loopback4, .own(0)), waiting: true), .poll(0), .poll(1),
                .accept(0, into: 2), .poll(2), .send(1, 3), .poll(2), .close(1), .poll(2), .shutdown(2, .send),
                .poll(2),
            ], "readiness([POLLIN|POLLOUT|POLLHUP|POLLRDNORM|POLLWRNORM|POLLRDHUP]) 0: 2:rwhH"),
        LinuxBehaviour(
            "all that poll says after a reset",
            .pair + [.setBytes(2, .socket, 13, .ints(1, 0)), .close(2), .poll(1), .get(1, .error), .poll(1)],
            "readiness([POLLIN|POLLOUT|POLLHUP|POLLRDNORM|POLLWRNORM|POLLRDHUP]) 0: 1:rwhH"),
        LinuxBehaviour(
            "all that poll says of halves",
            .pair + [.shutdown(1, .receive), .poll(1), .poll(2), .shutdown(1, .send), .poll(1), .poll(2)],
            "readiness([POLLIN|POLLOUT|POLLRDNORM|POLLWRNORM|POLLRDHUP]) 0: 1:rwhH 2:rwH"),
        LinuxBehaviour(
            "TCP_INFO counts segments and bytes",
            .pair + [
                .send(1, 10), .count(1), .count(2), .receive(2, 10), .count(2), .send(2, 5), .count(1), .count(2),
            ],
            "unacked 0, pmtu 65535, acked 5, received 10, segs_out 2, segs_in 4, notsent 0, data_in 1, data_out 1, sent 5 0: 1:rw 2:w"
        ),
        LinuxBehaviour(
            "TCP_INFO counts a FIN among the bytes",
            .pair + [
                .send(1, 10), .shutdown(1, .send), .count(1), .count(2), .receive(2, 20), .receive(2, 1), .close(2),
                .pass(milliseconds: 5), .count(1),
            ],
            "unacked 0, pmtu 65535, acked 12, received 1, segs_out 5, segs_in 3, notsent 0, data_in 0, data_out 1, sent 10 0: 1:rwhH"
        ),
        LinuxBehaviour(
            "TCP_INFO under a cork", .pair + [.setBytes(1, .tcp, 3, .ints(1)), .send(1, 10), .count(1)],
            "unacked 0, pmtu 65535, acked 1, received 0, segs_out 2, segs_in 1, notsent 10, data_in 0, data_out 0, sent 0 0: 1:w 2:w"
        ),
        LinuxBehaviour(
            "TCP_INFO counts, IPv6",
            [
                .open(0, .tcp6), .listen(0, 1), .open(1, .tcp6), .connect(1, Target(.loopback6, .of(0)), waiting: true),
                .accept(0, into: 2), .send(1, 7), .receive(2, 7), .send(2, 3), .count(1), .count(2),
            ],
            "unacked 0, pmtu 65536, acked 3, received 7, segs_out 2, segs_in 4, notsent 0, data_in 1, data_out 1, sent 3 0: 1:rw 2:w"
        ),
        LinuxBehaviour(
            "one port for two peers",
            .listener + [
                .setBytes(1, .ip, 51, [19, 184, 19, 184]), .connect(1, Target(.loopback4, .of(0)), waiting: true),
                .open(3, .tcp4), .setBytes(3, .ip, 51, [19, 184, 19, 184]),
                .connect(3, Target(.loopback4, .of(0)), waiting: true), .open(4, .tcp4), .listen(4, 5),
                .setBytes(3, .ip, 51, [19, 184, 19, 184]), .connect(3, Target(.loopback4, .of(4)), waiting: true),
            ], "done 0:r 1:w 3:w 4:r"),
        LinuxBehaviour(
            "a window that the buffer does not hold",
            .pair + [.send(1, 1000), .setBytes(2, .socket, 8, .ints(1)), .send(1, 1000), .receive(2, 5000)],
            "2000 7…9 0: 1:w 2:w"),
        LinuxBehaviour(
            "a copy of a listener listens on",
            .listener + [
                .connect(1, Target(.loopback4, .of(0)), waiting: true), .duplicate(0, into: 3), .shutdown(0, .both),
                .accept(3, into: 2), .listen(3, 1), .connect(1, Target(.unspecified)),
                .connect(1, Target(.loopback4, .own(0)), waiting: true),
            ], "done 0:r 1:w 3:r"),
        LinuxBehaviour(
            "shut by a copy",
            .pair + [.duplicate(1, into: 3), .shutdown(3, .both), .close(3), .names(1), .send(2, 1), .get(1, .error)],
            "[104, 0, 0, 0] 0: 1:rwhH 2:rwehH"),
        LinuxBehaviour(
            "reset after the peer's end",
            .pair + [.shutdown(2, .send), .receive(1, 1), .send(1, 3), .close(2), .get(1, .error), .poll(1)],
            "readiness([POLLIN|POLLOUT|POLLHUP|POLLRDNORM|POLLWRNORM|POLLRDHUP]) 0: 1:rwhH"),
        LinuxBehaviour(
            "half closed, data arrives, and the end",
            .pair + [
                .shutdown(1, .send), .receive(2, 1), .send(2, 3), .receive(1, 9), .close(2), .receive(1, 1), .names(1),
                .close(1),
            ], "done 0:"),
        LinuxBehaviour(
            "more connects than the backlog",
            [
                .open(0, .tcp4), .bind(0, Target(.loopback4, .own(0))), .listen(0, 2), .open(1, .tcp4),
                .connect(1, Target(.loopback4, .own(0)), waiting: true), .open(2, .tcp4),
                .connect(2, Target(.loopback4, .own(0)), waiting: true), .open(3, .tcp4),
                .connect(3, Target(.loopback4, .own(0)), waiting: true), .poll(0), .open(4, .tcp4),
                .connect(4, Target(.loopback4, .own(0))), .poll(4), .accept(0, into: 5), .pass(milliseconds: 1100),
                .poll(4),
            ], "readiness([POLLOUT|POLLWRNORM]) 0:r 1:w 2:w 3:w 4:w 5:w"),
        LinuxBehaviour(
            "of two that share a port the exact one hears",
            [
                .open(0, .tcp4), .setBytes(0, .socket, 15, .ints(1)), .bind(0, Target(.any4, .own(0))), .listen(0, 1),
                .open(1, .tcp4), .setBytes(1, .socket, 15, .ints(1)), .bind(1, Target(.loopback4, .own(0))),
                .listen(1, 1), .open(2, .tcp4), .connect(2, Target(.loopback4, .own(0)), waiting: true),
                .accept(0, into: 3), .accept(1, into: 4),
            ], "from 127.0.0.1:e0 0: 1: 2:w 4:w"),
        LinuxBehaviour(
            "any of IPv6 is loopback",
            [
                .open(0, .tcp6), .bind(0, Target(.any6, .own(0))), .listen(0, 1), .open(1, .tcp6),
                .connect(1, Target(.any6, .own(0)), waiting: true), .names(1), .accept(0, into: 2), .names(2),
            ], "::1:A ::1:e0 0: 1:w 2:w"),
        LinuxBehaviour(
            "any of IPv4 is the socket's own address",
            [
                .open(0, .tcp4), .bind(0, Target(.any4, .own(0))), .listen(0, 1), .open(1, .tcp4),
                .bind(1, Target(.second4, .own(1))), .connect(1, Target(.any4, .own(0)), waiting: true), .names(1),
                .accept(0, into: 2), .names(2),
            ], "127.0.0.2:A 127.0.0.2:B 0: 1:w 2:w"),
        LinuxBehaviour(
            "TCP_NOTSENT_LOWAT",
            .pair + [
                .setBytes(1, .tcp, 25, .ints(10)), .poll(1), .send(1, 5000), .poll(1),
                .getBytes(1, .tcp, 25, length: 4),
            ], "[10, 0, 0, 0] 0: 1:w 2:rw"),
        LinuxBehaviour(
            "TCP_INFO counts, to itself",
            [
                .open(0, .tcp4), .bind(0, Target(.loopback4, .own(0))),
                .connect(0, Target(.loopback4, .own(0)), waiting: true), .count(0),
            ],
            "unacked 0, pmtu 65535, acked 1, received 0, segs_out 3, segs_in 3"),
        LinuxBehaviour(
            "TCP_INFO of a new socket", [.open(0, .tcp4), .count(0)],
            "unacked 0, pmtu 0, acked 0, received 0, segs_out 0, segs_in 0, notsent 0, data_in 0, data_out 0, sent 0"
        ),
        LinuxBehaviour(
            "of two that share a port IPv4's own hears",
            [
                .open(0, .tcp6), .setBytes(0, .socket, 15, .ints(1)), .bind(0, Target(.any6, .own(0))), .listen(0, 1),
                .open(1, .tcp4), .setBytes(1, .socket, 15, .ints(1)), .bind(1, Target(.any4, .own(0))), .listen(1, 1),
                .open(2, .tcp4), .connect(2, Target(.loopback4, .own(0)), waiting: true),
            ],
            "done 0: 1:r 2:w"),
    ]
}
