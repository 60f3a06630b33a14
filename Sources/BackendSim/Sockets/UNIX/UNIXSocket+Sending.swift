internal import SocketModel

// Sending.
extension UNIXSocket {
    /// Sends some of a stream's bytes; what goes beside them goes with the first.
    func sendBytes(
        _ bytes: UnsafeRawBufferPointer, _ header: SendHeader?, _ flags: MessageFlags
    ) throws(Errno) -> Int? {
        var beside = try Accompaniment(header?.control ?? [], kernel)
        let isUrgent = flags.contains(.outOfBand)
        if isUrgent, bytes.count == 0 { throw .notSupportedOnSocket }
        if header?.address != nil { throw state == .connected ? .socketIsConnected : .notSupportedOnSocket }
        guard let peer else { throw .socketNotConnected }
        if sendIsShut { throw .brokenPipe }
        // The last byte is the urgent one.
        let calm = bytes.count - (isUrgent ? 1 : 0)
        var sent = 0
        while sent < bytes.count {
            do throws(Errno) {
                guard try hasRoom() else { break }
                if peer.isDead || peer.receiveIsShut { throw .brokenPipe }
                let count = sent == calm ? 1 : UNIXBuffer.part(of: calm - sent, sendBuffer: options.sendBuffer)
                let message = try unsafe queue(.init(rebasing: bytes[sent..<sent + count]), &beside, at: peer)
                if sent == calm { peer.urgent = message }
                sent += count
            } catch {
                if sent == 0 { throw error }
                break
            }
        }
        if sent > 0 { peer.changed([.readable, .priority]) }
        return sent == 0 && bytes.count > 0 ? nil : sent
    }

    /// Sends a datagram, or a packet of a sequence.
    func sendMessage(
        _ bytes: UnsafeRawBufferPointer, _ header: SendHeader?, _ flags: MessageFlags
    ) throws(Errno) -> Int? {
        var address = header?.address
        if type == .sequencedPacket {
            try throwPendingError()
            guard state == .connected else { throw .socketNotConnected }
            address = nil
        }
        var beside = try Accompaniment(header?.control ?? [], kernel)
        if flags.contains(.outOfBand) { throw .notSupportedOnSocket }
        if let address { try Self.check(address) }
        try takeNameForCredentials()
        if bytes.count > options.sendBuffer - 32 { throw .messageTooLong }
        guard try hasRoom() else { return nil }
        guard let receiver = try receiver(address) else { return nil }
        try unsafe queue(bytes, &beside, at: receiver)
        receiver.changed(.readable)
        return bytes.count
    }

    /// Whether the send buffer takes another message, which may exceed it.
    private func hasRoom() throws(Errno) -> Bool {
        try throwPendingError()
        if sendIsShut { throw .brokenPipe }
        return charged < options.sendBuffer
    }

    /// Who takes a message; nil while it is full.
    private func receiver(_ address: SocketAddress?) throws(Errno) -> UNIXSocket? {
        guard let other = try address.map({ address throws(Errno) in try find(address) }) ?? peer else {
            throw .socketNotConnected
        }
        guard other.listens(to: self) else { throw .notPermitted }
        if other.isDead { throw lost() }
        if other.receiveIsShut { throw .brokenPipe }
        guard other.isFull(for: self) else { return other }
        wait(for: other)
        return nil
    }

    /// The peer has closed.
    private func lost() -> Errno {
        if type == .sequencedPacket { return .brokenPipe }
        setPeer(nil)
        return .connectionRefused
    }

    /// Whether as many datagrams as may wait do. Those of its own peer are limited by the peer's buffer alone.
    func isFull(for other: UNIXSocket) -> Bool { other !== self && peer !== other && queue.count > backlog }

    @discardableResult
    private func queue(
        _ bytes: UnsafeRawBufferPointer, _ beside: inout Accompaniment, at other: UNIXSocket
    ) throws(Errno) -> UNIXMessage {
        if !beside.rights.isEmpty {
            if kernel.unix.inFlight.count > kernel.descriptors.limit { throw .tooManyReferences }
            if other.options.refusesRights { throw .notPermitted }
        }
        let isAsked = options.passesCredentials || other.options.passesCredentials || other.isEmbryo
        kernel.launch(beside.rights)
        let charge = UNIXBuffer.charge(bytes.count, isStream: isStream)
        let credentials = beside.credentials ?? (isAsked ? kernel.credentials : nil)
        let message = unsafe UNIXMessage(
            bytes, from: self, charge: charge, credentials: credentials, rights: beside.rights.take())
        other.queue.append(message)
        kernel.world.hash.fold(UInt64(kernel.number))
        unsafe kernel.world.hash.fold(bytes)
        return message
    }
}

/// What goes with a message beside its bytes, looked at as the kernel does before all else.
struct Accompaniment {
    var rights: [SimulatedSocket] = []
    var credentials: PeerCredentials?

    init(_ control: [ControlMessage], _ kernel: HostKernel) throws(Errno) {
        for message in control {
            switch message {
            case .rights(let numbers): try add(numbers, kernel)
            // As the kernel: what is less than a number at the end is not looked at.
            case .other(.socket, Self.rightsType, let bytes): try add(Self.numbers(in: bytes), kernel)
            case .credentials(let claimed):
                guard claimed == kernel.credentials else { throw .notPermitted }
                credentials = claimed
            default:
                // As the kernel: what is of another level is not looked at.
                let bytes = try? ControlMessage.encode([message])
                if bytes?.load(Int32.self, at: 8) ?? 1 == OptionLevel.socket.rawValue { throw .invalidArgument }
            }
        }
    }

    /// `SCM_RIGHTS`.
    private static let rightsType: Int32 = 1

    private static func numbers(in bytes: [UInt8]) -> [Int32] {
        stride(from: 0, to: bytes.count / 4 * 4, by: 4).map { start in
            unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: start, as: Int32.self) }
        }
    }

    private mutating func add(_ numbers: [Int32], _ kernel: HostKernel) throws(Errno) {
        if rights.count + numbers.count > ControlMessage.maximumRights { throw .invalidArgument }
        for number in numbers {
            guard let socket = kernel.descriptors[number]?.socket else { throw .badFileDescriptor }
            rights.append(socket)
        }
    }
}
