import ArgumentParser
import Sockets

struct Options: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show every socket option with its current value on a fresh socket.",
        discussion: """
            A table for each kind of socket, with the options that apply to it: the name in C, in Swift, whether it can be read (r) and \
            set (w), and its value. Where the kernel does not give it, "–" and why. Options that change by being read \
            (SO_ERROR, TCP_SAVED_SYN, SO_PEERPIDFD) are left out.

            EXAMPLES
              sock options --type tcp4
              sock options --search keep --search linger
              sock options --type raw4 --full               needs CAP_NET_RAW
            """)

    @Option(
        name: .customLong("type"), parsing: .singleValue,
        help: ArgumentHelp(
            "Only this kind of socket, may be repeated; without it, all but udplite and raw.", valueName: "kind"))
    var kinds: [SocketKindName] = []

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Only options with this text in a name, in any case; may be repeated.", valueName: "text"))
    var search: [String] = []

    @Flag(help: "Do not cut lines at 120 columns.")
    var full = false

    @OptionGroup var carrier: BackendOption

    private struct NothingFound: Error, CustomStringConvertible {
        let texts: [String]
        var description: String { "no option has \(texts.joined(separator: " or ")) in its name" }
    }

    func run() throws {
        StandardStreams.reserve()
        let network = try carrier.network()
        let options = AnySocketOption.all.filter { !$0.isChangedByReading && matches($0) }
        guard !options.isEmpty else {
            throw NothingFound(texts: search)
        }
        let nameWidths = (options.map(\.cName.count).max() ?? 0, options.map(\.swiftName.count).max() ?? 0)
        var isFirst = true
        for kind in kinds.isEmpty ? SocketKindName.usual : kinds {
            if !isFirst { say() }
            isFirst = false
            show(kind, options, network, nameWidths)
        }
    }

    private func matches(_ option: AnySocketOption) -> Bool {
        let names = "\(option.cName) \(option.swiftName)".lowercased()
        return search.isEmpty || search.contains { names.contains($0.lowercased()) }
    }

    private func show(_ kind: SocketKindName, _ options: [AnySocketOption], _ network: Network, _ widths: (Int, Int)) {
        let opened = Result { () throws(SocketError) in
            try network.socket(kind.family, kind.type, protocol: kind.transport)
        }
        say(heading(kind, try? opened.get()))
        do throws(SocketError) {
            let socket = try opened.get()
            var table = Table(["C NAME".padded(to: widths.0), "SWIFT NAME".padded(to: widths.1), "ACCESS", "VALUE"])
            for option in options where option.applies(to: kind.family, kind.type, protocol: kind.transport) {
                table.add(option.cName, option.swiftName, access(option), value(of: option, socket))
            }
            if table.isEmpty { say("  none of these options applies") }
            if !table.isEmpty { for line in table.lines(indent: 2, width: full ? nil : 120) { say(line) } }
        } catch {
            say("  – \(error)")
        }
    }

    /// The socket itself knows which protocol the default is; UNIX sockets have none.
    private func heading(_ kind: SocketKindName, _ socket: Socket?) -> String {
        let transport = (try? socket?.get(.socket.protocol)) ?? kind.transport
        return "\(kind.rawValue): \(kind.family), \(kind.type)" + (transport == .default ? "" : ", \(transport)")
    }

    private func access(_ option: AnySocketOption) -> String {
        (option.access.isReadable ? "r" : "-") + (option.access.isWritable ? "w" : "-")
    }

    private func value(of option: AnySocketOption, _ socket: Socket) -> String {
        guard option.access.isReadable else { return "–" }
        do throws(SocketError) {
            return try socket.describe(option)
        } catch {
            return "– \(error.errno?.cName ?? "\(error.code)")"
        }
    }
}
