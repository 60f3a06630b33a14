/// Numbers as texts that people read.
public enum Number {
    /// With that many digits behind the point, and commas between thousands: `12,345.7`.
    public static func fixed(_ value: Double, digits: Int = 1) -> String {
        guard value.isFinite, value.magnitude < 1e15 else { return "–" }
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        let scaled = Int((value.magnitude * scale).rounded())
        let whole = grouped(scaled / Int(scale))
        let sign = value < 0 && scaled > 0 ? "−" : ""
        guard digits > 0 else { return sign + whole }
        let fraction = String(scaled % Int(scale))
        return sign + whole + "." + String(repeating: "0", count: digits - fraction.count) + fraction
    }

    /// With as many digits as say something, three or more: `0.238`, `3.46`, `27.1`, `4,166`.
    public static func short(_ value: Double) -> String {
        switch value.magnitude {
        case 100...: fixed(value, digits: 0)
        case 10..<100: fixed(value, digits: 1)
        case 1..<10: fixed(value, digits: 2)
        default: value == 0 ? "0" : fixed(value, digits: 3)
        }
    }

    private static func grouped(_ value: Int) -> String {
        let digits = Array(String(value))
        return digits.enumerated().map { index, digit in
            let left = digits.count - index
            return index > 0 && left.isMultiple(of: 3) ? ",\(digit)" : "\(digit)"
        }.joined()
    }
}
