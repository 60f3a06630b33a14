#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#include "CPOSIX.h"

#include <locale.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/sendfile.h>
#include <sys/stat.h>

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

// SIGPIPE blocked in the calling thread, and how it was before.
struct held_pipe {
    sigset_t before;
    int was_pending;
};

static struct held_pipe hold_pipe(void) {
    struct held_pipe held;
    sigset_t pipe, pending;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    sigpending(&pending);
    held.was_pending = sigismember(&pending, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, &held.before);
    return held;
}

// Takes the signal back if the call that was made meanwhile has raised it.
static void release_pipe(struct held_pipe held, int was_raised) {
    if (was_raised && !held.was_pending) {
        struct timespec none = {0, 0};
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        while (sigtimedwait(&pipe, NULL, &none) < 0 && errno == EINTR) {
        }
    }
    pthread_sigmask(SIG_SETMASK, &held.before, NULL);
}

long cposix_sendfile(int out, int in, long long *offset, unsigned long count) {
    struct held_pipe held = hold_pipe();
    off_t position = *offset;
    ssize_t sent = sendfile(out, in, &position, count);
    int saved = errno;
    *offset = position;
    // Of a long file the kernel sends part by part: what is lost after the first raises the signal, too, and is not told of.
    release_pipe(held, sent < 0 ? saved == EPIPE : (unsigned long)sent < count);
    errno = saved;
    return sent;
}

#ifndef AI_IDN
#define AI_IDN 0
#define AI_CANONIDN 0
#define NI_IDN 0
#endif

// No locale, as where there is no UTF-8, changes nothing.
struct held_locale { locale_t before, utf8; };

static struct held_locale use_utf8(void) {
    struct held_locale held = {(locale_t)0, newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0)};
    if (held.utf8) held.before = uselocale(held.utf8);
    return held;
}

static void release_locale(struct held_locale held) {
    if (!held.utf8) return;
    int saved = errno;
    uselocale(held.before);
    freelocale(held.utf8);
    errno = saved;
}

int cposix_getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **list) {
    if (!(hints->ai_flags & (AI_IDN | AI_CANONIDN))) return getaddrinfo(host, service, hints, list);
    struct held_locale held = use_utf8();
    int status = getaddrinfo(host, service, hints, list);
    release_locale(held);
    return status;
}

int cposix_getnameinfo(const struct sockaddr *address, socklen_t length, char *host, socklen_t host_size, char *service,
                       socklen_t service_size, int flags) {
    if (!(flags & NI_IDN)) return getnameinfo(address, length, host, host_size, service, service_size, flags);
    struct held_locale held = use_utf8();
    int status = getnameinfo(address, length, host, host_size, service, service_size, flags);
    release_locale(held);
    return status;
}

void cposix_complain(const void *bytes, unsigned long count) {
    struct held_pipe held = hold_pipe();
    ssize_t written;
    do written = write(STDERR_FILENO, bytes, count);
    while (written < 0 && errno == EINTR);
    release_pipe(held, written < 0 && errno == EPIPE);
}

void cposix_name_thread(const char *name) {
    char kept[16];
    strncpy(kept, name, sizeof kept - 1);
    kept[sizeof kept - 1] = 0;
    pthread_setname_np(pthread_self(), kept);
}

long cposix_random(void *memory, unsigned long count) { return getrandom(memory, count, 0); }

_Thread_local void *cposix_executor;
_Thread_local void *cposix_simulation;

int cposix_version(const char *path, struct cposix_version *version) {
    struct stat status;
    if (stat(path, &status) != 0) return -1;
    *version = (struct cposix_version){status.st_dev, status.st_ino, (unsigned long long)status.st_size,
#ifdef __APPLE__
        status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec};
#else
        status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
#endif
    return 0;
}
