internal import CPOSIX

/// The kernel's random bytes: `getrandom(2)`.
package enum SystemRandom {
    package static func fill(_ memory: UnsafeMutableRawBufferPointer) {
        var filled = 0
        while filled < memory.count {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
            let count = unsafe cposix_random(rest.baseAddress, UInt(rest.count))
            // The kernel's pool, once seeded, only ever answers EINTR: anything else is a machine that cannot be trusted with secrets.
            precondition(count >= 0 || errno == EINTR, "getrandom(2) failed")
            filled += max(0, count)
        }
    }
}
