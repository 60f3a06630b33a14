import Sockets
import TestSupport
import Testing

@Suite struct `Reading a socket as a file` {
    @Test(arguments: Backends.all) func `lines come with their newline, the last as it is`(backend: TestBackend) throws
    {
        let (a, b) = try backend.network().socketPair()
        try a.sendAll("one\n\nthree")
        try a.close()
        let file = try b.file()
        #expect(try file.readLine()?.description == "one\n")
        #expect(try file.readLine()?.description == "\n")
        #expect(try file.readLine()?.description == "three")
        #expect(try file.readLine() == nil)
        #expect(try file.read() == Chunk())
    }

    @Test(arguments: Backends.all) func `all lines at once`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        try a.sendAll("1\n2\n3")
        try a.shutdown(.send)
        #expect(try b.file().readLines().map(\.description) == ["1\n", "2\n", "3"])
    }

    @Test(
        arguments: Backends.all,
        [SocketFile.Buffering.none, .line, .standard, .size(1), .size(3), .size(-7), .size(.max)])
    func `every buffering reads the same`(backend: TestBackend, buffering: SocketFile.Buffering) throws {
        let (a, b) = try backend.network().socketPair()
        let file = try b.file(.read, buffering: buffering)
        try a.sendAll("first line\nabcdefghij")
        try a.shutdown(.send)
        #expect(try file.read(2).description == "fi")
        #expect(try file.readLine()?.description == "rst line\n")
        #expect(try file.readLine(limit: 4)?.description == "abcd")
        #expect(try file.read(3).description == "efg")
        #expect(try file.read().description == "hij")
        #expect(try file.readLine() == nil)
    }

    @Test(arguments: Backends.all) func `a read waits for as many bytes as it was asked for`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        b.mode = .timeout(.seconds(20))
        let reader = try Aside(network) { () throws(SocketError) in try b.file().read(6) }
        try a.sendAll("abc")
        reader.awaitParked()
        try a.sendAll("defg")
        #expect(try reader.outcome().get().description == "abcdef")
    }

    @Test(arguments: Backends.all) func `a read returns less only at the end`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        try a.sendAll("abc")
        try a.close()
        let file = try b.file()
        #expect(try file.read(0) == Chunk())
        #expect(try file.read(.max).description == "abc")
        #expect(try file.read(5) == Chunk())
    }

    @Test(arguments: Backends.all) func `a limit cuts a line, and the rest comes next`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        let file = try b.file()
        try a.sendAll("abcdef\nx\n")
        #expect(try file.readLine(limit: 0) == Chunk())
        #expect(try file.readLine(limit: 4)?.description == "abcd")
        #expect(try file.readLine(limit: 3)?.description == "ef\n")
        #expect(try file.readLine(limit: 100)?.description == "x\n")
    }

    @Test(arguments: Backends.all) func `data that came before a timeout is kept`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        b.mode = .timeout(.milliseconds(5))
        let file = try b.file()
        try a.sendAll("half a ")
        #expect(code { () throws(SocketError) in try file.readLine() } == .timedOut)
        #expect(code { () throws(SocketError) in try file.read(100) } == .timedOut)
        try a.sendAll("line\n")
        #expect(try file.readLine()?.description == "half a line\n")
    }

    @Test(arguments: Backends.all) func `without buffering no byte is taken from others`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        try a.sendAll("line\nrest")
        #expect(try b.file(.read, buffering: .none).readLine()?.description == "line\n")
        #expect(try b.receive(9, deadline: .net)?.description == "rest")
    }

    @Test(arguments: Backends.all) func `a hundred thousand lines are read in order`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let writer = try Aside(network) { () throws(SocketError) in
            let file = try a.file(.write)
            for number in 0..<20_000 { try file.write("\(number)\n") }
            try file.close()
            try a.shutdown(.send)
        }
        let file = try b.file(.read, buffering: .size(1000))
        var expected = 0
        while let line = try file.readLine() {
            guard line.description == "\(expected)\n" else { break }
            expected += 1
        }
        #expect(expected == 20_000)
        #expect(writer.failure() == nil)
    }

    @Test(arguments: Backends.all) func `negative sizes are refused`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        defer { keep(a) }
        let file = try b.file()
        #expect(code { () throws(SocketError) in try file.read(-1) } == .invalidArgument)
        #expect(code { () throws(SocketError) in try file.readLine(limit: .min) } == .invalidArgument)
    }
}

