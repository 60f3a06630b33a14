// All of liburing that the backend uses, with signatures of our own, so that neither an older nor a newer liburing changes what Swift
// sees. Numbers that old headers lack are the kernel's, written out. Functions that return int return a negative errno on failure.
#ifndef SWIFT_SOCKETS_CURING_H
#define SWIFT_SOCKETS_CURING_H

#if !__has_include(<liburing.h>)
#error "liburing's header is missing: install liburing-dev (liburing-devel), or build without the trait URing"
#else

// First, so that the system's types look here as they do everywhere else: liburing's header asks for another standard's.
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <liburing.h>

enum {
    CURING_SETUP_SQPOLL = 1 << 1,
    CURING_SETUP_SINGLE_ISSUER = 1 << 12,
    CURING_SETUP_DEFER_TASKRUN = 1 << 13,
};

enum {
    CURING_OP_LINK_TIMEOUT = 15,
    CURING_OP_MSG_RING = 40,
    CURING_OP_SOCKET = 45,
    CURING_OP_SEND_ZC = 47,
    CURING_OP_FUTEX_WAITV = 53,
    CURING_OP_LISTEN = 57,
};

enum {
    CURING_MORE = 1 << 1,         // IORING_CQE_F_MORE: further completions of the same request follow
    CURING_IS_MORE = 1 << 2,      // IORING_CQE_F_SOCK_NONEMPTY: more of the kind is there already
    CURING_BUFFER_GOES_ON = 1 << 4, // IORING_CQE_F_BUF_MORE: the buffer will be filled further
    CURING_BUFFER_SHIFT = 16,
};

typedef struct io_uring curing_ring;
typedef struct io_uring_buf_ring curing_buffers;

struct curing_completion {
    uint64_t tag;
    int32_t result;
    uint32_t flags;
};

// MARK: Rings

static inline curing_ring *curing_allocate(void) { return (curing_ring *)calloc(1, sizeof(curing_ring)); }

// io_uring_setup(2). With idle_ms, the kernel's submission thread sleeps after so long.
static inline int curing_open(curing_ring *ring, unsigned entries, unsigned completions, unsigned flags, unsigned idle_ms) {
    struct io_uring_params parameters = {
        .flags = flags | IORING_SETUP_CQSIZE | IORING_SETUP_CLAMP, .cq_entries = completions, .sq_thread_idle = idle_ms};
    int status = io_uring_queue_init_params(entries, ring, &parameters);
    if (status == 0 && !(parameters.features & IORING_FEAT_EXT_ARG)) {
        io_uring_queue_exit(ring);
        return -ENOSYS;
    }
    return status;
}

static inline void curing_close(curing_ring *ring) { io_uring_queue_exit(ring); }

// A ring of one thread spares the kernel looking up its descriptor; that thread calls it.
static inline void curing_bind_to_thread(curing_ring *ring) { (void)io_uring_register_ring_fd(ring); }

// Submits what is prepared, and waits for so many completions, for ever if timeout_ns is negative. -ETIME after the time.
static inline int curing_enter(curing_ring *ring, unsigned wanted, int64_t timeout_ns) {
    if (wanted == 0) return io_uring_submit_and_get_events(ring);
    if (timeout_ns < 0) return io_uring_submit_and_wait(ring, wanted);
    struct io_uring_cqe *first;
    struct __kernel_timespec timeout = {timeout_ns / 1000000000, timeout_ns % 1000000000};
    return io_uring_submit_and_wait_timeout(ring, &first, wanted, &timeout, NULL);
}

// How many requests are prepared.
static inline unsigned curing_prepared(const curing_ring *ring) { return io_uring_sq_ready(ring); }

static inline int curing_submit(curing_ring *ring) { return io_uring_submit(ring); }

// How many completions are there; the first of them, by number; and so many are done with.
static inline unsigned curing_ready(const curing_ring *ring) { return io_uring_cq_ready(ring); }

static inline struct curing_completion curing_completion_at(const curing_ring *ring, unsigned index) {
    const struct io_uring_cqe *entry = &ring->cq.cqes[(*ring->cq.khead + index) & *ring->cq.kring_mask];
    return (struct curing_completion){entry->user_data, entry->res, entry->flags};
}

static inline void curing_advance(curing_ring *ring, unsigned count) { io_uring_cq_advance(ring, count); }

// Whether the kernel knows the operation.
static inline int curing_knows(curing_ring *ring, int operation) {
    struct io_uring_probe *probe = io_uring_get_probe_ring(ring);
    int knows = probe && io_uring_opcode_supported(probe, operation);
    io_uring_free_probe(probe);
    return knows;
}

// Whether the kernel can fill several provided buffers by one receive: IORING_FEAT_RECVSEND_BUNDLE.
static inline int curing_has_bundles(const curing_ring *ring) { return (ring->features & 1U << 14) != 0; }

// Whether the kernel can poll a network card for this ring: IORING_REGISTER_NAPI, here with all of it off.
static inline int curing_has_busy_polling(const curing_ring *ring) {
    uint64_t settings[2] = {0, 0};
    return syscall(__NR_io_uring_register, ring->ring_fd, 27, settings, 1) == 0;
}

// Cancels all requests of a ring that is not one thread's own, from any thread: IORING_REGISTER_SYNC_CANCEL. It waits a millisecond at
// most for those that a thread of the kernel's is carrying out, which may have missed it.
static inline int curing_cancel_all(curing_ring *ring) {
    struct io_uring_sync_cancel_reg request = {.fd = -1, .flags = 1 << 2 /* ASYNC_CANCEL_ANY */ | 1 << 0 /* ALL */};
    request.timeout.tv_nsec = 1000000;
    return io_uring_register_sync_cancel(ring, &request);
}

