#include "window.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "histogram.h"
#include "load.h"

struct reading window_first, window_last;
static uint64_t begins, ends;

static uint64_t clock_of(clockid_t id) {
    struct timespec time;
    if (clock_gettime(id, &time)) return 0;
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

uint64_t now(void) { return clock_of(CLOCK_MONOTONIC); }

static void read_server(struct reading *reading) {
    clockid_t id;
    if (!options.server || clock_getcpuclockid(options.server, &id)) return;
    reading->server = clock_of(id);
    char line[1024];
    snprintf(line, sizeof line, "/proc/%d/stat", (int)options.server);
    FILE *file = fopen(line, "r");
    if (!file) return;
    unsigned long user = 0, system = 0;
    char *rest = fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
    if (rest) sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
    fclose(file);
    reading->server_user = user;
    reading->server_system = system;
}

static void read_cores(struct reading *reading) {
    FILE *file = fopen("/proc/stat", "r");
    if (!file) return;
    char line[512];
    while (fgets(line, sizeof line, file)) {
        int core;
        unsigned long user, nice, system, idle, wait, hard, soft, stolen;
        int found = sscanf(
            line, "cpu%d %lu %lu %lu %lu %lu %lu %lu %lu", &core, &user, &nice, &system, &idle, &wait, &hard, &soft, &stolen);
        if (found != 9 || (core != options.cores[0] && core != options.cores[1])) continue;
        reading->busy += user + nice + system + hard + soft;
        reading->interrupts += hard + soft;
        reading->stolen += stolen;
    }
    fclose(file);
}

static struct reading read_all(void) {
    struct reading reading = {.time = now(), .own = clock_of(CLOCK_PROCESS_CPUTIME_ID)};
    read_server(&reading);
    read_cores(&reading);
    return reading;
}

void window_open(void) {
    begins = now() + (uint64_t)(options.warm_up * 1e9);
    ends = 0;
}

bool window_over(uint64_t time) {
    if (time < begins) return false;
    if (!ends) {
        histogram_reset();
        tally.operations = tally.bytes = tally.lost = 0;
        window_first = read_all();
        ends = window_first.time + (uint64_t)(options.seconds * 1e9);
    }
    return time >= ends;
}

void window_close(void) {
    if (!ends) window_first = read_all();
    window_last = read_all();
}
