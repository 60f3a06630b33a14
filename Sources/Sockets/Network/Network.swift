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

    /// The backend's name, for people: "posix".
    public var backendName: String { backend.name }

    /// Closes every socket of this network, which wakes whoever waits in one, and refuses new ones.
    ///
    /// Returns when all are closed; a second call does nothing.
    @available(*, noasync, message: "closing waits for other threads' calls to return")
    public func close() {
        // All are woken before the first is closed, so that nobody takes a neighbour's end for a peer's.
        let closing = registry.close().map { ($0, $0.beginClosing()) }
        for case (let socket, let inside?) in closing { try? socket.finishClosing(inside) }
    }

    /// Whether ``close()`` has been called.
    public var isClosed: Bool { registry.isClosed }

    /// Executes an operation that makes sockets.
    func execute(_ action: Operation.Action, _ subject: SocketError.Subject? = nil) throws(SocketError) -> Outcome {
        guard !registry.isClosed else { throw SocketError(.closed, action.name, detail: "the network is closed") }
        let completion = unsafe backend.execute(Operation(action), memory: .none)
        if case .failure(let failure) = completion.outcome { throw SocketError(failure, action.name, subject) }
        return completion.outcome
    }

    /// Asks the name service.
    func resolve(_ query: NameQuery) throws(SocketError) -> NameAnswer {
        do throws(Failure) {
            return try backend.resolve(query)
        } catch {
            throw SocketError(error, query.operation, query.subject)
        }
    }
}

extension SocketError {
    /// A backend answered with an outcome that its operation cannot have.
    static func unexpected(_ operation: OperationName) -> SocketError {
        SocketError(.other, operation, detail: "the backend's answer does not fit the operation")
    }
}
