// libuv's echo on one loop. Buffers are used again; a write is tried at once before it is queued.
#include <stdlib.h>
#include <uv.h>

#include "../C/peer.h"

enum { BUFFER = 65536 };

union buffer {
    union buffer *next;  // while it is spare
    char bytes[BUFFER];
};

struct answer {
    uv_write_t request;
    void *memory;
};

static union buffer *spare;

static void put_back(void *memory) {
    union buffer *buffer = memory;
    if (!buffer) return;
    buffer->next = spare;
    spare = buffer;
}

static void allocate(uv_handle_t *handle, size_t suggested, uv_buf_t *result) {
    (void)handle, (void)suggested;
    union buffer *buffer = spare ? spare : malloc(sizeof *buffer);
    if (!buffer) fail("memory");
    if (spare) spare = spare->next;
    *result = uv_buf_init(buffer->bytes, BUFFER);
}

static void release(uv_handle_t *handle) { free(handle); }

static void written(uv_write_t *request, int status) {
    (void)status;
    struct answer *answer = (struct answer *)request;
    put_back(answer->memory);
    free(answer);
}

static void echo(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer) {
    if (count <= 0) {
        put_back(buffer->base);
        if (count < 0) uv_close((uv_handle_t *)stream, release);
        return;
    }
    uv_buf_t rest = uv_buf_init(buffer->base, (unsigned)count);
    int sent = uv_try_write(stream, &rest, 1);
    if (sent == count) return put_back(buffer->base);
    if (sent < 0) sent = 0;
    struct answer *answer = malloc(sizeof *answer);
    if (!answer) fail("memory");
    answer->memory = buffer->base;
    rest = uv_buf_init(buffer->base + sent, (unsigned)(count - sent));
    if (uv_write(&answer->request, stream, &rest, 1, written)) written(&answer->request, 0);
}

static void accept_one(uv_stream_t *server, int status) {
    uv_tcp_t *connection = malloc(sizeof *connection);
    if (status < 0 || !connection) return free(connection);
    uv_tcp_init(server->loop, connection);
    if (uv_accept(server, (uv_stream_t *)connection)) return uv_close((uv_handle_t *)connection, release);
    uv_tcp_nodelay(connection, 1);
    uv_read_start((uv_stream_t *)connection, allocate, echo);
}

int main(int count, char **words) {
    struct arguments arguments = prepare(count, words);
    if (arguments.mode != MODE_ECHO) fail("this server only echoes");
    uv_tcp_t server;
    uv_tcp_init(uv_default_loop(), &server);
    if (uv_tcp_open(&server, arguments.socket)) fail("uv_tcp_open");
    if (uv_listen((uv_stream_t *)&server, 4096, accept_one)) fail("uv_listen");
    return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
