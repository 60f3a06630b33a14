import SocketModel
import SystemSockets
import Testing

@Suite struct SystemNamesTests {
    /// The C library reads a path to its first zero: what lies behind an address that has none must not be read.
    @Test func theNameOfAUNIXAddressIsItsPathAndNoMore() throws {
        for round in 0..<50 {
            #expect(try service(of: .unnamed) == "")
            let path = try UNIXAddress(path: String(repeating: "p", count: 20 + round % 10))
            #expect(try service(of: path) == path.path)
        }
    }

    @Test func thePathThatFillsTheAddressIsNotReadBeyondItsEnd() throws {
        let path = try UNIXAddress(path: String(repeating: "p", count: UNIXAddress.maximumPathLength))
        // It does not fit C's buffer for names of services.
        do throws(Failure) {
            let name = try service(of: path) ?? "none"
            #expect(String(repeating: "p", count: UNIXAddress.maximumPathLength).hasPrefix(name))
        } catch {
            guard case .resolution(let cause)? = error.cause else { throw error }
            #expect(cause.code == .overflow)
        }
    }

    private func service(of address: UNIXAddress) throws(Failure) -> String? {
        guard case .name(_, let service) = try SystemNames.answer(.name(.unix(address), [])) else { return nil }
        return service
    }
}
