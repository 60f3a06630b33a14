public import SocketModel

/// A protocol's logic as a value: no socket, no clock and no randomness of its own. Whoever drives it does what it says and tells it what
/// has happened, on any backend, and a test does so by hand.
///
/// The order of calls is always the same:
///
/// 1. ``handle(_:now:)`` takes one input; it never fails, and answers nothing.
/// 2. ``poll(now:)`` is called until its output is a wait: each output is carried out before the next is asked for.
/// 3. When there is an input, go on at 1; when the time the wait names has come, go on at 2.
///
/// A new machine is polled before its first input: it may have something to say at once. `now` never goes back from one call to the next.
public protocol Machine<Input, Output>: Sendable {
    /// What can happen to it.
    associatedtype Input: Sendable
    /// What it wants done, tells, or waits for.
    associatedtype Output: Sendable

    /// Takes what has happened.
    mutating func handle(_ input: consuming Input, now: NetworkInstant)

    /// What is to be done next. What was due by `now` is seen to before.
    mutating func poll(now: NetworkInstant) -> Output
}
