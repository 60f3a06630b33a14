#include "message.h"

#include <stdlib.h>
#include <string.h>

#include "load.h"

static char *sample;  // one message, to compare the filler with

static char filler(size_t index) { return (char)('a' + index % 23); }

static uint64_t seal(uint64_t number, uint64_t connection) { return number ^ 0x9e3779b97f4a7c15u * (connection + 1); }

char *messages_create(size_t count, size_t size) {
    char *memory = malloc(count * size);
    sample = malloc(size);
    if (!memory || !sample) give_up("memory");
    for (size_t i = 0; i < size; i++) sample[i] = filler(i);
    for (size_t i = 0; i < count; i++) memcpy(memory + i * size, sample, size);
    return memory;
}

void message_stamp(char *message, size_t size, uint64_t number, uint64_t connection) {
    memcpy(message, &number, 8);
    uint64_t last = seal(number, connection);
    if (size >= 16) memcpy(message + size - 8, &last, 8);
}

bool message_is(const char *message, size_t size, uint64_t number, uint64_t connection) {
    if (message_number(message) != number) return false;
    if (size < 16) return memcmp(message + 8, sample + 8, size - 8) == 0;
    uint64_t last = seal(number, connection);
    return memcmp(message + size - 8, &last, 8) == 0 && memcmp(message + 8, sample + 8, size - 16) == 0;
}

uint64_t message_number(const char *message) {
    uint64_t number;
    memcpy(&number, message, 8);
    return number;
}
