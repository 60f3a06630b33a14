import SocketModel
import Testing

/// A number here means to the kernel what the same name means to a C program.
@Suite struct HeaderNumberTests {
    /// Names that are another name of the headers under a different prefix.
    private func modelName(of name: String) -> String {
        name.hasPrefix("PF_") ? "AF_" + name.dropFirst(3) : name
    }

    @Test func everyConstantOfTheHeadersIsKnownWithItsValue() {
        let model = Dictionary(modelNumbers.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        for (name, value) in headerNumbers {
            #expect(model[modelName(of: name)] == value, "\(name) is \(value) in the headers")
        }
    }

    @Test func everyNameOfTheModelIsInTheHeadersOrExcused() {
        let headers = Set(headerNumbers.map(\.name))
        for (name, _) in modelNumbers where !headers.contains(name) {
            #expect(namesBeyondHeaders[name] != nil, "\(name) is in no header")
        }
    }

    @Test func noExcuseIsLeftOver() {
        let model = Set(modelNumbers.map(\.name))
        for name in namesBeyondHeaders.keys {
            #expect(model.contains(name), "\(name) is excused and not in the model")
        }
    }

    @Test func noNameIsListedTwice() {
        let names = modelNumbers.map(\.name)
        #expect(Set(names).count == names.count)
    }

    /// An empty header table would let every other test here pass.
    @Test func theHeaderTableIsWhole() {
        #expect(headerNumbers.count > 400)
    }
}
