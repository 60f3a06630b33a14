internal import SocketModel
internal import SystemSockets

// Calls without end, between which no time passes.
extension HostKernel {
    /// Notes a call of a program's; its failure once there were so many at this instant that they will never end. A thread stays where it is,
    /// and the run ends by that; a task has to end its loop itself.
    func countCall() -> Failure? {
        if isCrashed { return nil }
        if case .outside = world.current { return nil }
        world.countStep()
        guard world.isLivelocked else { return nil }
        if case .thread(let thread) = world.current {
            world.ready.append(.thread(thread))
            thread.park()
        } else if !isEndless {
            isEndless = true
            StandardError.write(
                line: "simulation: a task of \(name) calls without end, and no time passes (seed \(world.seed)): "
                    + "let errors end its loop")
        }
        return Failure(.other, detail: "more than \(world.options.stepsAtOneInstant) calls and steps at one instant")
    }
}
