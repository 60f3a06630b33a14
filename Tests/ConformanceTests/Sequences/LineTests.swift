import Sockets
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `Sequences of lines` {
    static let texts: [(text: String, lines: [String])] = [
        ("", []),
        ("\n", [""]),
        ("\r\n", [""]),
        ("a\nb\r\nc\n", ["a", "b", "c"]),
        ("no end", ["no end"]),
        ("no end\r", ["no end\r"]),
        ("a\n\n\r\nb", ["a", "", "", "b"]),
        ("carriage\rreturn\n", ["carriage\rreturn"]),
        ("two\r\r\n", ["two\r"]),
    ]

    @Test(arguments: Backends.all, texts)
    func `line ends are LF or CR LF, and removed`(backend: TestBackend, row: (text: String, lines: [String]))
        async throws
    {
        try await backend.run { network in
            for step in [1, 2, 100] {
                let (a, b) = try network.socketPair()
                let bytes = Array(row.text.utf8)
                async let sending: Void = {
                    for start in stride(from: 0, to: bytes.count, by: step) {
                        try await a.sendAll(Array(bytes[start..<min(start + step, bytes.count)]))
                    }
                    try a.shutdown(.send)
                }()
                var lines: [String] = []
                for try await line in b.lines() { lines.append(line.description) }
                try await sending
                #expect(lines == row.lines)
            }
        }
    }

    @Test(arguments: Backends.all) func `a line of the limit is a line, a longer one an error`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            for (text, expected) in [
                ("1234\n", ["1234"]), ("1234\r\n", ["1234"]), ("1234", ["1234"]), ("ab\n12345\n", ["ab", nil, nil]),
                ("12345\r\n", [nil, nil]), ("12345", [nil, nil]), ("1234\r", [nil, nil]), ("123456", [nil, nil]),
            ] as [(String, [String?])] {
                let (a, b) = try network.socketPair()
                try await a.sendAll(text)
                try a.shutdown(.send)
                var lines = b.lines(limit: 4).makeAsyncIterator()
                for line in expected {
                    do throws(SocketError) {
                        let found = try await lines.next()
                        #expect(found?.description == line, "of \(text.debugDescription)")
                    } catch {
                        #expect(error.code == .messageTooLong)
                        #expect(line == nil, "of \(text.debugDescription)")
                    }
                }
                if expected.last != .some(nil) { #expect(try await lines.next() == nil) }
            }
        }
    }

    @Test(arguments: Backends.all) func `a line too long is told before it ends`(backend: TestBackend) async throws {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            try await a.sendAll("12345")
            let error = await failure { for try await _ in b.lines(limit: 3) {} }
            #expect(error?.code == .messageTooLong)
        }
    }

    @Test(arguments: Backends.all) func `what is read ahead belongs to the iterator`(backend: TestBackend) async throws
    {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            try await a.sendAll("GET / HTTP/1.1\r\n\r\nbody")
            var lines = b.lines().makeAsyncIterator()
            #expect(try await lines.next() == "GET / HTTP/1.1")
            #expect(try await lines.next() == "")
            #expect(lines.rest() == "body")
            #expect(lines.rest().isEmpty)
            try await a.sendAll("more\n")
            #expect(try await lines.next() == "more")
        }
    }

    @Test(arguments: Backends.all) func `a cancel loses nothing of a line`(backend: TestBackend) async throws {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            try await a.sendAll("first ha")
            let task = Task {
                var lines = b.lines().makeAsyncIterator()
                let error = await failure { _ = try await lines.next() }
                // A task of its own, as this one is cancelled.
                let rest = lines.rest()
                return (error?.code, rest)
            }
            while try await !b.wait(for: .readable, deadline: .immediate).isEmpty { await Task.yield() }
            task.cancel()
            let (code, rest) = await task.value
            #expect(code == .cancelled)
            #expect(rest == "first ha")
        }
    }

    @Test(arguments: Backends.all) func `many lines are read in order`(backend: TestBackend) async throws {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            async let sending: Void = {
                for number in 0..<20_000 { try await a.sendAll("line \(number)\n") }
                try a.shutdown(.send)
            }()
            var number = 0
            for try await line in b.lines() {
                #expect(line.description == "line \(number)")
                number += 1
            }
            try await sending
            #expect(number == 20_000)
        }
    }
}
