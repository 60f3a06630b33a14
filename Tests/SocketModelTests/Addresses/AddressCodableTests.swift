import Foundation
import SocketModel
import Testing

/// Addresses are stored as the text people write.
@Suite struct AddressCodableTests {
    private struct Configuration: Codable, Equatable {
        var listen: [SocketAddress]
        var allowed: IPPrefix
        var upstream: HostPort
        var source: IPAddress
    }

    private let json = #"""
        {"listen":["[fe80::1%eth0]:80","unix:@x"],"allowed":"10.0.0.0/8","upstream":"h:http","source":"::1"}
        """#

    @Test func readsAndWritesText() throws {
        let configuration = try JSONDecoder().decode(Configuration.self, from: Data(json.utf8))
        #expect(configuration.source == .v6(.loopback))
        let written = try JSONEncoder().encode(configuration)
        #expect(try JSONDecoder().decode(Configuration.self, from: written) == configuration)
    }

    @Test func malformedTextSaysWhatIsWrong() throws {
        let broken = json.replacingOccurrences(of: "10.0.0.0/8", with: "10.0.0.0/33")
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Configuration.self, from: Data(broken.utf8))
        }
        guard case .dataCorrupted(let context) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(context.debugDescription.hasPrefix("prefix length 33 is out of range"))
        #expect(context.codingPath.map(\.stringValue) == ["allowed"])
    }
}
