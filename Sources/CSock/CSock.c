#define _GNU_SOURCE
#include "CSock.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_io_uring_setup
#define SYS_io_uring_setup 425
#endif

int csock_probe_io_uring(void) {
    // struct io_uring_params, 120 bytes, all zero: no header is needed to ask.
    unsigned long long parameters[15] = {0};
    long ring = syscall(SYS_io_uring_setup, 1, parameters);
    if (ring < 0) return errno;
    close((int)ring);
    return 0;
}
