#define _GNU_SOURCE
#include "OwnNetwork.h"

#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int control_may_have_own_network(void) {
    pid_t child = fork();
    if (child == 0) _exit(unshare(CLONE_NEWNS | CLONE_NEWNET) == 0 ? 0 : 1);
    int status = 1;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

int control_set_loopback(int is_up) {
    int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct ifreq request;
    memset(&request, 0, sizeof request);
    strcpy(request.ifr_name, "lo");
    request.ifr_flags = is_up ? IFF_UP | IFF_RUNNING : 0;
    int result = ioctl(descriptor, SIOCSIFFLAGS, &request);
    close(descriptor);
    return result;
}

int control_see_instead(const char *file, const char *other) {
    if (unshare(CLONE_NEWNS) < 0) return -1;
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) return -1;
    return mount(other, file, NULL, MS_BIND, NULL);
}

int control_enter_own_network(const char *resolver) {
    if (unshare(CLONE_NEWNET) < 0 || control_see_instead("/etc/resolv.conf", resolver) < 0) return -1;
    return control_set_loopback(1);
}

int control_this_network(void) { return open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC); }

int control_enter_network(int network) { return setns(network, CLONE_NEWNET); }

int control_make_network(void) {
    int here = control_this_network();
    if (here < 0) return -1;
    int network = -1;
    if (unshare(CLONE_NEWNET) == 0) {
        network = control_this_network();
        control_set_loopback(1);
        // A thread that is lost in another network would make others' tests fail, and nobody would know why.
        if (setns(here, CLONE_NEWNET) < 0) abort();
    }
    close(here);
    return network;
}
