// What tests do to their own process, in C because most of it is variadic, macros or hidden behind _GNU_SOURCE.
#ifndef PROCESS_CONTROL_H
#define PROCESS_CONTROL_H

#include "OwnNetwork.h"
#include "Spawning.h"

// Makes a directory from a template ending in XXXXXX; 0 when it worked.
int control_make_directory(char *path);
// Removes a directory and the files in it.
void control_remove_directory(const char *path);
// A file open for reading and writing, emptied; close-on-exec.
int control_open_file(const char *path, const void *bytes, unsigned long count);

int control_is_open(int descriptor);
int control_is_nonblocking(int descriptor);
void control_set_nonblocking(int descriptor, int is_nonblocking);
int control_is_close_on_exec(int descriptor);
void control_clear_close_on_exec(int descriptor);
void control_clear_non_blocking(int descriptor);
// dup(2).
int control_duplicate(int descriptor);
int control_has_same_file(int a, int b);

// Allows `limit` descriptors from now on, and opens /dev/null until there are none left; how many that were.
int control_exhaust_descriptors(int limit);
void control_limit_descriptors(int limit);

// A handler that does nothing and restarts nothing.
void control_ignore_by_handler(int signal);
// Sends the signal to every thread but the calling one.
void control_signal_others(int signal);
int control_is_pending(int signal);
void control_raise(int signal);
// Blocks the signal in the calling thread.
void control_block(int signal);

// Whether a thread of that name sleeps in the kernel.
int control_is_asleep(const char *thread);
// CPU time of the process in microseconds.
long control_cpu_time(void);

// From now on io_uring_setup(2) fails with EPERM, as under a container's filter; 0 when that is so.
int control_forbid_io_uring(void);

#endif
