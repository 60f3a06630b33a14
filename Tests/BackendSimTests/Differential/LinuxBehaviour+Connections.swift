import SocketModel

extension LinuxBehaviour {
    /// How connections begin and end.
    static let connections: [LinuxBehaviour] = [
        LinuxBehaviour("a new socket is hung up", [.open(0, .tcp4)], "done 0:wh"),
        LinuxBehaviour(
            "refused", [.open(0, .tcp4), .connect(0, Target(.loopback4, .own(3)), waiting: true)], .connectionRefused),
        LinuxBehaviour("refused, in the background", .refused, "\(Errno.nowInProgress) 1:rwehH"),
        LinuxBehaviour("SO_ERROR tells", .refused + [.get(1, .error)], "[111, 0, 0, 0] 1:rwhH"),
        LinuxBehaviour("SO_ERROR clears", .refused + [.get(1, .error), .get(1, .error)], "[0, 0, 0, 0]"),
        LinuxBehaviour(
            "the next connect tells, too", .refused + [.connect(1, Target(.loopback4, .own(3)))], .connectionRefused),
        LinuxBehaviour(
            "a connect after SO_ERROR", .refused + [.get(1, .error), .connect(1, Target(.loopback4, .own(3)))],
            .connectionAbort),
        LinuxBehaviour(
            "refused, then connected",
            .refused + [
                .connect(1, Target(.loopback4, .own(3))), .open(0, .tcp4), .listen(0, 1),
                .connect(1, Target(.loopback4, .of(0)), waiting: true),
            ], "done 0:r 1:w"),
        LinuxBehaviour("a receive tells of the refusal", .refused + [.receive(1, 1)], .connectionRefused),
        LinuxBehaviour("after a refusal there is no more to send", .refused + [.send(1, 1), .send(1, 1)], .brokenPipe),
        LinuxBehaviour("connected already", .pair + [.connect(1, Target(.loopback4, .of(0)))], .socketIsConnected),
        LinuxBehaviour(
            "a listener does not connect", .listener + [.connect(0, Target(.loopback4, .of(0)))], .socketIsConnected),
        LinuxBehaviour("a connection does not listen", .pair + [.listen(1, 1)], .invalidArgument),
        LinuxBehaviour("listening twice", .listener + [.listen(0, 1)], "done"),
        LinuxBehaviour(
            "who does not listen does not accept", [.open(0, .tcp4), .accept(0, into: 1)], .invalidArgument),
        LinuxBehaviour("the backlog is full", .overflow, "\(Errno.nowInProgress) 0:r 1:w 3:"),
        LinuxBehaviour("in progress already", .overflow + [.connect(3, Target(.loopback4, .of(0)))], .alreadyInProcess),
        LinuxBehaviour(
            "a connect given up leaves its error", .overflow + [.shutdown(3, .both), .get(3, .error)], "[104"),
        LinuxBehaviour("half closed, the rest arrives", .pair + [.shutdown(1, .send), .receive(2, 5)], "0"),
        LinuxBehaviour(
            "half closed, answers arrive", .pair + [.shutdown(1, .send), .send(2, 10), .receive(1, 99)], "10"),
        LinuxBehaviour("half closed, nothing can be sent", .pair + [.shutdown(1, .send), .send(1, 1)], .brokenPipe),
        LinuxBehaviour("shut for reading, it ends", .pair + [.shutdown(1, .receive), .receive(1, 1)], "0 "),
        LinuxBehaviour(
            "shut for reading, data arrives all the same",
            .pair + [.shutdown(1, .receive), .send(2, 3), .receive(1, 9)], "3"),
        LinuxBehaviour(
            "shut for both, data resets", .pair + [.shutdown(1, .both), .send(2, 3), .get(2, .error)], "[32"),
        LinuxBehaviour(
            "shut without a connection", [.open(0, .tcp4), .shutdown(0, .both)], "\(Errno.socketNotConnected) 0:rwhH"),
        LinuxBehaviour("a listener shut down is none", .listener + [.shutdown(0, .receive), .listen(0, 1)], "done"),
        LinuxBehaviour(
            "a listener shut for sending listens",
            .listener + [.shutdown(0, .send), .connect(1, Target(.loopback4, .of(0)), waiting: true)], "done"),
        LinuxBehaviour(
            "closing with unread data resets", .pair + [.send(1, 10), .close(2), .receive(1, 1)], .connectionReset),
        LinuxBehaviour(
            "a broken pipe follows the reset", .pair + [.send(1, 10), .close(2), .receive(1, 1), .send(1, 1)],
            .brokenPipe),
        LinuxBehaviour(
            "the end follows the reset", .pair + [.send(1, 10), .close(2), .receive(1, 1), .receive(1, 1)], "0 "),
        LinuxBehaviour(
            "what was sent before a reset can be read",
            .pair + [.send(2, 3), .set(2, .linger, 0), .close(2), .receive(1, 9)], "3"),
        LinuxBehaviour("linger of 0 resets", .pair + [.set(2, .linger, 0), .close(2)], "done 0: 1:rwehH"),
        LinuxBehaviour("sending to who has closed resets", .pair + [.close(2), .send(1, 1), .send(1, 1)], .brokenPipe),
        LinuxBehaviour("a copy keeps the connection", .pair + [.duplicate(2, into: 3), .close(2)], "done 0: 1:w 3:w"),
        LinuxBehaviour(
            "a listener's end resets who waits",
            .listener + [.connect(1, Target(.loopback4, .of(0)), waiting: true), .close(0), .receive(1, 1)],
            .connectionReset),
        LinuxBehaviour(
            "disconnected", .pair + [.connect(1, Target(.unspecified)), .names(2)],
            "127.0.0.1:A \(Errno.socketNotConnected)"),
        LinuxBehaviour(
            "disconnected, it is reset", .pair + [.connect(1, Target(.unspecified)), .get(1, .error)], "[104"),
        LinuxBehaviour(
            "to itself",
            [
                .open(0, .tcp4), .bind(0, Target(.loopback4, .own(0))),
                .connect(0, Target(.loopback4, .own(0)), waiting: true),
            ], "done 0:w"),
        LinuxBehaviour("detached and adopted", .pair + [.detach(1), .send(1, 1)], "1 "),
    ]

