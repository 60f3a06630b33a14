import ArgumentParser

/// A time as the command line writes it: seconds, with a fraction if need be, more than 0 and at most a day.
struct Seconds: ExpressibleByArgument {
    let duration: Duration

    init(_ seconds: Int) { duration = .seconds(seconds) }

    init?(argument: String) {
        guard let seconds = Double(argument), seconds > 0, seconds <= 86_400 else { return nil }
        duration = .seconds(seconds)
    }

    var defaultValueDescription: String { "\(duration.components.seconds)" }
}
