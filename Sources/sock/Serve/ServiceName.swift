import ArgumentParser

/// One of the small classic services.
enum ServiceName: String, CaseIterable, ExpressibleByArgument {
    /// Sends back what it receives: RFC 862.
    case echo
    /// Throws away what it receives: RFC 863.
    case discard
    /// Sends a pattern of characters: RFC 864.
    case chargen
}
