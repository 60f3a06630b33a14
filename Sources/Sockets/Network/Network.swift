public import SocketModel
internal import Synchronization

/// A host's way to the network: makes sockets, looks up names, tells the time. Which kernel or simulation is behind it was chosen
/// at init, and nothing else in a program depends on that choice.
///
/// ```swift
/// let network = try Network(.posix)
/// let socket = try network.socket(.ipv4, .stream)
/// ```
///
/// A network may be shared between threads and tasks.
public final class Network: Sendable {
    let backend: any Backend
    let registry = SocketRegistry()
    let waits = WaitRegistry()

    /// A network whose operations the chosen backend carries out.
    ///
    /// - Throws: ``SocketError`` when the backend cannot work here, saying why.
    public init(_ choice: BackendChoice) throws(SocketError) {
        do throws(Failure) {
            backend = try choice.make()
        } catch {
            throw SocketError(error, .makeNetwork)
        }
    }

    /// A network of a backend that exists already.
    init(existing backend: any Backend) { self.backend = backend }

    /// The backend's name, for people: "posix".
    public var backendName: String { backend.name }

    /// How many sockets of this network are open: for those who look for leaks, as it walks through all of them.
    package var openSocketCount: Int { registry.count }

    /// Executes an operation that makes sockets.
    func execute(_ action: Operation.Action, _ subject: SocketError.Subject? = nil) throws(SocketError) -> Outcome {
        guard !registry.isClosed else { throw SocketError(.networkClosed, action.name) }
        let completion = unsafe backend.execute(Operation(action), memory: .none)
        if case .failure(let failure) = completion.outcome { throw SocketError(failure, action.name, subject) }
        return completion.outcome
    }
}

extension SocketError {
    /// A backend answered with an outcome that its operation cannot have.
    static func unexpected(_ operation: OperationName) -> SocketError {
        SocketError(.other, operation, detail: "the backend's answer does not fit the operation")
    }
}
