import Glibc
import SocketModel
import Testing

/// An errno prints what C's `strerror` says, and two names of one number are one value.
@Suite struct ErrnoTests {
    @Test func textIsStrerrors() {
        for number in Array(Int32(-2)...300) + [.min, .max] {
            let text = unsafe strerror(number).map { unsafe String(cString: $0) }
            #expect(Errno(rawValue: number).description == text, "errno \(number)")
        }
    }

    @Test(arguments: [
        (Errno.connectionRefused, "ECONNREFUSED", "Connection refused"),
        (.noSuchFileOrDirectory, "ENOENT", "No such file or directory"),
        (.resourceTemporarilyUnavailable, "EAGAIN", "Resource temporarily unavailable"),
        (.wouldBlock, "EAGAIN", "Resource temporarily unavailable"),
        (.deadlockAvoided, "EDEADLK", "Resource deadlock avoided"),
        (.notSupported, "EOPNOTSUPP", "Operation not supported"),
        (Errno(rawValue: 133), "EHWPOISON", "Memory page has hardware error"),
    ])
    func hasANameAndAText(errno: Errno, cName: String, text: String) {
        #expect(errno.cName == cName)
        #expect(errno.description == text)
        #expect(Errno(cName: cName) == errno)
    }

    @Test(arguments: [0, -1, 41, 58, 134, 999, Int32.min, .max])
    func othersHaveNoName(number: Int32) {
        #expect(Errno(rawValue: number).cName == nil)
        #expect(Errno(rawValue: number).rawValue == number)
    }

    @Test func aliasesAreTheSameNumber() {
        #expect(Errno.wouldBlock == .resourceTemporarilyUnavailable)
        #expect(Errno.deadlockAvoided == .deadlock)
        #expect(Errno.notSupported == .notSupportedOnSocket)
        #expect(Errno(cName: "EWOULDBLOCK") == Errno(cName: "EAGAIN"))
        #expect(Errno(cName: "EDEADLOCK") == Errno(cName: "EDEADLK"))
        #expect(Errno(cName: "ENOTSUP") == Errno(cName: "EOPNOTSUPP"))
        #expect(Errno(cName: "EPERMX") == nil)
    }

    @Test func everyNumberUpTo133IsNamedButTheTwoLinuxSkips() {
        let unnamed = (Int32(1)...133).filter { Errno(rawValue: $0).cName == nil }
        #expect(unnamed == [41, 58])
        #expect(Errno.allNamed.count == 134)
    }
}
