import ArgumentParser
import Foundation
import Launcher

/// Names with commas between them.
struct NameList: ExpressibleByArgument {
    let names: [String]

    init?(argument: String) {
        names = argument.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        if names.isEmpty { return nil }
    }

    /// - Throws: When there is one that nobody knows.
    func check(against known: [String], what: String) throws {
        for name in names where !known.contains(name) {
            throw ValidationError("There is no \(what) '\(name)'; there are \(known.joined(separator: ", ")).")
        }
    }
}

struct CorePair: ExpressibleByArgument {
    let server: Int
    let load: Int

    init?(argument: String) {
        let parts = argument.split(separator: ",").map { Int($0) }
        guard parts.count == 2, let server = parts[0], let load = parts[1] else { return nil }
        self.server = server
        self.load = load
    }
}

/// The cores that are used, of those that this process may use.
struct Cores {
    let server: Int
    let load: Int

    /// - Throws: When there are too few, or one is not to be used.
    init(chosen: CorePair?, same: Bool) throws {
        let allowed = Self.allowed
        if let chosen {
            for core in [chosen.server, chosen.load] where !allowed.contains(core) {
                throw ValidationError(
                    "Core \(core) cannot be used here; there are \(allowed.map(String.init).joined(separator: ", ")).")
            }
            (server, load) = same ? (chosen.load, chosen.load) : (chosen.server, chosen.load)
        } else if same, let last = allowed.prefix(2).last {
            (server, load) = (last, last)
        } else if allowed.count > 1 {
            (server, load) = (allowed[0], allowed[1])
        } else {
            throw ValidationError("There is one core only: use --same-core.")
        }
    }

    private static var allowed: [Int] {
        var cores = [Int32](repeating: 0, count: 1024)
        let count = allowed_cores(&cores, Int32(cores.count))
        return cores.prefix(Int(max(count, 0))).map { Int($0) }
    }
}
