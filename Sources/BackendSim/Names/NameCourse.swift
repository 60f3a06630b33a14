internal import SocketModel

/// How one look-up fares: when it is over, and whether it fails then whatever the names are.
struct NameCourse {
    /// Nanoseconds.
    var delay: Int64
    var failure: HostError.Code?
}

/// What the names of a simulation are asked.
enum NameQuestion {
    case name(String)
    case address(IPAddress)
}

/// What is found for a question: under which name in the end, by which aliases, and with which addresses, perhaps none.
struct FoundName {
    var name: String
    var aliases: [String] = []
    var addresses: [IPAddress]

    var ipv4: [IPAddress] { addresses.filter { $0.family == .ipv4 } }
    var ipv6: [IPAddress] { addresses.filter { $0.family == .ipv6 } }
}

/// How far a query has come.
enum NameStep {
    /// The answer is known without asking anybody.
    case known(NameAnswer)
    /// A question, and what its answer means.
    case ask(NameQuestion, (Result<FoundName, HostError>) throws(Failure) -> NameAnswer)
}
