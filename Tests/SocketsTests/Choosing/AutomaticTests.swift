import Locks
import ProcessControl
import SocketModel
import TestSupport
import Testing

@testable import Sockets

/// io_uring or else posix: with backends that are none, as whether this kernel has io_uring is not a test's to decide.
@Suite struct `The automatic choice` {
    private final class Notes<Note: Sendable>: Sendable {
        private let notes = Lock<[Note]>([])
        func add(_ note: Note) { notes.withLock { $0.append(note) } }
        var all: [Note] { notes.withLock { $0 } }
    }

    private let heard = Notes<Failure>()
    private let preferred = ScriptedBackend()
    private let other = ScriptedBackend()

    private func choice(failing failure: Failure? = nil, otherFailing: Failure? = nil) -> BackendChoice {
        let first = BackendChoice { [preferred] () throws(Failure) in
            if let failure { throw failure }
            return preferred
        }
        let second = BackendChoice { [other] () throws(Failure) in
            if let otherFailing { throw otherFailing }
            return other
        }
        return first.whereSupported(else: second, heard.add)
    }

    @Test func `is the first where that works, and says nothing`() throws {
        #expect(try choice().make() === preferred)
        #expect(heard.all == [])
    }

    @Test func `is the other where the first is unsupported, and says why each time`() throws {
        var reason = Failure(errno: .permissionDenied)
        reason.code = .unsupported
        reason.detail = "forbidden"
        let choice = choice(failing: reason)
        #expect(try choice.make() === other)
        #expect(try choice.make() === other)
        #expect(heard.all == [reason, reason])
    }

    @Test(arguments: [.tooManyDescriptors, .outOfResources, .invalidArgument, .permissionDenied] as [SocketError.Code])
    func `hides no other error`(code: SocketError.Code) {
        let choice = choice(failing: Failure(code))
        #expect(throws: Failure(code)) { try choice.make() }
        #expect(heard.all == [])
    }

    @Test func `says nothing of a fallback that fails`() {
        let choice = choice(failing: Failure(.unsupported), otherFailing: Failure(.tooManyDescriptors))
        #expect(throws: Failure(.tooManyDescriptors)) { try choice.make() }
        #expect(heard.all == [])
    }

    @Test func `is said once, in a line that tells the reason`() {
        let lines = Notes<String>()
        let notice = FallbackNotice(lines.add)
        var reason = Failure(errno: Errno(rawValue: 1))
        reason.code = .unsupported
        reason.detail = "forbidden here"
        for _ in 0..<3 { notice.give(reason) }
        let said = lines.all
        #expect(said.count == 1)
        for text in ["io_uring does not work here", "posix", "EPERM", "forbidden here"] {
            #expect(said.first?.contains(text) == true, "\(said)")
        }
        #expect(said.first?.contains("\n") == false)
    }

    @Test func `makes a network that works, and falls back only from io_uring`() throws {
        let network = try Network(.automatic(threads: 2) { [heard] in heard.add($0) })
        #expect(network.backendName == (heard.all.isEmpty && Self.hasURing ? "uring" : "posix"))
        let (left, right) = try network.socketPair()
        try left.sendAll("hello")
        #expect(try right.receiveExactly(5) == "hello")
        #expect(try network.executors.count == 2)
    }

    @Test func `refuses a number of threads out of bounds`() {
        #expect(throws: SocketError.self) { try Network(.automatic(threads: 0)) }
    }

    #if URing && os(Linux)
        @Test(.enabled(if: (try? Network(.uring())) != nil, "io_uring does not work here"))
        func `hides no want of descriptors behind posix`() async {
            await #expect(processExitsWith: .success) {
                Process.require(control_exhaust_descriptors(64) > 0, "there were descriptors to take")
                do throws(SocketError) {
                    let network = try Network(.automatic(threads: 1) { _ in Process.require(false, "it fell back") })
                    Process.require(false, "there is a network, \(network.backendName)")
                } catch {
                    Process.require(error.code == .tooManyDescriptors, "\(error)")
                }
            }
        }

        private static let hasURing = true
    #else
        private static let hasURing = false
    #endif
}
