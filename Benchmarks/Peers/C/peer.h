// What the C servers share: `SERVER HOST PORT [MODE [BYTES]]`, where MODE is echo, sink, source or datagrams, and BYTES what a source sends at a
// time and a sink receives at most.
#ifndef PEER_H
#define PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

enum mode { MODE_ECHO, MODE_SINK, MODE_SOURCE, MODE_DATAGRAMS };

struct arguments {
    enum mode mode;
    size_t chunk;
    int socket;  // listening, or bound for datagrams
};

// Reads the command line and opens the socket; ends the program when either fails.
struct arguments prepare(int count, char **words);

// A source's bytes: several chunks, to be sent at once as long as the program runs.
struct msghdr source_message(size_t chunk);

_Noreturn void fail(const char *what);

#endif
