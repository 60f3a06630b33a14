import ProcessControl
import Sockets
import TestSupport
import Testing

@Suite struct `Adopting and detaching descriptors` {
    @Test(arguments: Backends.all) func `what family and type leave open is asked of the system`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        let number = try network.socket(.ipv6, .datagram).detach()
        let socket = try network.adopt(descriptor: number)
        #expect(socket.family == .ipv6)
        #expect(socket.type == .datagram)
        #expect(socket.protocol == .udp)
        #expect(try socket.descriptor() == number)
    }

    @Test(arguments: Backends.all) func `an adopted socket works and closes its descriptor`(backend: TestBackend) throws
    {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let adopted = try network.adopt(descriptor: a.detach())
        try adopted.sendAll("x")
        #expect(try b.receive(1, deadline: .net) == [UInt8(ascii: "x")])
        try adopted.close()
        #expect(try b.receive(1, deadline: .net) == nil)
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess))
    func `a blocking descriptor can be waited for with a deadline`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        let (a, peer) = try network.socketPair()
        defer { keep(peer) }
        let number = try a.detach()
        #expect(!Process.isNonBlocking(number))
        let adopted = try network.adopt(descriptor: number)
        #expect(code { () throws(SocketError) in try adopted.receive(1, deadline: .immediate) } == .wouldBlock)
        #expect(
            code { () throws(SocketError) in try adopted.receive(1, deadline: .within(.milliseconds(5))) } == .timedOut)
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess), [true, false])
    func `detaching gives the mode back that the descriptor came with`(
        backend: TestBackend, nonBlocking: Bool
    ) throws {
        let network = try backend.network()
        let number = try network.socket(.ipv4, .datagram).detach()
        defer { Process.close(number) }
        control_set_nonblocking(number, nonBlocking ? 1 : 0)
        let adopted = try network.adopt(descriptor: number)
        #expect(try adopted.detach() == number)
        #expect(Process.isNonBlocking(number) == nonBlocking)
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess), [true, false])
    func `closing gives the mode back to other holders of the conversation`(
        backend: TestBackend, nonBlocking: Bool
    ) throws {
        let network = try backend.network()
        let number = try network.socket(.ipv4, .datagram).detach()
        control_set_nonblocking(number, nonBlocking ? 1 : 0)
        let other = control_duplicate(number)
        defer { Process.close(other) }
        try network.adopt(descriptor: number).close()
        #expect(!Process.isOpen(number) || control_has_same_file(number, other) == 0)
        #expect(Process.isNonBlocking(other) == nonBlocking)
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess))
    func `the mode comes back only when the last of our duplicates goes`(
        backend: TestBackend
    ) throws {
        let network = try backend.network()
        let listener = try network.listen(at: .loopback4)
        let number = try listener.detach()
        let other = control_duplicate(number)
        defer { Process.close(other) }
        let adopted = try network.adopt(descriptor: number)
        let copy = try adopted.duplicate()
        try adopted.close()
        // Were the descriptor blocking again, this call would never come back.
        #expect(code { () throws(SocketError) in try copy.accept(deadline: .immediate) } == .wouldBlock)
        try copy.close()
        #expect(!Process.isNonBlocking(other))
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess))
    func `a detached descriptor is the caller's, in blocking mode`(backend: TestBackend)
        throws
    {
        let socket = try backend.network().socket(.ipv4)
        let number = try socket.detach()
        defer { Process.close(number) }
        #expect(Process.isOpen(number))
        #expect(!Process.isNonBlocking(number))
        #expect(socket.isClosed)
        #expect(code { () throws(SocketError) in try socket.localAddress() } == .closed)
        #expect(code { () throws(SocketError) in try socket.detach() } == .closed)
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess))
    func `a duplicate of a detached listener keeps its deadlines and is woken by close`(
        backend: TestBackend
    ) throws {
        let network = try backend.network()
        let listener = try network.listen(port: 0)
        let duplicate = try listener.duplicate()
        let number = try listener.detach()
        defer { Process.close(number) }
        #expect(code { () throws(SocketError) in _ = try duplicate.accept(deadline: .immediate) } == .wouldBlock)
        let waiting = try Aside(network) { () throws(SocketError) in _ = try duplicate.accept() }
        waiting.awaitParked()
        try duplicate.close()
        #expect(waiting.failure()?.code == .closed)
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess))
    func `a deadline holds though somebody made the descriptor blocking`(
        backend: TestBackend
    ) throws {
        let listener = try backend.network().listen(port: 0)
        control_clear_non_blocking(try listener.descriptor())
        #expect(code { () throws(SocketError) in _ = try listener.accept(deadline: .immediate) } == .wouldBlock)
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess)) func `a socket in non-blocking mode is detached so`(
        backend: TestBackend
    ) throws {
        let socket = try backend.network().socket(.ipv4)
        socket.mode = .nonBlocking
        let number = try socket.detach()
        defer { Process.close(number) }
        #expect(Process.isNonBlocking(number))
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess)) func `adopting makes a descriptor close-on-exec`(
        backend: TestBackend
    ) throws {
        let network = try backend.network()
        let number = try network.socket(.ipv4).detach()
        control_clear_close_on_exec(number)
        let adopted = try network.adopt(descriptor: number)
        #expect(try Process.isCloseOnExec(adopted.descriptor()))
    }

    @Test(arguments: Backends.all) func `a number that is not open is refused`(backend: TestBackend) throws {
        let network = try backend.network()
        for number in [-1, Int32.min, .max, 1_000_000] {
            let error = failure { () throws(SocketError) in try network.adopt(descriptor: number) }
            #expect(error?.code == .badDescriptor)
            #expect(error?.description.contains("descriptor \(number)") == true)
        }
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess)) func `what is no socket is refused and left as it was`(
        backend: TestBackend
    ) throws {
        let (reader, writer) = Process.pipe()
        defer { [reader, writer].forEach(Process.close) }
        let network = try backend.network()
        let error = failure { () throws(SocketError) in try network.adopt(descriptor: reader) }
        #expect(error?.code == .badDescriptor)
        #expect(error?.errno == .notSocket)
        #expect(Process.isOpen(reader))
        #expect(!Process.isNonBlocking(reader))
        #expect(!Process.isCloseOnExec(reader))
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess))
    func `what is no socket is taken on the caller's word and fails in use`(
        backend: TestBackend
    ) throws {
        let (reader, writer) = Process.pipe()
        defer { Process.close(writer) }
        let adopted = try backend.network().adopt(descriptor: reader, family: .ipv4, type: .stream)
        #expect(failure { () throws(SocketError) in try adopted.receive(1) }?.errno == .notSocket)
    }

    @Test(arguments: Backends.all) func `a timeout set in the kernel before adopting is honoured`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        let socket = try network.socket(.ipv4, .datagram)
        try socket.set(.socket.receiveTimeout, .milliseconds(5))
        let adopted = try network.adopt(descriptor: socket.detach())
        #expect(code { () throws(SocketError) in try adopted.receive(1) } == .timedOut)
    }
}
