import Foundation
import TestSupport
import Testing

/// The model and the layers do no I/O, read no clock and draw no randomness: what their object code leaves undefined proves it.
@Suite struct PurityTests {
    /// The pure modules, each after those that it may import.
    private static let modules = ["SocketModel", "Layers"]

    /// C symbols that compiled Swift needs: memory, for the frames of accessors' coroutines too, and the stack protector.
    private static let allowed: Set<String> = [
        "malloc", "free",
        "memcpy", "memmove", "memset", "memcmp", "malloc_usable_size", "__stack_chk_fail", "_GLOBAL_OFFSET_TABLE_",
    ]

    /// Parts of the standard library that do I/O, read clocks or draw randomness.
    private static let forbidden = [
        "Swift.print", "Swift.debugPrint", "Swift.dump", "Swift.readLine", "SystemRandomNumberGenerator",
        "ContinuousClock",
        "SuspendingClock", "CommandLine", "static (extension in Swift):Swift.FixedWidthInteger.random",
        "swift_stdlib_random",
        "_swift_stdlib_fwrite", "_swift_stdlib_read", "shuffle",
    ]

    @Test func releaseObjectsLeaveUndefinedOnlyTheRuntimeTheStandardLibraryAndMemoryFunctions() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pure-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for module in Self.modules {
            let symbols = try undefinedSymbols(of: module, in: folder)
            #expect(symbols.count > 50, "nm has listed next to nothing of \(module): \(symbols)")
            let foreign = symbols.filter { symbol in
                !symbol.hasPrefix("swift_") && !symbol.hasPrefix("_swift") && !symbol.hasPrefix("$s")
                    && !Self.allowed.contains(symbol)
            }
            #expect(foreign.isEmpty, "\(module): \(foreign)")
            let names = try run(["swift", "demangle", "--compact"] + symbols).split(separator: "\n")
            let impure = (names.map(String.init) + symbols).filter { name in
                // With a generator that the caller brings, it is no randomness of its own.
                !name.contains("using: inout") && Self.forbidden.contains { name.contains($0) }
            }
            #expect(impure.isEmpty, "\(module): \(impure)")
        }
    }

    @Test func noSourceImportsAnythingThatIsNotPure() throws {
        for (index, module) in Self.modules.enumerated() {
            for file in try sources(of: module) {
                let text = try String(contentsOfFile: file, encoding: .utf8)
                let imports = text.split(separator: "\n").filter { $0.contains("import ") && !$0.contains("//") }
                    .filter { line in !Self.modules[..<index].contains { line.hasSuffix("import \($0)") } }
                #expect(imports.isEmpty, "\(file): \(imports)")
            }
        }
    }

    private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")

    private func sources(of module: String) throws -> [String] {
        let files = FileManager.default.enumerator(at: root.appending(path: module), includingPropertiesForKeys: nil)
        let sources = (files ?? .init()).compactMap { ($0 as? URL)?.path }.filter { $0.hasSuffix(".swift") }
        try #require(!sources.isEmpty, "\(module) has no sources")
        return sources
    }

    /// Compiles a module as a release build does, in a folder that has those it imports, and lists what its object refers to outside itself.
    private func undefinedSymbols(of module: String, in folder: URL) throws -> [String] {
        let object = folder.appending(path: "\(module).o").path
        _ = try run(
            [
                "swiftc", "-O", "-whole-module-optimization", "-parse-as-library", "-swift-version", "6",
                "-enable-upcoming-feature", "ExistentialAny", "-enable-upcoming-feature", "InternalImportsByDefault",
                "-package-name", "sockets", "-module-name", module, "-I", folder.path, "-emit-object", "-o", object,
                "-emit-module", "-emit-module-path", folder.appending(path: "\(module).swiftmodule").path,
            ] + sources(of: module))
        return try run(["nm", "--undefined-only", "--format=posix", object]).split(separator: "\n")
            .compactMap { $0.split(separator: " ").first.map(String.init) }
    }

    private func run(_ arguments: [String]) throws -> String {
        let outcome = try Child("/usr/bin/env", arguments).finish(within: 1_000)
        try #require(outcome.status == 0, "\(arguments.prefix(3)) failed: \(outcome.errors)")
        return outcome.text
    }
}
