import Foundation
import Glibc
import SocketModel
import Testing

/// Failures of names print what C's functions say, and keep the number whatever it is.
@Suite struct ResolutionErrorTests {
    @Test func textIsLibcs() {
        for number in numbers {
            // glibc 2.36 has no text for EAI_OVERFLOW.
            guard number != ResolutionError.Code.overflow.rawValue else { continue }
            let text = unsafe String(cString: gai_strerror(number))
            #expect(ResolutionError.Code(rawValue: number).description == text, "number \(number)")
        }
    }

    @Test func hostTextIsLibcs() {
        for number in numbers {
            let text = unsafe String(cString: hstrerror(number))
            #expect(HostError.Code(rawValue: number).description == text, "number \(number)")
        }
    }

    @Test func numbersSurvive() throws {
        for number in numbers {
            let resolution = ResolutionError(rawValue: number)
            let host = HostError(rawValue: number)
            #expect(resolution.rawValue == number)
            #expect(host.rawValue == number)
            #expect(try decoded(resolution) == resolution, "number \(number)")
            #expect(try decoded(host) == host, "number \(number)")
        }
    }

    /// A `switch` over codes never finds a named number hidden in `other`.
    @Test func namedNumbersAreNeverOther() {
        for (cName, code) in ResolutionError.Code.allNamed {
            if case .other = ResolutionError.Code(rawValue: code.rawValue) { Issue.record("\(cName) is other") }
        }
        for (cName, code) in HostError.Code.allNamed {
            if case .other = HostError.Code(rawValue: code.rawValue) { Issue.record("\(cName) is other") }
        }
        #expect(ResolutionError.Code(rawValue: -13) == .other(-13))
        #expect(ResolutionError.Code.other(-2) == .noName)
        #expect(Set([ResolutionError.Code.other(-2), .noName]).count == 1)
    }

    @Test func theErrnoBelongsToSystemErrorsOnly() throws {
        let failed = ResolutionError(.system, errno: .tooManyOpenFiles)
        #expect(failed.errno == .tooManyOpenFiles)
        #expect(failed.description == "System error: Too many open files")
        #expect(try decoded(failed) == failed)
        #expect(ResolutionError(.system).description == "System error")
        #expect(ResolutionError(.noName, errno: .tooManyOpenFiles).errno == nil)
        #expect(ResolutionError(rawValue: -11, errno: .interrupted).errno == .interrupted)
        #expect(
            HostError(.internalError, errno: .noMemory).description == "Resolver internal error: Cannot allocate memory"
        )
        #expect(HostError(.hostNotFound, errno: .noMemory).errno == nil)
    }

    @Test func errorsHaveCNames() {
        #expect(ResolutionError(.noName).cName == "EAI_NONAME")
        #expect(ResolutionError(rawValue: 7).cName == nil)
        #expect(HostError(.noAddress).cName == "NO_DATA")
        #expect(HostError.Code(cName: "NO_ADDRESS") == .noData)
    }

    private let numbers = Array(Int32(-300)...300) + [.min, .max]

    private func decoded<Value: Codable>(_ value: Value) throws -> Value {
        try JSONDecoder().decode(Value.self, from: try JSONEncoder().encode(value))
    }
}
