#if defined(__APPLE__) || defined(__FreeBSD__)
#include "poller.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/event.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 256 };

int cposix_poller_open(struct cposix_poller *poller) {
    poller->waker = -1;
    poller->descriptor = kqueue();
    if (poller->descriptor < 0) return -1;
    fcntl(poller->descriptor, F_SETFD, FD_CLOEXEC);
    struct kevent event;
    EV_SET(&event, 0, EVFILT_USER, EV_ADD | EV_CLEAR, 0, 0, 0);
    if (kevent(poller->descriptor, &event, 1, 0, 0, 0) == 0) return 0;
    int reason = errno;
    close(poller->descriptor);
    errno = reason;
    return -1;
}

void cposix_poller_close(struct cposix_poller poller) { close(poller.descriptor); }

int cposix_poller_add(struct cposix_poller poller, int descriptor, uint64_t tag, uint32_t interest) {
    struct kevent changes[2];
    int count = 0;
    void *data = (void *)(uintptr_t)tag;
    uint16_t flags = interest & CPOSIX_LEVEL ? EV_ADD : EV_ADD | EV_CLEAR;
    if (interest & CPOSIX_READABLE) EV_SET(&changes[count++], descriptor, EVFILT_READ, flags, 0, 0, data);
    if (interest & CPOSIX_WRITABLE) EV_SET(&changes[count++], descriptor, EVFILT_WRITE, flags, 0, 0, data);
    return kevent(poller.descriptor, changes, count, 0, 0, 0);
}

// Adding a filter again re-arms it, as EPOLL_CTL_MOD does.
int cposix_poller_extend(struct cposix_poller poller, int descriptor, uint64_t tag, uint32_t interest) {
    return cposix_poller_add(poller, descriptor, tag, interest);
}

void cposix_poller_remove(struct cposix_poller poller, int descriptor) {
    // One at a time: a filter that was never added fails, and would keep the other.
    struct kevent change;
    EV_SET(&change, descriptor, EVFILT_READ, EV_DELETE, 0, 0, 0);
    kevent(poller.descriptor, &change, 1, 0, 0, 0);
    EV_SET(&change, descriptor, EVFILT_WRITE, EV_DELETE, 0, 0, 0);
    kevent(poller.descriptor, &change, 1, 0, 0, 0);
}

static uint32_t meaning(const struct kevent *event) {
    uint32_t found = event->filter == EVFILT_WRITE ? CPOSIX_WRITABLE : CPOSIX_READABLE;
    if (event->flags & (EV_EOF | EV_ERROR)) found |= CPOSIX_HANGUP;
#ifdef EV_OOBAND
    if (event->filter == EVFILT_READ && (event->flags & EV_OOBAND)) found |= CPOSIX_PRIORITY;
#endif
    return found;
}

int cposix_poller_wait(struct cposix_poller poller, struct cposix_event *events, int capacity, int64_t timeout_ns) {
    struct kevent found[BATCH];
    if (capacity > BATCH) capacity = BATCH;
    struct timespec timeout = {.tv_sec = timeout_ns / 1000000000, .tv_nsec = timeout_ns % 1000000000};
    int count = kevent(poller.descriptor, 0, 0, found, capacity, timeout_ns < 0 ? 0 : &timeout);
    if (count < 0) return errno == EINTR ? 0 : -1;
    int kept = 0;
    for (int index = 0; index < count; index++) {
        if (found[index].filter == EVFILT_USER) continue;
        events[kept].tag = (uint64_t)(uintptr_t)found[index].udata;
        events[kept++].events = meaning(&found[index]);
    }
    return kept;
}

void cposix_poller_wake(struct cposix_poller poller) {
    struct kevent event;
    EV_SET(&event, 0, EVFILT_USER, 0, NOTE_TRIGGER, 0, 0);
    kevent(poller.descriptor, &event, 1, 0, 0, 0);
}
#endif
