internal import CPOSIX
package import SocketModel

extension SystemCalls {
    /// The calls that never wait.
    func configure(_ descriptor: Int32, _ action: Operation.Action) -> Completion {
        do throws(Failure) {
            switch action {
            case .bind(let address):
                return try unsafe Addressing.withEncoded(address) { unsafe done(bind(descriptor, $0, $1)) }
            case .listen(let backlog): return done(listen(descriptor, backlog))
            case .localAddress: return unsafe address { unsafe getsockname(descriptor, $0, &$1) }
            case .peerAddress: return unsafe address { unsafe getpeername(descriptor, $0, &$1) }
            case .shutdown(let direction): return done(shutHalves(descriptor, direction))
            case .getOption(let level, let name, let length):
                return try getOption(descriptor, level, name, length: length)
            case .setOption(let level, let name, let bytes):
                return try setOption(descriptor, level, name, bytes)
            default: throw Failure(.unsupported, detail: "no such call: \(action.name)")
            }
        } catch {
            return .failure(error)
        }
    }

    private func done(_ status: Int32) -> Completion { status < 0 ? .lastErrno : Completion(.done) }

    private func address(_ call: (UnsafeMutablePointer<sockaddr>?, inout socklen_t) -> Int32) -> Completion {
        let (status, address) = unsafe Addressing.withRoom(call)
        return status < 0 ? .lastErrno : Completion(.address(address))
    }

    /// The peer that a socket is connected to, or was: of a connection that has ended only `SO_PEERNAME` knows it, which wants to be asked
    /// for no more bytes than there are.
    package func formerPeer(_ descriptor: Int32) -> SocketAddress? {
        if case .address(let address) = configure(descriptor, .peerAddress).outcome { return address }
        for length in [MemoryLayout<sockaddr_in6>.size, MemoryLayout<sockaddr_in>.size] {
            let action = Operation.Action.getOption(.socket, name: peerName, length: length)
            guard case .option(let bytes) = configure(descriptor, action).outcome else { continue }
            return unsafe bytes.withUnsafeBytes { unsafe SocketAddressCoding.decode($0, length: $0.count) }
        }
        return nil
    }

    private func getOption(
        _ descriptor: Int32, _ level: OptionLevel, _ name: Int32, length: Int
    ) throws(Failure) -> Completion {
        try OperationBounds.checkOption(length: length)
        return unsafe withUnsafeTemporaryAllocation(byteCount: length, alignment: 8) { buffer in
            unsafe buffer.initializeMemory(as: UInt8.self, repeating: 0)
            var kept = socklen_t(length)
            let status = unsafe getsockopt(descriptor, level.rawValue, name, buffer.baseAddress, &kept)
            guard status == 0 else { return .lastErrno }
            let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffer.prefix(Int(kept)))
            return unsafe Completion(.option(OptionBytes(bytes)))
        }
    }

    private func setOption(
        _ descriptor: Int32, _ level: OptionLevel, _ name: Int32, _ value: OptionBytes
    ) throws(Failure) -> Completion {
        try unsafe value.withUnsafeBytes { bytes throws(Failure) in
            if level.rawValue == SOL_SOCKET, Self.takesProgram(name) {
                return try unsafe setProgram(descriptor, name, bytes)
            }
            if level.rawValue == SOL_SOCKET, name == SO_RCVLOWAT { try unsafe Self.refuseLowWater(bytes) }
            return unsafe done(
                setsockopt(descriptor, level.rawValue, name, bytes.baseAddress, socklen_t(bytes.count)))
        }
    }

    /// Receives here try before they wait, and wait in poll: they would take fewer bytes than the mark, or, asked for fewer than it,
    /// wait for ever.
    private static func refuseLowWater(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
        // The kernel takes a negative mark for the highest.
        guard bytes.count >= 4, unsafe !(0...1).contains(bytes.loadUnaligned(as: Int32.self)) else { return }
        throw Failure(
            .unsupported,
            detail: "this backend cannot keep a low-water mark above 1; use receiveExactly or waitForAll")
    }

    private static func takesProgram(_ name: Int32) -> Bool {
        name == SO_ATTACH_FILTER || name == SO_ATTACH_REUSEPORT_CBPF
    }

    /// The kernel takes a classic BPF program by pointer: the model's plain records are wrapped here.
    private func setProgram(
        _ descriptor: Int32, _ name: Int32, _ records: UnsafeRawBufferPointer
    ) throws(Failure) -> Completion {
        guard records.count % 8 == 0, let count = UInt16(exactly: records.count / 8) else {
            throw Failure(.invalidArgument, detail: "a BPF program is at most 65535 records of 8 bytes")
        }
        var program = unsafe cposix_filter_program(
            count: count, filter: UnsafeMutableRawPointer(mutating: records.baseAddress))
        let size = unsafe socklen_t(MemoryLayout<cposix_filter_program>.size)
        return unsafe done(setsockopt(descriptor, SOL_SOCKET, name, &program, size))
    }
}

private let peerName = SocketOption<[UInt8]>.socket.peerName.name
