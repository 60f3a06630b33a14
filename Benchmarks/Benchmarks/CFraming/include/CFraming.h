#ifndef CFRAMING_H
#define CFRAMING_H

// Each walks through frames that lie one after the other in memory and returns the bytes of their messages, all together.

// Lines, with memchr(3) and a pointer: nothing is owned, copied or checked beyond what finding them takes.
long cframing_lines(const void *memory, unsigned long size);

// Lines, with getline(3): each is copied into one buffer.
long cframing_getline(const void *memory, unsigned long size);

// Lengths of four bytes, big-endian.
long cframing_lengths(const void *memory, unsigned long size);

// Lengths that are varints.
long cframing_varints(const void *memory, unsigned long size);

#endif
