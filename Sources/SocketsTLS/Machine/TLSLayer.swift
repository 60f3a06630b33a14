#if TLS
    public import Layers
    public import SocketModel

    /// A machine inside TLS: whatever it sends is encrypted, and what it receives was.
    ///
    /// ```swift
    /// import SocketsTLS
    ///
    /// func logIn(_ machine: some StreamMachine<String>, _ context: TLSContext, over socket: Socket) async throws -> String? {
    ///     var conversation = socket.conversation(try TLSLayer(client: context, name: "mail.example.org", machine))
    ///     let greeting = try await conversation.next(deadline: .within(.seconds(10)))
    ///     if let failure = conversation.machine.failure { throw failure }
    ///     return greeting
    /// }
    /// ```
    ///
    /// The inner machine is first asked when the handshake is done. It hears ``StreamInput/ended`` only when the peer has said so itself
    /// (`close_notify`): bytes that were cut off never look like the whole. When TLS fails the connection is closed, and ``failure`` says why.
    public struct TLSLayer<Inner: StreamMachine>: StreamMachine {
        /// What the inner machine tells.
        public typealias Event = Inner.Event

        /// The machine inside. When it has been changed it is asked again.
        public var inner: Inner {
            get { machine }
            _modify {
                defer { due = .distantPast }
                yield &machine
            }
        }

        private var machine: Inner
        private let tls: TLSMachine
        /// What the inner machine wants to send, and how much of it TLS has taken.
        private var unwritten: Chunk?
        private var written = 0
        /// When the inner machine is to be asked next.
        private var due = NetworkInstant.distantPast
        private var isClosing = false

        /// A client's end, as ``TLSMachine/init(client:name:environment:)``.
        ///
        /// - Throws: ``TLSError`` as that.
        public init(
            client context: TLSContext, name: String?, environment: TLSEnvironment = .system, _ inner: Inner
        ) throws(TLSError) {
            self.init(try TLSMachine(client: context, name: name, environment: environment), inner)
        }

        /// A server's end, as ``TLSMachine/init(server:environment:)``.
        ///
        /// - Throws: ``TLSError`` as that.
        public init(
            server context: TLSContext, environment: TLSEnvironment = .system, _ inner: Inner
        ) throws(TLSError) {
            self.init(try TLSMachine(server: context, environment: environment), inner)
        }

        private init(_ tls: TLSMachine, _ inner: Inner) {
            self.tls = tls
            machine = inner
        }

        /// What the handshake has come to; nil before it is done.
        public var handshake: TLSHandshake? { tls.handshake }

        /// What has gone wrong with TLS; nil while nothing has.
        public var failure: TLSError? { tls.failure }

        /// The inner machine's.
        public var sendLimit: Duration? { machine.sendLimit }

        /// What has gone wrong, with TLS or inside.
        public var error: (any Error)? { failure ?? machine.error }

        /// Takes ciphertext of the peer's, or the stream's end.
        public mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) {
            tls.handle(input, now: now)
        }

        /// What is to be done next.
        public mutating func poll(now: NetworkInstant) -> StreamOutput<Inner.Event> {
            while true {
                writeOn()
                if let output = pollInner(now) { return output }
                switch tls.poll(now: now) {
                case .send(let bytes): return .send(bytes)
                case .event(let event): take(event, now)
                case .finish: return isClosing ? .close : .finish
                case .close: return .close
                case .reset: return .reset
                case .wait(let instant):
                    if isClosing { return .close }
                    if tls.handshake == nil { return .wait(until: instant) }
                    if unwritten == nil { return .wait(until: min(instant, due)) }
                }
            }
        }

        /// Asks the inner machine, if it is its turn, until it waits or has bytes to send; nil when TLS is to go on.
        private mutating func pollInner(_ now: NetworkInstant) -> StreamOutput<Inner.Event>? {
            guard tls.handshake != nil, tls.failure == nil, !isClosing else { return nil }
            while unwritten == nil, now >= due {
                switch machine.poll(now: now) {
                case .send(let bytes):
                    if bytes.isEmpty { continue }
                    unwritten = bytes
                    writeOn()
                case .event(let event): return .event(event)
                case .finish: tls.close()
                case .reset: return .reset
                case .close:
                    tls.close()
                    isClosing = true
                    return nil
                // Asked once, whatever it says: whoever drives it knows what to do with a time that has passed.
                case .wait(let instant):
                    due = instant
                    return nil
                }
                if unwritten != nil { return nil }
            }
            return nil
        }

        private mutating func writeOn() {
            guard let bytes = unwritten else { return }
            // What cannot be written any more is TLS's failure, which it tells by itself.
            let start = written
            let taken = unsafe bytes.withBytes { run in
                try? unsafe tls.write(UnsafeRawBufferPointer(rebasing: run[start...]))
            }
            written += taken ?? bytes.count - start
            guard written == bytes.count else { return }
            unwritten = nil
            written = 0
        }

        private mutating func take(_ event: TLSEvent, _ now: NetworkInstant) {
            switch event {
            case .handshake, .failed: break
            case .received(let bytes): machine.handle(.received(bytes), now: now)
            case .ended: machine.handle(.ended, now: now)
            }
            due = .distantPast
        }
    }
#endif
