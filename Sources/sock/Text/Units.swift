extension Duration {
    /// In milliseconds with three decimals, such as `0.213 ms`.
    var inMilliseconds: String {
        let (seconds, attoseconds) = components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        let fraction = String(microseconds % 1000)
        return "\(microseconds / 1000).\(String(repeating: "0", count: max(0, 3 - fraction.count)))\(fraction) ms"
    }
}

/// `1 connection`, `2 connections`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
