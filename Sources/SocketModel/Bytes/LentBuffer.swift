/// Memory that a backend lends with what it received: chunks refer to parts of it, and it goes back when the last of them dies.
///
/// Subclass it to give memory back elsewhere than to the heap: do so in `deinit`, which may run on any thread.
///
/// Sendable without check: the pointer never changes, and bytes are written only by the backend, before it hands out the chunk that
/// covers them.
@safe open class LentBuffer: @unchecked Sendable {
    /// The memory, valid for as long as this object.
    @unsafe public final let memory: UnsafeMutableRawBufferPointer

    /// An object that lends `memory`, which must stay valid until its end.
    @unsafe public init(lending memory: UnsafeMutableRawBufferPointer) { unsafe self.memory = memory }
}
