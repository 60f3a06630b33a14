/// What `setsockopt(2)` changes while the connection lives.
extension TCPConnection {
    /// `TCP_NODELAY`: turned on, it also pushes what waits, even through a cork.
    mutating func setNoDelay(_ isOn: Bool) {
        parameters.noDelay = isOn
        if isOn { isPushed = true }
    }

    /// `TCP_CORK`: pulled out, what waits goes on its way.
    mutating func setCork(_ isOn: Bool) {
        parameters.cork = isOn
        guard !isOn else { return }
        isMoreExpected = false
        if parameters.noDelay { isPushed = true }
    }

    /// `TCP_QUICKACK`: turned on, an acknowledgement that waits leaves; turned off, they wait until the dialogue proves to be none.
    mutating func setQuickAcknowledge(_ isOn: Bool) {
        parameters.quickAcknowledge = isOn
        policy.isInteractive = !isOn
        if isOn, policy.isScheduled, state == .established || state == .closeWait { owed.acknowledgement = true }
    }

    /// What `TCP_QUICKACK` reads as.
    var isQuickAcknowledge: Bool { !policy.isInteractive }

    /// `SO_KEEPALIVE`, `TCP_KEEPIDLE`, `TCP_KEEPINTVL` and `TCP_KEEPCNT`; times in nanoseconds.
    mutating func setKeepAlive(_ isOn: Bool, idle: Int64, interval: Int64, count: UInt8, now: Int64) {
        parameters.keepAlive = isOn
        parameters.keepAliveIdle = max(idle, TCPTime.millisecond)
        parameters.keepAliveInterval = max(interval, TCPTime.millisecond)
        parameters.keepAliveCount = count
        armKeepAlive(now)
    }

    /// `SO_SNDBUF`, in bytes of payload. What is in it already stays.
    mutating func setSendBuffer(_ size: Int) { parameters.sendBuffer = TCPParameters.boundedBuffer(size) }

    /// `SO_RCVBUF`, in bytes of payload. A window that the peer knows of stays open; the scale stays that of the handshake.
    mutating func setReceiveBuffer(_ size: Int) {
        parameters.receiveBuffer = TCPParameters.boundedBuffer(size)
        if state == .synSent, owed.synchronize, !isSynRepeated { receiving.scale = parameters.windowScale }
    }

    /// `TCP_USER_TIMEOUT`, nanoseconds; 0 leaves it to the number of retransmissions.
    mutating func setUserTimeout(_ timeout: Int64) { parameters.userTimeout = max(timeout, 0) }

    /// `TCP_LINGER2`, nanoseconds; negative is not at all.
    mutating func setFinTimeout(_ timeout: Int64) { parameters.finTimeout = timeout }

    /// `TCP_SYNCNT`.
    mutating func setSynRetries(_ count: UInt8) { parameters.synRetries = count }

    /// `TCP_NOTSENT_LOWAT`, bytes.
    mutating func setNotSentLowWater(_ bytes: UInt32) { parameters.notSentLowWater = bytes }
}
