/// A program that servers run, and how it is built; servers may share one.
struct Program: Hashable {
    enum Recipe: Hashable {
        /// A product of a package in a folder of `Benchmarks`, "" for itself.
        case swift(package: String, product: String)
        /// Sources in a folder of `Benchmarks`, and the libraries by their names for pkg-config.
        case c(folder: String, sources: [String], libraries: [String])
        /// A module in a folder of `Benchmarks/Peers`.
        case go(folder: String)
        case cargo(folder: String)
    }

    let name: String
    let recipe: Recipe

    static let load = Program(
        name: "load",
        recipe: .c(
            folder: "Load",
            sources: [
                "main.c", "window.c", "histogram.c", "message.c", "socket.c", "echo.c", "bulk.c", "connect.c",
                "datagrams.c",
                "idle.c",
            ], libraries: []))
    static let ours = Program(name: "echo-server", recipe: .swift(package: "", product: "echo-server"))
    static let nio = Program(name: "nio-peer", recipe: .swift(package: "Peers/NIO", product: "nio-peer"))
    static let go = Program(name: "go", recipe: .go(folder: "Peers/Go"))
    static let tokio = Program(name: "tokio", recipe: .cargo(folder: "Peers/Tokio"))

    static func c(_ name: String, folder: String = "C", libraries: [String] = [], with others: [String] = []) -> Program
    {
        let shared = folder == "C" ? "peer.c" : "../C/peer.c"
        return Program(
            name: name,
            recipe: .c(folder: "Peers/\(folder)", sources: ["\(name).c", shared] + others, libraries: libraries))
    }
}
