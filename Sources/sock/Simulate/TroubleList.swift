import ArgumentParser
import Sockets

/// Troubles as the command line writes them: by their numbers, as in `1.3,1.12`, or `none`.
struct TroubleList: ExpressibleByArgument {
    let ids: Set<ChaosTrouble.ID>

    init?(argument: String) {
        guard let ids = Set(troubles: argument) else { return nil }
        self.ids = ids
    }
}