    /// How bytes go.
    static let transfers: [LinuxBehaviour] = [
        LinuxBehaviour("no connection to send by", [.open(0, .tcp4), .send(0, 1)], .brokenPipe),
        LinuxBehaviour("no connection to receive from", [.open(0, .tcp4), .receive(0, 1)], .socketNotConnected),
        LinuxBehaviour("a listener does not receive", .listener + [.receive(0, 1)], .socketNotConnected),
        LinuxBehaviour("a send of nothing is none", .pair + [.send(1, 0)], "0 0: 1:w 2:w"),
        LinuxBehaviour(
            "an address does not matter", .pair + [.sendTo(1, 4, Target(.loopback6, .own(2)))], "4 0: 1:w 2:rw"),
        LinuxBehaviour("nothing to receive", .pair + [.receive(1, 1)], .wouldBlock),
        LinuxBehaviour("a receive of nothing", .pair + [.send(1, 3), .receive(2, 0), .receive(2, 9)], "3"),
        LinuxBehaviour("peeking takes nothing", .pair + [.send(1, 3), .receive(2, 9, .peek), .receive(2, 9)], "3"),
        LinuxBehaviour("MSG_TRUNC throws away", .pair + [.send(1, 3), .receive(2, 2, .truncated)], "2 0…0"),
        LinuxBehaviour(
            "MSG_TRUNC leaves the rest", .pair + [.send(1, 3), .receive(2, 2, .truncated), .receive(2, 9)], "1"),
        LinuxBehaviour("MSG_WAITALL takes what comes in time", .pair + [.send(1, 3), .wait(2, 9, .waitForAll)], "3"),
        LinuxBehaviour("waiting in vain", .pair + [.wait(2, 9)], "timed out"),
        LinuxBehaviour("no urgent data", .pair + [.receive(1, 1, .outOfBand)], .invalidArgument),
        LinuxBehaviour("no error queue", .pair + [.receive(1, 1, .errorQueue)], .wouldBlock),
        LinuxBehaviour("more is to come", .pair + [.send(1, 10, .more)], "10 0: 1:w 2:w"),
        LinuxBehaviour("more has come", .pair + [.send(1, 10, .more), .send(1, 1), .receive(2, 99)], "11"),
        LinuxBehaviour("full", .pair + [.flood(1)], "\(Errno.wouldBlock) 0: 1: 2:rw"),
        LinuxBehaviour("full, then drained", .pair + [.flood(1), .drain(2)], "\(Errno.wouldBlock) 0: 1:w 2:w"),
        LinuxBehaviour("no sender of a stream's bytes", .pair + [.send(1, 3), .receiveMessage(2, 9)], "3 from nobody"),
    ]
}
