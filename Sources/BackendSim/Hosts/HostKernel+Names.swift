internal import SocketModel

// Names, as the simulation's zone has them.
extension HostKernel {
    func startResolving(_ query: NameQuery, _ completion: @escaping @Sendable (Result<NameAnswer, Failure>) -> Void) {
        completion(Result { () throws(Failure) in try resolve(query) })
    }

    func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer {
        switch query {
        case .hostName: .text(name)
        case .interfaces: .interfaces(HostAddresses.interfaces)
        default: throw Failure(.unsupported)
        }
    }
}
