internal import SocketModel

/// A timer of virtual time.
///
/// Sendable without check: only the thread that carries the simulation on touches it; others leave mail.
final class SimulatedTimer: HostAlarm, NetworkTimer, @unchecked Sendable {
    private var sink: (any CompletionSink)?

    init(_ kernel: HostKernel, _ sink: any CompletionSink) {
        self.sink = sink
        super.init(kernel)
    }

    override consuming func occur() {
        if kernel.isHeld { return kernel.world.ready.append(.timer(self)) }
        kernel.isResuming()
        complete(Completion(.done))
    }

    func cancel() {
        let world = kernel.world
        if world.enter({ cancelInside() }) == nil { world.post(.perform { [self] in cancelInside() }) }
    }

    private func cancelInside() {
        kernel.world.events.remove(self)
        complete(.failure(Failure(.cancelled)))
    }

    override func fail() {
        kernel.world.events.remove(self)
        complete(.failure(Failure(.hostCrashed)))
    }

    private func complete(_ completion: Completion) { sink.take()?.complete(completion) }
}
