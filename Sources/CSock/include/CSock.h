// What the tool asks the kernel and Swift cannot, because syscall(2) is variadic.
#ifndef SWIFT_SOCKETS_CSOCK_H
#define SWIFT_SOCKETS_CSOCK_H

// Whether this process may use io_uring: 0 when io_uring_setup(2) gives a ring (closed again at once), else its errno.
int csock_probe_io_uring(void);

#endif
