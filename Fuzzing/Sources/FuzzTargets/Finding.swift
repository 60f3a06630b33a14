/// Something a target found that must not be.
struct Finding: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Throws unless the condition holds.
func demand(_ condition: Bool, _ message: @autoclosure () -> String) throws(Finding) {
    if !condition { throw Finding(message()) }
}

/// Throws unless both are equal.
func demand<Value: Equatable>(
    _ found: Value, equals expected: Value, _ what: @autoclosure () -> String
) throws(Finding) {
    if found != expected { throw Finding("\(what()): found \(found), expected \(expected)") }
}
