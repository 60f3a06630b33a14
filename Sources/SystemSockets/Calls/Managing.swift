internal import CPOSIX
internal import Locks
internal import SocketModel

extension SystemCalls {
    /// Descriptors made, taken over, given back and closed.
    func manage(_ descriptor: Int32, _ action: Operation.Action) -> Completion {
        switch action {
        case .open(let family, let type, let `protocol`): open(family, type, `protocol`)
        case .openPair(let family, let type, let `protocol`): openPair(family, type, `protocol`)
        case .adopt(let number): adopt(number)
        case .detach(let blocking): detach(descriptor, blocking: blocking)
        case .duplicate: duplicate(descriptor)
        case .close(let lingering): close(descriptor, lingering: lingering)
        default: Completion(.count(Int(descriptor)))
        }
    }

    private var openFlags: Int32 {
        let flags: SocketTypeFlags = mode == .nonBlocking ? [.closeOnExec, .nonBlocking] : .closeOnExec
        return flags.rawValue
    }

    private func open(_ family: AddressFamily, _ type: SocketType, _ number: IPProtocol) -> Completion {
        let descriptor = socket(Int32(family.rawValue), type.rawValue | openFlags, number.rawValue)
        return descriptor < 0 ? .lastErrno : Completion(.opened(SocketHandle(rawValue: descriptor)))
    }

    private func openPair(_ family: AddressFamily, _ type: SocketType, _ number: IPProtocol) -> Completion {
        var pair: (Int32, Int32) = (-1, -1)
        let status = unsafe withUnsafeMutableBytes(of: &pair) {
            unsafe socketpair(
                Int32(family.rawValue), type.rawValue | openFlags, number.rawValue,
                $0.bindMemory(to: Int32.self).baseAddress)
        }
        guard status == 0 else { return .lastErrno }
        return Completion(.pair(SocketHandle(rawValue: pair.0), SocketHandle(rawValue: pair.1)))
    }

    /// What is no socket is taken over all the same, as the classic `fromfd` does; it says so with family and type 0, and is left
    /// as it is: no call will wait for it.
    private func adopt(_ descriptor: Int32) -> Completion {
        let flags = cposix_fcntl(descriptor, F_GETFL, 0)
        guard flags >= 0 else { return .lastErrno }
        let family = AddressFamily(rawValue: UInt16(truncatingIfNeeded: integerOption(descriptor, SO_DOMAIN)))
        let type = SocketType(rawValue: integerOption(descriptor, SO_TYPE))
        let number = IPProtocol(rawValue: integerOption(descriptor, SO_PROTOCOL))
        if type.rawValue != 0 {
            guard cposix_fcntl(descriptor, F_SETFL, mode.applied(to: flags)) >= 0,
                cposix_fcntl(descriptor, F_SETFD, FD_CLOEXEC) >= 0
            else { return .lastErrno }
            modes.withLock { $0.adopt(descriptor, wasBlocking: flags & O_NONBLOCK == 0) }
        }
        return Completion(
            .adopted(SocketHandle(rawValue: descriptor), family: family, type: type, protocol: number))
    }

    /// Zero when it cannot be read.
    func integerOption(_ descriptor: Int32, _ name: Int32) -> Int32 {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return unsafe getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : 0
    }

    private func detach(_ descriptor: Int32, blocking: Bool) -> Completion {
        waiter.forget(descriptor)
        let (wasBlocking, isLast) = modes.withLock { $0.release(descriptor) }
        let wanted: Mode = wasBlocking ?? blocking ? .blocking : .nonBlocking
        if isLast, wanted != mode, isSocket(descriptor) { apply(wanted, to: descriptor) }
        return Completion(.count(Int(descriptor)))
    }

    /// Somebody who shares the conversation may have cleared the flag; the calls that have no flag of their own against waiting
    /// would then wait in the kernel, where neither deadline nor close reaches them.
    func keepNonBlocking(_ descriptor: Int32) { apply(.nonBlocking, to: descriptor) }

    private func isSocket(_ descriptor: Int32) -> Bool { integerOption(descriptor, SO_TYPE) != 0 }

    private func apply(_ mode: Mode, to descriptor: Int32) {
        let flags = cposix_fcntl(descriptor, F_GETFL, 0)
        if flags >= 0, mode.applied(to: flags) != flags {
            _ = cposix_fcntl(descriptor, F_SETFL, mode.applied(to: flags))
        }
    }

    private func duplicate(_ descriptor: Int32) -> Completion {
        let copy = cposix_fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { return .lastErrno }
        modes.withLock { $0.duplicate(descriptor, as: copy) }
        return Completion(.opened(SocketHandle(rawValue: copy)))
    }

    private func close(_ descriptor: Int32, lingering: Bool) -> Completion {
        waiter.forget(descriptor)
        let (wasBlocking, isLast) = modes.withLock { $0.release(descriptor) }
        if isLast, let wasBlocking { apply(wasBlocking ? .blocking : .nonBlocking, to: descriptor) }
        if !lingering { stopLingering(descriptor) }
        // After EINTR the number is gone all the same: Linux closes first and waits then.
        return systemClose(descriptor) < 0 && errno != EINTR ? .lastErrno : Completion(.done)
    }

    /// A close that must not wait hands a lingering socket's rest to the kernel, in the background.
    private func stopLingering(_ descriptor: Int32) {
        var value = linger()
        var length = socklen_t(MemoryLayout<linger>.size)
        guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, &length) == 0,
            value.l_onoff != 0, value.l_linger > 0
        else { return }
        value = linger()
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, length)
    }
}

extension SystemCalls.Mode {
    /// Status flags with this mode's.
    fileprivate func applied(to flags: Int32) -> Int32 {
        self == .nonBlocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK
    }
}

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
