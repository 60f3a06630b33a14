// All of the C library that the backend uses: its headers, and the calls that Swift's view of them lacks, because they are
// variadic, macros, or hidden without _GNU_SOURCE. Each returns what the call returns, and leaves errno as the call leaves it.
#ifndef SWIFT_SOCKETS_CPOSIX_H
#define SWIFT_SOCKETS_CPOSIX_H

#include "poller.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

// errno, a macro.
static inline int cposix_errno(void) { return errno; }

// fcntl(2), variadic.
static inline int cposix_fcntl(int descriptor, int command, int argument) { return fcntl(descriptor, command, argument); }

// getaddrinfo(3) and getnameinfo(3) for international names, which the C library takes for ones of the thread's locale: here UTF-8.
int cposix_getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **list);
int cposix_getnameinfo(const struct sockaddr *address, socklen_t length, char *host, socklen_t host_size, char *service,
                       socklen_t service_size, int flags);

// open(2) to read, variadic.
static inline int cposix_open(const char *path) { return open(path, O_RDONLY | O_CLOEXEC); }

// What tells a file's content from another's, by stat(2).
struct cposix_version { unsigned long long device, file, size; long long seconds, nanoseconds; };
int cposix_version(const char *path, struct cposix_version *version);

// struct mmsghdr, which the headers hide.
struct cposix_message {
    struct msghdr header;
    unsigned int length;
};

// struct sock_fprog of <linux/filter.h>.
struct cposix_filter_program {
    unsigned short count;
    void *filter;
};

// accept4(2), close-on-exec and non-blocking.
int cposix_accept(int descriptor, void *address, unsigned int *length);

int cposix_sendmmsg(int descriptor, struct cposix_message *messages, unsigned int count, int flags);
int cposix_recvmmsg(int descriptor, struct cposix_message *messages, unsigned int count, int flags);

// ppoll(2); a negative timeout_ns waits for ever.
int cposix_poll(struct pollfd *entries, unsigned long count, long long timeout_ns);

// eventfd(2) in semaphore mode, close-on-exec and non-blocking.
int cposix_eventfd(void);
// Adds one to an eventfd, or takes one from it; both at once.
void cposix_eventfd_signal(int descriptor);
void cposix_eventfd_consume(int descriptor);

// sendfile(2) that never raises SIGPIPE: the signal is blocked around the call and taken back if the call raised it.
long cposix_sendfile(int out, int in, long long *offset, unsigned long count);

// One write(2) to standard error, that never raises SIGPIPE; whether anybody reads it does not matter.
void cposix_complain(const void *bytes, unsigned long count);

// pthread_setname_np(3) on the calling thread; the kernel keeps 15 bytes.
void cposix_name_thread(const char *name);

// Which executor the calling thread is; null on all others. Each thread's own, set once at its start. Read on every awaited call,
// therefore found without asking the dynamic linker.
extern _Thread_local void *cposix_executor __attribute__((tls_model("initial-exec")));
static inline void *cposix_current_executor(void) { return cposix_executor; }
static inline void cposix_become_executor(void *executor) { cposix_executor = executor; }

// Which simulation the calling thread carries on; null on all others, and between its turns.
extern _Thread_local void *cposix_simulation __attribute__((tls_model("initial-exec")));
static inline void *cposix_current_simulation(void) { return cposix_simulation; }
static inline void cposix_enter_simulation(void *simulation) { cposix_simulation = simulation; }

// getrandom(2).
long cposix_random(void *memory, unsigned long count);

#endif
