extension SimulatedHost {
    /// Whether it runs.
    public var isRunning: Bool { world.enter { kernel != nil } ?? true }

    /// Stops the host as a power cut does: without a word to its peers.
    ///
    /// All calls that wait on it, and all later ones of its programs, fail with `SocketError.Code.hostCrashed`; tasks are cancelled, too. So
    /// programs are to end then: let that error through. What programs share with their surroundings, such as a captured lock, stays; what its ``store`` had not flushed is lost. Packets to it are lost until ``restart()``.
    public func crash() { crash(isToRestart: false) }

    /// As ``crash()``; whether somebody will start it again, whose programs are not over then.
    func crash(isToRestart: Bool) {
        let crash = { [self] in
            if kernel != nil { self.isToRestart = isToRestart }
            world.hash.fold(UInt64(number))
            stop()
        }
        world.perform(crash)
    }

    /// Starts the host after a crash, and its programs from their beginning; crashes it before if it runs.
    public func restart() {
        let restart = { [self] in
            world.hash.fold(UInt64(number))
            stop()
            start()
            world.note(.restart(host: number))
        }
        world.perform(restart)
    }
}
