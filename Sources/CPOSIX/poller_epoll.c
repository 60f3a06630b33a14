#ifdef __linux__
#define _GNU_SOURCE
#include "poller.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 256 };

int cposix_poller_open(struct cposix_poller *poller) {
    poller->descriptor = epoll_create1(EPOLL_CLOEXEC);
    if (poller->descriptor < 0) return -1;
    poller->waker = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    // Edge-triggered: each write is an event, and nobody has to read.
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = 0};
    if (poller->waker >= 0 && epoll_ctl(poller->descriptor, EPOLL_CTL_ADD, poller->waker, &event) == 0) return 0;
    int reason = errno;
    cposix_poller_close(*poller);
    errno = reason;
    return -1;
}

void cposix_poller_close(struct cposix_poller poller) {
    if (poller.waker >= 0) close(poller.waker);
    close(poller.descriptor);
}

static int control(struct cposix_poller poller, int action, int descriptor, uint64_t tag, uint32_t interest) {
    struct epoll_event event = {.events = interest & CPOSIX_LEVEL ? 0 : EPOLLET, .data.u64 = tag};
    if (interest & CPOSIX_READABLE) event.events |= EPOLLIN | EPOLLRDHUP | EPOLLPRI;
    if (interest & CPOSIX_WRITABLE) event.events |= EPOLLOUT;
    return epoll_ctl(poller.descriptor, action, descriptor, &event);
}

int cposix_poller_add(struct cposix_poller poller, int descriptor, uint64_t tag, uint32_t interest) {
    return control(poller, EPOLL_CTL_ADD, descriptor, tag, interest);
}

int cposix_poller_extend(struct cposix_poller poller, int descriptor, uint64_t tag, uint32_t interest) {
    return control(poller, EPOLL_CTL_MOD, descriptor, tag, interest);
}

void cposix_poller_remove(struct cposix_poller poller, int descriptor) {
    epoll_ctl(poller.descriptor, EPOLL_CTL_DEL, descriptor, 0);
}

static uint32_t meaning(uint32_t events) {
    uint32_t found = 0;
    if (events & EPOLLIN) found |= CPOSIX_READABLE;
    if (events & EPOLLOUT) found |= CPOSIX_WRITABLE;
    if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) found |= CPOSIX_HANGUP;
    if (events & EPOLLPRI) found |= CPOSIX_PRIORITY;
    return found;
}

int cposix_poller_wait(struct cposix_poller poller, struct cposix_event *events, int capacity, int64_t timeout_ns) {
    struct epoll_event found[BATCH];
    if (capacity > BATCH) capacity = BATCH;
    int count;
    if (timeout_ns <= 0) {
        count = epoll_wait(poller.descriptor, found, capacity, timeout_ns < 0 ? -1 : 0);
    } else {
        struct timespec timeout = {.tv_sec = timeout_ns / 1000000000, .tv_nsec = timeout_ns % 1000000000};
        count = epoll_pwait2(poller.descriptor, found, capacity, &timeout, 0);
        if (count < 0 && errno == ENOSYS) {
            // Before Linux 5.11: whole milliseconds, rounded up.
            int64_t milliseconds = (timeout_ns + 999999) / 1000000;
            count = epoll_wait(poller.descriptor, found, capacity, milliseconds > 86400000 ? 86400000 : (int)milliseconds);
        }
    }
    if (count < 0) return errno == EINTR ? 0 : -1;
    int kept = 0;
    for (int index = 0; index < count; index++) {
        if (found[index].data.u64 == 0) continue;
        events[kept].tag = found[index].data.u64;
        events[kept++].events = meaning(found[index].events);
    }
    return kept;
}

void cposix_poller_wake(struct cposix_poller poller) { (void)eventfd_write(poller.waker, 1); }
#endif
