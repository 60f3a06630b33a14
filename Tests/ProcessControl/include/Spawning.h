// Other programs as children: they inherit the standard descriptors only, no signal mask, and end with the thread that starts them.
#ifndef SPAWNING_H
#define SPAWNING_H

// A pipe that no child inherits.
int control_pipe(int ends[2]);
// Starts the program at `path`, in the calling thread's namespaces; its process, or a negated errno.
int control_spawn(const char *path, char *const arguments[], int input, int output, int errors);
// Waits for its end: its exit code, or the number of the signal that ended it, negated.
int control_await_end(int process);

#endif
