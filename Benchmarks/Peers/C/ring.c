#include "ring.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "peer.h"

// Newer than the header of liburing 2.3.
enum { RING_OF_SHARED_BUFFERS = 2, MORE_TO_COME_IN_BUFFER = 1 << 4 };
enum { REQUESTS = 4096, COMPLETIONS = 8192 };

static struct io_uring ring;
static struct io_uring_buf_ring *buffer_ring;
static char *memory;
static unsigned buffer_count, buffer_size;
static int added;
static bool are_shared;
static uint32_t *used, *holds;  // of each shared buffer: bytes, and slices not released plus one while the kernel fills it

static void check(int result, const char *what) {
    if (result >= 0) return;
    errno = -result;
    fail(what);
}

static void *pages(size_t size) {
    void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);
    if (pages == MAP_FAILED) fail("memory");
    return pages;
}

static void give_back(uint16_t buffer) {
    if (are_shared) used[buffer] = 0, holds[buffer] = 1;
    io_uring_buf_ring_add(
        buffer_ring, memory + (size_t)buffer * buffer_size, buffer_size, buffer, (int)buffer_count - 1, added++);
}

static void register_buffers(unsigned count, unsigned size, bool shared) {
    buffer_count = count, buffer_size = size;
    buffer_ring = pages(count * sizeof(struct io_uring_buf));
    memory = pages((size_t)count * size);
    used = calloc(count, sizeof *used);
    holds = calloc(count, sizeof *holds);
    if (!used || !holds) fail("memory");
    struct io_uring_buf_reg registration = {.ring_addr = (uintptr_t)buffer_ring, .ring_entries = count, .bgid = BUFFER_GROUP};
    if (shared) registration.pad = RING_OF_SHARED_BUFFERS;  // later headers call the field `flags`
    are_shared = shared && io_uring_register_buf_ring(&ring, &registration, 0) == 0;
    if (!are_shared) {
        registration.pad = 0;
        check(io_uring_register_buf_ring(&ring, &registration, 0), "io_uring_register_buf_ring");
    }
    for (unsigned i = 0; i < count; i++) give_back((uint16_t)i);
    io_uring_buf_ring_advance(buffer_ring, added);
    added = 0;
}

void ring_create(unsigned buffers, unsigned size, bool shared) {
    struct io_uring_params parameters = {
        .flags = IORING_SETUP_CQSIZE | IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN, .cq_entries = COMPLETIONS};
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    unsigned places = limit.rlim_cur < MOST_SOCKETS ? (unsigned)limit.rlim_cur : MOST_SOCKETS;
    check(io_uring_queue_init_params(REQUESTS, &ring, &parameters), "io_uring_queue_init_params");
    check(io_uring_register_ring_fd(&ring), "io_uring_register_ring_fd");
    check(io_uring_register_files_sparse(&ring, places), "io_uring_register_files_sparse");
    register_buffers(buffers, size, shared);
}

void ring_install(int descriptor, int place) {
    check(io_uring_register_files_update(&ring, (unsigned)place, &descriptor, 1), "io_uring_register_files_update");
}

struct io_uring_sqe *ring_request(void) {
    struct io_uring_sqe *request = io_uring_get_sqe(&ring);
    if (request) return request;
    io_uring_submit(&ring);
    request = io_uring_get_sqe(&ring);
    if (!request) fail("no room for a request");
    return request;
}

void ring_tag(struct io_uring_sqe *request, enum kind kind, int place) {
    request->user_data = (uint64_t)kind << 32 | (uint32_t)place;
    if (kind == RECEIVE || kind == SEND) request->flags |= IOSQE_FIXED_FILE;
}

void ring_select_buffer(struct io_uring_sqe *request) {
    request->flags |= IOSQE_BUFFER_SELECT;
    request->buf_group = BUFFER_GROUP;
}

struct slice slice_of(const struct io_uring_cqe *completion) {
    uint16_t buffer = (uint16_t)(completion->flags >> IORING_CQE_BUFFER_SHIFT);
    struct slice slice = {memory + (size_t)buffer * buffer_size, (uint32_t)completion->res, buffer};
    if (!are_shared) return slice;
    slice.bytes += used[buffer];
    used[buffer] += slice.length;
    if (completion->flags & MORE_TO_COME_IN_BUFFER) holds[buffer]++;  // else the kernel's own hold becomes the slice's
    return slice;
}

void slice_release(struct slice slice) {
    if (!are_shared || --holds[slice.buffer] == 0) give_back(slice.buffer);
}

void ring_run(void (*handle)(enum kind, int place, const struct io_uring_cqe *), void (*returned)(void)) {
    for (;;) {
        int result = io_uring_submit_and_wait(&ring, 1);
        if (result != -EINTR && result != -EBUSY && result != -EAGAIN) check(result, "io_uring_submit_and_wait");
        struct io_uring_cqe *completion;
        unsigned head, count = 0;
        io_uring_for_each_cqe(&ring, head, completion) {
            handle((enum kind)(completion->user_data >> 32), (int)(uint32_t)completion->user_data, completion);
            count++;
        }
        io_uring_cq_advance(&ring, count);
        if (!added) continue;
        io_uring_buf_ring_advance(buffer_ring, added);
        added = 0;
        returned();
    }
}
