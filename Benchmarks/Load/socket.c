#include "socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "load.h"

static struct sockaddr_in address(const char *host, int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    if (inet_pton(AF_INET, host, &address.sin_addr) != 1) give_up("the server's address");
    return address;
}

static int connected(int descriptor) {
    struct sockaddr_in server = address(options.host, options.port);
    if (connect(descriptor, (struct sockaddr *)&server, sizeof server)) give_up("connect");
    return descriptor;
}

static int opened(int type) {
    int descriptor = socket(AF_INET, type | SOCK_CLOEXEC, 0), on = 1;
    if (descriptor < 0) give_up("socket");
    if (type == SOCK_STREAM) setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return descriptor;
}

int dial(int type) { return connected(opened(type)); }

int dial_from(int source) {
    int descriptor = opened(SOCK_STREAM), on = 1;
    char host[16];
    snprintf(host, sizeof host, "127.0.1.%d", source);
    struct sockaddr_in from = address(host, 0);
    setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    reset_on_close(descriptor);
    if (bind(descriptor, (struct sockaddr *)&from, sizeof from)) give_up("bind");
    return connected(descriptor);
}

void set_timeouts(int descriptor, int milliseconds) {
    struct timeval time = {milliseconds / 1000, milliseconds % 1000 * 1000};
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

void reset_on_close(int descriptor) {
    struct linger reset = {1, 0};
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
}
