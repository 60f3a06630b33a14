#define _GNU_SOURCE
#include <sys/socket.h>

#include "SystemHeaders.h"

const struct named_number system_options[] = {
    {"SOL_SOCKET", SOL_SOCKET},
};
const unsigned long system_options_count = sizeof system_options / sizeof system_options[0];
