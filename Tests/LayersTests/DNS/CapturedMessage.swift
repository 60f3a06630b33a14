/// What a server answered to a question, and how another program prints the answer.
struct CapturedMessage: CustomStringConvertible {
    let question: String
    let hexadecimal: [String]
    let answers: [String]

    var description: String { question }

    var bytes: [UInt8] {
        let digits = Array(hexadecimal.joined().utf8)
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
    }
}
