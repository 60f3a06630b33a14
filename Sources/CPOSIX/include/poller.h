// Which of many descriptors have become ready: epoll(7) or kqueue(2), edge-triggered unless said otherwise. Each call but
// cposix_poller_wait may be made on any thread. Those that return int return -1 and set errno on failure.
#ifndef SWIFT_SOCKETS_POLLER_H
#define SWIFT_SOCKETS_POLLER_H

#include <stdint.h>

enum {
    CPOSIX_READABLE = 1,
    CPOSIX_WRITABLE = 2,
    // The peer has ended, or there is an error; with or without bytes before it.
    CPOSIX_HANGUP = 4,
    // Urgent data.
    CPOSIX_PRIORITY = 8,
    // Of an interest: what holds is reported by every wait, not once a change: level-triggered.
    CPOSIX_LEVEL = 16,
};

struct cposix_event {
    uint64_t tag;
    uint32_t events;
};

struct cposix_poller {
    int descriptor;
    // What wakes it; -1 where that needs no descriptor.
    int waker;
};

int cposix_poller_open(struct cposix_poller *poller);
void cposix_poller_close(struct cposix_poller poller);

// Watches a descriptor that is not watched yet for CPOSIX_READABLE or CPOSIX_WRITABLE or both; the others come by themselves. What
// holds already is reported once. The tag, not zero, comes back with its events.
int cposix_poller_add(struct cposix_poller poller, int descriptor, uint64_t tag, uint32_t interest);
// Watches it for more than before; what holds already is reported once more.
int cposix_poller_extend(struct cposix_poller poller, int descriptor, uint64_t tag, uint32_t interest);
// No event of the descriptor is reported by a wait that begins afterwards.
void cposix_poller_remove(struct cposix_poller poller, int descriptor);

// Waits for at least one event, at most timeout_ns; for ever if it is negative. Returns how many there are: none after the time, a
// wake-up or a signal.
int cposix_poller_wait(struct cposix_poller poller, struct cposix_event *events, int capacity, int64_t timeout_ns);
// Ends the present wait, or the next one.
void cposix_poller_wake(struct cposix_poller poller);

#endif
