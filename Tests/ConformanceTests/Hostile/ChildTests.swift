import ProcessControl
import Sockets
import TestSupport
import Testing

/// What touches the process's state runs in a child process, whose end is the result.
@Suite(.serialized) struct `In a process of its own` {
    @Test(arguments: Backends.distinctKernel(.processes)) func `no call leaks a descriptor`(backend: TestBackend) async
    {
        await #expect(processExitsWith: .success) { [backend] in try ProcessOfItsOwn.leaks(backend) }
    }

    @Test(arguments: Backends.distinctKernel(.processes)) func `what waiting needed goes with the network`(
        backend: TestBackend
    ) async {
        await #expect(processExitsWith: .success) { [backend] in try ProcessOfItsOwn.wakers(backend) }
    }

    @Test(arguments: Backends.distinctKernel(.processes)) func `a lost peer never raises SIGPIPE`(backend: TestBackend)
        async
    {
        await #expect(processExitsWith: .success) { [backend] in try ProcessOfItsOwn.brokenPipes(backend) }
    }

    @Test(arguments: Backends.distinctKernel(.processes)) func `nor does one that is lost in the middle of a file`(
        backend: TestBackend
    ) async {
        await #expect(processExitsWith: .success) { [backend] in try ProcessOfItsOwn.fileToLostPeer(backend) }
    }

    @Test(arguments: Backends.distinctKernel(.processes))
    func `a SIGPIPE that was pending before a sendfile stays pending`(
        backend: TestBackend
    ) async {
        await #expect(processExitsWith: .success) { [backend] in try ProcessOfItsOwn.pendingPipe(backend) }
    }

    @Test(arguments: Backends.distinctKernel(.processes))
    func `without descriptors calls fail, waiting and closing still work`(
        backend: TestBackend
    ) async {
        await #expect(processExitsWith: .success) { [backend] in try ProcessOfItsOwn.exhaustion(backend) }
    }

    @Test(arguments: Backends.distinctKernel(.processes)) func `a storm of signals disturbs nothing`(
        backend: TestBackend
    ) async {
        await #expect(processExitsWith: .success) { [backend] in try ProcessOfItsOwn.signals(backend) }
    }

    @Test(arguments: Backends.distinctKernel(.processes)) func `a number is not reused before the last call has left`(
        backend: TestBackend
    )
        async
    {
        await #expect(processExitsWith: .success) { [backend] in try ProcessOfItsOwn.reuse(backend) }
    }

    @Test(arguments: Backends.distinctKernel(.processes))
    func `waiting for a full UNIX receiver costs no processor time`(
        backend: TestBackend
    )
        async
    {
        await #expect(processExitsWith: .success) { [backend] in try ProcessOfItsOwn.idleWaiting(backend) }
    }
}

/// The bodies of the children: they run alone, so that what they count is theirs.
enum ProcessOfItsOwn {
    static func wakers(_ backend: TestBackend) throws {
        // The first round lets the process open what it opens once.
        try waitTwentyfold(backend)
        let before = Process.descriptorCount
        try waitTwentyfold(backend)
        Process.require(Process.descriptorCount == before, "\(before) descriptors became \(Process.descriptorCount)")
    }

    private static func waitTwentyfold(_ backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let waiting = try (0..<20).map { _ in try Aside(network) { () throws(SocketError) in try a.receive(1) } }
        for call in waiting { call.awaitParked() }
        try a.close()
        for call in waiting { Process.require(call.failure()?.code == .closed, "not woken") }
        try b.close()
    }

    static func leaks(_ backend: TestBackend) throws {
        let network = try backend.network()
        try allKindsOfCalls(network)
        let before = Process.descriptorCount
        for _ in 0..<20 { try allKindsOfCalls(network) }
        Process.require(Process.descriptorCount == before, "\(before) descriptors became \(Process.descriptorCount)")
    }

