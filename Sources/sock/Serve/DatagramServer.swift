import Sockets

/// Answers datagrams, one after the other, from the socket they came to.
struct DatagramServer {
    let network: Network
    let socket: Socket
    let service: ServiceName
    let tally: Tally

    /// Returns when the network has been closed.
    func run() throws(SocketError) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var served = 0
        while true {
            do throws(SocketError) {
                // Datagrams have no end: nil cannot come.
                guard let (count, sender) = try socket.receiveFrom(into: &buffer) else { continue }
                let sent = answer(buffer.span.extracting(..<count), to: sender, number: served)
                tally.add(received: count, sent: sent)
                served += 1
            } catch {
                if socket.isClosed { return }
                try recover(error)
            }
        }
    }

    /// How many bytes were sent; an error concerns this datagram only.
    private func answer(_ bytes: Span<UInt8>, to sender: SocketAddress?, number: Int) -> Int {
        // A UNIX sender without a name cannot be answered.
        guard let sender, !sender.isUnspecified, sender != .unix(.unnamed) else { return 0 }
        do throws(SocketError) {
            switch service {
            case .echo: return try socket.send(bytes, to: sender)
            case .discard: return 0
            case .chargen: return try socket.send(characters(number), to: sender)
            }
        } catch {
            if !socket.isClosed { complain("serve: datagram from \(sender): \(error)") }
            return 0
        }
    }

    /// RFC 864: a random number of characters, 0...512, of the pattern; each datagram begins a line further.
    private func characters(_ number: Int) -> ArraySlice<UInt8> {
        var random = network.random
        let start = number % 95 * CharacterPattern.lineLength
        return CharacterPattern.run[start..<start + Int.random(in: 0...512, using: &random)]
    }

    /// Earlier answers' errors arrive at a later receive, and are no reason to end.
    private func recover(_ error: SocketError) throws(SocketError) {
        switch error.code {
        case .connectionRefused, .connectionReset, .hostUnreachable, .networkUnreachable, .messageTooLong,
            .permissionDenied:
            complain("serve: \(error)")
        case .outOfResources:
            complain("serve: \(error); trying again in 100 ms")
            network.sleep(for: .milliseconds(100))
        default: throw error
        }
    }
}
