#ifndef LAUNCHER_H
#define LAUNCHER_H

#include <sys/types.h>

// A program to start. Words and environment end with NULL; the first word is looked for in PATH.
struct launch_request {
    char *const *words;
    char *const *environment;
    const char *directory;  // where it runs, or NULL for here
    int core;               // the only one it runs on, or -1 for all
    int output, errors;     // its standard output and standard error
    int death_signal;       // what the kernel sends it when the thread that started it ends, however that ends
};

// Starts it and returns its process number once the program runs, or -errno when it cannot be started.
pid_t launch(const struct launch_request *request);

// Writes the numbers of the cores that this process may run on, at most `most`, and returns how many, or -errno.
int allowed_cores(int *cores, int most);

// Moves the calling thread, and what it starts from now on, to a network of its own where only the loopback interface is, with that congestion
// control. Returns 0 or -errno; needs root, or a kernel that lets users have namespaces.
int isolate_network(const char *congestion_control);

#endif
