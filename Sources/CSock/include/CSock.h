// What the tool and the tests ask the kernel and the C library and Swift cannot, because it is variadic or hidden behind _GNU_SOURCE.
#ifndef SWIFT_SOCKETS_CSOCK_H
#define SWIFT_SOCKETS_CSOCK_H

// Whether this process may use io_uring: 0 when io_uring_setup(2) gives a ring (closed again at once), else its errno.
int csock_probe_io_uring(void);

// What this process holds, for whoever looks for leaks.
// How many descriptors are open.
int csock_count_descriptors(void);
// How many threads have names that begin so.
int csock_count_threads(const char *prefix);
// Bytes in use on the heap.
unsigned long csock_heap_bytes(void);

#endif
