import SocketModel

extension LinuxBehaviour {
    /// The urgent byte of UNIX streams, and what `poll` says of UNIX sockets.
    static let urgent: [LinuxBehaviour] = [
        LinuxBehaviour(
            "an urgent byte is passed by",
            [
                .openPair(0, 1, .unixStream), .send(0, 5, .outOfBand), .poll(1), .receive(1, 9), .poll(1),
                .receive(1, 9), .receive(1, 1, .outOfBand), .receive(1, 9),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "an urgent byte is received first",
            [
                .openPair(0, 1, .unixStream), .send(0, 5, .outOfBand), .receive(1, 1, .outOfBand), .poll(1),
                .receive(1, 9), .poll(1), .receive(1, 9), .poll(1),
            ], "readiness([POLLOUT|POLLWRNORM|POLLWRBAND]) 0:w 1:w"),
        LinuxBehaviour(
            "an urgent byte alone",
            [
                .openPair(0, 1, .unixStream), .send(0, 1, .outOfBand), .poll(1), .receive(1, 1, [.outOfBand, .peek]),
                .receive(1, 1, .outOfBand), .poll(1), .receive(1, 1, .outOfBand), .receive(1, 9), .poll(1),
            ], "readiness([POLLOUT|POLLWRNORM|POLLWRBAND]) 0:w 1:w"),
        LinuxBehaviour(
            "bytes before an urgent one, and after",
            [
                .openPair(0, 1, .unixStream), .send(0, 3, .outOfBand), .send(0, 3), .receive(1, 9), .receive(1, 9),
                .receive(1, 9),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "the place of an urgent byte stops who receives",
            [
                .openPair(0, 1, .unixStream), .send(0, 3, .outOfBand), .send(0, 3), .receive(1, 1, .outOfBand),
                .receive(1, 9), .receive(1, 9), .receive(1, 9),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "a second urgent byte makes the first an ordinary one",
            [
                .openPair(0, 1, .unixStream), .send(0, 3, .outOfBand), .send(0, 3, .outOfBand), .receive(1, 9),
                .receive(1, 9), .receive(1, 9), .receive(1, 1, .outOfBand),
            ], .invalidArgument),
        LinuxBehaviour(
            "of two urgent bytes the last is received",
            [
                .openPair(0, 1, .unixStream), .send(0, 3, .outOfBand), .send(0, 3, .outOfBand),
                .receive(1, 1, .outOfBand), .receive(1, 9), .receive(1, 9), .receive(1, 9),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "two urgent bytes, one after the other",
            [
                .openPair(0, 1, .unixStream), .send(0, 1, .outOfBand), .receive(1, 1, .outOfBand),
                .send(0, 1, .outOfBand), .receive(1, 1, .outOfBand), .receive(1, 9), .send(0, 2), .receive(1, 9),
            ], "2 7…7 0:w 1:w"),
        LinuxBehaviour(
            "SO_OOBINLINE",
            [
                .openPair(0, 1, .unixStream), .setBytes(1, .socket, 10, .ints(1)), .send(0, 3, .outOfBand), .send(0, 2),
                .receive(1, 1, .outOfBand), .receive(1, 9), .receive(1, 9), .receive(1, 9), .poll(1),
            ], "readiness([POLLOUT|POLLWRNORM|POLLWRBAND]) 0:w 1:w"),
        LinuxBehaviour(
            "an urgent send of nothing",
            [
                .openPair(0, 1, .unixStream), .send(0, 0, .outOfBand), .receive(1, 1, .outOfBand),
                .receiveMessage(1, 9, room: 99, .outOfBand),
            ], .invalidArgument),
        LinuxBehaviour(
            "an urgent byte as a message",
            [
                .openPair(0, 1, .unixStream), .send(0, 3, .outOfBand), .receiveMessage(1, 9, room: 99, .outOfBand),
                .receiveMessage(1, 9, room: 99), .receiveMessage(1, 9, room: 99),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "peeking around an urgent byte",
            [
                .openPair(0, 1, .unixStream), .send(0, 3, .outOfBand), .send(0, 2), .receive(1, 9, .peek),
                .receive(1, 1, [.outOfBand, .peek]), .receive(1, 9), .receive(1, 9, .peek), .receive(1, 9),
            ], "2 3…3 0:w 1:w"),
        LinuxBehaviour(
            "the place of an urgent byte does not reset",
            [
                .openPair(0, 1, .unixStream), .send(0, 1, .outOfBand), .receive(1, 1, .outOfBand), .close(1),
                .receive(0, 1), .get(0, .error),
            ], "[0, 0, 0, 0] 0:rwhH"),
        LinuxBehaviour(
            "an urgent byte that nobody received resets",
            [.openPair(0, 1, .unixStream), .send(0, 1, .outOfBand), .close(1), .receive(0, 1), .get(0, .error)],
            "[0, 0, 0, 0] 0:rwhH"),
        LinuxBehaviour(
            "an urgent byte, and the end",
            [
                .openPair(0, 1, .unixStream), .send(0, 3, .outOfBand), .shutdown(0, .send), .poll(1), .receive(1, 9),
                .receive(1, 1, .outOfBand), .receive(1, 9), .poll(1),
            ], "readiness([POLLIN|POLLOUT|POLLRDNORM|POLLWRNORM|POLLWRBAND|POLLRDHUP]) 0:w 1:rwH"),
        LinuxBehaviour(
            "an urgent byte and who sent it",
            [
                .openPair(0, 1, .unixStream), .setBytes(1, .socket, 16, .ints(1)), .send(0, 3, .outOfBand),
                .receiveMessage(1, 9, room: 99, .outOfBand), .receiveMessage(1, 9, room: 99),
                .receiveMessage(1, 9, room: 99),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "MSG_WAITALL over an urgent byte",
            [
                .openPair(0, 1, .unixStream), .send(0, 3, .outOfBand), .send(0, 3), .wait(1, 9, .waitForAll),
                .receive(1, 9),
            ], .resourceTemporarilyUnavailable),
        LinuxBehaviour(
            "packets have no urgent byte",
            [
                .openPair(0, 1, .unixPackets), .send(0, 3, .outOfBand), .receive(1, 3, .outOfBand),
                .receiveMessage(1, 3, room: 9, .outOfBand),
            ], .notSupportedOnSocket),
        LinuxBehaviour(
            "SO_PEEK_OFF and an urgent byte",
            [
                .openPair(0, 1, .unixStream), .setBytes(1, .socket, 42, .ints(1)), .send(0, 4, .outOfBand), .send(0, 3),
                .receive(1, 9, .peek), .receive(1, 9, .peek), .receive(1, 9), .receive(1, 9, .peek), .receive(1, 9),
            ], "3 4…4 0:w 1:w"),
        LinuxBehaviour(
            "all that poll says of a UNIX stream",
            [
                .openPair(0, 1, .unixStream), .poll(0), .send(1, 1), .poll(0), .shutdown(1, .send), .poll(0),
                .shutdown(0, .send), .poll(0), .close(1), .poll(0),
            ], "readiness([POLLIN|POLLOUT|POLLHUP|POLLRDNORM|POLLWRNORM|POLLWRBAND|POLLRDHUP]) 0:rwhH"),
        LinuxBehaviour(
            "all that poll says of UNIX datagrams",
            [
                .openPair(0, 1, .unixDatagram), .poll(0), .send(1, 1), .poll(0), .shutdown(1, .send), .poll(0),
                .shutdown(0, .send), .poll(0), .close(1), .poll(0), .shutdown(0, .both), .poll(0),
            ], "readiness([POLLIN|POLLOUT|POLLHUP|POLLRDNORM|POLLWRNORM|POLLWRBAND|POLLRDHUP]) 0:rwhH"),
        LinuxBehaviour(
            "all that poll says of a UNIX listener",
            [
                .open(0, .unixStream), .poll(0), .bind(0, Target(.pathA)), .poll(0), .listen(0, 0), .poll(0),
                .open(1, .unixStream), .connect(1, Target(.pathA)), .poll(0), .poll(1), .close(0), .poll(1),
            ], "readiness([POLLIN|POLLOUT|POLLERR|POLLHUP|POLLRDNORM|POLLWRNORM|POLLWRBAND|POLLRDHUP]) 1:rwehH"),
        LinuxBehaviour(
            "a UNIX stream is writable while a quarter of its buffer is taken",
            [
                .openPair(0, 1, .unixStream), .setBytes(0, .socket, 7, .ints(5000)), .send(0, 2000), .poll(0),
                .send(0, 2000), .poll(0), .receive(1, 9999), .poll(0), .receive(1, 9999), .poll(0),
            ], "readiness([POLLOUT|POLLWRNORM|POLLWRBAND]) 0:w 1:w"),
        LinuxBehaviour(
            "a pair's datagrams are not counted",
            [
                .openPair(0, 1, .unixDatagram), .send(0, 1), .send(0, 1), .send(0, 1), .send(0, 1), .send(0, 1),
                .send(0, 1), .send(0, 1), .send(0, 1), .send(0, 1), .send(0, 1), .send(0, 1), .send(0, 1), .poll(0),
                .poll(1),
            ], "readiness([POLLIN|POLLOUT|POLLRDNORM|POLLWRNORM|POLLWRBAND]) 0:w 1:rw"),
        LinuxBehaviour(
            "options that UNIX sockets have, and have not",
            [
                .openPair(0, 1, .unixStream), .setBytes(0, .socket, 13, .ints(1, 5)),
                .setBytes(0, .socket, 15, .ints(1)), .setBytes(0, .socket, 9, .ints(1)),
                .getBytes(0, .socket, 9, length: 4), .setBytes(0, .socket, 6, .ints(1)),
                .getBytes(0, .socket, 12, length: 4), .setBytes(0, .socket, 20, [1]), .setBytes(0, .ip, 1, .ints(1)),
                .getBytes(0, .tcp, 11, length: 4),
            ], .notSupportedOnSocket),
        LinuxBehaviour(
            "an abstract receiver's end",
            [
                .open(0, .unixDatagram), .bind(0, Target(.abstractA)), .open(1, .unixDatagram),
                .sendTo(1, 3, Target(.abstractA)), .receiveMessage(0, 9, room: 9), .connect(1, Target(.abstractA)),
                .close(0), .send(1, 1), .sendTo(1, 1, Target(.abstractA)),
            ], .connectionRefused),
        LinuxBehaviour(
            "who connects, credentials that are asked for later",
            [
                .open(0, .unixStream), .bind(0, Target(.pathA)), .listen(0, 5), .open(1, .unixStream),
                .connect(1, Target(.pathA)), .send(1, 5), .open(2, .unixStream), .setBytes(1, .socket, 16, .ints(1)),
                .send(1, 3), .accept(0, into: 3), .setBytes(3, .socket, 16, .ints(1)), .receiveMessage(3, 3, room: 99),
                .receiveMessage(3, 9, room: 99),
            ], "5 from nobody [somebody] 0 6…9 0: 1:w 2:wh 3:w"),
        LinuxBehaviour(
            "a packet socket connects itself to another, and to itself not",
            [
                .open(0, .unixPackets), .open(1, .unixPackets), .bind(1, Target(.abstractA)),
                .connect(0, Target(.abstractA)), .listen(1, 0), .connect(0, Target(.abstractA)),
                .connect(0, Target(.abstractA)), .accept(1, into: 2), .sendTo(2, 3, Target(.pathB)),
                .receiveMessage(0, 9, room: 9),
            ], "3 from abstractA [] 0 9…9 0:w 1: 2:w"),
    ]
}