    private static func allKindsOfCalls(_ network: Network) throws {
        let (a, b) = try network.socketPair()
        let (c, peer) = try network.tcpPair()
        try a.send("x", passing: [b, c])
        _ = try b.receiveMessage(1, controlCapacity: 64, deadline: .net)
        try a.send("y", passing: [b])
        _ = try b.receiveMessage(1, deadline: .net)
        _ = try a.duplicate().file(.readWrite).write("pending")
        Process.close(try a.detach())
        _ = code { () throws(SocketError) in try network.socket(.ipv4, SocketType(rawValue: 77)) }
        _ = code { () throws(SocketError) in try network.connect(to: network.vacantAddress()) }
        _ = code { () throws(SocketError) in try network.listen("192.0.2.1:0") }
        _ = code { () throws(SocketError) in try network.listen("unix:/nonexistent/socket") }
        _ = code { () throws(SocketError) in try network.connect("[::1]:1", deadline: .immediate) }
        _ = code { () throws(SocketError) in try network.addresses(of: "localhost", service: "nonesuch") }
        let pipe = Process.pipe()
        _ = code { () throws(SocketError) in try network.adopt(descriptor: pipe.reader) }
        Process.close(pipe.reader)
        Process.close(pipe.writer)
        let waiting = try Aside(network) { () throws(SocketError) in try c.receive(1) }
        waiting.awaitParked()
        try c.close()
        _ = waiting.failure()
        keep(peer)
    }

    static func brokenPipes(_ backend: TestBackend) throws {
        let (network, directory) = (try backend.network(), TemporaryDirectory())
        let file = directory.file([1, 2, 3])
        let (a, b) = try network.socketPair()
        try b.close()
        let codes = [
            code({ () throws(SocketError) in try a.send("x") }),
            code({ () throws(SocketError) in try a.sendAll("x") }),
            code({ () throws(SocketError) in try a.sendMessage(["x", "y"]) }),
            code({ () throws(SocketError) in try a.sendBatch([OutgoingMessage([1])]) }),
            code({ () throws(SocketError) in try a.sendFile(file) }),
        ]
        for code in codes { Process.require(code == .brokenPipe, "\(String(describing: code))") }
        Process.require(control_is_pending(13) == 0, "a SIGPIPE is left pending")
    }

    /// The kernel sends a file in parts: the first is answered by a reset, which the second meets.
    static func fileToLostPeer(_ backend: TestBackend) throws {
        let (network, directory) = (try backend.network(), TemporaryDirectory())
        let file = directory.file([UInt8](repeating: 1, count: 2_000_000))
        for _ in 0..<20 {
            let (client, server) = try network.tcpPair()
            try server.close()
            _ = code { () throws(SocketError) in try client.sendFile(file, deadline: .net) }
        }
        Process.require(control_is_pending(13) == 0, "a SIGPIPE is left pending")
    }

    static func pendingPipe(_ backend: TestBackend) throws {
        let (network, directory) = (try backend.network(), TemporaryDirectory())
        let file = directory.file([1, 2, 3])
        control_block(13)
        control_raise(13)
        let (a, b) = try network.socketPair()
        try b.close()
        _ = code { () throws(SocketError) in try a.sendFile(file) }
        Process.require(control_is_pending(13) == 1, "the caller's own SIGPIPE was taken away")
    }

    static func exhaustion(_ backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let listener = try network.listen(at: .loopback4)
        let client = try network.connect(to: listener.localAddress(), deadline: .net)
        let other = try network.socket(.ipv4)
        control_exhaust_descriptors(48)
        let refusals = [
            refusal({ () throws(SocketError) in try network.socket(.ipv4) }),
            refusal({ () throws(SocketError) in try network.socketPair() }),
            refusal({ () throws(SocketError) in try a.duplicate() }),
            refusal({ () throws(SocketError) in try a.file() }),
            refusal({ () throws(SocketError) in try listener.accept(deadline: .net) }),
            refusal({ () throws(SocketError) in try Network(backend.choice) }),
        ]
        for index in refusals.indices where refusals[index] != .tooManyDescriptors {
            Process.require(false, "\(String(describing: refusals[index]))", line: 200 + index)
        }
        let waiting = try (0..<4).map { _ in try Aside(network) { () throws(SocketError) in try a.receive(1) } }
        let reader = try Aside(network) { () throws(SocketError) in try b.receive(1, deadline: .net) }
        let watcher = try Aside(network) { () throws(SocketError) in try client.wait(for: .readable) }
        usleepAWhile()
        try a.sendAll("x")
        Process.require(try reader.outcome().get()?.count == 1, "a waiting call gets its data")
        try a.close()
        for one in waiting { Process.require(one.failure()?.code == .closed, "\(String(describing: one.failure()))") }
        try client.close()
        Process.require(watcher.failure()?.code == .closed, "\(String(describing: watcher.failure()))")
        // What was closed can be opened again, and the connection that found no descriptor is still there.
        let (_, peer) = try listener.accept(deadline: .net)
        Process.require(peer.ip == .v4(.loopback), "\(peer)")
        try other.close()
        _ = try network.socket(.ipv4)
    }

