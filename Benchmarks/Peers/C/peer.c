#include "peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

enum { BACKLOG = 4096, DEFAULT_CHUNK = 65536 };

void fail(const char *what) {
    perror(what);
    exit(1);
}

static enum mode mode_named(const char *name) {
    static const char *const names[] = {[MODE_ECHO] = "echo", [MODE_SINK] = "sink", [MODE_SOURCE] = "source", [MODE_DATAGRAMS] = "datagrams"};
    for (int mode = MODE_ECHO; mode <= MODE_DATAGRAMS; mode++) if (!strcmp(name, names[mode])) return (enum mode)mode;
    fprintf(stderr, "unknown mode %s\n", name);
    exit(2);
}

static int opened(const char *host, const char *port, int type) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
    if (inet_pton(AF_INET, host, &address.sin_addr) != 1) fail("address");
    int descriptor = socket(AF_INET, type | SOCK_CLOEXEC, 0), on = 1;
    if (descriptor < 0) fail("socket");
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (type == SOCK_STREAM) setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);  // connections inherit it
    if (bind(descriptor, (struct sockaddr *)&address, sizeof address)) fail("bind");
    if (type == SOCK_STREAM && listen(descriptor, BACKLOG)) fail("listen");
    return descriptor;
}

struct arguments prepare(int count, char **words) {
    if (count < 3 || count > 5) {
        fprintf(stderr, "usage: %s HOST PORT [echo|sink|source|datagrams [BYTES]]\n", words[0]);
        exit(2);
    }
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    signal(SIGPIPE, SIG_IGN);
    struct arguments arguments = {.mode = count > 3 ? mode_named(words[3]) : MODE_ECHO};
    arguments.chunk = count > 4 ? strtoul(words[4], NULL, 10) : DEFAULT_CHUNK;
    if (arguments.chunk == 0) arguments.chunk = DEFAULT_CHUNK;
    arguments.socket = opened(words[1], words[2], arguments.mode == MODE_DATAGRAMS ? SOCK_DGRAM : SOCK_STREAM);
    return arguments;
}

struct msghdr source_message(size_t chunk) {
    static struct iovec vector[8];
    enum { COUNT = sizeof vector / sizeof *vector };
    char *memory = malloc(chunk);
    if (!memory) fail("memory");
    memset(memory, 'x', chunk);
    for (int i = 0; i < COUNT; i++) vector[i] = (struct iovec){memory, chunk};
    return (struct msghdr){.msg_iov = vector, .msg_iovlen = COUNT};
}
