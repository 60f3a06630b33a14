#define _GNU_SOURCE
#include "OptionLayouts.h"
#include <string.h>
#include <sys/socket.h>

unsigned long control_message_space(unsigned long payload) { return CMSG_SPACE(payload); }

unsigned long control_message_length(unsigned long payload) { return CMSG_LEN(payload); }

unsigned long build_control_messages(
    const struct c_control_message *messages, unsigned long count, unsigned char *buffer, unsigned long capacity) {
    unsigned long used = 0;
    for (unsigned long i = 0; i < count; i++) used += CMSG_SPACE(messages[i].length);
    if (used > capacity) return 0;
    memset(buffer, 0, capacity);
    struct msghdr header = {.msg_control = buffer, .msg_controllen = used};
    struct cmsghdr *message = CMSG_FIRSTHDR(&header);
    for (unsigned long i = 0; i < count; i++) {
        message->cmsg_len = CMSG_LEN(messages[i].length);
        message->cmsg_level = messages[i].level;
        message->cmsg_type = messages[i].type;
        if (messages[i].length) memcpy(CMSG_DATA(message), messages[i].payload, messages[i].length);
        message = CMSG_NXTHDR(&header, message);
    }
    return used;
}

unsigned long walk_control_messages(
    unsigned char *buffer, unsigned long length, struct c_control_message *found, unsigned long capacity) {
    struct msghdr header = {.msg_control = buffer, .msg_controllen = length};
    unsigned long count = 0;
    for (struct cmsghdr *message = CMSG_FIRSTHDR(&header); message && count < capacity;
         message = CMSG_NXTHDR(&header, message)) {
        found[count].level = message->cmsg_level;
        found[count].type = message->cmsg_type;
        found[count].length = message->cmsg_len - CMSG_LEN(0);
        found[count].payload = CMSG_DATA(message);
        count++;
    }
    return count;
}
