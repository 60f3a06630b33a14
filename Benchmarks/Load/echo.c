// Messages there and back, `depth` of them in flight on each connection, every byte of every answer checked.
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "histogram.h"
#include "load.h"
#include "message.h"
#include "socket.h"
#include "window.h"

enum { AT_ONCE = 256 * 1024, EVENTS = 1024, SILENCE = 10000 };

struct connection {
    int descriptor;
    uint64_t id, sent, received;   // whole messages
    size_t partly_sent, have;      // bytes of the next one
    char *partial;                 // what has come of the next one
    uint64_t *sent_at;             // a time for each message in flight
};

static char *outgoing, *incoming;

static void finish(struct connection *connection, const char *message, uint64_t time) {
    if (!message_is(message, options.size, connection->received, connection->id)) tally.errors++;
    histogram_add(time - connection->sent_at[connection->received % (uint64_t)options.depth]);
    connection->received++;
    tally.operations++;
    tally.bytes += options.size;
}

static void take(struct connection *connection, const char *bytes, size_t count, uint64_t time) {
    while (count) {
        if (connection->have == 0 && count >= options.size) {
            finish(connection, bytes, time);
            bytes += options.size, count -= options.size;
            continue;
        }
        size_t missing = options.size - connection->have, part = missing < count ? missing : count;
        memcpy(connection->partial + connection->have, bytes, part);
        connection->have += part, bytes += part, count -= part;
        if (connection->have < options.size) continue;
        connection->have = 0;
        finish(connection, connection->partial, time);
    }
}

// Stamps the messages that may be sent now; one of which a part has left keeps its time.
static size_t stamp(struct connection *connection) {
    size_t due = connection->received + (uint64_t)options.depth - connection->sent;
    uint64_t time = due ? now() : 0;
    for (size_t i = 0; i < due; i++) {
        uint64_t number = connection->sent + i;
        message_stamp(outgoing + i * options.size, options.size, number, connection->id);
        if (i || !connection->partly_sent) connection->sent_at[number % (uint64_t)options.depth] = time;
    }
    return due;
}

// Sends all that may be in flight, or as much as the socket takes; false when the connection has failed.
static bool pump(struct connection *connection, int flags) {
    size_t due = stamp(connection);
    while (due) {
        ssize_t count = send(
            connection->descriptor, outgoing + connection->partly_sent, due * options.size - connection->partly_sent,
            flags | MSG_NOSIGNAL);
        if (count < 0) return errno == EAGAIN && (flags & MSG_DONTWAIT);
        size_t gone = connection->partly_sent + (size_t)count;
        connection->sent += gone / options.size;
        connection->partly_sent = gone % options.size;
        if (gone == due * options.size) return true;
        due = stamp(connection);
    }
    return true;
}

// Receives until the socket is drained: a short read says so. False when the connection has ended or failed.
static bool drain(struct connection *connection) {
    ssize_t count;
    do {
        count = recv(connection->descriptor, incoming, AT_ONCE, MSG_DONTWAIT);
        if (count == 0 || (count < 0 && errno != EAGAIN)) return false;
        if (count > 0) take(connection, incoming, (size_t)count, now());
    } while (count == AT_ONCE);
    return true;
}

// One connection: plain blocking calls, the least that a client can do.
static void one(struct connection *connection) {
    set_timeouts(connection->descriptor, SILENCE);
    for (;;) {
        ssize_t count = -1;
        if (pump(connection, 0)) count = recv(connection->descriptor, incoming, AT_ONCE, 0);
        if (count <= 0) { tally.errors++; return; }
        uint64_t time = now();
        take(connection, incoming, (size_t)count, time);
        if (window_over(time) || tally.errors > MOST_ERRORS) return;
    }
}

static void many(struct connection *connections, int epoll) {
    static struct epoll_event events[EVENTS];
    for (int i = 0; i < options.connections; i++) if (!pump(connections + i, MSG_DONTWAIT)) tally.errors++;
    for (int live = options.connections; live > 0;) {
        int count = epoll_wait(epoll, events, EVENTS, SILENCE);
        if (count <= 0) { tally.errors++; return; }
        if (window_over(now()) || tally.errors > MOST_ERRORS) return;
        for (int i = 0; i < count; i++) {
            struct connection *connection = events[i].data.ptr;
            bool readable = events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR);
            if ((!readable || drain(connection)) && pump(connection, MSG_DONTWAIT)) continue;
            tally.errors++, live--;
            close(connection->descriptor);
        }
    }
}

void run_echo(void) {
    size_t depth = (size_t)options.depth;
    struct connection *connections = calloc((size_t)options.connections, sizeof *connections);
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    outgoing = messages_create(depth, options.size);
    incoming = malloc(AT_ONCE);
    if (!connections || !incoming || epoll < 0) give_up("memory");
    for (int i = 0; i < options.connections; i++) {
        struct connection *connection = connections + i;
        connection->descriptor = dial(SOCK_STREAM);
        connection->id = (uint64_t)i;
        connection->partial = malloc(options.size);
        connection->sent_at = calloc(depth, sizeof *connection->sent_at);
        struct epoll_event event = {EPOLLIN | EPOLLOUT | EPOLLET, {.ptr = connection}};
        if (!connection->partial || !connection->sent_at) give_up("memory");
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, connection->descriptor, &event)) give_up("epoll");
    }
    window_open();
    if (options.connections == 1) one(connections); else many(connections, epoll);
    window_close();
}
