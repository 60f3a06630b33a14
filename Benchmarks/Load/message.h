// Messages that cannot be mistaken for another: a number, filler, and (from 16 bytes on) a seal made of the number and the connection.
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SMALLEST_MESSAGE = 8 };

// Memory of `count` messages with the filler in place.
char *messages_create(size_t count, size_t size);

// Writes number and seal; the filler is there already.
void message_stamp(char *message, size_t size, uint64_t number, uint64_t connection);

// Whether every byte is what was sent.
bool message_is(const char *message, size_t size, uint64_t number, uint64_t connection);

// The number of a message whose place in the order is not known.
uint64_t message_number(const char *message);

#endif
