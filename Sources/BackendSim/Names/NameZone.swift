public import SocketModel

extension Simulation {
    /// The names of the simulation, which all its hosts look up.
    public var names: NameZone { NameZone(world: world) }
}

/// The names of a simulation: addresses, aliases, and the way back from addresses to names.
///
/// Every host is in it by itself, with its name and both of its addresses. Each host also knows `localhost`, as its hosts file would tell.
/// Names may be added, changed and removed while the simulation runs; a look-up under way is answered by what is there when its time
/// has come. Case does not matter, nor does a period at the end.
public struct NameZone: Sendable {
    let world: World

    /// In which order the addresses of a name are given.
    ///
    /// Of all that a look-up for both families finds the order is RFC 6724's, as far as scopes, labels and precedence go. The longest common
    /// prefix does not count: it would undo the order chosen here, and all hosts are on one link.
    public enum Order: Hashable, Sendable, Codable {
        /// As they were added.
        case added
        /// The next one first in each answer: the round robin of name servers.
        case rotated
    }

    /// Adds addresses to a name, which is made if need be; without any it is a name that is known and has no address.
    ///
    /// - Throws: ``ZoneError`` for what is no name, an alias, and an address with a zone; then nothing has changed.
    public func add(_ name: String, _ addresses: IPAddress...) throws(ZoneError) { try add(name, addresses) }

    /// As the form that lists the addresses.
    ///
    /// - Throws: ``ZoneError`` as that.
    public func add(_ name: String, _ addresses: [IPAddress]) throws(ZoneError) {
        try alter { names throws(ZoneError) in try names.add(name, addresses) }
    }

    /// Makes a name an alias of another, which need not be there yet: a CNAME record. An alias that was there leads there from now on.
    ///
    /// Chains may be as long as 16.
    ///
    /// - Throws: ``ZoneError`` for what is no name, has addresses, or would lead in a circle.
    public func addAlias(_ name: String, of target: String) throws(ZoneError) {
        try alter { names throws(ZoneError) in try names.addAlias(name, of: target) }
    }

    /// Removes a name, with its addresses or as an alias.
    ///
    /// - Returns: Whether it was there.
    @discardableResult public func remove(_ name: String) -> Bool { change { $0.remove(name) } ?? false }

    /// Removes one address of a name, which stays, perhaps without any.
    ///
    /// - Returns: Whether it was there.
    @discardableResult public func remove(_ name: String, _ address: IPAddress) -> Bool {
        change { $0.remove(name, address) } ?? false
    }

    /// The addresses of a name in the order they were added, also by way of aliases; nil for a name that is not known.
    public func addresses(of name: String) -> [IPAddress]? {
        change { names in try? names.find(name).addresses } ?? nil
    }

    /// Chooses in which order the addresses of a name are given.
    ///
    /// - Returns: Whether the name is there, and no alias.
    @discardableResult public func setOrder(_ order: Order, of name: String) -> Bool {
        change { $0.setOrder(order, of: name) } ?? false
    }

    // MARK: From addresses to names

    /// The name that an address leads back to: of those that have it the one that had it first, unless another was set.
    public func pointer(of address: IPAddress) -> String? { change { $0.pointer(of: address) } ?? nil }

    /// Sets the name that an address leads back to, a PTR record; nil is that it has none.
    public func setPointer(_ name: String?, of address: IPAddress) {
        change { $0.pointers[address.asPointer] = .some(name) }
    }

    /// Lets an address lead back to the name that has it, again.
    public func resetPointer(of address: IPAddress) { change { $0.pointers[address.asPointer] = nil } }

    /// What a name server of the simulation says of a name or an address; nil for what is not there. Conditions do not matter.
    package func find(_ question: NameQuestion) -> FoundName? { change { try? $0.answer(question) } ?? nil }

    // MARK: Conditions

    /// How look-ups fare, but for names that have conditions of their own.
    public var conditions: NameConditions {
        get { change { $0.conditions } ?? NameConditions() }
        nonmutating set { change { $0.conditions = newValue } }
    }

    /// How look-ups of one name fare, and those of addresses that lead back to it; nil where it is as for all others. The name need not be
    /// there.
    public subscript(conditionsOf name: String) -> NameConditions? {
        get { change { $0.ownConditions[NameTable.key(name)] } ?? nil }
        nonmutating set { change { $0.ownConditions[NameTable.key(name)] = newValue } }
    }

    // MARK: Services and protocols

    /// Adds a service, before those of the same name or port that are known: some fifty well-known ones are at the beginning.
    ///
    /// - Parameter transport: The protocol's name, `tcp` or `udp`.
    public func addService(_ name: String, port: UInt16, protocol transport: String, aliases: [String] = []) {
        let service = ServiceEntry(name: name, port: port, protocol: transport, aliases: aliases)
        change { $0.services.insert(service) }
    }

    /// Adds a protocol, before those of the same name that are known.
    public func addProtocol(_ name: String, number: IPProtocol, aliases: [String] = []) {
        change { $0.services.insert(ProtocolName(name: name, number: Int(number.rawValue), aliases: aliases)) }
    }

    // MARK: Access

    @discardableResult private func change<Result>(_ body: (inout NameTable) -> Result) -> Result? {
        let result = world.enter {
            world.names.learn(world.hosts)
            return body(&world.names)
        }
        if result == nil { _ = world.escaped(.resolve) }
        return result
    }

    private func alter(_ body: (inout NameTable) throws(ZoneError) -> Void) throws(ZoneError) {
        try change { names in Result { () throws(ZoneError) in try body(&names) } }?.get()
    }
}
