import CFraming
import Layers

/// From bytes to messages, beside loops in C that own and copy nothing, and beside `getline(3)`, which copies.
func framing() -> [Pair] {
    var pairs: [Pair] = []
    for size in [20, 80, 1000] {
        let lines = FramedSample("lines", LineFraming(), size: size)
        pairs.append(lines.pair(lent: true, "a loop") { cframing_lines($0, $1) })
        pairs.append(lines.pair(lent: true, "getline") { cframing_getline($0, $1) })
        pairs.append(lines.pair(lent: false, "getline") { cframing_getline($0, $1) })
    }
    for size in [20, 1000] {
        let lengths = FramedSample("length-prefixed", LengthPrefixedFraming(), size: size)
        pairs.append(lengths.pair(lent: true, "a loop") { cframing_lengths($0, $1) })
        let varints = FramedSample("varint-prefixed", VarintFraming(), size: size)
        pairs.append(varints.pair(lent: true, "a loop") { cframing_varints($0, $1) })
    }
    return pairs
}
