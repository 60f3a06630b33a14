#if URing && os(Linux)
    import TestSupport
    import Testing

    extension ToolTests {
        /// The tool where the kernel forbids io_uring: as container runtimes do it, by a seccomp filter.
        @Suite(.needs("python3")) struct WhereURingIsForbidden {
            /// Runs the tool with `io_uring_setup(2)`, number 425 everywhere, failing with `EPERM`.
            private func forbidden(_ arguments: String...) throws -> Child {
                let program = """
                    import ctypes
                    libc = ctypes.CDLL(None, use_errno=True)
                    rules = ((0x20, 0, 0, 0), (0x15, 0, 1, 425), (0x06, 0, 0, 0x00050001), (0x06, 0, 0, 0x7fff0000))
                    code = ctypes.create_string_buffer(b''.join(struct.pack('HBBI', *rule) for rule in rules))
                    filter = struct.pack('HxxxxxxP', len(rules), ctypes.addressof(code))
                    assert libc.prctl(38, 1, 0, 0, 0) == 0
                    assert libc.prctl(22, 2, ctypes.c_char_p(filter)) == 0
                    os.execv(sys.argv[1], sys.argv[1:])
                    """
                let prelude = "import struct, sys, os\n"
                return try Child(
                    named: "python3", ["-c", prelude + program, Programs.sock] + arguments)
            }

            @Test func automaticServesByPOSIXAndSaysSoOnce() throws {
                let server = try forbidden("serve", "echo", "--listen", "127.0.0.1:0", "--backend", "automatic")
                let line = try server.firstLine()
                #expect(line.contains(" posix backend, blocking"), "\(line)")
                let address = try #require(line.split(separator: " ").dropFirst(2).first)
                let client = try sock("connect", String(address), input: Array("hello".utf8)).finish()
                #expect(client.text == "hello", "\(client.errors)")
                server.signal(15)
                let lines = try server.finish().errors.split(separator: "\n")
                #expect(lines.count == 1)
                for text in ["io_uring does not work here", "posix", "EPERM", "seccomp"] {
                    #expect(lines.first?.contains(text) == true, "\(lines)")
                }
            }

            @Test func uringIsRefusedWithAdvice() throws {
                let outcome = try forbidden("resolve", "127.0.0.1", "--backend", "uring").finish()
                #expect(outcome.status == 1)
                for text in ["EPERM", "seccomp", ".automatic"] {
                    #expect(outcome.errors.contains(text), "\(outcome.errors)")
                }
            }

            @Test func doctorSaysWhyAndWorks() throws {
                let outcome = try forbidden("doctor").finish()
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.errors == "")
                for text in [
                    "uring                 does not work: ", "automatic             is posix here",
                    "io_uring              does not work: ", "deferred work         no: ", "the kernel refuses it",
                ] {
                    #expect(outcome.text.contains(text), "\(outcome.text)")
                }
            }

            @Test func demoSkipsIt() throws {
                let outcome = try forbidden("demo").finish()
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.text.contains("uring backend\n  skipped  "), "\(outcome.text)")
                #expect(outcome.text.contains("4 of 4 conversations right, on posix, in "))
            }
        }
    }
#endif
