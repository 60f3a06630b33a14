// nio-peer HOST PORT [echo|async|sink|source|datagrams [BYTES]]

import NIOCore
import NIOPosix

@main struct NIOPeer {
    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count >= 3, let port = Int(words[2]), let chunk = Int(words.count > 4 ? words[4] : "65536") else {
            fatalError("usage: nio-peer HOST PORT [echo|async|sink|source|datagrams [BYTES]]")
        }
        let servers = Servers(group: MultiThreadedEventLoopGroup(numberOfThreads: 1), host: words[1], port: port)
        switch words.count > 3 ? words[3] : "echo" {
        case "echo": try await servers.serve { Echo() }
        case "async": try await servers.echoAsync()
        case "sink": try await servers.serve { Sink() }
        case "source": try await servers.serve { Source(chunk) }
        case "datagrams": try await servers.echoDatagrams()
        case let other: fatalError("unknown mode \(other)")
        }
    }
}
