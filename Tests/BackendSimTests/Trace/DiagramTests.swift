import Foundation
import FoundationXML
import Sockets
import Testing

@testable import BackendSim

@Suite struct DiagramTests {
    @Test func drawsPacketsAndHosts() throws {
        let trace = try #require(try Traced.echo().trace)
        let drawing = try Drawing(trace.diagram())
        let arrived = trace.text.split(separator: "\n").count { $0.hasSuffix("delivered") }
        #expect(drawing.classes["head tcp"] == arrived)
        #expect(drawing.classes["host"] == 2)
        #expect(drawing.classes["cross"] == nil)
        #expect(drawing.text.contains("SYN seq 0"))
    }

    @Test func drawsLossesAndCrashes() throws {
        let simulation = try Traced.echo()
        let recorder = try #require(simulation.world.recorder)
        let (one, other) = (simulation.host("client"), simulation.host("server"))
        for reason in [nil, "bad <luck>"] {
            let packet = Packet()
            recorder.sent(packet, one.path(to: other))
            if let reason { recorder.dropped(packet, one.path(to: other), because: reason) }
        }
        simulation.world.note(.crash(host: other.number))
        simulation.world.note(.change("partition \"a & b\"", host: nil))
        simulation.world.note(.restart(host: other.number))
        let drawing = try Drawing(#require(simulation.trace).diagram())
        #expect(drawing.classes["arrow udp flying"] == 1)
        #expect(drawing.classes["arrow lost"] == 1)
        #expect(drawing.classes["cross"] == 2)
        #expect(drawing.classes["down"] == 1)
        for text in ["bad <luck>", "partition \"a & b\"", "crashes", "restarts"] {
            #expect(drawing.text.contains(text))
        }
    }

    @Test func drawsNoMoreThanItSays() throws {
        let simulation = Simulation()
        simulation.startTracing()
        let host = simulation.host("a\u{7}<b>")
        for number in 1...20 { simulation.world.note(.change("event \(number)", host: host.number)) }
        let drawing = try Drawing(#require(simulation.trace).diagram(limit: 10))
        #expect(drawing.text.contains("event 9") && !drawing.text.contains("event 10"))
        #expect(drawing.text.contains("11 later events are not drawn"))
        #expect(drawing.text.contains("a\u{FFFD}<b>"))
    }
}

/// What an XML parser finds in a drawing.
private struct Drawing {
    struct Malformed: Error {}

    private final class Reader: NSObject, XMLParserDelegate {
        var classes: [String: Int] = [:]
        var text = ""

        func parser(
            _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String] = [:]
        ) { classes[attributes["class"] ?? "", default: 0] += 1 }

        func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }
    }

    let classes: [String: Int]
    let text: String

    init(_ svg: String) throws {
        let reader = Reader()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = reader
        guard parser.parse() else { throw Malformed() }
        (classes, text) = (reader.classes, reader.text)
    }
}
