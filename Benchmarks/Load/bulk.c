// Much in one direction over one connection.
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "histogram.h"
#include "load.h"
#include "socket.h"
#include "window.h"

enum { PATIENCE = 10000 };
static const char filler = 'x';  // what sources of all servers send

static void count(uint64_t since, ssize_t bytes) {
    histogram_add(now() - since);
    tally.operations++;
    tally.bytes += (uint64_t)bytes;
}

static char *memory_of_size(void) {
    char *memory = malloc(options.size);
    if (!memory) give_up("memory");
    memset(memory, filler, options.size);
    return memory;
}

// A sink that has read everything ends the connection properly after our end; one that has not resets it.
static bool ends_properly(int descriptor) {
    char byte;
    return shutdown(descriptor, SHUT_WR) == 0 && recv(descriptor, &byte, 1, 0) == 0;
}

void run_sink(void) {
    char *memory = memory_of_size();
    int descriptor = dial(SOCK_STREAM);
    set_timeouts(descriptor, PATIENCE);
    window_open();
    for (uint64_t time = now(); !window_over(time); time = now()) {
        ssize_t sent = send(descriptor, memory, options.size, MSG_NOSIGNAL);
        if (sent <= 0) { tally.errors++; break; }
        count(time, sent);
    }
    window_close();
    if (!ends_properly(descriptor)) tally.errors++;
}

// The ends of each piece are looked at: to read all of it would cost more than to generate it.
void run_source(void) {
    char *memory = memory_of_size();
    int descriptor = dial(SOCK_STREAM);
    set_timeouts(descriptor, PATIENCE);
    window_open();
    for (uint64_t time = now(); !window_over(time); time = now()) {
        ssize_t got = recv(descriptor, memory, options.size, 0);
        if (got <= 0) { tally.errors++; break; }
        if (memory[0] != filler || memory[got - 1] != filler) tally.errors++;
        count(time, got);
    }
    window_close();
    close(descriptor);
}
