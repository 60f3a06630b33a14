internal import Glibc
internal import ProcessControl

/// What a test wants to know of its own process.
public enum Process {
    /// How many descriptors are open.
    public static var descriptorCount: Int { (0..<4096).count { control_is_open($0) != 0 } }

    /// A number that no other living thread has.
    public static var threadNumber: UInt { pthread_self() }

    /// Whether the number is open.
    public static func isOpen(_ descriptor: Int32) -> Bool { control_is_open(descriptor) != 0 }

    /// Whether the descriptor is non-blocking.
    public static func isNonBlocking(_ descriptor: Int32) -> Bool { control_is_nonblocking(descriptor) != 0 }

    /// Whether the descriptor is close-on-exec.
    public static func isCloseOnExec(_ descriptor: Int32) -> Bool { control_is_close_on_exec(descriptor) != 0 }

    /// The name of the user it runs as; the number where there is none.
    public static var userName: String {
        unsafe getpwuid(geteuid()).flatMap { unsafe String(validatingCString: $0.pointee.pw_name) } ?? "\(geteuid())"
    }

    /// A file, to be read; whoever asks has to close it.
    public static func open(_ path: String) -> Int32 { unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC) }

    /// Closes a number that no object owns.
    public static func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }

    /// Descriptors that are no sockets'.
    public static func pipe() -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [-1, -1]
        _ = unsafe Glibc.pipe(&ends)
        return (ends[0], ends[1])
    }

    /// How much of a processor's time the calling thread has taken.
    public static var threadTime: Duration {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// Gives another thread the processor for a moment.
    public static func pause() { usleep(200) }

    /// Ends the process here if `condition` does not hold: an exit test's way to fail. The exit code is the line's number, as far as it
    /// fits; what is written is lost, unless one runs the body by hand.
    public static func require(_ condition: Bool, _ text: @autoclosure () -> String, line: Int = #line) {
        if condition { return }
        var message = Array("line \(line): \(text())\n".utf8)
        _ = unsafe write(2, &message, message.count)
        exit(max(1, Int32(truncatingIfNeeded: line & 255)))
    }
}
