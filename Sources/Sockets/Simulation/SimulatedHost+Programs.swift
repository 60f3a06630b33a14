public import BackendSim
internal import SocketModel

extension SimulatedHost {
    /// A network of this host as it runs now: what a program given to ``run(_:inBackground:_:)`` gets, too.
    ///
    /// Between runs it may be used from outside: a call that has to wait carries the simulation on until it need not any more.
    public var network: Network { Network(existing: backend) }

    /// Runs an awaited program on this host, as soon as the simulation runs; again after each restart.
    ///
    /// ```swift
    /// let simulation = Simulation(seed: 42)
    /// simulation.host("server").run { network in
    ///     try await network.listen("0.0.0.0:7").serve { connection in
    ///         while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
    ///     }
    /// }
    /// simulation.host("client").run { network in
    ///     let socket = try await network.connect(to: "server", port: 7)
    ///     try await socket.sendAll("hello")
    ///     _ = try await socket.receiveExactly(5)
    /// }
    /// try simulation.run()
    /// ```
    ///
    /// It begins on the host's executor and stays there, as do its child tasks and actors. Unstructured and detached tasks leave the simulation
    /// unless ``SimulationOptions/capturesGlobalExecutor`` is set, as the main actor and actors with executors of their own always do; so
    /// do sleeps on other clocks than ``Network/clock``. Who waits for any of them makes the run fail with ``SimulationError/escaped(_:)``.
    ///
    /// - Parameters:
    ///   - name: For people: errors name it.
    ///   - inBackground: Whether it may wait for ever: ``Simulation/run()`` does not wait for its end.
    ///   - body: The program. What it throws ends the simulation's run.
    public func run(
        _ name: String = "program", inBackground: Bool = false,
        _ body: @escaping @concurrent @Sendable (Network) async throws -> Void
    ) {
        launch(name, inBackground: inBackground) { backend, executor, run in
            let network = Network(existing: backend)
            let task = Task(executorPreference: executor) {
                do {
                    try await body(network)
                    run.end(nil)
                } catch {
                    run.end(error)
                }
            }
            run.whenCrashed { task.cancel() }
        }
    }

    /// Runs a blocking program on a thread of this host, as soon as the simulation runs; again after each restart.
    ///
    /// Of all simulated threads one runs at a time, and another only when it waits in a call of its network: so blocking code is simulated
    /// as exactly as awaited code. It may start more with ``Network/spawn(_:_:)``, and must not wait for others by any other means.
    ///
    /// - Parameters:
    ///   - name: For people: errors name it, and debuggers.
    ///   - inBackground: Whether it may wait for ever: ``Simulation/run()`` does not wait for its end.
    ///   - body: The program. What it throws ends the simulation's run.
    public func run(
        _ name: String = "program", inBackground: Bool = false, _ body: @escaping @Sendable (Network) throws -> Void
    ) {
        launch(name, inBackground: inBackground) { backend, _, run in
            let network = Network(existing: backend)
            do {
                try network.spawn(name) {
                    do {
                        try body(network)
                        run.end(nil)
                    } catch {
                        run.end(error)
                    }
                }
            } catch {
                run.end(error)
            }
        }
    }
}
