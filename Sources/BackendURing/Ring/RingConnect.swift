#if URing
    internal import CPOSIX
    internal import SocketModel
    internal import SystemSockets

    // What a connect that a ring has carried out leaves otherwise than the system call does.
    extension URingBackend {
        /// Whether a connect is under way that the ring says is done: it takes what a router has answered, which waits in the error queue of
        /// every TCP socket of IPv4 meanwhile, for the end. The queue is emptied, so that it is waited for the end and not for this.
        func hasBegunOnly(_ descriptor: Int32, _ address: SocketAddress) -> Bool {
            let socket = SocketHandle(rawValue: descriptor)
            let peer = unsafe calls.execute(
                Operation(.peerAddress, on: socket, deadline: .distantPast), memory: .none)
            guard case .failure(let failure) = peer.outcome, failure.errno == .socketNotConnected,
                !address.isUnspecified, calls.isTCP(descriptor)
            else { return false }
            let receive = Operation(.receive(.errorQueue), on: socket, deadline: .distantPast)
            for _ in 0..<Self.mostAnswers {
                if case .failure = unsafe calls.execute(receive, memory: .none).outcome { break }
            }
            return true
        }

        /// As many answers as there can be to the segments that ask for a connection, and more.
        private static let mostAnswers = 128

        /// A connect that has begun and failed leaves the socket as it was before, as `connect(2)` does, which a ring does not ask for what
        /// has become of it. One that could not begin changes nothing.
        func forgetConnecting(_ descriptor: Int32, _ error: Errno?) {
            guard let error, Self.ends.contains(error), calls.isTCP(descriptor), hasSentSegments(descriptor) else {
                return
            }
            let disconnect = Operation(
                .connect(.unspecified), on: SocketHandle(rawValue: descriptor), deadline: .distantPast)
            _ = unsafe calls.execute(disconnect, memory: .none)
        }

        /// Whether TCP has sent anything since the socket was new, or was new again: then a connection has begun.
        private func hasSentSegments(_ descriptor: Int32) -> Bool {
            let info = SocketOption<TCPInfo>.tcp.info
            let read = Operation(
                .getOption(info.level, name: info.name, length: TCPInfo.optionLength),
                on: SocketHandle(rawValue: descriptor), deadline: .distantPast)
            let completion = unsafe calls.execute(read, memory: .none)
            guard case .option(let bytes) = completion.outcome else { return false }
            return (try? TCPInfo(optionBytes: bytes))?.segmentsSent != 0
        }

        /// How a connection that was asked for ends without having begun.
        private static let ends: Set<Errno> = [
            .connectionRefused, .connectionReset, .noRouteToHost, .networkUnreachable, .timedOut, .networkDown,
            .hostIsDown,
        ]
    }
#endif
