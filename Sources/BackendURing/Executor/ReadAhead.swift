#if URing
    internal import SocketModel

    /// What has been received before anybody asked for it, in order.
    struct ReadAhead {
        private enum Item {
            /// Bytes, of which so many have been taken.
            case bytes(Chunk, taken: Int)
            /// The end, or an error; to be told once.
            case end(Failure?)
        }

        private var items: [Item] = []
        private var first = 0
        /// How many bytes there are.
        private(set) var byteCount = 0

        var isEmpty: Bool { @inline(__always) get { first == items.count } }

        /// Adds a chunk, of which so many bytes have been taken already, but not all.
        mutating func append(_ chunk: Chunk, taken: Int = 0) {
            byteCount += chunk.count - taken
            items.append(.bytes(chunk, taken: taken))
        }

        /// The stream has ended, with an error or without.
        mutating func end(_ failure: Failure?) { items.append(.end(failure)) }

        /// How the stream has ended, if no bytes are left before its end; told once unless it is kept.
        mutating func end(keeping isKept: Bool) -> Result<Void, Failure>? {
            guard !isEmpty, case .end(let failure) = items[first] else { return nil }
            if !isKept { drop() }
            return failure.map { .failure($0) } ?? .success(())
        }

        /// All bytes there are; an end stays.
        mutating func takeAll() -> Chunk {
            let all = copy(.max)
            advance(all.count)
            return all
        }

        /// A copy of at most `maximum` bytes, which stay.
        func copy(_ maximum: Int) -> Chunk {
            var found: [UInt8] = []
            for item in items[first...] {
                guard found.count < maximum, case .bytes(let chunk, let taken) = item else { break }
                found += chunk[taken...].prefix(maximum - found.count)
            }
            return Chunk(found)
        }

        /// At most `maximum` bytes of the first chunk; no copy is made of what is lent.
        mutating func take(_ maximum: Int) -> Chunk {
            guard !isEmpty, case .bytes(let chunk, let taken) = items[first] else { return Chunk() }
            let part = chunk.part(from: taken, count: maximum)
            advance(part.count)
            return part
        }

        /// Copies bytes into memory, as many as there are and fit; with `peeking` they stay.
        mutating func fill(_ memory: UnsafeMutableRawBufferPointer, peeking: Bool) -> Int {
            var filled = 0
            var index = first
            while filled < memory.count, index < items.count, case .bytes(let chunk, let taken) = items[index] {
                let part = chunk[taken...].prefix(memory.count - filled)
                unsafe UnsafeMutableRawBufferPointer(rebasing: memory[filled...]).copyBytes(from: part)
                filled += part.count
                index += 1
            }
            if !peeking { advance(filled) }
            return filled
        }

        private mutating func advance(_ count: Int) {
            byteCount -= count
            var left = count
            while left > 0, !isEmpty, case .bytes(let chunk, let taken) = items[first] {
                if left < chunk.count - taken {
                    items[first] = .bytes(chunk, taken: taken + left)
                    return
                }
                left -= chunk.count - taken
                drop()
            }
        }

        private mutating func drop() {
            items[first] = .end(nil)
            first += 1
            if first == items.count {
                items.removeAll(keepingCapacity: false)
                first = 0
            }
        }
    }
#endif
