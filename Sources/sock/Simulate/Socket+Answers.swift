import Sockets

extension Socket {
    /// Whether the answer to a numbered datagram comes in time. Answers to earlier numbers may come late, too.
    func isAnswered(_ number: UInt8, until end: Deadline) async throws(SocketError) -> Bool {
        do throws(SocketError) {
            while let answer = try await receive(1, deadline: end), Array(answer).first != number {}
            return true
        } catch {
            guard error.code == .timedOut else { throw error }
            return false
        }
    }
}
