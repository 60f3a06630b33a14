extension ChaosTrouble {
    /// Few of the troubles that a run fails with that fails with all of them: without any one of these it would not fail.
    ///
    /// Runs with fewer and fewer of them tell: first without any, then without one half, without one quarter, and so on, as delta debugging does
    /// (Zeller, Hildebrandt: "Simplifying and isolating failure-inducing input", 2002). Another failure than the first counts as one, too.
    ///
    /// - Parameters:
    ///   - troubles: All troubles of the run that has failed.
    ///   - attempts: How many runs there may be at most. When they are over, what was found until then is returned, of which some may not be needed.
    ///   - fails: Runs the same simulation with these troubles alone, and tells whether it fails.
    /// - Throws: what `fails` throws.
    public static func fewest<Failure: Error>(
        of troubles: [ChaosTrouble], attempts: Int = 200, fails: ([ChaosTrouble]) throws(Failure) -> Bool
    ) throws(Failure) -> [ChaosTrouble] {
        var left = attempts
        func stillFails(_ some: [ChaosTrouble]) throws(Failure) -> Bool {
            guard left > 0 else { return false }
            left -= 1
            return try fails(some)
        }
        if troubles.isEmpty { return [] }
        if try stillFails([]) { return [] }
        var fewest = troubles
        // Without one part of so many at a time.
        var parts = 2
        while fewest.count > 1, left > 0 {
            var isFewer = false
            for part in 0..<parts where !isFewer {
                let some = fewest.without(part, of: parts)
                guard try stillFails(some) else { continue }
                fewest = some
                isFewer = true
            }
            if isFewer {
                parts = max(parts - 1, 2)
            } else if parts < fewest.count {
                parts = min(parts * 2, fewest.count)
            } else {
                break
            }
            parts = min(parts, max(fewest.count, 1))
        }
        return fewest
    }
}

extension Array {
    /// Without one of several parts that are about as long as each other.
    fileprivate func without(_ part: Int, of parts: Int) -> [Element] {
        let (start, end) = (count * part / parts, count * (part + 1) / parts)
        return Array(self[..<start] + self[end...])
    }
}
