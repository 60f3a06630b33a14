import Glibc
import Sockets

/// Something whose speed is measured.
struct Scenario: Sendable {
    let name: String
    /// Does it, and says what it came to.
    let run: @Sendable () throws -> String

    /// Runs it three times; the best of them counts.
    func measure() throws {
        for _ in 0..<3 { print("\(name): \(try run())") }
    }
}

/// How much of a processor's time `body` takes, in seconds: what else the machine does is not counted.
func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = processorTime()
    try body()
    return processorTime() - start
}

private func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Bytes of memory the process has in use.
func residentBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    fgets(&line, 128, file)
    let fields = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
        separator: " ")
    return (Int(fields[1]) ?? 0) * 4096
}
