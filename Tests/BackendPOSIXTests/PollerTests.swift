import CPOSIX
import Glibc
import Locks
import SocketModel
import SystemSockets
import TestSupport
import Testing

@testable import BackendPOSIX

/// A poller, and what its waits have found.
@safe private final class Watch {
    private let poller: Poller
    private let room = UnsafeMutableBufferPointer<cposix_event>.allocate(capacity: 64)

    init() throws { poller = try Poller() }
    deinit { unsafe room.deallocate() }

    func add(_ descriptor: Int32, tag: UInt64, _ interest: Poller.Events) throws(Failure) {
        try poller.add(descriptor, tag: tag, interest)
    }

    func extend(_ descriptor: Int32, tag: UInt64, _ interest: Poller.Events) throws(Failure) {
        try poller.extend(descriptor, tag: tag, interest)
    }

    func remove(_ descriptor: Int32) { poller.remove(descriptor) }
    func wake() { poller.wake() }

    /// What one wait that returns at once finds, by tag.
    func found(nanoseconds: Int64 = 0) -> [UInt64: Poller.Events] {
        let count = unsafe poller.wait(into: room, nanoseconds: nanoseconds)
        var found: [UInt64: Poller.Events] = [:]
        for index in 0..<count {
            let event = unsafe room[index]
            found[event.tag, default: []].formUnion(.init(rawValue: event.events))
        }
        return found
    }
}

@Suite struct `Pollers` {
    @Test func `what holds already is reported once`() throws {
        let (watch, pipe) = (try Watch(), try Ends())
        pipe.write(1)
        try watch.add(pipe.reader, tag: 7, .readable)
        #expect(watch.found() == [7: .readable])
        #expect(watch.found().isEmpty)
    }

    @Test func `each change is reported once, though nobody has read`() throws {
        let (watch, pipe) = (try Watch(), try Ends())
        try watch.add(pipe.reader, tag: 1, .readable)
        #expect(watch.found().isEmpty)
        for _ in 0..<3 {
            pipe.write(1)
            #expect(watch.found(nanoseconds: 20_000_000_000) == [1: .readable])
            #expect(watch.found().isEmpty)
        }
    }

    @Test func `what holds is reported by every wait where that was asked for`() throws {
        let (watch, pipe) = (try Watch(), try Ends())
        try watch.add(pipe.reader, tag: 1, [.readable, .level])
        #expect(watch.found().isEmpty)
        pipe.write(2)
        for _ in 0..<3 { #expect(watch.found() == [1: .readable]) }
        pipe.read(2)
        #expect(watch.found().isEmpty)
    }

    @Test func `a change that was read before it is reported is none`() throws {
        let (watch, pipe) = (try Watch(), try Ends())
        try watch.add(pipe.reader, tag: 1, .readable)
        pipe.write(3)
        pipe.read(3)
        #expect(watch.found().isEmpty)
        pipe.write(1)
        #expect(watch.found() == [1: .readable])
    }

    @Test func `to extend a watch reports once more what holds`() throws {
        let (watch, pair) = (try Watch(), try Ends(isSocketPair: true))
        pair.write(1)
        try watch.add(pair.reader, tag: 5, .readable)
        #expect(watch.found() == [5: .readable])
        try watch.extend(pair.reader, tag: 5, [.readable, .writable])
        #expect(watch.found() == [5: [.readable, .writable]])
        #expect(watch.found().isEmpty)
    }

    @Test func `what is not watched for is not reported`() throws {
        let (watch, pair) = (try Watch(), try Ends(isSocketPair: true))
        pair.write(1)
        try watch.add(pair.reader, tag: 5, .writable)
        #expect(watch.found() == [5: .writable])
    }

    @Test func `the end of a peer is told, with the bytes before it`() throws {
        let (watch, pair) = (try Watch(), try Ends(isSocketPair: true))
        try watch.add(pair.reader, tag: 5, .readable)
        pair.write(1)
        pair.closeWriter()
        #expect(watch.found() == [5: [.readable, .hangUp]])
    }

    @Test func `what was removed is reported no more, and may be added again`() throws {
        let (watch, pipe) = (try Watch(), try Ends())
        try watch.add(pipe.reader, tag: 1, .readable)
        pipe.write(1)
        watch.remove(pipe.reader)
        #expect(watch.found().isEmpty)
        watch.remove(pipe.reader)
        try watch.add(pipe.reader, tag: 2, .readable)
        #expect(watch.found() == [2: .readable])
    }

    @Test func `who adds twice, extends what is not there, or adds a file is told`() throws {
        let (watch, pipe, folder) = (try Watch(), try Ends(), TemporaryDirectory())
        try watch.add(pipe.reader, tag: 1, .readable)
        #expect(throws: Failure(errno: .fileExists)) { try watch.add(pipe.reader, tag: 1, .readable) }
        #expect(throws: Failure(errno: .noSuchFileOrDirectory)) {
            try watch.extend(pipe.writer, tag: 1, .writable)
        }
        #expect(throws: Failure(errno: .badFileDescriptor)) { try watch.add(-1, tag: 1, .readable) }
        let file = folder.file([1])
        defer { Process.close(file) }
        #expect(throws: Failure(errno: .notPermitted)) { try watch.add(file, tag: 1, .readable) }
    }

    @Test func `a wake ends the next wait, and shows no event`() throws {
        let watch = try Watch()
        for _ in 0..<3 {
            watch.wake()
            watch.wake()
            #expect(watch.found(nanoseconds: -1).isEmpty)
        }
        #expect(watch.found(nanoseconds: 1_000_000).isEmpty)
    }

    @Test func `a wake from another thread ends a wait`() throws {
        final class Shared: Sendable {
            let watch: Poller
            init() throws { watch = try Poller() }
        }
        let shared = try Shared()
        let thread = try SystemSockets.Thread.start("waker") {
            Process.pause()
            shared.watch.wake()
        }
        let room = UnsafeMutableBufferPointer<cposix_event>.allocate(capacity: 1)
        defer { unsafe room.deallocate() }
        #expect(unsafe shared.watch.wait(into: room, nanoseconds: -1) == 0)
        try thread.wait()
    }

    @Test func `more descriptors than fit come with the next wait`() throws {
        let watch = try Watch()
        let pipes = try (0..<150).map { _ in try Ends() }
        for (index, pipe) in pipes.enumerated() {
            try watch.add(pipe.reader, tag: UInt64(index + 1), .readable)
            pipe.write(1)
        }
        var seen: Set<UInt64> = []
        while true {
            let found = watch.found()
            if found.isEmpty { break }
            #expect(seen.isDisjoint(with: found.keys))
            seen.formUnion(found.keys)
        }
        #expect(seen.count == 150)
    }
}

/// Two ends of a pipe, or of a pair of sockets.
private final class Ends {
    let reader: Int32
    private(set) var writer: Int32

    init(isSocketPair: Bool = false) throws {
        var ends: [Int32] = [-1, -1]
        let result =
            isSocketPair
            ? unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) : unsafe pipe(&ends)
        guard result == 0 else { throw Failure.lastErrno }
        (reader, writer) = (ends[0], ends[1])
    }

    deinit {
        Process.close(reader)
        if writer >= 0 { Process.close(writer) }
    }

    func write(_ count: Int) {
        let bytes = [UInt8](repeating: 1, count: count)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(writer, $0.baseAddress, count) }
    }

    func read(_ count: Int) {
        var bytes = [UInt8](repeating: 0, count: count)
        _ = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(reader, $0.baseAddress, count) }
    }

    func closeWriter() {
        Process.close(writer)
        writer = -1
    }
}
