internal import SocketModel

/// The connections that machines serve on one executor, so that a server can end them.
///
/// Sendable without check: it is touched on the executor's thread only.
@safe final class MachineList: @unchecked Sendable {
    private var first: ServedMachine?
    private var isClosed = false

    /// False when the server has ended its connections: then this one must go, too.
    func add(_ connection: ServedMachine) -> Bool {
        if isClosed { return false }
        connection.next = first
        unsafe first?.previous = connection
        first = connection
        return true
    }

    /// Lets go of a connection; nothing happens if it is not there.
    func remove(_ connection: ServedMachine) {
        let next = connection.next
        if let previous = unsafe connection.previous {
            previous.next = next
        } else {
            guard first === connection else { return }
            first = next
        }
        unsafe next?.previous = unsafe connection.previous
        connection.next = nil
        unsafe connection.previous = nil
    }

    /// Ends all there are and all to come.
    func close() {
        isClosed = true
        while let connection = first {
            remove(connection)
            connection.cancel()
        }
    }
}