@Suite struct `Writing to a socket as a file` {
    @Test(arguments: Backends.all) func `bytes wait for a full buffer or a flush`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        let file = try a.file(.write, buffering: .size(4))
        try file.write("abc")
        #expect(code { () throws(SocketError) in try b.receive(9, deadline: .immediate) } == .wouldBlock)
        try file.write("d")
        #expect(try b.receive(9, deadline: .net)?.description == "abcd")
        try file.write("e")
        try file.flush()
        #expect(try b.receive(9, deadline: .net)?.description == "e")
        try file.flush()
    }

    @Test(arguments: Backends.all) func `without buffering bytes go at once`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        try a.file(.write, buffering: .none).write("a")
        #expect(try b.receive(9, deadline: .net)?.description == "a")
    }

    @Test(arguments: Backends.all) func `a complete line goes, what follows waits`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        let file = try a.file(.write, buffering: .line)
        try file.write("no newline")
        #expect(code { () throws(SocketError) in try b.receive(9, deadline: .immediate) } == .wouldBlock)
        try file.write(" yet\nand a second\nrest")
        #expect(try b.receive(99, deadline: .net)?.description == "no newline yet\nand a second\n")
        try file.close()
        #expect(try b.receive(99, deadline: .net)?.description == "rest")
    }

    @Test(arguments: Backends.all) func `lines are written without adding newlines`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        let file = try a.file(.write)
        try file.write(lines: ["a\n", "b", "c"])
        try file.flush()
        #expect(try b.receive(9, deadline: .net)?.description == "a\nbc")
    }

    @Test(arguments: Backends.all) func `closing flushes and leaves the socket open`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        let file = try a.file(.readWrite)
        try file.write("flushed")
        try file.close()
        try file.close()
        #expect(file.isClosed)
        #expect(try b.receive(9, deadline: .net)?.description == "flushed")
        try a.sendAll("socket")
        #expect(try b.receive(9, deadline: .net)?.description == "socket")
    }

    @Test(arguments: Backends.all) func `closing the socket leaves the file open`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        let file = try a.file(.readWrite)
        try a.close()
        try file.write("still\n")
        try file.flush()
        #expect(try b.receive(9, deadline: .net)?.description == "still\n")
        try b.sendAll("answer\n")
        #expect(try file.readLine()?.description == "answer\n")
    }

    @Test(arguments: Backends.all) func `dropping the file flushes and closes it`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        var file: SocketFile? = try a.file(.write)
        try a.close()
        try file?.write("dropped")
        file = nil
        #expect(try b.receiveExactly(7, deadline: .net).description == "dropped")
        #expect(try b.receive(1, deadline: .net) == nil)
    }

    @Test(arguments: Backends.all) func `a file is used only as it was opened`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        defer { keep(b) }
        let (reader, writer) = (try a.file(.read), try a.file(.write))
        #expect(code { () throws(SocketError) in try reader.write("x") } == .invalidArgument)
        #expect(code { () throws(SocketError) in try writer.read(1) } == .invalidArgument)
        #expect(code { () throws(SocketError) in try writer.readLine() } == .invalidArgument)
        #expect(code { () throws(SocketError) in try a.file([]) } == .invalidArgument)
    }

    @Test(arguments: Backends.all) func `a closed file refuses`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        defer { keep(b) }
        let file = try a.file(.readWrite)
        try file.close()
        #expect(code { () throws(SocketError) in try file.write("x") } == .closed)
        #expect(code { () throws(SocketError) in try file.read(1) } == .closed)
    }

    @Test(arguments: Backends.all) func `a peer that has gone is told at flush, and close still closes`(
        backend: TestBackend
    ) throws {
        let (a, b) = try backend.network().socketPair()
        let file = try a.file(.write)
        try b.close()
        try file.write("x")
        #expect(code { () throws(SocketError) in try file.close() } == .brokenPipe)
        #expect(file.isClosed)
    }
}
