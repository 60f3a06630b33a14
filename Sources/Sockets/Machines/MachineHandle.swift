public import Layers
internal import SocketModel

/// A machine at work, for those who are not its peer: other connections, and tasks that have news for it.
///
/// A room whose members hear each other, over machines that frame lines:
///
/// ```swift
/// import Synchronization
///
/// typealias Member = FramedMachine<TextFraming<LineFraming>, Void>
///
/// final class Room: Sendable {
///     private let members = Mutex<[MachineHandle<Member>]>([])
///
///     func join(_ member: MachineHandle<Member>) {
///         members.withLock { $0.append(member) }
///         member.whenOver { self.members.withLock { all in all.removeAll { $0 == member } } }
///     }
///
///     func say(_ line: String, by speaker: MachineHandle<Member>) {
///         for member in members.withLock({ $0 }) where member != speaker {
///             member.tell { machine in
///                 // What a member is told piles up while it does not read.
///                 if machine.unsentCount < 1_048_576 { try? machine.send(line) } else { member.cancel() }
///             }
///         }
///     }
/// }
///
/// let room = Room()
/// try await network.listen(port: 50007).serve(machineFor: { _, handle in
///     room.join(handle)
///     return FramedMachine(LineFraming(.lf).text) { line in
///         room.say(line, by: handle)
///         return []
///     }
/// })
/// ```
///
/// A handle is one machine's: ``Socket/serve(_:machineFor:)-(_,(SocketAddress,MachineHandle<Machine>)->Machine)`` makes one for each connection, and to
/// ``Socket/run(_:handle:deadline:)`` one is given. It keeps neither the connection open nor, once that is over, the machine. One that is given to no
/// call is never over, and keeps what it was told.
public struct MachineHandle<Machine: StreamMachine>: Sendable where Machine.Event == Never {
    let mailbox: MachineMailbox<Machine>

    /// The handle of a machine that does not work yet. What it is told until then it hears before it is first asked.
    public init() { mailbox = MachineMailbox() }

    /// Has `change` made to the machine, which then is asked what it wants. Any thread may tell it, and a machine others, or itself.
    ///
    /// Changes are made one after the other, in the order in which they were told, soon, on the thread where the machine works: they must not block.
    /// A machine whose peer does not read is told nevertheless, and asked later: it must bound what it keeps.
    ///
    /// - Returns: Whether the connection was not over. What was told shortly before its end may never reach the machine.
    @discardableResult public func tell(_ change: @escaping @Sendable (inout Machine) -> Void) -> Bool {
        mailbox.put(.change(change))
    }

    /// Ends the connection soon, whatever its machine wants, and drops what has not been sent: the way to be rid of a peer that does not read.
    ///
    /// A server tells of it as ``ServerEvent/cancelled(_:)``, and ``Socket/run(_:handle:deadline:)`` throws ``SocketError/Code/cancelled``.
    public func cancel() { _ = mailbox.put(.cancel) }

    /// Calls `action`, once, when the connection is over: on the thread that ends it, nearly always its executor's, or at once if it is over already.
    /// A server returns when these have been called for all its connections.
    public func whenOver(_ action: @escaping @Sendable () -> Void) { mailbox.whenOver(action) }

    /// Whether the connection is over.
    public var isOver: Bool { mailbox.isOver }
}

extension MachineHandle: Hashable {
    /// Two are equal if they are of the same connection. The order of a set of them is another in every process: who tells many, in a simulation that is
    /// to be repeated, keeps them in an array.
    public static func == (one: MachineHandle, other: MachineHandle) -> Bool { one.mailbox === other.mailbox }

    /// Which it is.
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(mailbox)) }
}
