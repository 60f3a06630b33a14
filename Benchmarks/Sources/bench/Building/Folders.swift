import Foundation

/// Where this package is, and where what it builds goes.
struct Folders {
    /// `Benchmarks`, as it was when this program was built.
    let package: String
    /// Executables of peers, and the logs of builds and servers.
    let built: String

    init() throws {
        package =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../..")
            .standardizedFileURL.path
        built = package + "/.build/peers"
        try FileManager.default.createDirectory(atPath: built, withIntermediateDirectories: true)
    }
}
