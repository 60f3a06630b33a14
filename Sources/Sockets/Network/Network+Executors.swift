public import SocketModel

extension Network {
    /// The executors that own this network's sockets, as many as its backend has threads; they start with the first call.
    ///
    /// A task that prefers one of them awaits sockets without a change of thread:
    ///
    /// ```swift
    /// try await withTaskExecutorPreference(network.executor) {
    ///     while let chunk = try await socket.receive() { try await socket.sendAll(chunk) }
    /// }
    /// ```
    ///
    /// Tasks elsewhere may await the same sockets; each suspension then costs a change of thread there and back.
    ///
    /// - Throws: ``SocketError`` when the system lacks the descriptors or threads, and with ``SocketError/Code/unsupported`` when the
    ///   backend has no awaited calls.
    public var executors: [any NetworkExecutor] {
        get throws(SocketError) {
            do throws(Failure) {
                return try backend.executors()
            } catch {
                throw SocketError(error, .startExecutors)
            }
        }
    }

    /// The first of the ``executors``.
    ///
    /// - Throws: ``SocketError`` as ``executors``.
    public var executor: any NetworkExecutor {
        get throws(SocketError) {
            guard let first = try executors.first else {
                throw SocketError(.unsupported, .startExecutors, detail: "the backend has no executors")
            }
            return first
        }
    }
}
