import BackendURing
import Sockets

/// What the command line asks for.
struct Arguments {
    enum Mode {
        case echo, machine, sink, source, writer
        case datagrams(DatagramEcho)

        init?(_ name: String) {
            switch name {
            case "echo": self = .echo
            case "machine": self = .machine
            case "sink": self = .sink
            case "source": self = .source
            case "writer": self = .writer
            default:
                guard let echo = DatagramEcho(rawValue: name) else { return nil }
                self = .datagrams(echo)
            }
        }
    }

    let host: String
    let port: Int
    let choice: BackendChoice
    let sharesPort: Bool
    let mode: Mode
    let chunk: Int
    let gather: Int
    let blocks: Bool

    /// Nil when it cannot be understood.
    init?(_ words: ArraySlice<String>) {
        let places = words.prefix { !$0.hasPrefix("--") }.map(\.self)
        let pairs = Array(words.dropFirst(places.count))
        guard pairs.count.isMultiple(of: 2), places.count >= 2, let port = Int(places[1]) else { return nil }
        var options: [String: String] = [:]
        for index in stride(from: 0, to: pairs.count, by: 2) { options[pairs[index]] = pairs[index + 1] }
        guard let mode = Mode(options["--mode"] ?? "echo"),
            let choice = Self.choice(places.dropFirst(2).first ?? "posix", places.dropFirst(3).first ?? "1", options)
        else { return nil }
        host = places[0]
        self.port = port
        self.choice = choice
        self.mode = mode
        switch options["--calls"] ?? "awaited" {
        case "awaited": blocks = false
        case "blocking": blocks = true
        default: return nil
        }
        sharesPort = places.dropFirst(4).first == "shared-port"
        chunk = options["--chunk"].flatMap { Int($0) } ?? 65536
        gather = options["--gather"].flatMap { Int($0) } ?? 1
    }

    private static func choice(_ backend: String, _ threads: String, _ options: [String: String]) -> BackendChoice? {
        guard let threads = Int(threads) else { return nil }
        switch backend {
        case "posix": return .posix(threads: threads)
        case "uring":
            var uring = URingOptions(threads: threads)
            if let spin = options["--spin"].flatMap({ Int($0) }) { uring.spin = .microseconds(spin) }
            if let zeroCopy = options["--zero-copy"] { uring.zeroCopy = Int(zeroCopy) }
            return .uring(uring)
        default: return nil
        }
    }
}
