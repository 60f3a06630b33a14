// Latencies by the nanosecond in buckets that grow with the value: 128 for each doubling, so a value is off by less than 0.8 percent.
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <stdint.h>

void histogram_reset(void);
void histogram_add(uint64_t nanoseconds);

// The value that a share of 0 to 1 of all latencies does not exceed, in nanoseconds; 0 when there are none.
uint64_t histogram_quantile(double share);

#endif
