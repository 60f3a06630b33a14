// Tests that use sockets draw their random numbers from seeds, too.
@_exported public import SeededRandomness
