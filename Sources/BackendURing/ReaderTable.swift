#if URing
    /// The sockets that receive ahead, by descriptor: as the system gives the lowest number that is free, the table is as long as it has
    /// sockets, and takes a tenth of a dictionary's time.
    struct ReaderTable {
        private var readers: [URingRegistration?] = []

        subscript(descriptor: Int32) -> URingRegistration? {
            readers.indices.contains(Int(descriptor)) ? readers[Int(descriptor)] : nil
        }

        mutating func insert(_ reader: URingRegistration) {
            let index = Int(reader.descriptor)
            if index >= readers.count {
                readers += repeatElement(nil, count: max(index + 1, 2 * readers.count) - readers.count)
            }
            readers[index] = reader
        }

        /// False if the descriptor is another's by now, or nobody's.
        mutating func remove(_ reader: URingRegistration) -> Bool {
            guard self[reader.descriptor] === reader else { return false }
            readers[Int(reader.descriptor)] = nil
            return true
        }
    }
#endif