    /// The code a call ends with when there is no descriptor left. The test library runs in this process too and may just have
    /// closed one of its own: then all are taken once more.
    private static func refusal<Value>(_ body: () throws(SocketError) -> Value) -> SocketError.Code? {
        for _ in 0..<5 {
            if let found = code(body) { return found }
            control_exhaust_descriptors(48)
        }
        return nil
    }

    private static func usleepAWhile() { for _ in 0..<50 { Process.pause() } }

    static func signals(_ backend: TestBackend) throws {
        let network = try backend.network()
        control_ignore_by_handler(10)
        let (a, b) = try network.socketPair()
        try a.set(.socket.sendBufferSize, 1)
        let stop = try network.socketPair()
        let storm = try Aside(network) { () throws(SocketError) in
            while try stop.0.wait(for: .readable, deadline: .immediate).isEmpty { control_signal_others(10) }
        }
        let bytes = (0..<400_000).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 2) }
        let sender = try Aside(network) { () throws(SocketError) in
            try a.sendAll(bytes, deadline: .net)
            _ = try a.receive(1, deadline: .net)
        }
        let received = try b.receiveExactly(bytes.count, deadline: .net)
        Process.require(received.array == bytes, "the data differ")
        for _ in 0..<50 {
            let (client, server) = try network.tcpPair()
            try client.sendAll("x")
            Process.require(try server.receive(1, deadline: .net)?.count == 1, "no data")
            let start = network.now
            let late = code { () throws(SocketError) in try server.receive(1, deadline: .within(.milliseconds(2))) }
            Process.require(late == .timedOut, "\(String(describing: late))")
            Process.require(start.duration(to: network.now) >= .milliseconds(2), "too early")
            try network.sleep(for: .milliseconds(1))
        }
        try b.sendAll("x")
        Process.require(sender.failure() == nil, "\(String(describing: sender.failure()))")
        try stop.1.close()
        Process.require(storm.failure() == nil, "\(String(describing: storm.failure()))")
    }

    /// While a reader is inside, its descriptor's number must not go to a socket made meanwhile.
    static func reuse(_ backend: TestBackend) throws {
        let network = try backend.network()
        for _ in 0..<300 {
            let (a, b) = try network.socketPair()
            let reader = try Aside(network) { () throws(SocketError) in try a.receive(100) }
            let closer = try Aside(network) { () throws(SocketError) in try a.close() }
            let (c, d) = try network.socketPair()
            try d.sendAll("not for the reader")
            Process.require(closer.failure() == nil, "\(String(describing: closer.failure()))")
            Process.require(reader.failure()?.code == .closed, "the reader got \(reader.outcome())")
            Process.require(try c.receive(100, deadline: .net)?.count == 18, "another socket's data is gone")
            keep(b)
        }
    }

    static func idleWaiting(_ backend: TestBackend) throws {
        let (network, directory) = (try backend.network(), TemporaryDirectory())
        let (sender, others, call) = try ParkedCall.sendToFull.prepare(network, directory)
        let before = control_cpu_time()
        let waiting = try Aside(network) { () throws(SocketError) in try call(sender) }
        try network.sleep(for: .milliseconds(300))
        let spent = control_cpu_time() - before
        try sender.close()
        Process.require(waiting.failure()?.code == .closed, "\(String(describing: waiting.failure()))")
        Process.require(spent < 150_000, "waiting 300 ms took \(spent) µs of processor time")
        keep(others)
    }
}
