import SocketModel

extension LinuxBehaviour {
    private static let again: [Step] = [.open(3, .tcp4), .bind(3, Target(.loopback4, .own(0)))]
    private static let reusing: [Step] = [
        .open(3, .tcp4), .set(3, .reuseAddress, 1), .bind(3, Target(.loopback4, .own(0))),
    ]
    /// One end has closed, then the other, whose connection stays in TIME_WAIT at the listener's port.
    private static let timeWait: [Step] = .pair + [.close(2), .close(1), .close(0)]

    /// Who may have which address and port.
    static let names: [LinuxBehaviour] = [
        LinuxBehaviour(
            "bound twice", [.open(0, .tcp4), .bind(0, Target(.loopback4)), .bind(0, Target(.loopback4))],
            .invalidArgument),
        LinuxBehaviour(
            "an address of nobody here", [.open(0, .tcp4), .bind(0, Target(.foreign4))], .addressNotAvailable),
        LinuxBehaviour(
            "an address of nobody here, IPv6", [.open(0, .udp6), .bind(0, Target(.foreign6))], .addressNotAvailable),
        LinuxBehaviour(
            "IPv6 in IPv4's socket", [.open(0, .tcp4), .bind(0, Target(.any6))], .addressFamilyNotSupported),
        LinuxBehaviour("IPv4 in IPv6's socket", [.open(0, .tcp6), .bind(0, Target(.any4))], .invalidArgument),
        LinuxBehaviour(
            "IPv4 to IPv6's stream", [.open(0, .tcp6), .connect(0, Target(.loopback4, .own(3)))], .invalidArgument),
        LinuxBehaviour("all of 127.0.0.0/8 is here", [.open(0, .tcp4), .bind(0, Target(.second4))], "done"),
        LinuxBehaviour(
            "two addresses, one port", [.open(0, .tcp4), .bind(0, Target(.second4, .own(0)))] + again, "done"),
        LinuxBehaviour(
            "any keeps others from its port", [.open(0, .tcp4), .bind(0, Target(.any4, .own(0)))] + again, .addressInUse
        ),
        LinuxBehaviour(
            "both reuse", [.open(0, .tcp4), .set(0, .reuseAddress, 1), .bind(0, Target(.any4, .own(0)))] + reusing,
            "done"),
        LinuxBehaviour(
            "both reuse, and one listens",
            [.open(0, .tcp4), .set(0, .reuseAddress, 1), .bind(0, Target(.any4, .own(0))), .listen(0, 1)] + reusing,
            .addressInUse),
        LinuxBehaviour(
            "both reuse, and both listen",
            [.open(0, .tcp4), .set(0, .reuseAddress, 1), .bind(0, Target(.any4, .own(0)))] + reusing + [
                .listen(0, 1), .listen(3, 1),
            ], .addressInUse),
        LinuxBehaviour(
            "a shared port",
            [
                .open(0, .tcp4), .set(0, .reusePort, 1), .bind(0, Target(.any4, .own(0))), .listen(0, 1),
                .open(3, .tcp4), .set(3, .reusePort, 1), .bind(3, Target(.any4, .own(0))), .listen(3, 1),
            ], "done"),
        LinuxBehaviour("TIME_WAIT keeps the port", timeWait + again, .addressInUse),
        LinuxBehaviour(
            "TIME_WAIT gives way to who reuses, if its listener did",
            [.open(0, .tcp4), .set(0, .reuseAddress, 1)] + timeWait + reusing, "done"),
        LinuxBehaviour("accepted connections keep the port", .pair + [.close(0)] + again, .addressInUse),
        LinuxBehaviour(
            "accepted connections keep no other address",
            .pair + [.close(0), .open(3, .tcp4), .bind(3, Target(.second4, .own(0)))], "done"),
        LinuxBehaviour(
            "a failed bind leaves no name", .listener + [.bind(1, Target(.loopback4, .own(0))), .names(1)], "0.0.0.0:0"),
        LinuxBehaviour(
            "IPv6 has IPv4's ports, too", [.open(0, .tcp6), .bind(0, Target(.any6, .own(0)))] + again, .addressInUse),
        LinuxBehaviour(
            "IPv6 only has not", [.open(0, .tcp6), .set(0, .v6Only, 1), .bind(0, Target(.any6, .own(0)))] + again,
            "done"),
        LinuxBehaviour(
            "IPv6 only has no mapped address",
            [.open(0, .tcp6), .set(0, .v6Only, 1), .bind(0, Target(.mappedLoopback))], .invalidArgument),
        LinuxBehaviour(
            "IPv6 only reaches no mapped address",
            [.open(0, .udp6), .set(0, .v6Only, 1), .sendTo(0, 1, Target(.mappedLoopback, .own(3)))], .networkUnreachable
        ),
        LinuxBehaviour(
            "bound, it cannot become IPv6 only", [.open(0, .tcp6), .bind(0, Target(.any6)), .set(0, .v6Only, 1)],
            .invalidArgument),
        LinuxBehaviour(
            "one address of IPv6 is IPv6 only", [.open(0, .tcp6), .bind(0, Target(.loopback6)), .get(0, .v6Only)], "[1"),
        LinuxBehaviour(
            "a mapped socket reaches no IPv6",
            [.open(0, .tcp6), .bind(0, Target(.mappedLoopback)), .connect(0, Target(.loopback6, .own(3)))],
            .addressFamilyNotSupported),
        LinuxBehaviour(
            "IPv4 shows mapped",
            [
                .open(0, .tcp6), .bind(0, Target(.any6, .own(0))), .listen(0, 1), .open(1, .tcp4),
                .connect(1, Target(.loopback4, .own(0)), waiting: true), .accept(0, into: 2), .names(2),
            ], "::ffff:127.0.0.1:A ::ffff:127.0.0.1:e0"),
        LinuxBehaviour(
            "no port is left",
            [
                .open(0, .tcp4), .listen(0, 5), .open(1, .tcp4), .open(3, .tcp4), .set(1, .portRange, onePort),
                .set(3, .portRange, onePort), .connect(1, Target(.loopback4, .of(0))),
                .connect(3, Target(.loopback4, .of(0))),
            ], .addressNotAvailable),
        LinuxBehaviour(
            "a port left for another peer",
            [.open(1, .tcp4), .set(1, .portRange, onePort), .connect(1, Target(.loopback4, .own(3)), waiting: true)],
            .connectionRefused),
        LinuxBehaviour(
            "disconnected, a chosen address stays",
            [
                .open(0, .udp4), .bind(0, Target(.loopback4)), .connect(0, Target(.loopback4, .own(3))),
                .connect(0, Target(.unspecified)), .names(0),
            ], "127.0.0.1:0"),
        LinuxBehaviour(
            "disconnected, a chosen port stays",
            [
                .open(0, .udp4), .bind(0, Target(.any4, .own(0))), .connect(0, Target(.loopback4, .own(3))),
                .connect(0, Target(.unspecified)), .names(0),
            ], "0.0.0.0:A"),
    ]

    /// `IP_LOCAL_PORT_RANGE` of one port.
    private static let onePort = Int32(bitPattern: 47_123 << 16 | 47_123)
}
