import Glibc
import SocketModel

/// Where a program is carried out, call by call at the seam: hosts of this machine's kernel, or simulated ones.
///
/// What comes of a step is text: its value or its errno, and then what every socket is ready for.
struct Stage {
    let hosts: [StageHost]
    let rig: Rig
    let firstPort: UInt16
    /// How long things may take to come to rest: nothing is until two looks see the same.
    let pause: Duration?
    var sockets: [StageSocket?] = Array(repeating: nil, count: Stage.places)
    /// Where sockets of streams are.
    var streams: Set<Int> = []
    /// Whose send buffers are full.
    var full: Set<Int> = []
    /// Whether something may wait for more to be sent: a flood makes it leave sooner or later.
    var isCorked = false
    /// Those that have connected to a mapped address.
    var speakers: Set<Int> = []
    var ephemeral: [UInt16] = []
    var count: UInt8 = 0

    static let places = 6
    /// How many ports a program has for itself.
    static let ports = 4

    init(_ hosts: [StageHost], _ rig: Rig, firstPort: UInt16, pause: Duration?) {
        self.hosts = hosts
        self.rig = rig
        self.firstPort = firstPort
        self.pause = pause
    }

    /// Takes the steps, and tells what came of each.
    static func run(
        _ steps: [Step], on hosts: [StageHost], as rig: Rig, firstPort: UInt16, pause: Duration? = nil
    ) -> [String] {
        var stage = Stage(hosts, rig, firstPort: firstPort, pause: pause)
        let log = steps.map { step in "\(stage.take(step))\(stage.rest())" }
        stage.leave()
        return log
    }

    /// Whether nothing may be sent that might leave the machine.
    private var isAtHome: Bool { hosts.count == 1 }

    private mutating func take(_ step: Step) -> String {
        count &+= 1
        switch step {
        case .open(let place, let kind, let host): return open(place, kind, on: host)
        case .openPair(let place, let other, let kind): return openPair(place, other, kind)
        case .pass(let milliseconds):
            hosts[0].pass(.milliseconds(milliseconds))
            return "done"
        case .accept(let place, let other):
            if sockets[other] == nil { streams.insert(other) }
            return put(sockets[other] == nil ? act(place, .accept) : nil, in: other, of: place)
        case .duplicate(let place, let other):
            if sockets[other] == nil, streams.contains(place) { streams.insert(other) }
            return put(sockets[other] == nil ? duplicate(place) : nil, in: other, of: place)
        case .connect(let place, let target, let isWaiting): return connect(place, target, isWaiting)
        case .close(let place): return close(place)
        case .detach(let place): return detach(place)
        case .flood(let place): return flood(place)
        case .drain(let place): return drain(place)
        case .poll(let place): return poll(place)
        case .count(let place): return count(place)
        case .names(let place): return "\(tell(act(place, .localAddress))) \(tell(act(place, .peerAddress)))"
        default: return transfer(step)
        }
    }

    private mutating func transfer(_ step: Step) -> String {
        switch step {
        case .send(let place, let count, let flags):
            if flags.contains(.more) { isCorked = true }
            return tell(act(place, .send(flags), sending: count, of: self.count))
        case .sendTo(let place, let count, let target, let flags):
            if isAtHome && target.host.isRemote || target.host == .unspecified { return "-" }
            if flags.contains(.more) { isCorked = true }
            return tell(
                act(place, .sendMessage(to: address(target), control: [], flags), sending: count, of: self.count))
        case .sendMessage(let place, let count, let target, let control, let flags):
            // Where that leads is a matter of the machine's routes.
            if target?.host == .unspecified { return "-" }
            let to = target.map { address($0) }
            return tell(act(place, .sendMessage(to: to, control: control, flags), sending: count, of: self.count))
        case .receive(let place, let count, let flags): return receive(place, count, .receive(flags))
        case .wait(let place, let count, let flags):
            return receive(place, count, .receive(flags), isWaiting: streams.contains(place))
        case .receiveMessage(let place, let count, let room, let flags):
            return receive(place, count, .receiveMessage(controlCapacity: room, flags))
        default: return configure(step)
        }
    }

    private mutating func configure(_ step: Step) -> String {
        switch step {
        case .bind(let place, let target): return tell(act(place, .bind(address(target))))
        case .listen(let place, let backlog):
            return speakers.contains(place) ? "-" : tell(act(place, .listen(backlog: backlog)))
        case .shutdown(let place, let direction):
            // Whether a flood then meets a shut end depends on the windows.
            return full.isEmpty ? tell(act(place, .shutdown(direction))) : "-"
        case .set(let place, let setting, let value):
            let (level, name) = setting.option
            return tell(act(place, .setOption(level, name: name, setting.bytes(value))))
        case .setBytes(let place, let level, let name, let bytes):
            return tell(act(place, .setOption(level, name: name, OptionBytes(bytes))))
        case .getBytes(let place, let level, let name, let length):
            return tell(act(place, .getOption(level, name: name, length: length)))
        case .sendSockets(let place, let others, let count): return sendSockets(place, others, count)
        case .get(let place, let setting):
            let (level, name) = setting.option
            return tell(act(place, .getOption(level, name: name, length: 8)))
        default: return "-"
        }
    }
}
