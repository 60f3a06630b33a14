internal import SocketModel

/// What servers have said, for as long as it is good. At the bound, what was asked for least recently makes room.
struct DNSCache: Sendable {
    struct Key: Hashable, Sendable {
        var name: DNSName
        /// Nil for what is true of all types: that there is no such name.
        var type: DNSRecordType?
    }

    fileprivate struct Entry {
        var key: Key
        var finding: DNSFinding
        var stored: NetworkInstant
        var expiry: NetworkInstant
        /// Neighbours in the order of use; -1 for none.
        var newer = -1
        var older = -1
    }

    private let capacity: Int
    private var entries: [Entry] = []
    /// Never walked through: its order is chance.
    private var places: [Key: Int] = [:]
    private var newest = -1
    private var oldest = -1

    /// However long an answer is good, it is kept for a day at most, and that something is not there for three hours (RFC 2308, section 5).
    static let longest: UInt32 = 86_400
    static let longestAbsence: UInt32 = 10_800

    init(capacity: Int) { self.capacity = max(0, capacity) }

    var count: Int { places.count }

    /// What is known of a question.
    mutating func find(_ question: DNSQuestion, now: NetworkInstant) -> DNSFinding? {
        find(Key(name: question.name, type: question.type), now: now) ?? find(Key(name: question.name), now: now)
    }

    /// Keeps what was found, if it is good for any time.
    mutating func store(_ result: DNSFindingReader.Result, of question: DNSQuestion, now: NetworkInstant) {
        var seconds = min(result.timeToLive, Self.longest)
        if case .failure(let error) = result.finding {
            guard error == .nameError || error == .noData else { return }
            seconds = min(seconds, Self.longestAbsence)
        }
        // What has been said of the name before is no longer true if anything is there.
        if !result.isOfAllTypes, let place = places[Key(name: question.name)] { entries[place].expiry = .distantPast }
        guard seconds > 0, capacity > 0 else { return }
        let key = Key(name: question.name, type: result.isOfAllTypes ? nil : question.type)
        let place = place(for: key)
        entries[place] = Entry(
            key: key, finding: result.finding, stored: now, expiry: now.advanced(by: .seconds(Int64(seconds))))
        places[key] = place
        makeNewest(place)
    }

    private mutating func find(_ key: Key, now: NetworkInstant) -> DNSFinding? {
        guard let place = places[key], now < entries[place].expiry else { return nil }
        unlink(place)
        makeNewest(place)
        return entries[place].aged(now)
    }

    /// A place that is not linked: the key's own, a new one, or that of the entry used least recently.
    private mutating func place(for key: Key) -> Int {
        if let place = places[key] {
            unlink(place)
            return place
        }
        guard entries.count >= capacity else {
            entries.append(Entry(key: key, finding: .failure(.noData), stored: .distantPast, expiry: .distantPast))
            return entries.count - 1
        }
        let place = oldest
        places[entries[place].key] = nil
        unlink(place)
        return place
    }

    private mutating func makeNewest(_ place: Int) {
        entries[place].newer = -1
        entries[place].older = newest
        if newest >= 0 { entries[newest].newer = place }
        newest = place
        if oldest < 0 { oldest = place }
    }

    private mutating func unlink(_ place: Int) {
        let (newer, older) = (entries[place].newer, entries[place].older)
        if newer >= 0 { entries[newer].older = older } else { newest = older }
        if older >= 0 { entries[older].newer = newer } else { oldest = newer }
    }
}

extension DNSCache.Entry {
    /// The finding, its times to live less the time that it has been kept.
    fileprivate func aged(_ now: NetworkInstant) -> DNSFinding {
        guard case .records(var records, let name, let aliases, let isAuthentic) = finding else { return finding }
        let age = UInt32(clamping: stored.duration(to: now).components.seconds)
        for index in records.indices { records[index].timeToLive -= min(records[index].timeToLive, age) }
        return .records(records, name: name, aliases: aliases, isAuthentic: isAuthentic)
    }
}
