@testable import BackendSim
@testable import SocketModel

/// Names added, changed and removed at random: aliases never lead in a circle, and every way to write a name finds it.
func fuzzNameTable(_ bytes: [UInt8]) throws {
    var script = Script(bytes)
    var table = NameTable()
    var known: [String] = []
    for _ in 0..<200 where !script.isOver {
        let name = pickName(&script, &known)
        switch script.pick(5) {
        case 0: try? table.addAlias(name, of: pickName(&script, &known))
        case 1: _ = table.remove(name)
        case 2: _ = table.setOrder(.rotated, of: name)
        case 3: table.pointers[.v4(IPv4Address(rawValue: UInt32(script.byte())))] = .some(name)
        default: try add(name, .v4(IPv4Address(rawValue: UInt32(script.byte()))), to: &table)
        }
        try checkFinding(name, in: &table)
    }
}

private func pickName(_ script: inout Script, _ known: inout [String]) -> String {
    let choice = script.pick(known.count + 2)
    if choice < known.count { return known[choice] }
    let name = String(decoding: script.bytes(1 + script.pick(12)), as: UTF8.self)
    known.append(name)
    return name
}

private func add(_ name: String, _ address: IPAddress, to table: inout NameTable) throws {
    do throws(ZoneError) {
        try table.add(name, [address])
    } catch {
        return
    }
    try demand((try? table.find(name))?.addresses.contains(address) == true, "\(name.debugDescription) is not found")
    try demand(table.pointer(of: address) != nil, "nothing leads back to \(name.debugDescription)")
}

private func checkFinding(_ name: String, in table: inout NameTable) throws {
    let found = try? table.find(name)
    let capitals = String(decoding: name.utf8.map { (97...122).contains($0) ? $0 & ~0x20 : $0 }, as: UTF8.self)
    try demand((try? table.find(capitals))?.addresses, equals: found?.addresses, "\(name.debugDescription) in capitals")
    let answer = try? table.answer(.name(name))
    try demand(answer.map { Set($0.addresses) }, equals: found.map { Set($0.addresses) }, "the answer")
    if name.utf8.last != UInt8(ascii: "."), let found {
        let dotted = try? table.find(name + ".")
        try demand(dotted?.addresses, equals: found.addresses, "\(name.debugDescription) with a period at its end")
    }
}
