/// The documentation's page.
extension Results {
    /// Markdown for the catalogue, with the plots as its resources.
    public var page: String {
        let pictures = pictures.map { "![\($0.description)](\($0.file.split(separator: ".")[0]))" }
        let warning = disturbanceText.map { "> Warning: On the machine of this run \($0)." }
        let ratios = ratioTable(of: [.ours, .nio, .others]).markdown
        var parts = [Self.introduction, warning, "## Figures", ratios].compactMap(\.self) + pictures
        parts += ["## Where we lose", lossesText, Self.method, machineText]
        parts += ["## Tables"] + sections(level: 3)
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var lossesText: String {
        let losses = losses + memoryLosses
        guard !losses.isEmpty else {
            return "In no load of this run did another server take less CPU time than the best of ours."
        }
        return
            "Where a server of another kind took less CPU time than the best of ours, by more than 2 %, and how many times more ours took:\n\n"
            + losses.map { "- \($0)" }.joined(separator: "\n")
    }

    private static let introduction = """
        # Performance

        What the backends cost beside C, SwiftNIO and others: throughput, CPU time, latencies, memory.

        ## Overview

        This page is made by `make bench-page` from a run of `make bench`, which builds all servers, measures them on your machine, and writes
        the same tables and plots for it; `make bench QUICK=1` takes under two minutes once everything is built. No figure here was edited.

        Read CPU time first. Over loopback both ends share one machine, and who sends does the receiver's work too, so the load generator is
        often what limits throughput: a server that gets cheaper can raise it only as far as the generator follows.
        """

    private static let method = """
        ## Method

        - Server and load generator are programs of their own, each on a core of its own, and meet over IPv4 loopback in a network of their own,
          with reno: the pacing of other congestion controls would be what bulk figures show. Both ends set `TCP_NODELAY`.
        - The generator is one thread of C in a closed loop: it sends the next message when the answer to an earlier one has come. It checks
          every byte of every echo, the order of answers, the ends of what a source sends, and that a sink has read everything; what does not
          fit is counted as an error. A datagram without an answer for 50 ms is counted as lost.
        - In each round every server is measured once, in an order that changes. Figures are medians of the rounds; min–max are the smallest and
          the largest; ratios are taken between runs of one round. A run during which something else took more than a tenth of a core, or the
          hypervisor more than a twentieth, is taken again, at most twice, and marked when it is disturbed still.
        - CPU time is that of the server's process, all threads, user and kernel, read by the process's CPU clock at both ends of the window.
        - Latencies are counted in buckets that grow with the value, with an error below 0.8 %. Closed loops flatter the slow: a server that
          stalls also stops the clock of those that would have come.
        - Memory is the growth of the server's resident size, divided by the connections: as accepted, and after one echo on each.
        - Ours are as users write them: a loop of `receive` and `sendAll` in a task for each connection, the same loop in a thread, or a machine
          (<doc:Machines>).
        - All servers use one thread, those apart that have one for each connection; Go runs with `GOMAXPROCS=1`, tokio on its
          `current_thread` runtime, SwiftNIO on one event loop.
        - Calls are measured in one process, ours and C's in turn in every iteration, with the ordo-one benchmark package.

        The machine and the settings of this run:
        """
}
