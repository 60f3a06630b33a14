/// The half, or halves, of a connection to shut down: the second argument of `shutdown(2)`.
public enum ShutdownDirection: Int32, Hashable, Sendable, Codable, CaseIterable {
    /// No more receives: `SHUT_RD`.
    case receive = 0
    /// No more sends; the peer reads the end of the stream: `SHUT_WR`.
    case send = 1
    /// Neither: `SHUT_RDWR`.
    case both = 2
}

extension ShutdownDirection: SystemNumber, LosslessStringConvertible {
    /// Every name of the headers with its value.
    public static let allNamed: [(cName: String, value: Self)] = [
        ("SHUT_RD", .receive),
        ("SHUT_WR", .send),
        ("SHUT_RDWR", .both),
    ]
}
