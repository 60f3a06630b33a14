// One thread, one io_uring, and every feature that helps: accepts into a table of the ring's own, receives that go on by themselves into buffers that
// many connections share, all requests of a turn by one system call.
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "peer.h"
#include "ring.h"

enum { MOST_PIECES = 16 };

struct connection {
    struct piece *first, *last;  // received, and not sent yet
    struct msghdr message;
    struct iovec vector[MOST_PIECES];
    int sending;  // pieces of the send under way
    bool receiving, ended;
};

struct piece {
    struct slice slice;
    struct piece *next;
};

static struct arguments arguments;
static struct connection *connections[MOST_SOCKETS];
static int starved[MOST_SOCKETS], starved_count;  // those whose receive found no buffer, first come first served
static struct piece *spare;
static struct msghdr generated;

static void accept_connections(void) {
    struct io_uring_sqe *request = ring_request();
    io_uring_prep_multishot_accept_direct(request, arguments.socket, NULL, NULL, 0);
    ring_tag(request, ACCEPT, 0);
}

static void receive(int place) {
    struct io_uring_sqe *request = ring_request();
    io_uring_prep_recv_multishot(request, place, NULL, 0, 0);
    ring_select_buffer(request);
    ring_tag(request, RECEIVE, place);
    connections[place]->receiving = true;
}

static void generate(int place) {
    struct io_uring_sqe *request = ring_request();
    io_uring_prep_sendmsg(request, place, &generated, MSG_NOSIGNAL | MSG_WAITALL);
    ring_tag(request, SEND, place);
    connections[place]->sending = 1;
}

static void send_pieces(int place) {
    struct connection *connection = connections[place];
    struct io_uring_sqe *request = ring_request();
    int count = 0;
    for (struct piece *piece = connection->first; piece && count < MOST_PIECES; piece = piece->next) {
        connection->vector[count++] = (struct iovec){piece->slice.bytes, piece->slice.length};
    }
    if (count == 1) {
        struct iovec *only = connection->vector;
        io_uring_prep_send(request, place, only->iov_base, only->iov_len, MSG_NOSIGNAL | MSG_WAITALL);
    } else {
        connection->message = (struct msghdr){.msg_iov = connection->vector, .msg_iovlen = (size_t)count};
        io_uring_prep_sendmsg(request, place, &connection->message, MSG_NOSIGNAL | MSG_WAITALL);
    }
    ring_tag(request, SEND, place);
    connection->sending = count;
}

static void push(struct connection *connection, struct slice slice) {
    struct piece *piece = spare ? spare : malloc(sizeof *piece);
    if (!piece) fail("memory");
    if (spare) spare = spare->next;
    *piece = (struct piece){slice, NULL};
    if (connection->first) connection->last->next = piece; else connection->first = piece;
    connection->last = piece;
}

static void pop(struct connection *connection) {
    struct piece *piece = connection->first;
    connection->first = piece->next;
    slice_release(piece->slice);
    piece->next = spare;
    spare = piece;
}

static void close_if_done(int place) {
    struct connection *connection = connections[place];
    if (!connection->ended || connection->sending || connection->first || connection->receiving) return;
    struct io_uring_sqe *request = ring_request();
    io_uring_prep_close_direct(request, (unsigned)place);
    ring_tag(request, CLOSE, place);
    free(connection);
    connections[place] = NULL;
}

static void accepted(int place, bool goes_on) {
    if (!goes_on) accept_connections();
    if (place < 0 || place >= MOST_SOCKETS) return;
    connections[place] = calloc(1, sizeof *connections[place]);
    if (!connections[place]) fail("memory");
    if (arguments.mode == MODE_SOURCE) generate(place); else receive(place);
}

static void received(int place, const struct io_uring_cqe *completion) {
    struct connection *connection = connections[place];
    if (!(completion->flags & IORING_CQE_F_MORE)) connection->receiving = false;
    if (completion->res == -ENOBUFS && starved_count < MOST_SOCKETS) {
        starved[starved_count++] = place;
        return;
    }
    if (completion->res <= 0) {
        connection->ended = true;
        return close_if_done(place);
    }
    struct slice slice = slice_of(completion);
    if (arguments.mode == MODE_SINK) slice_release(slice); else push(connection, slice);
    if (connection->first && !connection->sending) send_pieces(place);
    if (!connection->receiving) receive(place);
}

static void sent(int place, int result) {
    struct connection *connection = connections[place];
    if (result < 0) connection->ended = true;
    if (arguments.mode == MODE_SOURCE) {
        connection->sending = 0;
        if (!connection->ended) generate(place);
    } else {
        for (; connection->sending; connection->sending--) pop(connection);
        while (result < 0 && connection->first) pop(connection);
        if (connection->first) send_pieces(place);
    }
    close_if_done(place);
}

static void handle(enum kind kind, int place, const struct io_uring_cqe *completion) {
    bool goes_on = completion->flags & IORING_CQE_F_MORE;
    if (kind == ACCEPT) accepted(completion->res, goes_on);
    else if (kind == RECEIVE) received(place, completion);
    else if (kind == SEND) sent(place, completion->res);
}

static void feed_starved(void) {
    int count = starved_count;
    starved_count = 0;
    for (int i = 0; i < count; i++) {
        struct connection *connection = connections[starved[i]];
        if (connection && !connection->receiving) receive(starved[i]);
    }
}

static void receive_datagrams(void) {
    static struct msghdr shape = {.msg_namelen = sizeof(struct sockaddr_in)};
    struct io_uring_sqe *request = ring_request();
    io_uring_prep_recvmsg_multishot(request, 0, &shape, 0);
    ring_select_buffer(request);
    ring_tag(request, RECEIVE, 0);
}

// A datagram's answer is sent from the buffer that it came into, whose number is the tag.
static struct slice datagrams[MOST_SOCKETS];

static void handle_datagram(enum kind kind, int place, const struct io_uring_cqe *completion) {
    if (kind == SEND) return slice_release(datagrams[place]);
    if (completion->res >= 0) {
        struct slice slice = slice_of(completion);
        struct io_uring_recvmsg_out *out = (struct io_uring_recvmsg_out *)slice.bytes;
        char *name = (char *)(out + 1);
        struct io_uring_sqe *request = ring_request();
        io_uring_prep_send(request, 0, name + sizeof(struct sockaddr_in), out->payloadlen, 0);
        request->addr2 = (uintptr_t)name;
        request->addr_len = (uint16_t)out->namelen;
        datagrams[slice.buffer] = slice;
        ring_tag(request, SEND, slice.buffer);
    }
    if (completion->flags & IORING_CQE_F_MORE) return;
    if (completion->res == -ENOBUFS) starved_count = 1; else receive_datagrams();
}

static void feed_datagrams(void) {
    if (starved_count) receive_datagrams();
    starved_count = 0;
}

int main(int count, char **words) {
    arguments = prepare(count, words);
    if (arguments.mode == MODE_DATAGRAMS) {
        ring_create(256, 2048, false);
        ring_install(arguments.socket, 0);
        receive_datagrams();
        ring_run(handle_datagram, feed_datagrams);
    }
    ring_create(arguments.mode == MODE_SINK ? 4 : 16, 262144, true);
    if (arguments.mode == MODE_SOURCE) generated = source_message(arguments.chunk);
    accept_connections();
    ring_run(handle, feed_starved);
}
