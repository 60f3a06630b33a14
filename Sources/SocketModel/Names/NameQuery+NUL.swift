extension NameQuery {
    /// Refuses texts that C would read only to their NUL, to look up another name.
    ///
    /// - Throws: ``Failure`` with ``SocketError/Code/invalidArgument``.
    package func refuseNUL() throws(Failure) {
        let texts: [String?] =
            switch self {
            case .addresses(let query): [query.host, query.service]
            case .hostByName(let name), .protocolByName(let name), .interfaceIndex(let name): [name]
            case .serviceByName(let name, let transport): [name, transport]
            case .serviceByPort(_, let transport): [transport]
            default: []
            }
        if texts.contains(where: { $0?.utf8.contains(0) == true }) {
            throw Failure(.invalidArgument, detail: "a name must not contain a NUL byte")
        }
    }
}
