import ArgumentParser
import Sockets

/// A network and its programs, of which a seed decides the rest.
protocol Scenario {
    /// What happens, for `--help`.
    static var summary: String { get }

    /// What simulations of it are made with.
    static var options: SimulationOptions { get }

    /// How long it may last, in virtual time.
    static var duration: Duration { get }

    /// Makes its hosts and programs, which throw where something is wrong.
    init(_ simulation: Simulation)

    /// What came of it, once all have ended.
    var outcome: String { get }
}

/// A scenario as the command line names it.
enum ScenarioName: String, CaseIterable, ExpressibleByArgument {
    case echo, counter, lease, overload, medley

    var type: any Scenario.Type {
        switch self {
        case .echo: EchoScenario.self
        case .counter: CounterScenario.self
        case .lease: LeaseScenario.self
        case .overload: OverloadScenario.self
        case .medley: MedleyScenario.self
        }
    }
}

/// What a program of a scenario throws when it got something else than it should.
struct ScenarioFailure: Error, CustomStringConvertible { let description: String }
