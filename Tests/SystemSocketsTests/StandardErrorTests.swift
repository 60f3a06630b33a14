import Glibc
import SystemSockets
import TestSupport
import Testing

@Suite struct `Standard error` {
    @Test func `gets a line in one piece`() async {
        await #expect(processExitsWith: .success) {
            let (reader, writer) = Process.pipe()
            Process.require(dup2(writer, STDERR_FILENO) == STDERR_FILENO, "standard error is the pipe")
            StandardError.write(line: "hello")
            var bytes = [UInt8](repeating: 0, count: 100)
            let count = unsafe read(reader, &bytes, bytes.count)
            Process.require(count == 6 && bytes.prefix(6) == Array("hello\n".utf8)[...], "the line came")
        }
    }

    @Test func `may have nobody who reads it, which ends no process`() async {
        await #expect(processExitsWith: .success) {
            let (reader, writer) = Process.pipe()
            let before = dup(STDERR_FILENO)
            Process.require(dup2(writer, STDERR_FILENO) == STDERR_FILENO, "standard error is the pipe")
            Process.close(reader)
            StandardError.write(line: "hello")
            // The runner writes there, too, and minds.
            Process.require(dup2(before, STDERR_FILENO) == STDERR_FILENO, "standard error is what it was")
            var pending = sigset_t()
            unsafe sigpending(&pending)
            Process.require(unsafe sigismember(&pending, SIGPIPE) == 0, "no signal is left behind")
        }
    }
}
