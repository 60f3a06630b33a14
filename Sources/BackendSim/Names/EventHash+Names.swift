internal import SocketModel

extension EventHash {
    /// Takes in a look-up of host number `host`, and what came of it.
    mutating func note(_ query: NameQuery, _ result: Result<NameAnswer, Failure>, at now: Int64, by host: Int) {
        fold(UInt64(bitPattern: now))
        fold(UInt64(host))
        fold(query.operation.rawValue)
        if let subject = query.subject { fold("\(subject)") }
        switch result {
        case .success(let answer): fold(answer)
        case .failure(let failure): fold("\(failure.code) \(failure.cause.map { "\($0)" } ?? "")")
        }
    }

    private mutating func fold(_ answer: NameAnswer) {
        switch answer {
        case .addresses(let infos):
            for info in infos {
                fold(UInt64(UInt32(bitPattern: info.type.rawValue)))
                fold("\(info.address) \(info.canonicalName ?? "")")
            }
        case .name(let host, let service): fold("\(host) \(service)")
        case .host(let entry): fold("\(entry.name) \(entry.aliases) \(entry.addresses)")
        case .number(let number): fold(UInt64(bitPattern: Int64(number)))
        case .text(let text): fold(text)
        case .interfaces(let interfaces): for interface in interfaces { fold(interface.name) }
        }
    }

    mutating func fold(_ text: String) {
        var text = text
        text.withUTF8 { unsafe fold(UnsafeRawBufferPointer($0)) }
    }
}
