#pragma once

#include "SystemHeaders.h"

// Sizes and field offsets of the structures options and control messages are made of: "ip_mreqn" is the size,
// "ip_mreqn.imr_ifindex" an offset.
extern const struct named_number option_layouts[];
extern const unsigned long option_layouts_count;
static inline struct named_number option_layout_at(unsigned long index) { return option_layouts[index]; }

// CMSG_SPACE and CMSG_LEN of C.
unsigned long control_message_space(unsigned long payload);
unsigned long control_message_length(unsigned long payload);

// One control message for `build_control_messages`, and what `walk_control_messages` finds.
struct c_control_message {
    int level;
    int type;
    unsigned long length;
    const unsigned char *payload;
};

// Builds messages in `buffer` with CMSG_FIRSTHDR, CMSG_NXTHDR and CMSG_DATA; returns the bytes used, or 0 when it is too small.
unsigned long build_control_messages(
    const struct c_control_message *messages, unsigned long count, unsigned char *buffer, unsigned long capacity);

// Walks `buffer` with the macros; returns how many messages were found, at most `capacity`.
unsigned long walk_control_messages(
    unsigned char *buffer, unsigned long length, struct c_control_message *found, unsigned long capacity);
