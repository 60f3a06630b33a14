internal import SocketModel

// Stands in for the awaited look-up of an address until that is merged; then this file goes.
extension Network {
    func address(
        _ host: String, _ port: Int, family: AddressFamily, type: SocketType, for operation: OperationName
    ) async throws(SocketError) -> SocketAddress {
        if host.isEmpty || host == "<broadcast>" || Self.numeric(host) != nil || family == .unix {
            return try addressNow(host, port, family: family, type: type, for: operation)
        }
        let subject = SocketError.Subject.host(host, service: "\(port)")
        let number = try Self.portNumber(port, operation, subject)
        let query = NameQuery.addresses(
            AddressQuery(host: host, service: nil, family: family, type: type, protocol: .default, flags: []))
        let answer = await unsafe withUnsafeContinuation {
            (continuation: UnsafeContinuation<Result<NameAnswer, Failure>, Never>) in
            backend.startResolving(query) { unsafe continuation.resume(returning: $0) }
        }
        do throws(Failure) {
            if case .addresses(let found) = try answer.get(), let first = found.first {
                return first.address.with(port: number)
            }
        } catch {
            throw SocketError(error, operation, subject)
        }
        throw SocketError(Failure(cause: .resolution(ResolutionError(.noName))), operation, subject)
    }

    private func addressNow(
        _ host: String, _ port: Int, family: AddressFamily, type: SocketType, for operation: OperationName
    ) throws(SocketError) -> SocketAddress {
        try address(host, port, family: family, type: type, for: operation)
    }
}
