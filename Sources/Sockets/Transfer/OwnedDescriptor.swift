internal import SocketModel
internal import Synchronization

/// A descriptor that came with a message; it is closed when the last reference goes, unless somebody takes it.
public final class OwnedDescriptor: Sendable {
    private let backend: any Backend
    private let state: Atomic<Int32>
    private static let gone: Int32 = -1

    init(_ number: Int32, _ backend: any Backend) {
        self.backend = backend
        state = Atomic(number)
    }

    deinit {
        let number = state.load(ordering: .acquiring)
        guard number != Self.gone else { return }
        let operation = Operation(.close(lingering: false), on: SocketHandle(rawValue: number))
        _ = unsafe backend.execute(operation, memory: .none)
    }

    /// The number, lent; nil once it was taken.
    public var number: Int32? {
        let number = state.load(ordering: .acquiring)
        return number == Self.gone ? nil : number
    }

    /// The number, for keeps: from now on the caller has to close it, or hand it to ``Network/adopt(descriptor:family:type:protocol:)``.
    /// Nil when it was taken before.
    public func take() -> Int32? {
        let number = state.exchange(Self.gone, ordering: .acquiringAndReleasing)
        return number == Self.gone ? nil : number
    }

    /// Parts received descriptors, owned from here on, from the other control messages.
    static func take(
        from messages: [ControlMessage], _ backend: any Backend
    ) -> ([ControlMessage], [OwnedDescriptor]) {
        var (others, owned): ([ControlMessage], [OwnedDescriptor]) = ([], [])
        for message in messages {
            switch message {
            case .rights(let numbers): owned += numbers.map { OwnedDescriptor($0, backend) }
            case .processDescriptor(let number):
                // It stays among the others too, as only there it can be told from passed descriptors.
                others.append(message)
                owned.append(OwnedDescriptor(number, backend))
            default: others.append(message)
            }
        }
        return (others, owned)
    }
}
