#if TLS
    import Foundation
    import TestSupport

    /// Certificates as files, for programs that want them so.
    struct CertificateFiles {
        private let directory = TemporaryDirectory()

        init(_ authority: TestAuthority) throws {
            for (name, text) in [
                ("root", authority.root.certificate), ("chain", authority.server.certificate),
                ("key", authority.server.key),
            ] {
                try text.write(toFile: path(name), atomically: true, encoding: .utf8)
            }
        }

        func path(_ name: String) -> String { "\(directory.path)/\(name).pem" }
        var root: String { path("root") }
        var chain: String { path("chain") }
        var key: String { path("key") }
    }
#endif
