// Two entries of Swift's concurrency runtime that compiled Swift code calls too. The standard library's own way to them,
// withUnsafeCurrentTask and Task.isCancelled, retains the task and calls through unspecialised generics: five times the instructions,
// in every awaited call.
#ifndef SWIFT_SOCKETS_CTASK_H
#define SWIFT_SOCKETS_CTASK_H

#include <stdbool.h>

__attribute__((swiftcall)) extern void *swift_task_getCurrent(void);
__attribute__((swiftcall)) extern bool swift_task_isCancelled(void *task);

// The running task, as a number that no other living task has; null outside of tasks.
static inline void *ctask_current(void) { return swift_task_getCurrent(); }

// Whether a task is cancelled; it must be the running one.
static inline bool ctask_is_cancelled(void *task) { return task && swift_task_isCancelled(task); }

#endif
