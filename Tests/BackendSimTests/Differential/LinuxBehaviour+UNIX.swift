import SocketModel

extension LinuxBehaviour {
    /// UNIX sockets: names, streams, packets, datagrams.
    static let unix: [LinuxBehaviour] = [
        LinuxBehaviour(
            "an abstract name is taken, but not for another type",
            [
                .open(0, .unixStream), .bind(0, Target(.abstractA)), .bind(0, Target(.abstractB)),
                .open(1, .unixStream), .bind(1, Target(.abstractA)), .open(2, .unixDatagram),
                .bind(2, Target(.abstractA)),
            ], "done 0:wh 1:wh 2:w"),
        LinuxBehaviour(
            "a name of the system's choice, once",
            [
                .open(0, .unixStream), .bind(0, Target(.unix)), .names(0), .bind(0, Target(.unix)),
                .bind(0, Target(.pathA)),
            ], .invalidArgument),
        LinuxBehaviour(
            "a named socket asks for any name",
            [.open(0, .unixStream), .bind(0, Target(.pathA)), .bind(0, Target(.unix)), .names(0)],
            "pathA Transport endpoint is not connected 0:wh"),
        LinuxBehaviour(
            "a path outlives its socket",
            [
                .open(0, .unixStream), .bind(0, Target(.pathA)), .close(0), .open(1, .unixStream),
                .bind(1, Target(.pathA)), .open(2, .unixStream), .connect(2, Target(.pathA)),
            ], .connectionRefused),
        LinuxBehaviour(
            "addresses that lead nowhere",
            [
                .open(0, .unixStream), .connect(0, Target(.pathA)), .connect(0, Target(.abstractA)),
                .connect(0, Target(.unix)), .connect(0, Target(.unspecified)), .connect(0, Target(.loopback4, .own(0))),
            ], .invalidArgument),
        LinuxBehaviour(
            "a path of another type",
            [
                .open(0, .unixStream), .bind(0, Target(.pathA)), .listen(0, 1), .open(1, .unixDatagram),
                .connect(1, Target(.pathA)), .open(2, .unixPackets), .connect(2, Target(.pathA)),
            ], .protocolWrongTypeForSocket),
        LinuxBehaviour(
            "an abstract name of another type",
            [
                .open(0, .unixDatagram), .bind(0, Target(.abstractA)), .open(1, .unixStream),
                .connect(1, Target(.abstractA)),
            ], .connectionRefused),
        LinuxBehaviour(
            "listening needs a name, and may be said twice",
            [
                .open(0, .unixStream), .listen(0, 1), .bind(0, Target(.pathA)), .listen(0, 1), .listen(0, 2),
                .bind(0, Target(.pathB)),
            ], .invalidArgument),
        LinuxBehaviour(
            "the backlog is full, then it is not",
            [
                .open(0, .unixStream), .bind(0, Target(.pathA)), .listen(0, 0), .open(1, .unixStream),
                .connect(1, Target(.pathA)), .open(2, .unixStream), .connect(2, Target(.pathA)), .accept(0, into: 3),
                .connect(2, Target(.pathA)), .names(2),
            ], "unix: pathA 0:r 1:w 2:w 3:w"),
        LinuxBehaviour(
            "connected already",
            [
                .open(0, .unixStream), .bind(0, Target(.pathA)), .listen(0, 1), .open(1, .unixStream),
                .connect(1, Target(.pathA)), .connect(1, Target(.pathA)), .connect(1, Target(.pathB)), .listen(1, 1),
                .bind(1, Target(.pathB)), .names(1), .connect(1, Target(.unspecified)),
            ], .invalidArgument),
        LinuxBehaviour(
            "a listener does not connect",
            [
                .open(0, .unixStream), .bind(0, Target(.pathA)), .listen(0, 1), .connect(0, Target(.pathA)),
                .send(0, 1), .receive(0, 1), .shutdown(0, .both), .open(1, .unixStream), .connect(1, Target(.pathA)),
                .accept(0, into: 2),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "a listener's end resets who waits, UNIX",
            [
                .open(0, .unixStream), .bind(0, Target(.pathA)), .listen(0, 1), .open(1, .unixStream),
                .connect(1, Target(.pathA)), .close(0), .receive(1, 1), .send(1, 1), .get(1, .error),
            ], "[0, 0, 0, 0] 1:rwhH"),
        LinuxBehaviour(
            "a listener shut for reading",
            [
                .open(0, .unixStream), .bind(0, Target(.pathA)), .listen(0, 1), .shutdown(0, .send),
                .open(1, .unixStream), .connect(1, Target(.pathA)), .shutdown(0, .receive), .open(2, .unixStream),
                .connect(2, Target(.pathA)), .accept(0, into: 3), .accept(0, into: 4),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "who asks for credentials gets a name",
            [
                .open(0, .unixStream), .setBytes(0, .socket, 16, .ints(1)), .connect(0, Target(.pathA)), .names(0),
                .open(1, .unixStream), .setBytes(1, .socket, 16, .ints(1)), .bind(1, Target(.pathA)), .listen(1, 1),
                .connect(0, Target(.pathA)), .names(0),
            ], "abstract of 5 pathA 0:w 1:r"),
        LinuxBehaviour(
            "a send to who has closed with unread data",
            [.openPair(0, 1, .unixStream), .send(0, 5), .close(1), .send(0, 1), .get(0, .error), .receive(0, 1)],
            "0 0…0 0:rwhH"),
        LinuxBehaviour(
            "unread data resets, and what was sent is read first",
            [
                .openPair(0, 1, .unixStream), .send(0, 5), .send(1, 3), .close(1), .receive(0, 9), .receive(0, 9),
                .receive(0, 9),
            ], "0 0…0 0:rwhH"),
        LinuxBehaviour(
            "halves of a stream",
            [
                .openPair(0, 1, .unixStream), .shutdown(0, .send), .send(0, 1), .receive(1, 1), .send(1, 2),
                .receive(0, 9), .shutdown(0, .receive), .receive(0, 1), .send(1, 1),
            ], .brokenPipe),
        LinuxBehaviour(
            "shut for reading, the peer cannot send",
            [
                .openPair(0, 1, .unixStream), .shutdown(0, .receive), .send(1, 1), .receive(0, 1), .send(0, 1),
                .receive(1, 1),
            ], "1 5…5 0:rwH 1:w"),
        LinuxBehaviour(
            "a send of nothing is none, UNIX",
            [
                .openPair(0, 1, .unixStream), .send(0, 0), .receive(1, 1), .receive(1, 0), .send(0, 3), .receive(1, 0),
                .receive(1, 2, .truncated), .receive(1, 9),
            ], "1 5…5 0:w 1:w"),
        LinuxBehaviour(
            "addresses that a connected stream is given",
            [
                .openPair(0, 1, .unixStream), .sendTo(0, 3, Target(.pathA)), .sendTo(0, 3, Target(.loopback4, .own(0))),
                .connect(0, Target(.pathA)), .listen(0, 1), .bind(0, Target(.pathA)), .names(1),
            ], "unix: pathA 0:w 1:w"),
        LinuxBehaviour(
            "a receive of nothing",
            [
                .openPair(0, 1, .unixStream), .receiveMessage(1, 0, room: 0), .send(0, 3),
                .receiveMessage(1, 2, room: 0), .receiveMessage(1, 9, room: 0), .close(0),
                .receiveMessage(1, 9, room: 99),
            ], "0 from nobody [] 0 0…0 1:rwhH"),
        LinuxBehaviour(
            "SO_PEEK_OFF of a UNIX stream",
            [
                .openPair(0, 1, .unixStream), .send(0, 10), .setBytes(1, .socket, 42, .ints(3)), .receive(1, 2, .peek),
                .receive(1, 2, .peek), .receive(1, 3), .receive(1, 2, .peek), .getBytes(1, .socket, 42, length: 4),
            ], "[6, 0, 0, 0] 0:w 1:rw"),
        LinuxBehaviour(
            "a small send buffer",
            [
                .openPair(0, 1, .unixStream), .getBytes(0, .socket, 17, length: 0), .getBytes(0, .socket, 7, length: 4),
                .setBytes(0, .socket, 7, .ints(1)), .getBytes(0, .socket, 7, length: 4),
                .getBytes(0, .socket, 8, length: 4), .send(0, 3000), .send(0, 3000), .send(0, 3000),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "shut for reading by the other end, what came before is read",
            [
                .openPair(0, 1, .unixStream), .send(0, 5), .shutdown(1, .receive), .send(0, 1), .receive(1, 9),
                .receive(1, 9),
            ], "0 0…0 0:w 1:rwH"),
        LinuxBehaviour(
            "sockets that find no room",
            [
                .openPair(0, 1, .unixStream), .open(2, .udp4), .sendSockets(0, [2, 2], bytes: 3),
                .receiveMessage(1, 9, room: 20), .receive(1, 1),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "sockets without any room",
            [
                .openPair(0, 1, .unixStream), .open(2, .udp4), .sendSockets(0, [2, 2], bytes: 3),
                .receiveMessage(1, 9, room: 0), .receive(1, 1),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "sockets with room for a header",
            [
                .openPair(0, 1, .unixStream), .open(2, .udp4), .sendSockets(0, [2, 2], bytes: 3),
                .receiveMessage(1, 9, room: 16), .receive(1, 1),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "sockets that nobody asked for",
            [
                .openPair(0, 1, .unixStream), .open(2, .udp4), .sendSockets(0, [2, 2], bytes: 3), .receive(1, 9),
                .receive(1, 9),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "sockets are not joined",
            [
                .openPair(0, 1, .unixStream), .open(2, .udp4), .sendSockets(0, [2], bytes: 3),
                .sendSockets(0, [2], bytes: 3), .receiveMessage(1, 9, room: 100), .receiveMessage(1, 9, room: 100),
            ], "3 from nobody [1 sockets] 0 4…4 0:w 1:w 2:w"),
        LinuxBehaviour(
            "bytes before sockets, and after",
            [
                .openPair(0, 1, .unixStream), .open(2, .udp4), .send(0, 2), .sendSockets(0, [2], bytes: 3), .send(0, 2),
                .receiveMessage(1, 9, room: 100), .receiveMessage(1, 9, room: 100), .receive(1, 9),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "SO_PASSRIGHTS off",
            [
                .openPair(0, 1, .unixStream), .setBytes(1, .socket, 83, .ints(0)), .open(2, .udp4),
                .sendSockets(0, [2], bytes: 3), .receiveMessage(1, 9, room: 100),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "credentials leave no room for sockets",
            [
                .openPair(0, 1, .unixStream), .setBytes(1, .socket, 16, .ints(1)), .open(2, .udp4),
                .sendSockets(0, [2], bytes: 3), .receiveMessage(1, 9, room: 40),
            ], "3 from nobody [somebody] MSG_CTRUNC 4…4 0:w 1:w 2:w"),
        LinuxBehaviour(
            "packets are cut",
            [.openPair(0, 1, .unixPackets), .send(0, 5), .send(0, 3), .receive(1, 2), .receive(1, 9), .receive(1, 1)],
            .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "a packet of nothing, and the end",
            [
                .openPair(0, 1, .unixPackets), .send(0, 0), .receive(1, 1), .receiveMessage(1, 1, room: 0), .close(0),
                .receive(1, 1),
            ], "0 0…0 1:rwhH"),
        LinuxBehaviour(
            "a cut packet tells its length if asked",
            [
                .openPair(0, 1, .unixPackets), .send(0, 5), .receiveMessage(1, 2, room: 0), .send(0, 5),
                .receiveMessage(1, 2, room: 0, .truncated), .send(0, 5), .receive(1, 2, .truncated),
            ], "5 6…6 0:w 1:w"),
        LinuxBehaviour(
            "unread packets reset",
            [.openPair(0, 1, .unixPackets), .send(0, 5), .close(1), .receive(0, 1), .receive(0, 1), .send(0, 1)],
            .brokenPipe),
        LinuxBehaviour(
            "packets that are too long",
            [.openPair(0, 1, .unixPackets), .send(0, 200000), .send(0, 300000), .send(0, 100000)], "100000 0: 1:rw"),
        LinuxBehaviour(
            "a connected receiver is not to be sent to",
            [
                .open(0, .unixDatagram), .bind(0, Target(.pathA)), .open(1, .unixDatagram), .bind(1, Target(.pathB)),
                .connect(0, Target(.pathB)), .open(2, .unixDatagram), .sendTo(2, 3, Target(.pathA)),
                .connect(2, Target(.pathA)),
            ], .notPermitted),
        LinuxBehaviour(
            "a receiver's end is told once",
            [
                .open(0, .unixDatagram), .bind(0, Target(.pathA)), .open(1, .unixDatagram), .connect(1, Target(.pathA)),
                .close(0), .send(1, 1), .send(1, 1), .names(1), .get(1, .error),
            ], "[0, 0, 0, 0] 1:w"),
        LinuxBehaviour(
            "a receiver shut for reading",
            [
                .open(0, .unixDatagram), .bind(0, Target(.pathA)), .open(1, .unixDatagram), .connect(1, Target(.pathA)),
                .shutdown(0, .receive), .send(1, 1), .get(1, .error), .receive(0, 1),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "to itself, UNIX",
            [
                .open(0, .unixDatagram), .bind(0, Target(.pathA)), .connect(0, Target(.pathA)), .send(0, 3),
                .receive(0, 9), .names(0),
            ], "pathA pathA 0:w"),
        LinuxBehaviour(
            "a pair's end",
            [
                .openPair(0, 1, .unixDatagram), .send(0, 5), .close(1), .send(0, 1), .send(0, 1), .receive(0, 1),
                .names(0),
            ], "unix: Transport endpoint is not connected 0:w"),
        LinuxBehaviour(
            "more datagrams than the backlog",
            [
                .openPair(0, 1, .unixDatagram), .send(0, 1), .send(0, 1), .send(0, 1), .send(0, 1), .send(0, 1),
                .send(0, 1), .send(0, 1), .send(0, 1), .send(0, 1), .send(0, 1), .send(0, 1), .send(0, 1), .send(0, 1),
                .receive(1, 9), .send(0, 1),
            ], "1 0:w 1:rw"),
        LinuxBehaviour(
            "another peer, and what was queued is lost",
            [
                .open(0, .unixDatagram), .bind(0, Target(.pathA)), .open(1, .unixDatagram), .bind(1, Target(.pathB)),
                .connect(0, Target(.pathB)), .connect(1, Target(.pathA)), .send(1, 3),
                .connect(0, Target(.unspecified)), .receive(0, 9), .get(1, .error), .get(0, .error),
            ], "[0, 0, 0, 0] 0:w 1:w"),
        LinuxBehaviour(
            "a sender who asks for credentials",
            [
                .open(0, .unixDatagram), .setBytes(0, .socket, 16, .ints(1)), .open(1, .unixDatagram),
                .bind(1, Target(.pathA)), .sendTo(0, 3, Target(.pathA)), .names(0), .receiveMessage(1, 9, room: 9),
            ], "3 from abstract of 5 [] 0 5…5 0:w 1:w"),
    ]
}
