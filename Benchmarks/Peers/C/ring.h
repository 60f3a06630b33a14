// One io_uring with a table of its own for sockets and a ring of buffers that the kernel receives into.
#ifndef RING_H
#define RING_H

#include <liburing.h>
#include <stdbool.h>
#include <stdint.h>

enum { MOST_SOCKETS = 16384, BUFFER_GROUP = 1 };
enum kind { ACCEPT = 1, RECEIVE, SEND, CLOSE };

// Where bytes came to: `slice_release` gives it back when they are no longer needed.
struct slice {
    char *bytes;
    uint32_t length;
    uint16_t buffer;
};

// Sets the ring up, with that many buffers (a power of two); where `shared` and the kernel can, one buffer holds the bytes of many receives.
void ring_create(unsigned buffers, unsigned size, bool shared);

// Puts a socket that was opened elsewhere into the table.
void ring_install(int descriptor, int place);

// A request to be filled in, and its tag.
struct io_uring_sqe *ring_request(void);
void ring_tag(struct io_uring_sqe *request, enum kind kind, int place);

// Receives of this request take their memory from the ring.
void ring_select_buffer(struct io_uring_sqe *request);

// The memory of a receive that has completed with bytes.
struct slice slice_of(const struct io_uring_cqe *completion);
void slice_release(struct slice slice);

// Waits for completions and handles them; `returned` is called when memory has come back since.
_Noreturn void ring_run(void (*handle)(enum kind, int place, const struct io_uring_cqe *), void (*returned)(void));

#endif
