#if TLS
    import SocketsTLS
    import TestSupport
    import Testing

    @Suite struct `A machine inside TLS` {
        /// Does what a test says, and remembers what it has heard.
        private struct Puppet: StreamMachine {
            typealias Event = String

            var outputs: [StreamOutput<String>] = []
            var heard: [StreamInput] = []
            var asked = 0
            var patience = NetworkInstant.distantFuture
            /// What it sends when its time has come.
            var late: Chunk?

            mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) { heard.append(input) }

            mutating func poll(now: NetworkInstant) -> StreamOutput<String> {
                asked += 1
                if now >= patience, let late = late.take() { return .send(late) }
                return outputs.isEmpty ? .wait(until: patience) : outputs.removeFirst()
            }
        }

        /// A layer that serves, and a client.
        private final class Scene {
            var layer: TLSLayer<Puppet>
            let client: TLSMachine
            var now = NetworkInstant(nanoseconds: 0)
            var told: [String] = []
            var received: [UInt8] = []
            var clientHasEnded = false
            /// What the layer has asked for last, beside sending and telling.
            var rest: [String] = []
            var wait: NetworkInstant?

            init(_ puppet: Puppet) throws {
                layer = try TLSLayer(server: TestAuthority.shared.serverContext(), puppet)
                client = try TLSMachine(client: TestAuthority.shared.clientContext(), name: "localhost")
            }

            func run() {
                for _ in 0..<10_000 {
                    let (fromClient, fromLayer) = (pollClient(), pollLayer())
                    if !fromClient, !fromLayer { return }
                }
            }

            private func pollClient() -> Bool {
                switch client.poll(now: now) {
                case .send(let bytes): layer.handle(.received(bytes), now: now)
                case .event(.received(let bytes)): received += bytes
                case .event(.ended): clientHasEnded = true
                case .event: break
                default: return false
                }
                return true
            }

            private func pollLayer() -> Bool {
                if rest.contains("close") || rest.contains("reset") { return false }
                switch layer.poll(now: now) {
                case .send(let bytes): client.handle(.received(bytes), now: now)
                case .event(let text): told.append(text)
                case .finish: rest.append("finish")
                case .close: rest.append("close")
                case .reset: rest.append("reset")
                case .wait(let instant):
                    wait = instant
                    return false
                }
                return true
            }
        }

        @Test func `is not asked before the hands are shaken`() throws {
            let scene = try Scene(Puppet())
            guard case .wait(let instant) = scene.layer.poll(now: scene.now) else { throw Unexpected("it must wait") }
            #expect(instant == scene.now.advanced(by: TLSConfiguration.client().handshakeLimit))
            #expect(scene.layer.inner.asked == 0 && scene.layer.handshake == nil)
            scene.run()
            #expect(scene.layer.inner.asked > 0 && scene.layer.handshake != nil)
        }

        @Test func `sends, tells, hears and closes`() throws {
            var puppet = Puppet()
            let block = [UInt8](repeating: 7, count: 300_000)
            puppet.outputs = [.event("begun"), .send("hello "), .send(Chunk()), .send(Chunk(block)), .event("sent")]
            let scene = try Scene(puppet)
            scene.run()
            #expect(scene.told == ["begun", "sent"])
            #expect(scene.received == Array("hello ".utf8) + block)
            #expect(scene.rest.isEmpty && scene.wait == .distantFuture)
            _ = try scene.client.write("one")
            scene.run()
            _ = try scene.client.write("two")
            scene.client.close()
            scene.layer.inner.outputs = [.send("bye"), .close]
            scene.run()
            #expect(scene.layer.inner.heard.contains(.received("one")))
            #expect(scene.received.suffix(3).elementsEqual("bye".utf8))
            #expect(scene.rest == ["close"] && scene.clientHasEnded)
            #expect(scene.layer.error == nil)
        }

        @Test func `finishes, and still hears`() throws {
            var puppet = Puppet()
            puppet.outputs = [.send("all"), .finish]
            let scene = try Scene(puppet)
            scene.run()
            #expect(scene.rest == ["finish"] && scene.clientHasEnded)
            _ = try scene.client.write("answer")
            scene.client.close()
            scene.run()
            #expect(scene.layer.inner.heard == [.received("answer"), .ended])
            #expect(scene.rest == ["finish", "close"])
        }

        @Test func `never takes a cut stream for an ended one`() throws {
            let scene = try Scene(Puppet())
            scene.run()
            scene.layer.handle(.ended, now: scene.now)
            scene.run()
            #expect(scene.layer.inner.heard.isEmpty)
            #expect(scene.rest == ["close"])
            #expect(scene.layer.failure?.code == .truncated)
            #expect((scene.layer.error as? TLSError)?.code == .truncated)
        }

        @Test func `is asked when its time comes`() throws {
            var puppet = Puppet()
            puppet.patience = NetworkInstant(nanoseconds: 5_000)
            puppet.late = "late"
            let scene = try Scene(puppet)
            scene.run()
            #expect(scene.wait == puppet.patience)
            #expect(scene.received.isEmpty)
            scene.now = puppet.patience
            scene.run()
            #expect(scene.received.elementsEqual("late".utf8))
        }

        @Test func `is asked when it was changed`() throws {
            let scene = try Scene(Puppet())
            scene.run()
            scene.layer.inner.outputs = [.send("news")]
            scene.run()
            #expect(scene.received.elementsEqual("news".utf8))
        }

        @Test func `resets without a word`() throws {
            var puppet = Puppet()
            puppet.outputs = [.reset]
            let scene = try Scene(puppet)
            scene.run()
            #expect(scene.rest == ["reset"] && !scene.clientHasEnded)
        }
    }
#endif
