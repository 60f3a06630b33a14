import Sockets

/// A backend that knows a few names, and nothing else.
final class NamesBackend: Backend {
    static let hosts: [String: HostEntry] = [
        "10.0.0.1": HostEntry(name: "one.example", aliases: ["other.example"], addresses: []),
        "10.0.0.2": HostEntry(name: "two", aliases: ["zwei", "two.example", "zwei.example"], addresses: []),
        "10.0.0.3": HostEntry(name: "three", aliases: ["drei"], addresses: []),
    ]

    var name: String { "names" }
    var now: NetworkInstant { NetworkInstant(nanoseconds: 0) }

    func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer {
        switch query {
        case .hostName: return .text("two")
        case .addresses(let query) where query.host == "two":
            return .addresses([
                AddressInfo(
                    family: .ipv4, type: .stream, protocol: .tcp, address: .ipv4(IPv4Address(10, 0, 0, 2), port: 0))
            ])
        case .hostByAddress(let address):
            if let entry = Self.hosts[address.description] { return .host(entry) }
            throw Failure(cause: .host(HostError(.hostNotFound)))
        default: throw Failure(cause: .resolution(ResolutionError(.noName)))
        }
    }

    func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
        .failure(Failure(.unsupported))
    }
    func cancel(_ socket: SocketHandle) {}
    func register(_ socket: SocketHandle) throws(Failure) -> any Registration { throw Failure(.unsupported) }
    func executors() throws(Failure) -> [any NetworkExecutor] { throw Failure(.unsupported) }
    func startResolving(
        _ query: NameQuery, completion: @escaping @Sendable (Result<NameAnswer, Failure>) -> Void
    ) { completion(Result { () throws(Failure) in try resolve(query) }) }
    func fillRandom(_ memory: UnsafeMutableRawBufferPointer) {}
    func makeLatch() -> any Latch { OpenLatch() }
    func spawn(named name: String, _ body: @escaping @Sendable () -> Void) throws(Failure) -> any Latch {
        throw Failure(.unsupported)
    }
}

private final class OpenLatch: Latch {
    func open() {}
    func wait(until instant: NetworkInstant) -> Bool { true }
}
