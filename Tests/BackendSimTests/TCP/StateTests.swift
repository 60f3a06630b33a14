import SocketModel
import Testing

@testable import BackendSim

/// The state diagram of RFC 9293, 3.3.2, arrow by arrow.
@Suite struct StateTests {
    // The model has a type of that name for its `tcp_info`.
    typealias State = BackendSim.TCPState

    enum Event {
        case syn, synAck, acknowledgement, fin, finAndAcknowledgement, reset, close, abort, expiry, unreachable
    }

    static let arrows: [(State, Event, State, sends: String)] = [
        (.synSent, .synAck, .established, "A"), (.synSent, .syn, .synReceived, "SA"),
        (.synSent, .reset, .closed, ""), (.synSent, .close, .closed, ""), (.synSent, .abort, .closed, ""),
        (.synSent, .unreachable, .closed, ""), (.synSent, .expiry, .synSent, "S"),
        (.synReceived, .acknowledgement, .established, ""), (.synReceived, .reset, .closed, ""),
        (.synReceived, .fin, .synReceived, "R"), (.synReceived, .finAndAcknowledgement, .closeWait, ""),
        (.synReceived, .syn, .synReceived, "SA"), (.synReceived, .expiry, .synReceived, "SA"),
        (.synReceived, .abort, .closed, "RA"), (.synReceived, .unreachable, .closed, ""),
        (.established, .fin, .closeWait, ""), (.established, .close, .finWait1, "FA"),
        (.established, .reset, .closed, ""), (.established, .abort, .closed, "RA"),
        (.established, .syn, .established, "A"), (.established, .unreachable, .established, ""),
        (.finWait1, .acknowledgement, .finWait2, ""), (.finWait1, .fin, .closing, "A"),
        (.finWait1, .finAndAcknowledgement, .timeWait, "A"), (.finWait1, .reset, .closed, ""),
        (.finWait1, .expiry, .finWait1, "FA"), (.finWait1, .abort, .closed, "RA"),
        (.finWait2, .fin, .timeWait, "A"), (.finWait2, .reset, .closed, ""), (.finWait2, .abort, .closed, "RA"),
        (.finWait2, .expiry, .closed, ""),
        (.closing, .acknowledgement, .timeWait, ""), (.closing, .reset, .closed, ""), (.closing, .abort, .closed, ""),
        (.closing, .expiry, .closing, "FA"),
        (.closeWait, .close, .lastAck, "FA"), (.closeWait, .reset, .closed, ""), (.closeWait, .abort, .closed, "RA"),
        (.closeWait, .fin, .closeWait, "A"),
        (.lastAck, .acknowledgement, .closed, ""), (.lastAck, .reset, .closed, ""), (.lastAck, .expiry, .lastAck, "FA"),
        (.lastAck, .abort, .closed, ""),
        (.timeWait, .expiry, .closed, ""), (.timeWait, .reset, .closed, ""), (.timeWait, .fin, .timeWait, "A"),
        (.timeWait, .close, .timeWait, ""), (.timeWait, .abort, .timeWait, ""),
        (.closed, .syn, .closed, ""), (.closed, .fin, .closed, ""), (.closed, .close, .closed, ""),
    ]

    @Test(arguments: arrows.indices)
    func arrow(_ index: Int) {
        let (start, event, end, sends) = Self.arrows[index]
        let peer = Peer(in: start)
        #expect(peer.machine.tcp.state == start)
        peer.cause(event)
        #expect(peer.machine.tcp.state == end, "\(start) \(event)")
        let sent = peer.machine.poll(now: peer.now).map { "\($0.header.flags)" }.joined(separator: " ")
        #expect(sent == sends, "\(start) \(event)")
    }
}

/// A machine brought into a state by a peer that this is.
private final class Peer {
    let machine: Machine
    var now: Int64 = 0
    /// Where the peer's next segment begins; its SYN is 100.
    var sequence: UInt32 = 101

    init(in state: StateTests.State) {
        let parameters = TCPParameters(initialSequence: 500)
        let syn = TCPHeader(sequence: 100, flags: .syn, window: 60_000, maximumSegment: 1460)
        machine = Machine(
            state == .synSent
                ? TCPConnection(connecting: parameters, now: 0) : TCPConnection(accepting: parameters, syn: syn, now: 0)
        )
        settle()
        if state != .synSent, state != .synReceived { lead(to: state) }
    }

    private func lead(to state: StateTests.State) {
        cause(.acknowledgement)
        let events: [StateTests.Event]
        switch state {
        case .finWait1: events = [.close]
        case .finWait2: events = [.close, .acknowledgement]
        case .closing: events = [.close, .fin]
        case .timeWait: events = [.close, .finAndAcknowledgement]
        case .closeWait: events = [.fin]
        case .lastAck: events = [.fin, .close]
        case .closed: events = [.close, .acknowledgement, .reset]
        default: events = []
        }
        for event in events {
            settle()
            cause(event)
        }
        settle()
    }

    private func settle() { _ = machine.poll(now: now) }

    func cause(_ event: StateTests.Event) {
        switch event {
        case .syn: handle(.syn, sequence: 100)
        case .synAck: handle([.syn, .acknowledge], sequence: 100)
        case .acknowledgement: handle(.acknowledge, sequence: sequence)
        case .reset: handle(machine.tcp.state == .synSent ? [.reset, .acknowledge] : .reset, sequence: sequence)
        case .fin: handle([.fin, .acknowledge], sequence: sequence, acknowledges: false)
        case .finAndAcknowledgement: handle([.fin, .acknowledge], sequence: sequence)
        case .close: machine.tcp.close(now: now)
        case .abort: machine.tcp.abort()
        case .unreachable: machine.tcp.unreachable(.noRouteToHost)
        case .expiry:
            now = machine.tcp.nextDeadline
            machine.tcp.expire(now: now)
        }
    }

    private func handle(_ flags: TCPFlags, sequence: UInt32, acknowledges: Bool = true) {
        let number = acknowledges ? machine.tcp.sending.next : machine.tcp.sending.unacknowledged
        machine.handle(
            TCPHeader(sequence: sequence, acknowledgement: number, flags: flags, window: 60_000), now: now)
        if flags.contains(.fin) { self.sequence = machine.tcp.receiving.next }
    }
}
