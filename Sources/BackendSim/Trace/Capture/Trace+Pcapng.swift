extension Trace {
    /// The trace as a capture file in the pcapng format, which Wireshark and `tshark` read.
    ///
    /// Each pair of hosts is an interface of its own. Packets are captured once, as they leave, with their nanoseconds since the simulation's
    /// beginning; they are Ethernet frames with valid checksums, and datagrams above the largest packet are fragments of IP. A packet that is
    /// lost has a comment that says why, and what befalls a host is a comment of the next packet.
    public var pcapng: [UInt8] {
        let losses = losses
        var links = Links()
        var body: [(frames: [[UInt8]], interface: Int, time: Int64, comments: [String])] = []
        var remarks: [String] = []
        for event in events {
            switch event.what {
            case .happening(let happening): remarks.append(remark(happening, event.time))
            case .packet(let packet, .sent):
                if let loss = losses[packet.number] { remarks.append(loss) }
                let largest = packet.from == packet.to ? Path.largestOnLoopback : maximumPacket
                body.append(
                    (packet.frames(maximumPacket: largest), links.number(packet.from, packet.to), event.time, remarks))
                remarks = []
            case .packet: continue
            }
        }
        var writer = PcapngWriter()
        for (one, other) in links.all { addInterface(one, other, &writer) }
        for (frames, interface, time, comments) in body {
            for (index, frame) in frames.enumerated() {
                writer.add(frame, interface: interface, time: time, comments: index == 0 ? comments : [])
            }
        }
        return writer.bytes
    }

    /// Why packets are lost, by their numbers.
    private var losses: [Int: String] {
        var losses: [Int: String] = [:]
        for event in events {
            guard case .packet(let packet, .dropped(let reason)) = event.what else { continue }
            losses[packet.number] = "dropped at \(seconds(event.time)): \(reason)"
        }
        return losses
    }

    private func remark(_ happening: Happening, _ time: Int64) -> String {
        "at \(seconds(time)): \(happening.host.map { "\(name($0)) " } ?? "")\(happening.words)"
    }

    private func addInterface(_ one: Int, _ other: Int, _ writer: inout PcapngWriter) {
        if one == other {
            writer.addInterface("\(name(one)) lo", "loopback of \(name(one))")
        } else {
            writer.addInterface("\(name(one))-\(name(other))", "between \(name(one)) and \(name(other))")
        }
    }
}

/// Pairs of hosts, numbered as they come.
private struct Links {
    private(set) var all: [(Int, Int)] = []
    private var numbers: [UInt64: Int] = [:]

    mutating func number(_ one: Int, _ other: Int) -> Int {
        let pair = (min(one, other), max(one, other))
        let key = UInt64(truncatingIfNeeded: pair.0) << 32 | UInt64(truncatingIfNeeded: pair.1)
        if let number = numbers[key] { return number }
        numbers[key] = all.count
        all.append(pair)
        return all.count - 1
    }
}
