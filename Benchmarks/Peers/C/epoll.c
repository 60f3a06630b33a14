// One thread, edge-triggered epoll; datagrams by recvmmsg and sendmmsg. A connection owns memory only while its peer does not take its answer.
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "peer.h"

enum { BUFFER = 65536, EVENTS = 1024, DATAGRAMS_AT_ONCE = 32, LONGEST_DATAGRAM = 2048 };

struct connection {
    int descriptor;
    char *rest;  // what the peer has not taken; nothing is read while there is some
    size_t sent, length;
};

static char buffer[BUFFER];

static void drop(struct connection *connection) {
    close(connection->descriptor);
    free(connection->rest);
    free(connection);
}

static bool keep(struct connection *connection, const char *bytes, size_t count) {
    connection->rest = malloc(count);
    if (!connection->rest) return false;
    memcpy(connection->rest, bytes, count);
    connection->sent = 0, connection->length = count;
    return true;
}

static void echo(struct connection *connection) {
    ssize_t count;
    do {
        count = recv(connection->descriptor, buffer, BUFFER, 0);
        if (count < 0 && errno == EAGAIN) return;
        if (count <= 0) return drop(connection);
        ssize_t sent = send(connection->descriptor, buffer, (size_t)count, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN) return drop(connection);
        if (sent == count) continue;
        if (sent < 0) sent = 0;
        if (!keep(connection, buffer + sent, (size_t)(count - sent))) drop(connection);
        return;  // until it is writable
    } while (count == BUFFER);  // a short read has drained the socket
}

static void send_rest(struct connection *connection) {
    const char *bytes = connection->rest + connection->sent;
    ssize_t sent = send(connection->descriptor, bytes, connection->length - connection->sent, MSG_NOSIGNAL);
    if (sent < 0) {
        if (errno != EAGAIN) drop(connection);
        return;
    }
    connection->sent += (size_t)sent;
    if (connection->sent < connection->length) return send_rest(connection);
    free(connection->rest);
    connection->rest = NULL;
    echo(connection);  // no edge tells of what has come meanwhile
}

static void accept_one(int listener, int epoll) {
    int descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor < 0) return;
    struct connection *connection = calloc(1, sizeof *connection);
    struct epoll_event event = {EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, {.ptr = connection}};
    if (!connection) fail("memory");
    connection->descriptor = descriptor;
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event)) drop(connection);
}

static _Noreturn void serve(int listener) {
    static struct epoll_event events[EVENTS];
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event listening = {EPOLLIN, {.ptr = NULL}};
    if (epoll < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &listening)) fail("epoll");
    for (;;) {
        int count = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            struct connection *connection = events[i].data.ptr;
            if (!connection) accept_one(listener, epoll);
            else if (connection->rest) send_rest(connection);
            else if (events[i].events & ~(uint32_t)EPOLLOUT) echo(connection);
        }
    }
}

static _Noreturn void echo_datagrams(int descriptor) {
    static char memory[DATAGRAMS_AT_ONCE][LONGEST_DATAGRAM];
    static struct sockaddr_in senders[DATAGRAMS_AT_ONCE];
    static struct iovec pieces[DATAGRAMS_AT_ONCE];
    static struct mmsghdr messages[DATAGRAMS_AT_ONCE];
    for (;;) {
        for (int i = 0; i < DATAGRAMS_AT_ONCE; i++) {
            pieces[i] = (struct iovec){memory[i], LONGEST_DATAGRAM};
            messages[i].msg_hdr = (struct msghdr){
                .msg_name = senders + i, .msg_namelen = sizeof senders[i], .msg_iov = pieces + i, .msg_iovlen = 1};
        }
        int count = recvmmsg(descriptor, messages, DATAGRAMS_AT_ONCE, MSG_WAITFORONE, NULL);
        for (int i = 0; i < count; i++) pieces[i].iov_len = messages[i].msg_len;
        for (int done = 0, sent; done < count; done += sent) {
            sent = sendmmsg(descriptor, messages + done, (unsigned)(count - done), 0);
            if (sent <= 0) break;
        }
    }
}

int main(int count, char **words) {
    struct arguments arguments = prepare(count, words);
    if (arguments.mode == MODE_DATAGRAMS) echo_datagrams(arguments.socket);
    if (arguments.mode != MODE_ECHO) fail("this server only echoes");
    serve(arguments.socket);
}
