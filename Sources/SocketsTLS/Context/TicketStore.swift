#if TLS
    internal import CTLS
    internal import Locks

    /// What a server has given a client to resume with.
    ///
    /// Sendable without check: the pointer never changes, and OpenSSL counts references to what it points to.
    @safe final class Ticket: @unchecked Sendable {
        let pointer: OpaquePointer

        init?(_ pointer: OpaquePointer?) {
            guard let pointer = unsafe pointer else { return nil }
            unsafe self.pointer = pointer
        }

        deinit { unsafe ctls_ticket_free(pointer) }

        /// Whether it may be used no more than once.
        var isSpentByUse: Bool { unsafe ctls_ticket_is_spent(pointer) != 0 }
    }

    /// A client's tickets: the newest of each name, of the last 64 names.
    final class TicketStore: Sendable {
        private static let capacity = 64
        private let tickets = Lock<[(name: ServerName, ticket: Ticket)]>([])

        func keep(_ ticket: Ticket, for name: ServerName) {
            tickets.withLock { tickets in
                tickets.removeAll { $0.name == name }
                if tickets.count == Self.capacity { tickets.removeFirst() }
                tickets.append((name, ticket))
            }
        }

        func take(for name: ServerName) -> Ticket? {
            tickets.withLock { tickets in
                guard let index = tickets.firstIndex(where: { $0.name == name }) else { return nil }
                let ticket = tickets[index].ticket
                if ticket.isSpentByUse { tickets.remove(at: index) }
                return ticket
            }
        }
    }
#endif
