internal import SocketModel

/// Control messages on their way to a caller, as far as there is room for them.
struct ReceivedControl {
    private let details: ReceiveDetails
    private var room: Int
    /// How many sockets were handed out.
    private(set) var rightsAdded = 0

    private static let header = 16

    init(_ details: ReceiveDetails) {
        self.details = details
        room = details.controlCapacity
    }

    /// Adds a message; one that does not fit is cut, or left out, and the flags say so.
    mutating func add(_ message: ControlMessage) {
        guard let bytes = try? ControlMessage.encode([message]), let length = bytes.load(UInt64.self, at: 0) else {
            return
        }
        guard room < Int(length) else {
            room -= min(room, bytes.count)
            return details.control.append(message)
        }
        details.flags.insert(.controlTruncated)
        guard room >= Self.header, let level = bytes.load(Int32.self, at: 8), let type = bytes.load(Int32.self, at: 12)
        else { return }
        let cut = Array(bytes[Self.header..<room])
        details.control.append(.other(level: OptionLevel(rawValue: level), type: type, bytes: cut))
        room = 0
    }

    /// How many sockets fit.
    var roomForRights: Int { room <= Self.header ? 0 : (room - Self.header) / 4 }

    /// Adds numbers of sockets, no more than fit.
    mutating func add(rights numbers: [Int32]) {
        if numbers.isEmpty { return }
        rightsAdded = numbers.count
        room -= min(room, ControlMessage.space(forPayload: 4 * numbers.count))
        details.control.append(.rights(numbers))
    }
}
