import Glibc
import Locks
import Sockets

/// Standard input, output and error as descriptors, without buffers: what is written is out when the call returns.
enum StandardStreams {
    /// A standard stream refused to be read or written.
    struct Failure: Error, CustomStringConvertible {
        let stream: String
        let errno: Errno

        var description: String { "\(stream): \(errno) (\(errno.cName ?? "errno \(errno.rawValue)"))" }
    }

    private static let firstLoss = Lock<Failure?>(nil)

    /// Why something that was to be printed is lost: what is printed is what most commands are for.
    static var lost: Failure? { firstLoss.withLock { $0 } }

    fileprivate static func noteLoss(_ failure: Failure) { firstLoss.withLock { $0 = $0 ?? failure } }

    /// Occupies 0, 1 and 2 where whoever started this process had closed them, so that no socket gets one of these numbers and is
    /// taken for a standard stream. Each is opened the wrong way round: using it still fails.
    static func reserve() {
        for descriptor in Int32(0)...2 where dup2(descriptor, descriptor) < 0 {
            _ = unsafe open("/dev/null", (descriptor == 0 ? O_WRONLY : O_RDONLY) | O_CLOEXEC)
        }
    }

    /// From now on, writing to a pipe that nobody reads is an error, not the end of this process.
    static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }

    /// Reads what is there of standard input, at most so many bytes, waiting for the first; empty at its end.
    static func read(_ maximum: Int) throws(Failure) -> Chunk {
        try unsafe Chunk(capacity: maximum) { memory throws(Failure) in
            while true {
                let count = unsafe Glibc.read(STDIN_FILENO, memory.baseAddress, memory.count)
                if count >= 0 { return count }
                try retry(STDIN_FILENO, POLLIN, "standard input")
            }
        }
    }

    /// Writes all of `bytes` to standard output.
    static func write(_ bytes: some ByteSource) throws(Failure) {
        try write(bytes, to: STDOUT_FILENO, "standard output")
    }

    /// Writes all of `bytes` to standard error; if that fails there is nobody left to tell.
    static func complain(_ bytes: some ByteSource) { try? write(bytes, to: STDERR_FILENO, "standard error") }

    private static func write(_ bytes: some ByteSource, to descriptor: Int32, _ name: String) throws(Failure) {
        try unsafe bytes.withBytes { run throws(Failure) in
            var written = 0
            while written < run.count {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: run[written...])
                let count = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count < 0 { try retry(descriptor, POLLOUT, name) } else { written += count }
            }
        }
    }

    /// Returns when the call may be made again: a terminal or pipe that is shared may have been made non-blocking by somebody else.
    private static func retry(_ descriptor: Int32, _ events: Int32, _ name: String) throws(Failure) {
        switch errno {
        case EINTR: return
        case EAGAIN:
            var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
            _ = unsafe poll(&entry, 1, -1)
        case let number: throw Failure(stream: name, errno: Errno(rawValue: number))
        }
    }
}

/// Prints a line to standard output. Whether anybody reads it does not matter; that it could not be written is told at the end.
func say(_ line: String = "") {
    do throws(StandardStreams.Failure) {
        try StandardStreams.write(line + "\n")
    } catch {
        if error.errno != .brokenPipe { StandardStreams.noteLoss(error) }
    }
}

/// Prints a line to standard error.
func complain(_ line: String) { StandardStreams.complain("sock: \(line)\n") }
