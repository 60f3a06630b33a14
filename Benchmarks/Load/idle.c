// Connections that do nothing: how much resident memory of the server each takes, fresh and after one echo.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "load.h"
#include "message.h"
#include "socket.h"

enum { PATIENCE = 10000, FROM_ONE_ADDRESS = 10000, SETTLE = 300000, PAUSE = 2000 };

static double resident_kibibytes(void) {
    char line[256];
    double value = 0;
    snprintf(line, sizeof line, "/proc/%d/status", (int)options.server);
    FILE *file = fopen(line, "r");
    while (file && fgets(line, sizeof line, file)) if (sscanf(line, "VmRSS: %lf", &value) == 1) break;
    if (file) fclose(file);
    return value;
}

static void echo_once(int descriptor, char *message, char *answer, uint64_t id) {
    message_stamp(message, options.size, 0, id);
    ssize_t sent = send(descriptor, message, options.size, MSG_NOSIGNAL);
    ssize_t got = recv(descriptor, answer, options.size, MSG_WAITALL);
    if (sent != (ssize_t)options.size || got != sent || !message_is(answer, options.size, 0, id)) tally.errors++;
}

void run_idle(void) {
    int *descriptors = calloc((size_t)options.connections, sizeof *descriptors);
    char *message = messages_create(1, options.size), *answer = malloc(options.size);
    if (!descriptors || !answer) give_up("memory");
    double before = resident_kibibytes();
    for (int i = 0; i < options.connections; i++) {
        descriptors[i] = dial_from(1 + i / FROM_ONE_ADDRESS);
        set_timeouts(descriptors[i], PATIENCE);
        if (i % 100 == 99) usleep(PAUSE);  // the server's backlog is not what is measured
    }
    usleep(SETTLE);
    double fresh = resident_kibibytes();
    for (int i = 0; i < options.connections && tally.errors < 10; i++) {
        echo_once(descriptors[i], message, answer, (uint64_t)i);
    }
    usleep(SETTLE);
    double used = resident_kibibytes();
    printf("{\"connections\":%d,\"startBytes\":%.0f,\"freshBytes\":%.1f,\"usedBytes\":%.1f,\"errors\":%lu}\n",
           options.connections, before * 1024, (fresh - before) * 1024 / options.connections,
           (used - before) * 1024 / options.connections, tally.errors);
}
