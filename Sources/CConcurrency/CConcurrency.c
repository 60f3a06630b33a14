#define _GNU_SOURCE
#include "CConcurrency.h"
#include "CPOSIX.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>

#define SWIFT_CALL __attribute__((swiftcall))

typedef SWIFT_CALL void (*enqueue)(void *job);
typedef SWIFT_CALL void (*hook)(void *job, enqueue original);

static _Atomic(cconcurrency_take) asked;
static hook earlier;
static bool is_hooked;

static SWIFT_CALL void enqueue_global(void *job, enqueue original) {
    void *simulation = cposix_current_simulation();
    if (simulation && atomic_load(&asked)(simulation, job)) return;
    if (earlier) earlier(job, original);
    else original(job);
}

// For good: another thread may be in the hook at any time.
static void install(void) {
    // A plain extern would find a copy in the executable, which the runtime does not read.
    hook *place = (hook *)dlsym(RTLD_DEFAULT, "swift_task_enqueueGlobal_hook");
    if (!place) return;
    earlier = *place;
    is_hooked = true;
    __atomic_store_n(place, enqueue_global, __ATOMIC_RELEASE);
}

bool cconcurrency_hook(cconcurrency_take take) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    atomic_store(&asked, take);
    pthread_once(&once, install);
    return is_hooked;
}
