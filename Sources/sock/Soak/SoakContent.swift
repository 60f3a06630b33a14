import Sockets

/// The bytes of one stream: each shows where it belongs, and to which stream.
struct SoakContent: Sendable {
    let key: UInt8

    func bytes(from offset: Int, count: Int) -> [UInt8] {
        (offset..<offset + count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) ^ key }
    }
}

/// What has come of a stream so far, compared byte by byte.
struct SoakReader {
    let content: SoakContent
    private(set) var count = 0

    init(_ content: SoakContent) { self.content = content }

    mutating func take(_ chunk: Chunk) throws {
        guard chunk.array == content.bytes(from: count, count: chunk.count) else {
            throw SoakFailure("other bytes than were sent, among the \(chunk.count) from \(count) on")
        }
        count += chunk.count
    }
}

/// What a scene throws when something is not as it must be.
struct SoakFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Throws unless a call failed with one of these codes.
func demandFailure(_ codes: [SocketError.Code], _ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let error as SocketError where codes.contains(error.code) {
        return
    }
    throw SoakFailure("nothing failed where \(codes) was to be expected")
}
