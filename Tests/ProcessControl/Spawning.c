#define _GNU_SOURCE
#include "Spawning.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

int control_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

// After a fork of a process with threads only what is safe in signal handlers may be called.
static void become(const char *path, char *const arguments[], int input, int output, int errors) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(input, 0);
    dup2(output, 1);
    dup2(errors, 2);
    close_range(3, ~0U, 0);
    execv(path, arguments);
    static const char text[] = "the program cannot be run\n";
    _exit(write(2, text, sizeof text - 1) ? 127 : 126);
}

int control_spawn(const char *path, char *const arguments[], int input, int output, int errors) {
    pid_t process = fork();
    if (process == 0) become(path, arguments, input, output, errors);
    return process < 0 ? -errno : process;
}

int control_await_end(int process) {
    int status;
    while (waitpid(process, &status, 0) < 0) {
        if (errno != EINTR) return -SIGKILL;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}
