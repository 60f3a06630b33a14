// Connect, one byte there and back, close; some of these at a time.
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "histogram.h"
#include "load.h"
#include "socket.h"
#include "window.h"

enum { EVENTS = 256, SILENCE = 10000 };

struct visit {
    int descriptor;
    char byte;
    uint64_t since;
};

static void begin(struct visit *visit, int epoll) {
    visit->since = now();
    visit->byte++;
    visit->descriptor = dial(SOCK_STREAM);
    reset_on_close(visit->descriptor);
    struct epoll_event event = {EPOLLIN, {.ptr = visit}};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, visit->descriptor, &event)) give_up("epoll");
    if (send(visit->descriptor, &visit->byte, 1, MSG_NOSIGNAL) != 1) give_up("send");
}

static void end(struct visit *visit) {
    char answer;
    if (recv(visit->descriptor, &answer, 1, MSG_DONTWAIT) != 1 || answer != visit->byte) tally.errors++;
    histogram_add(now() - visit->since);
    close(visit->descriptor);
    tally.operations++;
    tally.bytes++;
}

void run_connect(void) {
    static struct epoll_event events[EVENTS];
    struct visit *visits = calloc((size_t)options.connections, sizeof *visits);
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    if (!visits || epoll < 0) give_up("memory");
    window_open();
    for (int i = 0; i < options.connections; i++) begin(visits + i, epoll);
    while (!window_over(now()) && tally.errors <= MOST_ERRORS) {
        int count = epoll_wait(epoll, events, EVENTS, SILENCE);
        if (count <= 0) { tally.errors++; break; }
        for (int i = 0; i < count; i++) {
            end(events[i].data.ptr);
            begin(events[i].data.ptr, epoll);
        }
    }
    window_close();
}
