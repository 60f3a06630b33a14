// A thread for each connection, calls that block: the plainest server there is.
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "peer.h"

enum { STACK = 65536, LONGEST_DATAGRAM = 2048, ECHO_BUFFER = 16384 };
static struct arguments arguments;
static struct msghdr generated;

static bool send_all(int descriptor, const char *bytes, size_t count) {
    while (count) {
        ssize_t sent = send(descriptor, bytes, count, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes += sent, count -= (size_t)sent;
    }
    return true;
}

static void echo(int descriptor) {
    char buffer[ECHO_BUFFER];
    ssize_t count;
    while ((count = recv(descriptor, buffer, sizeof buffer, 0)) > 0 && send_all(descriptor, buffer, (size_t)count)) {}
}

static void discard(int descriptor) {
    char *memory = malloc(arguments.chunk);
    while (memory && recv(descriptor, memory, arguments.chunk, 0) > 0) {}
    free(memory);
}

static void generate(int descriptor) {
    while (sendmsg(descriptor, &generated, MSG_NOSIGNAL) > 0) {}
}

static void *serve(void *argument) {
    int descriptor = (int)(intptr_t)argument;
    if (arguments.mode == MODE_SINK) discard(descriptor);
    else if (arguments.mode == MODE_SOURCE) generate(descriptor);
    else echo(descriptor);
    close(descriptor);
    return NULL;
}

static _Noreturn void echo_datagrams(int descriptor) {
    char memory[LONGEST_DATAGRAM];
    for (;;) {
        struct sockaddr_in sender;
        socklen_t length = sizeof sender;
        ssize_t count = recvfrom(descriptor, memory, sizeof memory, 0, (struct sockaddr *)&sender, &length);
        if (count >= 0) sendto(descriptor, memory, (size_t)count, 0, (struct sockaddr *)&sender, length);
    }
}

int main(int count, char **words) {
    arguments = prepare(count, words);
    if (arguments.mode == MODE_DATAGRAMS) echo_datagrams(arguments.socket);
    if (arguments.mode == MODE_SOURCE) generated = source_message(arguments.chunk);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, STACK);
    for (;;) {
        int descriptor = accept4(arguments.socket, NULL, NULL, SOCK_CLOEXEC);
        if (descriptor < 0 && errno != ECONNABORTED) fail("accept");
        pthread_t thread;
        if (descriptor < 0) continue;
        if (pthread_create(&thread, &attributes, serve, (void *)(intptr_t)descriptor)) close(descriptor);
    }
}
