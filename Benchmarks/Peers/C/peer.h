// What the C servers share: `SERVER HOST PORT [MODE [BYTES]]`, where MODE is echo, sink, source or datagrams, and BYTES what a source sends at a
// time and a sink receives at most.
#ifndef PEER_H
#define PEER_H

#include <stdbool.h>
#include <stddef.h>

enum mode { MODE_ECHO, MODE_SINK, MODE_SOURCE, MODE_DATAGRAMS };

struct arguments {
    enum mode mode;
    size_t chunk;
    int socket;  // listening, or bound for datagrams
};

// Reads the command line and opens the socket; ends the program when either fails.
struct arguments prepare(int count, char **words);

// A chunk of a source's bytes.
char *source_chunk(size_t size);

_Noreturn void fail(const char *what);

#endif
