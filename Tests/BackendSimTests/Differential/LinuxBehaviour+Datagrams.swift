import SocketModel

extension LinuxBehaviour {
    private static let refusedDatagram: [Step] = [
        .open(4, .udp4), .connect(4, Target(.loopback4, .own(3))), .send(4, 1),
    ]

    static let datagrams: [LinuxBehaviour] = [
        LinuxBehaviour("a refusal shows", refusedDatagram, "1 4:we"),
        LinuxBehaviour("a refusal is the next call's", refusedDatagram + [.receive(4, 1)], .connectionRefused),
        LinuxBehaviour(
            "a refusal is told once", refusedDatagram + [.send(4, 1), .receive(4, 1), .get(4, .error)], "[0"),
        LinuxBehaviour(
            "who is not connected hears of no refusal", [.open(4, .udp4), .sendTo(4, 1, Target(.loopback4, .own(3)))],
            "1 4:w"),
        LinuxBehaviour("no address", [.open(4, .udp4), .send(4, 1)], .addressRequired),
        LinuxBehaviour("port 0", [.open(4, .udp4), .sendTo(4, 1, Target(.loopback4))], .invalidArgument),
        LinuxBehaviour(
            "what fails has taken a port",
            [.open(4, .udp4), .sendTo(4, 1, Target(.loopback4)), .bind(4, Target(.any4, .own(1)))], .invalidArgument),
        LinuxBehaviour("nothing is a datagram", .datagrams + [.sendTo(4, 0, Target(.loopback4, .of(3)))], "0 3:rw"),
        LinuxBehaviour(
            "nothing is received", .datagrams + [.sendTo(4, 0, Target(.loopback4, .of(3))), .receive(3, 9)], "0 0…0 3:w"
        ),
        LinuxBehaviour(
            "a receive of nothing takes a datagram",
            .datagrams + [.sendTo(4, 5, Target(.loopback4, .of(3))), .receive(3, 0)], "0 0…0 3:w"),
        LinuxBehaviour(
            "cut", .datagrams + [.sendTo(4, 5, Target(.loopback4, .of(3))), .receive(3, 3), .receive(3, 3)], .wouldBlock
        ),
        LinuxBehaviour(
            "cut, and its whole length",
            .datagrams + [.sendTo(4, 5, Target(.loopback4, .of(3))), .receive(3, 3, .truncated)], "5"),
        LinuxBehaviour("too long", .datagrams + [.sendTo(4, 65_508, Target(.loopback4, .of(3)))], .messageTooLong),
        LinuxBehaviour("as long as can be", .datagrams + [.sendTo(4, 65_507, Target(.loopback4, .of(3)))], "65507"),
        LinuxBehaviour(
            "no urgent data, IPv4", .datagrams + [.sendTo(4, 1, Target(.loopback4, .of(3)), .outOfBand)], .notSupported),
        LinuxBehaviour("nobody listens", [.open(4, .udp4), .listen(4, 1)], .notSupported),
        LinuxBehaviour("nobody accepts", [.open(4, .udp4), .accept(4, into: 0)], .notSupported),
        LinuxBehaviour(
            "shut for reading, a call that may not wait", .datagrams + [.shutdown(3, .receive), .receive(3, 1)],
            .wouldBlock),
        LinuxBehaviour(
            "shut for sending",
            .datagrams + [.connect(4, Target(.loopback4, .of(3))), .shutdown(4, .send), .send(4, 1)], .brokenPipe),
        LinuxBehaviour(
            "a connected socket has one peer",
            .datagrams + [
                .open(5, .udp4), .connect(3, Target(.loopback4, .own(3))), .sendTo(4, 1, Target(.loopback4, .of(3))),
            ], "1 3:w 4:w 5:w"),
        LinuxBehaviour(
            "connected to port 0, it takes what comes",
            .datagrams + [.connect(3, Target(.loopback4)), .sendTo(4, 1, Target(.loopback4, .of(3)))], "1 3:rw"),
        LinuxBehaviour(
            "gathered",
            .datagrams + [.connect(4, Target(.loopback4, .of(3))), .send(4, 2, .more), .send(4, 3), .receive(3, 9)], "5"
        ),
        LinuxBehaviour(
            "IPv4's address in IPv6's socket",
            [
                .open(4, .udp6), .open(3, .udp4), .bind(3, Target(.loopback4)),
                .sendTo(4, 2, Target(.loopback4, .of(3))),
            ], "2 3:rw 4:w"),
        LinuxBehaviour(
            "broadcasting must be asked for",
            [.open(4, .udp4), .sendMessage(4, 1, Target(.loopbackBroadcast4, .own(3)))],
            .permissionDenied),
    ]

