import Foundation
import Testing

/// The model does no I/O, reads no clock and draws no randomness: what its object code leaves undefined proves it.
@Suite struct PurityTests {
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
        let symbols = try undefinedSymbols()
        #expect(symbols.count > 50, "nm has listed next to nothing: \(symbols)")
        let foreign = symbols.filter { symbol in
            !symbol.hasPrefix("swift_") && !symbol.hasPrefix("_swift") && !symbol.hasPrefix("$s")
                && !Self.allowed.contains(symbol)
        }
        #expect(foreign.isEmpty, "\(foreign)")
        let names = try run(["swift", "demangle", "--compact"] + symbols).split(separator: "\n")
        let impure = (names.map(String.init) + symbols).filter { name in Self.forbidden.contains { name.contains($0) } }
        #expect(impure.isEmpty, "\(impure)")
    }

    @Test func noSourceImportsAnything() throws {
        for file in try sources() {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            let imports = text.split(separator: "\n").filter { $0.contains("import ") && !$0.contains("//") }
            #expect(imports.isEmpty, "\(file): \(imports)")
        }
    }

    private let module = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/SocketModel")

    private func sources() throws -> [String] {
        let files = FileManager.default.enumerator(at: module, includingPropertiesForKeys: nil)
        return (files ?? .init()).compactMap { ($0 as? URL)?.path }.filter { $0.hasSuffix(".swift") }
    }

    /// Compiles the module as a release build does and lists what its object refers to outside itself.
    private func undefinedSymbols() throws -> [String] {
        let object = FileManager.default.temporaryDirectory.appending(path: "SocketModel-\(UUID()).o")
        defer { try? FileManager.default.removeItem(at: object) }
        _ = try run(
            [
                "swiftc", "-O", "-whole-module-optimization", "-parse-as-library", "-swift-version", "6",
                "-enable-upcoming-feature", "ExistentialAny", "-enable-upcoming-feature", "InternalImportsByDefault",
                "-package-name", "sockets", "-module-name", "SocketModel", "-emit-object", "-o", object.path,
            ] + sources())
        return try run(["nm", "--undefined-only", "--format=posix", object.path]).split(separator: "\n")
            .compactMap { $0.split(separator: " ").first.map(String.init) }
    }

    private func run(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(arguments.prefix(3)) failed")
        return String(decoding: output, as: UTF8.self)
    }
}
