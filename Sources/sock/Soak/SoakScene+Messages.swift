import Sockets

extension SoakScene {
    static func datagrams(_ place: SoakPlace, _ random: inout SoakRandom) async throws -> Int {
        let socket = try place.network.socket(.ipv4, .datagram)
        try await socket.connect(to: place.datagrams)
        let content = SoakContent(key: UInt8(truncatingIfNeeded: random.next()))
        let sizes = (0..<random.number(in: 1...20)).map { _ in random.number(in: 0...1400) }
        for (number, size) in sizes.enumerated() {
            _ = try await socket.send([UInt8(number)] + content.bytes(from: number, count: size))
        }
        var received = 0
        do {
            for _ in sizes {
                guard let datagram = try await socket.receive(2000, deadline: .within(.milliseconds(100))) else {
                    break
                }
                received += try check(datagram, sizes, content)
            }
        } catch let error as SocketError where error.code == .timedOut {
            // Some were lost.
        }
        try await socket.close()
        return received
    }

    private static func check(_ datagram: Chunk, _ sizes: [Int], _ content: SoakContent) throws -> Int {
        let bytes = datagram.array
        guard let number = bytes.first.map(Int.init), sizes.indices.contains(number),
            bytes.dropFirst().elementsEqual(content.bytes(from: number, count: sizes[number]))
        else { throw SoakFailure("a datagram of \(bytes.count) bytes that nobody sent") }
        return bytes.count
    }

    /// Passes one end of a pair of sockets twice over another pair: one is used and one is left where it is.
    static func passing(_ place: SoakPlace, _ random: inout SoakRandom) async throws -> Int {
        let network = place.network
        let (sender, receiver) = try network.socketPair()
        let (kept, passed) = try network.socketPair()
        _ = try await sender.send("x", passing: [passed, passed])
        let message = try await receiver.receiveMessage(1, controlCapacity: 64)
        guard let message, message.descriptors.count == 2, let number = message.descriptors[0].take() else {
            throw SoakFailure("two sockets were passed, and \(message?.descriptors.count ?? 0) came")
        }
        let adopted = try network.adopt(descriptor: number, family: .unix, type: .stream)
        let content = SoakContent(key: UInt8(truncatingIfNeeded: random.next()))
        let bytes = content.bytes(from: 0, count: random.number(in: 1...8000))
        try await kept.sendAll(bytes)
        var reader = SoakReader(content)
        try reader.take(try await adopted.receiveExactly(bytes.count))
        for socket in [adopted, passed, kept, receiver, sender] { try await socket.close() }
        return reader.count
    }
}
