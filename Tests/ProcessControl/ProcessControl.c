#define _GNU_SOURCE
#include "ProcessControl.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int control_open_file(const char *path, const void *bytes, unsigned long count) {
    int descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    while (descriptor >= 0 && count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written <= 0) break;
        bytes = (const char *)bytes + written;
        count -= (unsigned long)written;
    }
    return descriptor;
}

int control_is_open(int descriptor) { return fcntl(descriptor, F_GETFD) >= 0; }

int control_is_nonblocking(int descriptor) { return (fcntl(descriptor, F_GETFL) & O_NONBLOCK) != 0; }

void control_set_nonblocking(int descriptor, int is_nonblocking) {
    int flags = fcntl(descriptor, F_GETFL);
    fcntl(descriptor, F_SETFL, is_nonblocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
}

int control_is_close_on_exec(int descriptor) { return (fcntl(descriptor, F_GETFD) & FD_CLOEXEC) != 0; }

void control_clear_close_on_exec(int descriptor) { fcntl(descriptor, F_SETFD, 0); }

void control_clear_non_blocking(int descriptor) { fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK); }

int control_has_same_file(int a, int b) {
    struct stat one, other;
    return fstat(a, &one) == 0 && fstat(b, &other) == 0 && one.st_ino == other.st_ino && one.st_dev == other.st_dev;
}

void control_limit_descriptors(int limit) {
    struct rlimit value = {.rlim_cur = (rlim_t)limit, .rlim_max = (rlim_t)limit};
    setrlimit(RLIMIT_NOFILE, &value);
}

int control_exhaust_descriptors(int limit) {
    control_limit_descriptors(limit);
    int taken = 0;
    while (open("/dev/null", O_RDONLY | O_CLOEXEC) >= 0) taken++;
    return taken;
}

static void do_nothing(int signal) { (void)signal; }

void control_ignore_by_handler(int signal) {
    struct sigaction action = {.sa_handler = do_nothing};
    sigaction(signal, &action, NULL);
}

static void each_thread(void (*body)(const char *, void *), void *context) {
    DIR *directory = opendir("/proc/self/task");
    if (!directory) return;
    for (struct dirent *entry; (entry = readdir(directory));)
        if (entry->d_name[0] != '.') body(entry->d_name, context);
    closedir(directory);
}

static void send_signal(const char *thread, void *context) {
    long number = strtol(thread, NULL, 10);
    if (number != syscall(SYS_gettid)) syscall(SYS_tgkill, getpid(), number, *(int *)context);
}

void control_signal_others(int signal) { each_thread(send_signal, &signal); }

int control_is_pending(int signal) {
    sigset_t pending;
    sigpending(&pending);
    return sigismember(&pending, signal);
}

void control_block(int signal) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

struct search {
    char text[64];
    int found;
};

static void look_for(const char *thread, void *context) {
    struct search *search = context;
    char path[64], status[256];
    snprintf(path, sizeof path, "/proc/self/task/%.20s/stat", thread);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    ssize_t count = read(descriptor, status, sizeof status - 1);
    close(descriptor);
    status[count < 0 ? 0 : count] = 0;
    if (strstr(status, search->text)) search->found = 1;
}

int control_is_asleep(const char *thread) {
    struct search search = {.found = 0};
    snprintf(search.text, sizeof search.text, "(%.15s) S", thread);
    each_thread(look_for, &search);
    return search.found;
}

long control_cpu_time(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000L + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}
int control_duplicate(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 0); }

void control_raise(int signal) { raise(signal); }

int control_forbid_io_uring(void) {
    struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 425 /* io_uring_setup */, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof rules / sizeof *rules, rules};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