    /// What random programs have found, each as short as it could be made.
    static let found: [LinuxBehaviour] = [
        LinuxBehaviour(
            "nothing to disconnect, nothing given back",
            [.open(0, .tcp4), .bind(0, Target(.any4)), .connect(0, Target(.unspecified)), .bind(0, Target(.any4))],
            .invalidArgument),
        LinuxBehaviour(
            "a listener goes on as a client, over TIME_WAIT",
            .pair + [
                .shutdown(2, .send), .shutdown(1, .send), .shutdown(0, .receive),
                .connect(0, Target(.loopback4, .of(1))),
            ], "\(Errno.nowInProgress) 0:rwehH"),
        LinuxBehaviour(
            "the same ends again",
            [.open(1, .tcp4), .bind(1, Target(.any4, .own(1)))] + .pair + [
                .close(2), .close(1), .open(1, .tcp4), .set(1, .reuseAddress, 1), .bind(1, Target(.any4, .own(1))),
                .connect(1, Target(.loopback4, .own(0))),
            ], "\(Errno.nowInProgress) 0:r 1:w"),
        LinuxBehaviour(
            "shut, connected to itself, and over",
            [
                .open(0, .tcp4), .bind(0, Target(.any4, .own(0))), .shutdown(0, .send),
                .connect(0, Target(.loopback4, .own(0))), .connect(0, Target(.loopback4, .own(0))),
            ], .connectionAbort),
        LinuxBehaviour("OOB without a connection", [.open(0, .tcp4), .send(0, 1, .outOfBand)], .brokenPipe),
        LinuxBehaviour(
            "errors before listening", [.open(0, .tcp6), .listen(0, 1), .receiveMessage(0, 1, room: 100, .errorQueue)],
            .wouldBlock),
        LinuxBehaviour("a refused client has no port", .refused + [.bind(1, Target(.any4, .own(2)))], "done"),
        LinuxBehaviour(
            "an ended client has no port",
            .pair + [.shutdown(1, .both), .shutdown(2, .both), .bind(1, Target(.any4, .own(2)))], "done"),
        LinuxBehaviour(
            "shut, then listening",
            [
                .open(0, .tcp4), .open(1, .tcp4), .shutdown(0, .send), .listen(0, 1),
                .connect(1, Target(.loopback4, .of(0)), waiting: true),
            ], "done 0:r 1:rwH"),
        LinuxBehaviour(
            "shut, then connected to itself",
            [
                .open(0, .tcp4), .bind(0, Target(.any4, .own(0))), .shutdown(0, .send),
                .connect(0, Target(.loopback4, .own(0))),
            ], "\(Errno.nowInProgress) 0:rwhH"),
        LinuxBehaviour(
            "IPv6 first, then IPv4",
            [
                .open(3, .udp6), .bind(3, Target(.loopback6)), .open(4, .udp6), .connect(4, Target(.loopback6, .of(3))),
                .connect(4, Target(.loopback4, .of(3))), .send(4, 1),
            ], "1 3:w 4:w"),
        LinuxBehaviour(
            "begun by IPv6, gone on with by IPv4",
            [
                .open(4, .udp6), .connect(4, Target(.loopback6, .own(3))), .send(4, 1, .more),
                .sendTo(4, 1, Target(.loopback4, .own(3))),
            ], .invalidArgument),
        LinuxBehaviour(
            "an answer does not push what waits", .pair + [.send(2, 10, .more), .send(1, 1)], "1 0: 1:w 2:rw"),
        LinuxBehaviour(
            "what finds no memory set aside pushes what waits",
            .pair + [.send(2, 1000), .send(1, 500, .more), .send(2, 1000)], "1000 0: 1:rw 2:rw"),
        LinuxBehaviour(
            "what finds memory set aside does not push",
            .pair + [.send(2, 1000), .send(1, 500, .more), .send(2, 1)], "1 0: 1:rw 2:w"),
        LinuxBehaviour(
            "taking what has come gives memory back",
            .pair + [.send(2, 1000), .receive(1, 1000), .send(1, 500, .more), .send(2, 1000)], "1000 0: 1:rw 2:w"),
        LinuxBehaviour(
            "a connection of IPv6 meets IPv4's any",
            [
                .open(4, .udp6), .connect(4, Target(.loopback6, .own(3))), .open(0, .udp4),
                .bind(0, Target(.any4, .of(4))),
            ], .addressInUse),
        LinuxBehaviour(
            "connected from a broadcast address",
            [.open(2, .tcp4), .bind(2, Target(.broadcast4)), .connect(2, Target(.loopback4, .own(3)), waiting: true)],
            .connectionRefused),
        LinuxBehaviour(
            "shut down between a refusal and its news",
            .refused + [.shutdown(1, .send), .connect(1, Target(.loopback4, .own(3)))], .invalidArgument),
    ]
}
