#ifndef CBASELINE_H
#define CBASELINE_H

// `count` times send(2) and recv(2) of `size` bytes over a connected pair of blocking descriptors; returns the bytes received.
long baseline_pairs(int first, int second, void *memory, unsigned long size, long count);

// How often this process has called malloc, calloc or realloc so far, all threads together.
long baseline_allocations(void);

#endif
