import Foundation

extension Child {
    /// Runs a program to its end and returns what it prints.
    ///
    /// - Parameter seconds: After which it is ended.
    /// - Throws: ``Failure`` when it cannot be started, takes longer, or fails without having printed anything.
    static func output(of words: [String], core: Int? = nil, seconds: Double = 30) throws -> String {
        let ends = try pipe()
        defer { close(ends.read) }
        let child: Child
        do {
            defer { close(ends.write) }
            child = try Child(
                words, directory: nil, environment: [:], core: core, output: ends.write, errors: STDERR_FILENO,
                deathSignal: SIGKILL)
        }
        defer { child.stop() }
        let text = try readToEnd(ends.read, seconds: seconds)
        guard let status = child.wait(seconds: 5), status == 0 || !text.isEmpty else {
            throw Failure(description: "\(words[0]) failed")
        }
        return text
    }

    /// Neither end is for other children.
    private static func pipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard Foundation.pipe(&ends) == 0 else {
            throw Failure(description: "no pipe: \(String(cString: strerror(errno)))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func readToEnd(_ descriptor: Int32, seconds: Double) throws -> String {
        let end = Date().addingTimeInterval(seconds)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let left = end.timeIntervalSinceNow
            guard left > 0, poll(&waiting, 1, Int32(left * 1000) + 1) != 0 else {
                throw Failure(description: "no answer in time")
            }
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 { continue }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }

    static func isInstalled(_ command: String) -> Bool {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            access("\($0)/\(command)", X_OK) == 0
        }
    }
}
