// Entries of Swift's concurrency runtime that Swift code has no name for: what is enqueued on the global executor can be taken before it gets
// there.
#ifndef SWIFT_SOCKETS_CCONCURRENCY_H
#define SWIFT_SOCKETS_CCONCURRENCY_H

#include <stdbool.h>
#include <stdint.h>

__attribute__((swiftcall)) extern void swift_job_run(void *job, void *executor, uintptr_t implementation);

// Runs a job as the global executor would, on the calling thread: one that prefers no executor then has no reason to leave it.
static inline void cconcurrency_run(void *job) { swift_job_run(job, 0, 0); }

// Is asked for each job that a thread enqueues on the global executor while it carries a simulation on; false lets it go there.
typedef bool (*cconcurrency_take)(void *simulation, void *job);

// Has all simulations be asked from now on; false if this process's runtime has no hook.
bool cconcurrency_hook(cconcurrency_take take);

#endif
