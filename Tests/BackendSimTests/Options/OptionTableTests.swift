import SocketModel
import Testing

@testable import BackendSim

@Suite struct OptionTableTests {
    @Test(arguments: OptionRow.all.indices) func rowsNameTheModelsOptions(_ index: Int) {
        let row = OptionRow.all[index]
        let known = AnySocketOption.all.filter { $0.level == row.level && $0.name == row.name }
        // UDP-Lite's two have its own level there.
        if row.level == .udp, known.isEmpty { return }
        #expect(known.contains { $0.cName == "\(row.cName)" }, "\(row.cName) is not among \(known.map(\.cName))")
    }

    /// What the kernel of the model has, and neither the simulation nor a kernel without the feature.
    static let absent: Set = [
        "SO_ORIGINAL_DST", "IP6T_SO_ORIGINAL_DST", "TCP_AO_ADD_KEY", "TCP_AO_DEL_KEY", "TCP_AO_INFO", "TCP_AO_REPAIR",
    ]

    @Test func tableHasEveryOptionOfTheModel() {
        var absent: Set<String> = []
        for kind in [SocketKinds.tcp4, .tcp6, .udp4, .udp6] {
            for option in AnySocketOption.all where !option.kinds.isDisjoint(with: kind) {
                guard let key = OptionKey(option.level, option.name) else { continue }
                if OptionRow.find(key, kind) == nil { absent.insert(option.cName) }
            }
        }
        #expect(absent == Self.absent)
    }
}
