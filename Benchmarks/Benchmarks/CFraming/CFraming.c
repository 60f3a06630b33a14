#include "CFraming.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

long cframing_lines(const void *memory, unsigned long size) {
    const char *at = memory, *end = at + size;
    long total = 0;
    while (at < end) {
        const char *newline = memchr(at, '\n', end - at);
        if (!newline) break;
        total += newline > at && newline[-1] == '\r' ? newline - at - 1 : newline - at;
        at = newline + 1;
    }
    return total;
}

long cframing_getline(const void *memory, unsigned long size) {
    FILE *file = fmemopen((void *)memory, size, "r");
    if (!file) return -1;
    char *line = NULL;
    size_t capacity = 0;
    long total = 0, count;
    while ((count = getline(&line, &capacity, file)) > 0) total += count - 1;
    free(line);
    fclose(file);
    return total;
}

long cframing_lengths(const void *memory, unsigned long size) {
    const uint8_t *at = memory, *end = at + size;
    long total = 0;
    while (end - at >= 4) {
        uint32_t length = (uint32_t)at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3];
        if ((uint64_t)(end - at) < 4 + (uint64_t)length) break;
        total += length;
        at += 4 + length;
    }
    return total;
}

long cframing_varints(const void *memory, unsigned long size) {
    const uint8_t *at = memory, *end = at + size;
    long total = 0;
    while (at < end) {
        uint64_t length = 0;
        int shift = 0;
        while (at < end && shift < 64 && (*at & 0x80)) {
            length |= (uint64_t)(*at++ & 0x7F) << shift;
            shift += 7;
        }
        if (at == end || shift >= 64) break;
        length |= (uint64_t)*at++ << shift;
        if ((uint64_t)(end - at) < length) break;
        total += length;
        at += length;
    }
    return total;
}
