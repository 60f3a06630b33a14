import Glibc

/// Where values lie on an axis, and where its ticks are.
struct Scale {
    let ticks: [Double]
    private let first: Double
    private let last: Double
    private let isLogarithmic: Bool

    /// From 0 to a round number not below `maximum`, with about that many ticks of 1, 2 or 5 times a power of ten.
    static func linear(to maximum: Double, ticks count: Int = 4) -> Scale {
        let top = maximum > 0 ? maximum : 1
        let rough = top / Double(count)
        let power = pow(10, floor(log10(rough)))
        let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? rough
        let steps = Int((top / step).rounded(.up))
        return Scale(ticks: (0...max(steps, 1)).map { Double($0) * step }, isLogarithmic: false)
    }

    /// With ticks at 1, 2 and 5 times each power of ten, or at the powers alone where there are many; only positive values have a place.
    static func logarithmic(from minimum: Double, to maximum: Double) -> Scale {
        let low = max(minimum, 1e-9)
        let high = max(maximum, low * 1.01)
        let exponents = Int(floor(log10(low)))...Int(ceil(log10(high)))
        let steps: [Double] = exponents.count > 4 ? [1] : [1, 2, 5]
        let marks = exponents.flatMap { exponent in steps.map { $0 * pow(10, Double(exponent)) } }
        let start = marks.lastIndex { $0 <= low * 1.001 } ?? 0
        let end = marks.firstIndex { $0 >= high * 0.999 } ?? marks.count - 1
        return Scale(ticks: Array(marks[start...max(start + 1, end)]), isLogarithmic: true)
    }

    private init(ticks: [Double], isLogarithmic: Bool) {
        self.ticks = ticks
        self.isLogarithmic = isLogarithmic
        first = ticks.first ?? 0
        last = ticks.last ?? 1
    }

    /// 0 at the first tick, 1 at the last; values beyond are brought to the ends.
    func place(_ value: Double) -> Double {
        let place =
            isLogarithmic
            ? log(max(value, first) / first) / log(last / first) : (value - first) / (last - first)
        return min(max(place, 0), 1)
    }
}

/// A percentile's place on an axis on which each further nine takes the same room: 0 for none, 1 for 90 %, 2 for 99 %.
func nines(_ share: Double) -> Double { share < 1 ? -log10(1 - share) : .infinity }
