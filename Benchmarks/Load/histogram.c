#include "histogram.h"

#include <string.h>

enum { BITS = 7, LINEAR = 1 << BITS, BUCKETS = (64 - BITS + 1) << BITS };

static uint64_t counts[BUCKETS];
static uint64_t total;

// Values below 128 have a bucket each; above, the seven bits after the leading one choose among the doubling's buckets.
static uint32_t bucket_of(uint64_t value) {
    if (value < LINEAR) return (uint32_t)value;
    int shift = 63 - __builtin_clzll(value) - BITS;
    return ((uint32_t)(shift + 1) << BITS) + (uint32_t)(value >> shift) - LINEAR;
}

// The middle of a bucket.
static uint64_t value_of(uint32_t bucket) {
    if (bucket < LINEAR) return bucket;
    int shift = (int)(bucket >> BITS) - 1;
    uint64_t lowest = (uint64_t)((bucket & (LINEAR - 1)) + LINEAR) << shift;
    return lowest + ((uint64_t)1 << shift >> 1);
}

void histogram_reset(void) {
    memset(counts, 0, sizeof counts);
    total = 0;
}

void histogram_add(uint64_t nanoseconds) {
    counts[bucket_of(nanoseconds)]++;
    total++;
}

uint64_t histogram_quantile(double share) {
    uint64_t seen = 0;
    for (uint32_t bucket = 0; bucket < BUCKETS; bucket++) {
        seen += counts[bucket];
        if (seen > 0 && (double)seen >= share * (double)total) return value_of(bucket);
    }
    return 0;
}
