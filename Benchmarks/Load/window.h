// The time that is measured, and the CPU time that passes in it.
#ifndef WINDOW_H
#define WINDOW_H

#include <stdbool.h>
#include <stdint.h>

struct reading {
    uint64_t time;                        // nanoseconds, as all below that are not ticks
    uint64_t own, server;                 // CPU time of this process and of the server's, all threads
    uint64_t server_user, server_system;  // the server's, in the kernel's ticks
    uint64_t busy, interrupts, stolen;    // of the cores, in ticks; busy includes interrupts
};
extern struct reading window_first, window_last;

uint64_t now(void);

// Starts the warm-up.
void window_open(void);

// Whether the window is over; the first call after the warm-up forgets all counts and begins to measure.
bool window_over(uint64_t time);

// Reads the clocks for the last time.
void window_close(void);

#endif
