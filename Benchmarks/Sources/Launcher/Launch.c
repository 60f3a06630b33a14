#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "Launcher.h"

static int become(const struct launch_request *request, pid_t parent) {
    if (prctl(PR_SET_PDEATHSIG, request->death_signal)) return errno;
    if (getppid() != parent) return ESRCH;  // it ended before the signal was ordered
    if (request->core >= 0) {
        cpu_set_t set;
        CPU_ZERO(&set);
        CPU_SET(request->core, &set);
        if (sched_setaffinity(0, sizeof set, &set)) return errno;
    }
    int nothing = open("/dev/null", O_RDONLY);
    if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(request->output, 1) < 0 || dup2(request->errors, 2) < 0) return errno;
    if (request->directory && chdir(request->directory)) return errno;
    execvpe(request->words[0], request->words, request->environment);
    return errno;
}

pid_t launch(const struct launch_request *request) {
    int report[2];  // closes when the program runs; before, it carries what went wrong
    if (pipe2(report, O_CLOEXEC)) return -errno;
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        int error = become(request, parent);
        if (write(report[1], &error, sizeof error) < 0) _exit(126);
        _exit(127);
    }
    int error = child < 0 ? errno : 0;
    close(report[1]);
    if (child > 0) {
        ssize_t count;
        do count = read(report[0], &error, sizeof error); while (count < 0 && errno == EINTR);
        if (error) waitpid(child, NULL, 0);
    }
    close(report[0]);
    return error ? -error : child;
}

int allowed_cores(int *cores, int most) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set)) return -errno;
    int count = 0;
    for (int core = 0; core < CPU_SETSIZE && count < most; core++) if (CPU_ISSET(core, &set)) cores[count++] = core;
    return count;
}
