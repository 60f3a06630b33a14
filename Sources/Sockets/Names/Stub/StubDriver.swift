internal import Layers
internal import SocketModel

/// A stub resolver at work: carries out what it wants with the sockets of a backend.
///
/// Sendable without check: all of it is touched on the executor's thread only.
@safe final class StubDriver: AlarmHolder, @unchecked Sendable {
    let base: any Backend
    private let executor: any NetworkExecutor
    private var resolver: StubResolver
    private var channels: [UInt64: StubChannel] = [:]
    private var completions: [UInt64: @Sendable (StubAnswer) -> Void] = [:]
    private var lastNumber: UInt64 = 0
    var alarm = MachineAlarm()
    /// The machine is being asked already, further out.
    private var isAdvancing = false

    init(_ base: any Backend, _ executor: any NetworkExecutor, _ resolver: StubResolver) {
        self.base = base
        self.executor = executor
        self.resolver = resolver
    }

    /// Asks, on any thread; `completion` is called on the executor's.
    func ask(_ question: StubQuestion, _ completion: @escaping @Sendable (StubAnswer) -> Void) {
        executor.perform { [self] in
            lastNumber += 1
            completions[lastNumber] = completion
            resolver.handle(.ask(question, number: lastNumber), now: base.now)
            advance()
        }
    }

    /// Something has come of an action.
    func tell(_ event: ResolverEvent) {
        resolver.handle(.event(event), now: base.now)
        advance()
    }

    /// The time has come that the machine waits for.
    func complete(_ completion: consuming Completion) {
        alarm.completed(completion.outcome)
        advance()
    }

    /// Does what the machine wants until it waits.
    private func advance() {
        guard !isAdvancing else { return }
        isAdvancing = true
        defer { isAdvancing = false }
        while true {
            let now = base.now
            switch resolver.poll(now: now) {
            case .action(let action): carryOut(action)
            case .answer(let answer, let number): completions.removeValue(forKey: number)?(answer)
            case .wait(let instant): return setAlarm(instant, now: now, on: executor)
            }
        }
    }

    private func carryOut(_ action: ResolverAction) {
        switch action {
        case .open(let wanted):
            let channel = StubChannel(wanted, self)
            channels[wanted.number] = channel
            channel.open()
        case .send(let bytes, let number): channels[number]?.send(bytes)
        case .close(let number): channels.removeValue(forKey: number)?.close()
        case .findSources(let addresses, let number):
            tell(.sources(addresses.map { source(to: $0) }, number: number))
        }
    }

    /// The address that would be used to go there; nil when no way leads there. Connecting a datagram socket sends nothing.
    private func source(to address: IPAddress) -> IPAddress? {
        guard case .opened(let socket) = execute(.open(address.family, .datagram, .udp)) else { return nil }
        defer { _ = execute(.close(lingering: false), on: socket) }
        let peer = SocketAddress(address, port: ResolverConfiguration.port)
        guard case .done = execute(.connect(peer), on: socket),
            case .address(let own) = execute(.localAddress, on: socket)
        else { return nil }
        return own.ip
    }

    /// What need not wait.
    func execute(_ action: Operation.Action, on socket: SocketHandle = .none) -> Outcome {
        unsafe base.execute(Operation(action, on: socket, deadline: .distantPast), memory: .none).outcome
    }
}
