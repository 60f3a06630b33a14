#ifndef SYSTEM_HEADERS_H
#define SYSTEM_HEADERS_H

/* A constant of the system's headers, as the compiler sees it on the machine that runs the tests. */
struct named_number {
    const char *name;
    long long value;
};

/* Families, types, protocols, levels, flags, ports and errors, from libc's headers: numbers.c. */
extern const struct named_number system_numbers[];
extern const unsigned long system_numbers_count;

/* The same families from the kernel's headers, which libc's keep apart: kernel.c. */
extern const struct named_number kernel_numbers[];
extern const unsigned long kernel_numbers_count;

/* Socket options: options.c. */
extern const struct named_number system_options[];
extern const unsigned long system_options_count;

/* Swift cannot see arrays of unknown length: one row of each table. The index must be below the table's count. */
static inline struct named_number system_number_at(unsigned long index) { return system_numbers[index]; }
static inline struct named_number kernel_number_at(unsigned long index) { return kernel_numbers[index]; }
static inline struct named_number system_option_at(unsigned long index) { return system_options[index]; }

#include "OptionLayouts.h"

#endif
