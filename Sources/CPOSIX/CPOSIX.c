#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#include "CPOSIX.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/sendfile.h>

_Static_assert(sizeof(struct cposix_message) == sizeof(struct mmsghdr), "struct mmsghdr has another size");
_Static_assert(offsetof(struct cposix_message, length) == offsetof(struct mmsghdr, msg_len), "struct mmsghdr is laid out otherwise");

int cposix_accept(int descriptor, void *address, unsigned int *length) {
    return accept4(descriptor, address, length, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

int cposix_sendmmsg(int descriptor, struct cposix_message *messages, unsigned int count, int flags) {
    return sendmmsg(descriptor, (struct mmsghdr *)messages, count, flags);
}

int cposix_recvmmsg(int descriptor, struct cposix_message *messages, unsigned int count, int flags) {
    return recvmmsg(descriptor, (struct mmsghdr *)messages, count, flags, NULL);
}

int cposix_poll(struct pollfd *entries, unsigned long count, long long timeout_ns) {
    if (timeout_ns < 0) return ppoll(entries, count, NULL, NULL);
    struct timespec timeout = {.tv_sec = timeout_ns / 1000000000, .tv_nsec = timeout_ns % 1000000000};
    return ppoll(entries, count, &timeout, NULL);
}

int cposix_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE); }

void cposix_eventfd_signal(int descriptor) { (void)eventfd_write(descriptor, 1); }

void cposix_eventfd_consume(int descriptor) {
    eventfd_t one;
    (void)eventfd_read(descriptor, &one);
}

long cposix_sendfile(int out, int in, long long *offset, unsigned long count) {
    sigset_t pipe, pending, before;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    sigpending(&pending);
    int was_pending = sigismember(&pending, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, &before);

    off_t position = *offset;
    ssize_t sent = sendfile(out, in, &position, count);
    int saved = errno;
    *offset = position;

    if (sent < 0 && saved == EPIPE && !was_pending) {
        struct timespec none = {0, 0};
        while (sigtimedwait(&pipe, NULL, &none) < 0 && errno == EINTR) {
        }
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = saved;
    return sent;
}

void cposix_name_thread(const char *name) {
    char kept[16];
    strncpy(kept, name, sizeof kept - 1);
    kept[sizeof kept - 1] = 0;
    pthread_setname_np(pthread_self(), kept);
}

long cposix_random(void *memory, unsigned long count) { return getrandom(memory, count, 0); }

_Thread_local void *cposix_executor;
