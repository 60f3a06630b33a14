// The load generator: one thread in a closed loop, whose cost must stay below that of any server it measures.
#ifndef LOAD_H
#define LOAD_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct options {
    const char *host;
    int port;
    int connections;
    size_t size;       // bytes of a message, or of one send or receive of bulk
    int depth;         // messages in flight for each connection, or datagrams in flight
    double seconds;
    double warm_up;
    pid_t server;      // whose CPU time is read
    int cores[2];      // whose other work counts as a disturbance; both may be the same
};
extern struct options options;

// What the window saw. Errors count from the first moment on, all else from the end of the warm-up.
struct tally {
    uint64_t operations, bytes, lost, errors;
};
extern struct tally tally;

enum { MOST_ERRORS = 1000 };  // after which a run is given up

// The modes; each returns when the window is over, or when nothing more can be expected.
void run_echo(void);
void run_sink(void);
void run_source(void);
void run_connect(void);
void run_datagrams(void);
void run_idle(void);

// Ends the program, with the reason as its result.
_Noreturn void give_up(const char *what);

#endif
