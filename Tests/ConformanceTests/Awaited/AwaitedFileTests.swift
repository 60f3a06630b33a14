import Sockets
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(10))) struct `Awaited files` {
    @Test(arguments: Setting.all) func `lines and pieces are read as by the blocking form`(setting: Setting)
        async throws
    {
        try await setting.backend.run { network in
            for buffering in [SocketFile.Buffering.none, .line, .standard, .size(1), .size(3)] {
                let (a, b) = try network.socketPair()
                try await setting.place.run(network) { () async throws in
                    let file = try b.file(.read, buffering: buffering)
                    try await a.sendAll("first line\nabcdefghij\n1\n2\n3")
                    try a.shutdown(.send)
                    #expect(try await file.read(2).description == "fi")
                    #expect(try await file.readLine()?.description == "rst line\n")
                    #expect(try await file.readLine(limit: 4)?.description == "abcd")
                    #expect(try await file.readLine(limit: 0) == Chunk())
                    #expect(try await file.read(7).description == "efghij\n")
                    #expect(try await file.readLines().map(\.description) == ["1\n", "2\n", "3"])
                    #expect(try await file.readLine() == nil)
                    #expect(try await file.read() == Chunk())
                    #expect(
                        await ending { () async throws(SocketError) in try await file.read(-1) } == .invalidArgument)
                    #expect(
                        await ending { () async throws(SocketError) in try await file.write("x") } == .invalidArgument)
                }
            }
        }
    }

    @Test(arguments: Setting.all) func `many lines, written and read by two tasks`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            let writer = try Pending(setting, network) { () async throws(SocketError) in
                let file = try a.file(.write)
                for number in 0..<20_000 { try await file.write("\(number)\n") }
                try await file.write(lines: ["end\n", "of", " it"])
                try await file.close()
                try a.shutdown(.send)
            }
            try await setting.place.run(network) { () async throws in
                let file = try b.file(.read, buffering: .size(1000))
                var expected = 0
                while let line = try await file.readLine(), line.description == "\(expected)\n" { expected += 1 }
                #expect(expected == 20_000)
                #expect(try await file.read().description == "of it")
            }
            #expect(await writer.code == nil)
        }
    }

    @Test(arguments: Setting.all) func `what was read before a cancel is kept`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            let reader = try Pending(setting, network) { () async throws(SocketError) in
                let file = try b.file()
                file.waiting = .timeout(.milliseconds(2))
                let first = await ending { () async throws(SocketError) in try await file.readLine() }
                let second = await ending { () async throws(SocketError) in try await file.read(100) }
                file.waiting = .blocking
                try await b.sendAll("go on")
                return (first, second, try await file.readLine())
            }
            try await a.sendAll("half a ")
            #expect(try await a.receive()?.description == "go on")
            try await a.sendAll("line\n")
            let found = try await reader.outcome.get()
            #expect(found.0 == .timedOut && found.1 == .timedOut)
            #expect(found.2?.description == "half a line\n")
        }
    }

    @Test(arguments: Setting.all) func `bytes wait for a full buffer, a line or a flush`(setting: Setting) async throws
    {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            try await setting.place.run(network) { () async throws in
                let file = try a.file(.write, buffering: .size(4))
                try await file.write("abc")
                #expect(
                    await ending { () async throws(SocketError) in try await b.receive(deadline: .immediate) }
                        == .wouldBlock)
                try await file.write("d")
                #expect(try await b.receive()?.description == "abcd")
                try await file.write("e")
                try await file.flush()
                try await file.flush()
                #expect(try await b.receive()?.description == "e")
                try await file.write("f")
                try await file.close()
                try await file.close()
                #expect(try await b.receive()?.description == "f")
                #expect(await ending { () async throws(SocketError) in try await file.write("x") } == .closed)
                let lines = try a.file(.write, buffering: .line)
                try await lines.write("one\ntwo")
                #expect(try await b.receive()?.description == "one\n")
                try await lines.close()
                #expect(try await b.receive()?.description == "two")
            }
        }
    }

    @Test(arguments: Setting.all) func `a file whose peer has gone still closes`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            try await setting.place.run(network) { () async throws in
                let file = try a.file(.write)
                // Unlike a close, this holds for a child process too that another test is just starting, and that has all descriptors still.
                try b.shutdown(.both)
                try await b.close()
                try await file.write("x")
                #expect(await ending { () async throws(SocketError) in try await file.close() } == .brokenPipe)
                #expect(file.isClosed)
            }
        }
    }

    @Test(arguments: Setting.all) func `dropping a file waits for nobody`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            try await a.fill()
            try await setting.place.run(network) { () async throws in
                var file: SocketFile? = try a.file(.write)
                try await file?.write("what nobody takes")
                file = nil
                #expect(file == nil)
            }
            keep(b)
        }
    }
}
