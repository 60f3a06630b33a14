internal import SocketModel

extension LinkConditions {
    /// How packets fare, for people who look at a trace: "latency 5 ms, loss 2 %".
    var words: String {
        var parts = ["latency \(latency.words)"]
        if loss > 0 { parts.append("loss \(percent(loss))") }
        if burstLoss != nil { parts.append("losses in a row") }
        if duplication > 0 { parts.append("duplication \(percent(duplication))") }
        if reordering > 0 { parts.append("reordering \(percent(reordering))") }
        if corruption > 0 { parts.append("corruption \(percent(corruption))") }
        if let bitsPerSecond { parts.append("\(bitsPerSecond) bit/s") }
        return parts.joined(separator: ", ")
    }
}

extension NameConditions {
    /// How look-ups fare, for people who look at a trace.
    var words: String {
        var parts = ["latency \(latency.words)"]
        if silence > 0 { parts.append("no answer \(percent(silence))") }
        if temporaryFailure > 0 { parts.append("failures \(percent(temporaryFailure))") }
        if notFound > 0 { parts.append("not found \(percent(notFound))") }
        return parts.joined(separator: ", ")
    }
}

extension Distribution {
    fileprivate var words: String {
        switch self {
        case .fixed(let duration): duration.milliseconds
        case .uniform(let range): "\(range.lowerBound.milliseconds) to \(range.upperBound.milliseconds)"
        case .exponential(let minimum, let mean): "\(minimum.milliseconds) and \(mean.milliseconds) more on average"
        case .longTailed(let minimum, let maximum): "\(minimum.milliseconds), at times up to \(maximum.milliseconds)"
        }
    }
}

extension Duration {
    fileprivate var milliseconds: String { words(in: 1_000_000, "ms") }

    var seconds: String { words(in: 1_000_000_000, "s") }

    /// In a unit of so many nanoseconds, to the thousandth: "1.500 ms".
    private func words(in unit: Int64, _ name: String) -> String {
        let thousandths = (saturatingNanoseconds / (unit / 1000)).magnitude
        let fraction = thousandths % 1000 == 0 ? "" : ".\(String(thousandths % 1000 + 1000).dropFirst())"
        return (self < .zero ? "-" : "") + "\(thousandths / 1000)\(fraction) \(name)"
    }
}

/// A probability in per cent, with one digit where it is below ten.
func percent(_ probability: Double) -> String {
    guard probability > 0 else { return "0 %" }
    let thousandths = Int((min(probability, 1) * 1000).rounded())
    if thousandths == 0 { return "less than 0.1 %" }
    return thousandths % 10 == 0 || thousandths >= 100
        ? "\((thousandths + 5) / 10) %" : "\(thousandths / 10).\(thousandths % 10) %"
}
