// load MODE HOST PORT [OPTION VALUE]…
//
//     MODE                    echo, sink, source, connect, datagrams or idle
//     --connections N         at the same time
//     --size BYTES            of a message, or of one send or receive of bulk
//     --depth N               messages in flight: for each connection, or datagrams
//     --seconds S             how long to measure
//     --warm-up S             how long not to, before
//     --server PID            whose CPU time or memory is read
//     --cores FIRST,SECOND    the server's core and ours, whose other work is a disturbance
//
// It prints one object of JSON: what was counted, or {"failure": …}.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "histogram.h"
#include "load.h"
#include "message.h"
#include "window.h"

struct options options = {.connections = 1, .size = 64, .depth = 1, .seconds = 1, .warm_up = 0.2, .cores = {0, 1}};
struct tally tally;

static const struct { const char *name; void (*run)(void); } modes[] = {
    {"echo", run_echo}, {"sink", run_sink}, {"source", run_source},
    {"connect", run_connect}, {"datagrams", run_datagrams}, {"idle", run_idle},
};

_Noreturn void give_up(const char *what) {
    printf("{\"failure\":\"%s: %s\"}\n", what, strerror(errno));
    exit(1);
}

static _Noreturn void refuse(const char *what, const char *word) {
    fprintf(stderr, "load: %s: %s\n", what, word);
    exit(2);
}

static double number(const char *text) {
    char *end;
    double value = strtod(text, &end);
    if (*text == 0 || *end != 0 || !(value >= 0 && value <= 1e9)) refuse("not a number that makes sense", text);
    return value;
}

static void set_option(const char *name, const char *text) {
    if (!strcmp(name, "--cores")) {
        if (sscanf(text, "%d,%d", options.cores, options.cores + 1) != 2) refuse("not two cores", text);
        return;
    }
    double value = number(text);
    if (!strcmp(name, "--connections")) options.connections = (int)value;
    else if (!strcmp(name, "--size")) options.size = (size_t)value;
    else if (!strcmp(name, "--depth")) options.depth = (int)value;
    else if (!strcmp(name, "--seconds")) options.seconds = value;
    else if (!strcmp(name, "--warm-up")) options.warm_up = value;
    else if (!strcmp(name, "--server")) options.server = (pid_t)value;
    else refuse("unknown option", name);
}

static void allow_many_descriptors(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static double share_of_ticks(uint64_t first, uint64_t last, double seconds) {
    return (double)(last - first) / (double)sysconf(_SC_CLK_TCK) / seconds;
}

static void print_quantiles(void) {
    static const double shares[] = {0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9995, 0.9999, 1};
    printf("\"quantiles\":[");
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        printf("%s{\"share\":%g,\"nanoseconds\":%lu}", i ? "," : "", shares[i], histogram_quantile(shares[i]));
    }
    printf("]");
}

static void print_result(void) {
    const struct reading *first = &window_first, *last = &window_last;
    double seconds = (double)(last->time - first->time) / 1e9;
    double own = (double)(last->own - first->own) / 1e9, server = (double)(last->server - first->server) / 1e9;
    double user = (double)(last->server_user - first->server_user);
    double both = user + (double)(last->server_system - first->server_system);
    printf("{\"seconds\":%.6f,\"operations\":%lu,\"bytes\":%lu,\"lost\":%lu,\"errors\":%lu,", seconds, tally.operations,
           tally.bytes, tally.lost, tally.errors);
    printf("\"serverSeconds\":%.6f,\"serverUserShare\":%.4f,\"loadSeconds\":%.6f,", server, both > 0 ? user / both : 0, own);
    printf("\"othersShare\":%.4f,\"interruptsShare\":%.4f,\"stolenShare\":%.4f,",
           share_of_ticks(first->busy, last->busy, seconds) - (own + server) / seconds,
           share_of_ticks(first->interrupts, last->interrupts, seconds),
           share_of_ticks(first->stolen, last->stolen, seconds));
    print_quantiles();
    printf("}\n");
}

int main(int count, char **words) {
    if (count < 4 || count % 2) refuse("usage", "load MODE HOST PORT [OPTION VALUE]…");
    options.host = words[2];
    options.port = (int)number(words[3]);
    for (int i = 4; i < count; i += 2) set_option(words[i], words[i + 1]);
    if (options.connections < 1 || options.depth < 1) refuse("less than one", "--connections, --depth");
    if (options.size < SMALLEST_MESSAGE) refuse("less than 8 bytes", "--size");
    allow_many_descriptors();
    alarm((unsigned)(options.seconds + options.warm_up) + 60);  // never outlives its run
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (strcmp(words[1], modes[i].name)) continue;
        modes[i].run();
        if (modes[i].run != run_idle) print_result();
        return 0;
    }
    refuse("unknown mode", words[1]);
}
