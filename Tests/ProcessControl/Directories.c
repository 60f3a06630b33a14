#define _GNU_SOURCE
#include "ProcessControl.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Those that are there, for an exit that runs no deinitializers, as that of an exit test.
static struct directory {
    struct directory *next;
    char path[];
} *directories;
static pthread_mutex_t directories_lock = PTHREAD_MUTEX_INITIALIZER;

static void remove_directory(const char *path) {
    DIR *directory = opendir(path);
    if (!directory) return;
    for (struct dirent *entry; (entry = readdir(directory));) unlinkat(dirfd(directory), entry->d_name, 0);
    closedir(directory);
    rmdir(path);
}

static void remove_directories(void) {
    pthread_mutex_lock(&directories_lock);
    for (struct directory *each = directories; each; each = each->next) remove_directory(each->path);
    pthread_mutex_unlock(&directories_lock);
}

int control_make_directory(char *path) {
    struct directory *new = malloc(sizeof *new + strlen(path) + 1);
    if (!new || !mkdtemp(path)) return -1;
    strcpy(new->path, path);
    pthread_mutex_lock(&directories_lock);
    static int is_registered;
    if (!is_registered) is_registered = atexit(remove_directories) == 0;
    new->next = directories;
    directories = new;
    pthread_mutex_unlock(&directories_lock);
    return 0;
}

void control_remove_directory(const char *path) {
    remove_directory(path);
    pthread_mutex_lock(&directories_lock);
    for (struct directory **place = &directories; *place; place = &(*place)->next) {
        struct directory *each = *place;
        if (strcmp(each->path, path) != 0) continue;
        *place = each->next;
        free(each);
        break;
    }
    pthread_mutex_unlock(&directories_lock);
}
