#if URing
    internal import CURing
    internal import Locks
    internal import SocketModel
    internal import Synchronization
    internal import SystemSockets

    /// The buffers that a ring receives into: `io_uring_register_buf_ring(3)`.
    ///
    /// The kernel fills one after the other, and what it has received is lent where it is. A buffer comes back when it is full and the last
    /// chunk of it has died, on whatever thread. While half of them or less is left, what is received is copied instead: chunks that are
    /// kept for long never starve a socket.
    ///
    /// The kernel is given only few at a time, those that came back last, which are in the cache still: a stream that is read as fast as it
    /// comes goes through the same megabyte again and again. It is given more when several sockets find none.
    ///
    /// One thread's, but for what ``BufferStore`` does.
    @safe struct ReceiveBuffers: ~Copyable {
        /// The number by which requests name these buffers.
        static let group: UInt16 = 1
        /// How many the kernel is given at first.
        private static let few = 4

        let store: BufferStore
        private let buffers: UnsafeMutablePointer<curing_buffers>
        private let isIncremental: Bool
        /// What the kernel fills, or is going to; nil where chunks keep a buffer from it.
        private var filling: [ReceiveBuffer?]
        private var used: [Int]
        private var available: Int
        /// What is neither the kernel's nor lent; the last has been used last.
        private var spare: [UInt16]
        /// How many the kernel is given at a time.
        private var window: Int
        private var returned: [UInt16] = []

        init(_ ring: borrowing Ring, count: Int, size: Int, incremental: Bool) throws(Failure) {
            let store = try BufferStore(count: count, size: size)
            var buffers: UnsafeMutablePointer<curing_buffers>?
            let status = unsafe ring.prepare {
                unsafe curing_open_buffers($0, &buffers, UInt32(count), Self.group, incremental ? 1 : 0)
            }
            guard status == 0, let buffers = unsafe buffers else { throw .system(-status) }
            unsafe self.buffers = buffers
            self.store = store
            isIncremental = incremental
            filling = Array(repeating: nil, count: count)
            used = Array(repeating: 0, count: count)
            available = 0
            spare = (0..<count).reversed().map { UInt16($0) }
            window = min(Self.few, count)
            restock()
        }

        deinit { unsafe curing_close_buffers(buffers, UInt32(filling.count)) }

        private mutating func provide(_ number: UInt16) {
            let buffer = ReceiveBuffer(store, number)
            filling[Int(number)] = buffer
            used[Int(number)] = 0
            available += 1
            unsafe curing_provide(
                buffers, UInt32(filling.count), buffer.memory.baseAddress, UInt32(store.size), number)
        }

        /// What a completion with those flags has received, `count` bytes.
        @inline(__always)
        mutating func take(_ count: Int, _ flags: UInt32) -> Chunk {
            let number = Int(flags >> UInt32(CURING_BUFFER_SHIFT))
            let start = used[number]
            used[number] = start + count
            let goesOn = isIncremental && flags & UInt32(CURING_BUFFER_GOES_ON) != 0
            guard let buffer = filling[number] else { return Chunk() }
            if !goesOn {
                filling[number] = nil
                available -= 1
            }
            if (available + spare.count) * 2 > filling.count { return Chunk(buffer, offset: start, count: count) }
            return Chunk(Chunk(buffer, offset: start, count: count).array)
        }

        /// Whether the kernel has none.
        var isEmpty: Bool { available == 0 }

        /// Gives the kernel some of what has come back, if it has too few.
        mutating func restock() {
            if store.takeReturned(into: &returned) {
                spare += returned
                returned.removeAll(keepingCapacity: true)
            }
            while available < window, let number = spare.popLast() { provide(number) }
        }

        /// The kernel is given more at a time from now on.
        mutating func widen() {
            window = min(window * 2, filling.count)
            restock()
        }

        /// Has the store call its waker when a buffer comes back, unless one has by now: then true.
        mutating func awaitReturn() -> Bool {
            store.await(true)
            restock()
            if isEmpty { return false }
            store.await(false)
            return true
        }
    }

    /// A buffer that is lent, or being filled. When the last chunk has died, and the kernel has filled it, it goes back to the store.
    ///
    /// Sendable without check, as its superclass is.
    private final class ReceiveBuffer: LentBuffer, @unchecked Sendable {
        private let store: BufferStore
        private let number: UInt16

        init(_ store: BufferStore, _ number: UInt16) {
            self.store = store
            self.number = number
            unsafe super.init(lending: store.memory(of: number))
        }

        deinit { store.giveBack(number) }
    }

    /// The memory of a ring's buffers, which lives as long as the ring and the last chunk, and the way back for buffers.
    ///
    /// Sendable without check: the memory's address never changes, and whose a buffer is the rest decides.
    @safe final class BufferStore: @unchecked Sendable {
        let size: Int
        private let memory: UnsafeMutableRawBufferPointer
        private let returned = Lock<[UInt16]>([])
        private let hasReturned = Atomic<Bool>(false)
        /// Whether somebody waits for a buffer.
        private let isAwaited = Atomic<Bool>(false)
        /// Called on any thread when a buffer comes back that somebody waits for.
        nonisolated(unsafe) var wake: (@Sendable () -> Void)?

        init(count: Int, size: Int) throws(Failure) {
            self.size = size
            let total = count * size
            guard let memory = unsafe curing_map(total) else { throw .system(ENOMEM) }
            unsafe self.memory = UnsafeMutableRawBufferPointer(start: memory, count: total)
        }

        deinit { unsafe curing_unmap(memory.baseAddress, memory.count) }

        func memory(of number: UInt16) -> UnsafeMutableRawBufferPointer {
            unsafe UnsafeMutableRawBufferPointer(rebasing: memory[Int(number) * size..<(Int(number) + 1) * size])
        }

        func giveBack(_ number: UInt16) {
            returned.withLock { $0.append(number) }
            hasReturned.store(true, ordering: .sequentiallyConsistent)
            if isAwaited.exchange(false, ordering: .sequentiallyConsistent) { unsafe wake?() }
        }

        /// Says whether somebody waits for the next buffer; what has come back before must be looked at afterwards.
        func await(_ isAwaited: Bool) { self.isAwaited.store(isAwaited, ordering: .sequentiallyConsistent) }

        func takeReturned(into numbers: inout [UInt16]) -> Bool {
            guard hasReturned.load(ordering: .sequentiallyConsistent) else { return false }
            hasReturned.store(false, ordering: .sequentiallyConsistent)
            returned.withLock { swap(&$0, &numbers) }
            return !numbers.isEmpty
        }
    }
#endif
