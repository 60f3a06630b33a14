internal import SocketModel

/// What is behind a simulation's names. No dictionary is ever walked through: its order would be chance.
struct NameTable {
    private struct Record {
        /// As it was written first.
        let name: String
        var content: Content
        var order = NameZone.Order.added
        /// How often it was asked.
        var turn = 0
    }

    private enum Content {
        case addresses([IPAddress])
        case alias(String)
    }

    private var records: [String: Record] = [:]
    /// The names that have an address, in the order they got it.
    private var owners: [IPAddress: [String]] = [:]
    /// How many hosts have been taken in.
    private var learned = 0
    /// What addresses lead back to whatever names have them.
    var pointers: [IPAddress: String?] = [:]
    var conditions = NameConditions()
    var ownConditions: [String: NameConditions] = [:]
    var services = ServiceTable()
    private var streams: [Int: NameStreams] = [:]

    /// The most aliases on the way to one name.
    private static let longestChain = 16

    /// Takes in the hosts that are new. A name that is there already stays as it is.
    mutating func learn(_ hosts: [SimulatedHost]) {
        while learned < hosts.count {
            let host = hosts[learned]
            learned += 1
            guard records[Self.key(host.name)] == nil else { continue }
            // A host may have a name that nobody could look up.
            try? add(host.name, [.v6(host.ipv6), .v4(host.ipv4)] + host.addresses.others)
        }
    }

    /// How the next look-up of a host fares: under its own conditions, if it has any.
    mutating func course(
        of question: NameQuestion, from host: Int, under own: NameConditions?, _ world: World
    ) -> NameCourse {
        streams[host, default: NameStreams(world, host: host)].draw(own ?? conditions(of: question))
    }

    private func conditions(of question: NameQuestion) -> NameConditions {
        guard !ownConditions.isEmpty else { return conditions }
        switch question {
        case .name(let name): return ownConditions[Self.key(name)] ?? conditions
        case .address(let address): return pointer(of: address).flatMap { ownConditions[Self.key($0)] } ?? conditions
        }
    }
}

// MARK: Changes

extension NameTable {
    mutating func add(_ name: String, _ addresses: [IPAddress]) throws(ZoneError) {
        let key = try Self.checkedKey(name)
        if let address = addresses.first(where: { $0.zone != nil }) { throw .invalidAddress(address) }
        var record = records[key] ?? Record(name: Self.trimmed(name), content: .addresses([]))
        guard case .addresses(var all) = record.content else { throw .isAlias(name) }
        for address in addresses where !all.contains(address) {
            all.append(address)
            owners[address.asPointer, default: []].append(record.name)
        }
        record.content = .addresses(all)
        records[key] = record
    }

    mutating func addAlias(_ name: String, of target: String) throws(ZoneError) {
        let key = try Self.checkedKey(name)
        let targetKey = try Self.checkedKey(target)
        if case .addresses = records[key]?.content { throw .hasAddresses(name) }
        try refuseLoop(from: key, name, to: targetKey, target)
        records[key] = Record(name: Self.trimmed(name), content: .alias(Self.trimmed(target)))
    }

    /// Aliases that are there never lead in a circle, so that following them ends.
    private func refuseLoop(from key: String, _ name: String, to target: String, _ text: String) throws(ZoneError) {
        var way = [name, text]
        var next = target
        while next != key, case .alias(let further) = records[next]?.content {
            way.append(further)
            next = Self.key(further)
        }
        if next == key { throw .loop(way) }
    }

    mutating func remove(_ name: String) -> Bool {
        guard let record = records.removeValue(forKey: Self.key(name)) else { return false }
        if case .addresses(let addresses) = record.content {
            for address in addresses { disown(address, record.name) }
        }
        return true
    }

    mutating func remove(_ name: String, _ address: IPAddress) -> Bool {
        let key = Self.key(name)
        guard let record = records[key], case .addresses(var all) = record.content,
            let index = all.firstIndex(of: address)
        else { return false }
        all.remove(at: index)
        records[key]?.content = .addresses(all)
        disown(address, record.name)
        return true
    }

    private mutating func disown(_ address: IPAddress, _ name: String) {
        owners[address.asPointer]?.removeAll { $0 == name }
    }

    mutating func setOrder(_ order: NameZone.Order, of name: String) -> Bool {
        guard case .addresses? = records[Self.key(name)]?.content else { return false }
        records[Self.key(name)]?.order = order
        return true
    }
}

// MARK: Answers

extension NameTable {
    /// Answers a question of a host's; one more answer has been given.
    mutating func answer(_ question: NameQuestion) throws(HostError) -> FoundName {
        switch question {
        case .name(let name):
            let found = try find(name)
            return turned(found, Self.key(found.name))
        case .address(let address):
            guard let name = pointer(of: address) else { throw HostError(.hostNotFound) }
            return FoundName(name: name, addresses: [address.unmapped])
        }
    }

    /// What a name stands for.
    func find(_ name: String) throws(HostError) -> FoundName {
        var aliases: [String] = []
        var key = Self.key(name)
        while let record = records[key] {
            switch record.content {
            case .addresses(let addresses): return FoundName(name: record.name, aliases: aliases, addresses: addresses)
            case .alias(let target):
                aliases.append(record.name)
                // As a name server that gives up.
                if aliases.count > Self.longestChain { throw HostError(.tryAgain) }
                key = Self.key(target)
            }
        }
        throw HostError(.hostNotFound)
    }

    private mutating func turned(_ found: FoundName, _ key: String) -> FoundName {
        guard let record = records[key], record.order == .rotated else { return found }
        records[key]?.turn = record.turn &+ 1
        func rotated(_ addresses: [IPAddress]) -> [IPAddress] {
            guard !addresses.isEmpty else { return [] }
            let start = record.turn % addresses.count
            return Array(addresses[start...] + addresses[..<start])
        }
        var turned = found
        turned.addresses = rotated(found.ipv6) + rotated(found.ipv4)
        return turned
    }

    /// The name an address leads back to.
    func pointer(of address: IPAddress) -> String? {
        if let pointer = pointers[address.asPointer] { return pointer }
        return owners[address.asPointer]?.first
    }
}

extension IPAddress {
    /// What leads back to a name: an IPv4 address that is mapped into IPv6 is asked for as itself.
    var asPointer: IPAddress { withoutZone.unmapped }
}

// MARK: Names as keys

extension NameTable {
    /// Names that are each host's own affair.
    static let localNames = ["localhost", "ip6-localhost", "ip6-loopback"]

    /// The same for all ways to write one name.
    static func key(_ name: String) -> String {
        String(decoding: trimmed(name).utf8.map { (65...90).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    private static func trimmed(_ name: String) -> String {
        // Bytes, not characters: a period may be one with what is before it.
        name.utf8.last == UInt8(ascii: ".") ? String(decoding: name.utf8.dropLast(), as: UTF8.self) : name
    }

    private static func checkedKey(_ name: String) throws(ZoneError) -> String {
        let key = key(name)
        let labels = key.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard key.utf8.count <= 253, labels.allSatisfy({ (1...63).contains($0.count) }),
            !key.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }), IPAddress(numeric: key) == nil,
            !localNames.contains(key)
        else { throw .invalidName(name) }
        return key
    }
}
