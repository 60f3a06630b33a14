#define _GNU_SOURCE
#include "CSock.h"

#include <dirent.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int csock_count_descriptors(void) {
    DIR *folder = opendir("/proc/self/fd");
    if (!folder) return -1;
    int count = 0;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) count += entry->d_name[0] != '.';
    closedir(folder);
    // That of the folder itself.
    return count - 1;
}

static int has_prefix(const char *thread, const char *prefix) {
    char path[64], name[64];
    snprintf(path, sizeof path, "/proc/self/task/%.20s/comm", thread);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return 0;
    ssize_t count = read(descriptor, name, sizeof name - 1);
    close(descriptor);
    name[count < 0 ? 0 : count] = 0;
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

int csock_count_threads(const char *prefix) {
    DIR *folder = opendir("/proc/self/task");
    if (!folder) return -1;
    int count = 0;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (entry->d_name[0] != '.') count += has_prefix(entry->d_name, prefix);
    }
    closedir(folder);
    return count;
}

unsigned long csock_heap_bytes(void) {
    // Small blocks that wait in caches of their threads count as used: they are few.
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}
