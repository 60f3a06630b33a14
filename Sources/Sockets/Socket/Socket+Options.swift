public import SocketModel

extension Socket {
    /// Sets an option: `try socket.set(.tcp.noDelay, true)`. The corresponding C function is `setsockopt`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/invalidArgument`` for a value out of bounds or an option that cannot be set,
    ///   ``SocketError/Code/unsupported`` for an option this socket does not have, ``SocketError/Code/permissionDenied``.
    public func set<Value: SocketOptionValue>(_ option: SocketOption<Value>, _ value: Value) throws(SocketError) {
        let bytes: OptionBytes
        do throws(OptionValueError) {
            bytes = try option.encode(value)
        } catch {
            throw SocketError(Failure(cause: .option(error)), .setOption, .name(option.cName))
        }
        try set(option.level, option.name, bytes, .name(option.cName))
    }

    /// Reads an option: `try socket.get(.socket.receiveBufferSize)`. The corresponding C function is `getsockopt`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/unsupported`` for an option this socket does not have,
    ///   ``SocketError/Code/invalidArgument`` for one that cannot be read.
    public func get<Value: SocketOptionValue>(_ option: SocketOption<Value>) throws(SocketError) -> Value {
        let bytes = try get(option.level, option.name, option.capacity, .name(option.cName))
        do throws(OptionValueError) {
            return try option.decode(bytes)
        } catch {
            throw SocketError(Failure(cause: .option(error)), .getOption, .name(option.cName))
        }
    }

    /// Reads an option of the table, ``AnySocketOption/all``, and describes its value.
    ///
    /// - Throws: ``SocketError`` as ``get(_:)``.
    public func describe(_ option: AnySocketOption) throws(SocketError) -> String {
        option.describe(try get(option.level, option.name, option.capacity, .name(option.cName)))
    }

    /// Sets an option by number to an integer: the classic `setsockopt(level, optname, value)`.
    ///
    /// - Throws: ``SocketError`` as ``set(_:_:)``; with ``SocketError/Code/invalidArgument`` for a value beyond 32 bits.
    public func setOption(_ level: OptionLevel, _ name: Int32, _ value: Int) throws(SocketError) {
        guard let number = Int32(exactly: value) else {
            throw SocketError(
                .invalidArgument, .setOption, numberSubject(level, name), detail: "\(value) does not fit in 32 bits")
        }
        try setOption(level, name, bytes: unsafe withUnsafeBytes(of: number) { unsafe Array($0) })
    }

    /// Sets an option by number to raw bytes: the classic `setsockopt(level, optname, buffer)`.
    ///
    /// - Throws: ``SocketError`` with what `setsockopt` reports.
    public func setOption(_ level: OptionLevel, _ name: Int32, bytes: [UInt8]) throws(SocketError) {
        try set(level, name, OptionBytes(bytes), numberSubject(level, name))
    }

    /// Reads an integer option by number: the classic `getsockopt(level, optname)`.
    ///
    /// - Throws: ``SocketError`` with what `getsockopt` reports.
    public func option(_ level: OptionLevel, _ name: Int32) throws(SocketError) -> Int {
        let bytes = try get(level, name, MemoryLayout<Int32>.size, numberSubject(level, name))
        // The kernel answers some options with a single byte: the rest is zero.
        return bytes.prefix(4).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }.signExtended
    }

    /// Reads an option by number, at most `length` bytes: the classic `getsockopt(level, optname, buflen)`.
    ///
    /// - Parameter length: 0...1,048,576.
    /// - Throws: ``SocketError`` with what `getsockopt` reports, and ``SocketError/Code/invalidArgument`` for a length out of bounds.
    public func option(_ level: OptionLevel, _ name: Int32, length: Int) throws(SocketError) -> [UInt8] {
        Array(try get(level, name, length, numberSubject(level, name)))
    }

    private func numberSubject(_ level: OptionLevel, _ name: Int32) -> SocketError.Subject {
        .name(
            AnySocketOption.all.first { $0.level == level && $0.name == name }?.cName
                ?? "level \(level.rawValue) option \(name)")
    }

    private func set(
        _ level: OptionLevel, _ name: Int32, _ bytes: OptionBytes, _ subject: @autoclosure () -> SocketError.Subject
    ) throws(SocketError) {
        if level == .socket, name == lingerName { patience.noteLingering() }
        _ = unsafe try execute(.setOption(level, name: name, bytes), subject())
        noteKernelTimeout(level, name)
    }

    private func get(
        _ level: OptionLevel, _ name: Int32, _ length: Int, _ subject: @autoclosure () -> SocketError.Subject
    ) throws(SocketError) -> OptionBytes {
        let completion = unsafe try execute(.getOption(level, name: name, length: length), subject())
        guard case .option(let bytes) = completion.outcome else { throw .unexpected(.getOption) }
        return bytes
    }
}

extension Int {
    /// The low 32 bits as a signed number.
    fileprivate var signExtended: Int { Int(Int32(truncatingIfNeeded: self)) }
}

private let receiveTimeout: SocketOption<Duration> = .socket.receiveTimeout
private let sendTimeout: SocketOption<Duration> = .socket.sendTimeout
private let lingerName = SocketOption<Linger>.socket.linger.name
/// `SO_RCVTIMEO_NEW` and `SO_SNDTIMEO_NEW`: other numbers for the same two values.
private let (newReceiveTimeout, newSendTimeout): (Int32, Int32) = (66, 67)

extension Socket {
    /// The kernel does not apply `SO_RCVTIMEO` and `SO_SNDTIMEO` to a descriptor that is non-blocking underneath: this object does.
    func readKernelTimeouts() {
        readKernelTimeout(.receiving)
        readKernelTimeout(.sending)
    }

    private func noteKernelTimeout(_ level: OptionLevel, _ name: Int32) {
        guard level == .socket else { return }
        switch name {
        case receiveTimeout.name, newReceiveTimeout: readKernelTimeout(.receiving)
        case sendTimeout.name, newSendTimeout: readKernelTimeout(.sending)
        default: break
        }
    }

    private func readKernelTimeout(_ direction: SocketPatience.Direction) {
        let option = direction == .receiving ? receiveTimeout : sendTimeout
        guard let duration = try? get(option) else { return }
        patience.setKernel(direction, duration.saturatingNanoseconds)
    }
}
