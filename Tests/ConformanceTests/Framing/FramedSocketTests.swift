import Sockets
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `Framed sockets, blocking` {
    @Test(arguments: Backends.all) func `messages come as they were sent, and then the end`(backend: TestBackend) throws
    {
        let (a, b) = try backend.network().socketPair()
        let sender = try a.framed(by: LengthPrefixedFraming(.two))
        try sender.send("one")
        try sender.send(contentsOf: ["", "three"])
        try a.shutdown(.send)
        let receiver = try b.framed(by: LengthPrefixedFraming(.two))
        #expect(try receiver.next(deadline: .net) == "one")
        #expect(try receiver.next(deadline: .net) == "")
        #expect(try receiver.next(deadline: .net) == "three")
        #expect(try receiver.next(deadline: .net) == nil)
        #expect(try receiver.next(deadline: .net) == nil)
    }

    @Test(arguments: Backends.all) func `what had come before a time-out is kept`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        let lines = try b.framed(by: LineFraming().text)
        try a.sendAll("half a ")
        #expect(
            framedFailure { () throws(FramedError<SocketError>) in try lines.next(deadline: .within(.milliseconds(1)))
            }?.code
                == .timedOut)
        b.mode = .nonBlocking
        #expect(framedFailure { () throws(FramedError<SocketError>) in try lines.next() }?.code == .wouldBlock)
        try a.sendAll("line\nand")
        #expect(try lines.next(deadline: .net) == "half a line")
        #expect(lines.takeRest() == "and")
        try a.sendAll("bytes")
        #expect(try b.receive(deadline: .net) == "bytes")
    }

    @Test(arguments: Backends.all) func `errors say where in the stream, and stay`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        let lines = try b.framed(by: LineFraming(limit: 4).text)
        try a.sendAll("one\n" as Chunk)
        try a.sendAll([0xFF, 10])
        try a.sendAll("two\n12345")
        #expect(try lines.next(deadline: .net) == "one")
        let skipped = framedFailure { () throws(FramedError<SocketError>) in try lines.next(deadline: .net) }
        #expect(skipped == .framing(FramingError(.notUTF8, at: 4)))
        #expect(try lines.next(deadline: .net) == "two")
        for _ in 0..<2 {
            let error = framedFailure { () throws(FramedError<SocketError>) in try lines.next(deadline: .net) }
            #expect(error == .framing(FramingError(.frameTooLong(limit: 4), at: 10)))
            #expect(error.map { "\($0)" } == "the frame has more than 4 bytes (frame at byte 10 of the stream)")
        }
    }

    @Test(arguments: Backends.all) func `a message without a frame is not sent, nor those with it`(
        backend: TestBackend
    ) throws {
        let (a, b) = try backend.network().socketPair()
        let lines = try a.framed(by: LineFraming())
        let error = framedFailure { () throws(FramedError<SocketError>) in try lines.send(contentsOf: ["one", "t\nwo"])
        }
        #expect(error == .framing(FramingError(.containsDelimiter)))
        #expect(code { () throws(SocketError) in try b.receive(deadline: .immediate) } == .wouldBlock)
    }

    @Test(arguments: Backends.all) func `two may not wait for one message`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let lines = try b.framed(by: LineFraming())
        let first = try Aside(network) { () throws(SocketError) in
            for _ in 0..<1_000_000 {
                do throws(FramedError<SocketError>) {
                    return try lines.next(deadline: .net)
                } catch {
                    // The other had its turn.
                    guard error.code == .inProgress else { throw SocketError(error.code ?? .other, .receive) }
                }
            }
            return nil
        }
        var second: FramedError<SocketError>?
        // The other thread may not be there yet; then this one gives up its turn at once.
        for _ in 0..<100 where second == nil || second?.code == .wouldBlock {
            first.awaitParked()
            second = framedFailure { () throws(FramedError<SocketError>) in try lines.next(deadline: .immediate) }
        }
        #expect(second?.code == .inProgress)
        #expect(lines.takeRest().isEmpty)
        try a.sendAll("line\n")
        #expect(try first.outcome().get() == "line")
    }

    @Test(arguments: Backends.all) func `what a writer gathers comes in order`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let sender = try Aside(network) { () throws(SocketError) in
            let messages = try a.bufferedWriter().framed(by: VarintFraming())
            do throws(FramedError<SocketError>) {
                for number in 0..<2000 { try messages.send(Chunk("\(number)")) }
            } catch {
                throw SocketError(error.code ?? .other, .send)
            }
            try messages.stream.shutdown()
        }
        let messages = try b.framed(by: VarintFraming())
        var expected = 0
        while let message = try messages.next(deadline: .net), message.description == "\(expected)" { expected += 1 }
        #expect(expected == 2000)
        #expect(sender.failure() == nil)
    }

    @Test(arguments: Backends.all) func `only streams are framed`(backend: TestBackend) throws {
        let (a, _) = try backend.network().udpPair()
        #expect(code { () throws(SocketError) in _ = try a.framed(by: LineFraming()) } == .unsupported)
    }

    @Test(arguments: Backends.all) func `a stream that ends within a frame is an error`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair()
        let messages = try b.framed(by: LengthPrefixedFraming(.four))
        try a.sendAll([0, 0, 0, 5, 1])
        try a.close()
        let error = framedFailure { () throws(FramedError<SocketError>) in try messages.next(deadline: .net) }
        #expect(error == .framing(FramingError(.truncated, at: 0)))
    }
}