// MARK: Requests

// A place for a request, after submitting what is prepared if need be; null if the kernel takes none at present.
static inline struct io_uring_sqe *curing_slot(curing_ring *ring) {
    for (int attempt = 0; attempt < 8; attempt++) {
        struct io_uring_sqe *slot = io_uring_get_sqe(ring);
        if (slot) return slot;
        if (io_uring_submit(ring) < 0) (void)io_uring_get_events(ring);
    }
    return NULL;
}

#define CURING_REQUEST(prepare)                      \
    struct io_uring_sqe *slot = curing_slot(ring);   \
    if (!slot) return -EBUSY;                        \
    prepare;                                         \
    slot->user_data = tag;                           \
    return 0;

// poll(2) of one descriptor, once.
static inline int curing_poll(curing_ring *ring, int descriptor, unsigned events, uint64_t tag) {
    CURING_REQUEST(io_uring_prep_poll_add(slot, descriptor, events))
}

// The same again and again: what holds already, and then each change.
static inline int curing_poll_on(curing_ring *ring, int descriptor, unsigned events, uint64_t tag) {
    CURING_REQUEST(io_uring_prep_poll_multishot(slot, descriptor, events | 1U << 31 /* EPOLLET */))
}

static inline int curing_receive(curing_ring *ring, int descriptor, void *bytes, size_t count, int flags, uint64_t tag) {
    CURING_REQUEST(io_uring_prep_recv(slot, descriptor, bytes, count, flags))
}

// Receives again and again, each time into as much of a provided buffer as is needed.
static inline int curing_receive_on(curing_ring *ring, int descriptor, unsigned short group, uint64_t tag) {
    CURING_REQUEST(io_uring_prep_recv_multishot(slot, descriptor, NULL, 0, 0); slot->flags |= IOSQE_BUFFER_SELECT;
                   slot->buf_group = group)
}

// Sends all of it without a copy. A first completion tells how much, and if it says CURING_MORE a second that the memory is free.
static inline int curing_send_uncopied(curing_ring *ring, int descriptor, const void *bytes, size_t count, int flags, uint64_t tag) {
    CURING_REQUEST(io_uring_prep_send_zc(slot, descriptor, bytes, count, flags, 0))
}

static inline int curing_accept(curing_ring *ring, int descriptor, struct sockaddr *address, socklen_t *length, uint64_t tag) {
    CURING_REQUEST(io_uring_prep_accept(slot, descriptor, address, length, SOCK_CLOEXEC))
}

// The same, but waits before it looks: to find nobody costs as much as to accept somebody.
static inline int curing_accept_when_ready(curing_ring *ring, int descriptor, struct sockaddr *address, socklen_t *length, uint64_t tag) {
    CURING_REQUEST(io_uring_prep_accept(slot, descriptor, address, length, SOCK_CLOEXEC);
                   slot->ioprio |= 1 << 2 /* IORING_ACCEPT_POLL_FIRST */)
}

static inline int curing_connect(curing_ring *ring, int descriptor, const struct sockaddr *address, socklen_t length, uint64_t tag) {
    CURING_REQUEST(io_uring_prep_connect(slot, descriptor, address, length))
}

// The request stays until it completes; the time must live as long.
static inline int curing_timeout(curing_ring *ring, struct __kernel_timespec *time, uint64_t tag) {
    CURING_REQUEST(io_uring_prep_timeout(slot, time, 0, 0))
}

// Asks the request of that tag to end early; it completes itself, and this request too.
static inline int curing_cancel(curing_ring *ring, uint64_t target, uint64_t tag) {
    CURING_REQUEST(io_uring_prep_cancel64(slot, target, 0))
}

// MARK: Provided buffers

// Zeroed memory of its own pages; null if there is none.
static inline void *curing_map(size_t size) {
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

static inline void curing_unmap(void *memory, size_t size) { munmap(memory, size); }

// Registers a ring of `count` (a power of two) places for buffers; with `incremental` buffers are filled bit by bit.
static inline int curing_open_buffers(curing_ring *ring, curing_buffers **buffers, unsigned count, unsigned short group, int incremental) {
    size_t size = count * sizeof(struct io_uring_buf);
    void *memory = curing_map(size);
    if (!memory) return -ENOMEM;
    struct io_uring_buf_reg request = {.ring_addr = (uintptr_t)memory, .ring_entries = count, .bgid = group};
    // Old headers call the 16 bits behind the group padding: IOU_PBUF_RING_INC.
    if (incremental) ((uint16_t *)&request.bgid)[1] = 2;
    int status = io_uring_register_buf_ring(ring, &request, 0);
    if (status < 0) {
        curing_unmap(memory, size);
        return status;
    }
    *buffers = (curing_buffers *)memory;
    io_uring_buf_ring_init(*buffers);
    return 0;
}

static inline void curing_close_buffers(curing_buffers *buffers, unsigned count) {
    munmap(buffers, count * sizeof(struct io_uring_buf));
}

// Hands one buffer to the kernel.
static inline void curing_provide(curing_buffers *buffers, unsigned count, void *memory, unsigned size, unsigned short identifier) {
    io_uring_buf_ring_add(buffers, memory, size, identifier, io_uring_buf_ring_mask(count), 0);
    io_uring_buf_ring_advance(buffers, 1);
}

#endif
#endif
