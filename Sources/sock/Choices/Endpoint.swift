import ArgumentParser
import Sockets

/// An endpoint as the command line writes it: a text that is none is a wrong command line, found before anything is tried.
enum Endpoint {
    static func validate(_ text: String) throws {
        do throws(AddressError) {
            guard text.hasPrefix("unix:") else {
                _ = try HostPort(parsing: text)
                return
            }
            if try SocketAddress(parsing: text) != .unix(.unnamed) { return }
        } catch {
            throw ValidationError("\(error)")
        }
        throw ValidationError("a path or a name must follow unix:")
    }
}
