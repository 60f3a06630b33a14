import Foundation
import Testing

/// Inputs that once led somewhere: seeds, and what the fuzzer found.
@Suite struct CorpusTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Corpus")

    private static func files(_ target: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: folder.appendingPathComponent(target), includingPropertiesForKeys: nil
        ).sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    @Test(arguments: FuzzTarget.all.map(\.name)) func everyInputIsHandledRight(_ name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        let files = try Self.files(name)
        #expect(!files.isEmpty, "a target without a seed")
        for file in files {
            #expect(throws: Never.self, "\(file.lastPathComponent)") { try target.run(Array(Data(contentsOf: file))) }
        }
    }

    /// Also pieces of each input, and each with single bits changed: cheap, and no fuzzer is needed for it.
    @Test(arguments: FuzzTarget.all.map(\.name)) func nearbyInputsAreHandledRight(_ name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        for file in try Self.files(name).prefix(20) {
            let bytes = try Array(Data(contentsOf: file).prefix(64))
            for index in bytes.indices {
                var changed = bytes
                changed[index] ^= 1 << UInt8(index % 8)
                #expect(throws: Never.self, "\(file.lastPathComponent), byte \(index)") {
                    try target.run(changed)
                    try target.run(Array(bytes[..<index]))
                }
            }
        }
    }

    @Test func everyFolderHasATarget() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(folders) == Set(FuzzTarget.all.map(\.name)))
    }
}
