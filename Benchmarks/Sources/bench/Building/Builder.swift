import Foundation

/// Builds programs, each in its language's usual way, optimised.
struct Builder {
    /// Why a program cannot be had here.
    struct Missing: Error {
        let reason: String
    }

    let folders: Folders

    /// The executable.
    ///
    /// - Throws: ``Missing`` when what it needs is not installed, or it does not build.
    func build(_ program: Program) throws -> String {
        switch program.recipe {
        case .swift(let package, let product): return try swift(package, product)
        case .c(let folder, let sources, let libraries): return try c(program.name, folder, sources, libraries)
        case .go(let folder): return try go(program.name, folder)
        case .cargo(let folder): return try cargo(program.name, folder)
        }
    }

    private func swift(_ package: String, _ product: String) throws -> String {
        let scratch = package.isEmpty ? folders.package + "/.build" : folders.built + "/" + product
        let words = ["swift", "build", "-c", "release", "--product", product, "--scratch-path", scratch]
        try run(words, product, in: package.isEmpty ? folders.package : folders.package + "/" + package)
        return scratch + "/release/" + product
    }

    private func c(_ name: String, _ folder: String, _ sources: [String], _ libraries: [String]) throws -> String {
        guard let compiler = ["cc", "gcc", "clang"].first(where: Child.isInstalled) else {
            throw Missing(reason: "no C compiler is installed")
        }
        let libraryFlags = try libraries.flatMap { try flags(of: $0) }
        let executable = "\(folders.built)/\(name)"
        let words =
            [compiler, "-O2", "-std=gnu11", "-Wall", "-Wextra", "-pthread", "-o", executable] + sources + libraryFlags
        try run(words, name, in: folders.package + "/" + folder)
        return executable
    }

    private func flags(of library: String) throws -> [String] {
        let words = ["pkg-config", "--cflags", "--libs", library]
        guard Child.isInstalled("pkg-config"), let text = try? Child.output(of: words) else {
            throw Missing(reason: "\(library) is not installed, or pkg-config does not know it")
        }
        return text.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    private func go(_ name: String, _ folder: String) throws -> String {
        guard Child.isInstalled("go") else { throw Missing(reason: "go is not installed") }
        let executable = "\(folders.built)/\(name)"
        try run(["go", "build", "-o", executable, "."], name, in: folders.package + "/" + folder)
        return executable
    }

    /// With the crates of Debian: nothing is fetched.
    private func cargo(_ name: String, _ folder: String) throws -> String {
        guard Child.isInstalled("cargo") else { throw Missing(reason: "cargo is not installed") }
        let crates = "/usr/share/cargo/registry"
        let installed = (try? FileManager.default.contentsOfDirectory(atPath: crates)) ?? []
        guard installed.contains(where: { $0.hasPrefix("tokio-1") }) else {
            throw Missing(reason: "Debian's crates are not installed (librust-tokio-dev)")
        }
        let target = folders.built + "/" + name
        let words = [
            "cargo", "build", "--release", "--offline", "--target-dir", target,
            "--config", "source.crates-io.replace-with=\"debian\"", "--config", "source.debian.directory=\"\(crates)\"",
        ]
        try run(words, name, in: folders.package + "/" + folder)
        return target + "/release/echo"
    }

    private func run(_ words: [String], _ name: String, in directory: String) throws {
        let log = "\(folders.built)/\(name).log"
        let child = try Child(words, directory: directory, outputTo: log, deathSignal: SIGTERM)
        guard child.wait(seconds: 3600) == 0 else {
            child.stop()
            throw Missing(reason: "it does not build: see \(log)")
        }
    }
}
