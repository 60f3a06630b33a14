// A library context whose randomness is the calling thread's stream: a provider with one generator, which is every generator there is.
#ifdef SWIFT_SOCKETS_TLS

#include "internal.h"

#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define GENERATOR "SOCKETS-SEEDED"
#define IS_SECRET "sockets-secret"

static _Thread_local struct ctls_stream *current;
static _Thread_local int is_prepared;

void ctls_enter(struct ctls_stream *stream) {
    current = stream;
    ctls_seeded_prepare();
}

void ctls_leave(void) { current = NULL; }

struct generator {
    int is_secret;
};

static void *generator_new(void *provider, void *parent, const OSSL_DISPATCH *dispatch) {
    (void)provider, (void)parent, (void)dispatch;
    return calloc(1, sizeof(struct generator));
}

static void generator_free(void *generator) { free(generator); }

static int generator_instantiate(void *generator, unsigned int strength, int resists, const unsigned char *text,
                                 size_t count, const OSSL_PARAM parameters[]) {
    (void)generator, (void)strength, (void)resists, (void)text, (void)count, (void)parameters;
    return 1;
}

static int generator_uninstantiate(void *generator) {
    (void)generator;
    return 1;
}

// SplitMix64.
static uint64_t next(uint64_t *state) {
    uint64_t value = *state += 0x9e3779b97f4a7c15;
    value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
    value = (value ^ value >> 27) * 0x94d049bb133111eb;
    return value ^ value >> 31;
}

static void fill(uint64_t *state, unsigned char *bytes, size_t count) {
    for (size_t at = 0; at < count; at += 8) {
        uint64_t value = next(state);
        for (size_t index = 0; index < 8 && at + index < count; index++) bytes[at + index] = (unsigned char)(value >> index * 8);
    }
}

// Nothing is random where nobody has said from which seed.
static int generator_generate(void *generator, unsigned char *bytes, size_t count, unsigned int strength, int resists,
                              const unsigned char *text, size_t text_count) {
    (void)strength, (void)resists, (void)text, (void)text_count;
    if (current == NULL) return 0;
    fill(((struct generator *)generator)->is_secret ? &current->secret : &current->open, bytes, count);
    return 1;
}

static int generator_reseed(void *generator, int resists, const unsigned char *entropy, size_t entropy_count,
                            const unsigned char *text, size_t count) {
    (void)generator, (void)resists, (void)entropy, (void)entropy_count, (void)text, (void)count;
    return 1;
}

static size_t generator_nonce(void *generator, unsigned char *bytes, unsigned int strength, size_t shortest, size_t longest) {
    (void)generator, (void)strength, (void)longest;
    if (bytes != NULL) memset(bytes, 0, shortest);
    return shortest;
}

static int generator_locking(void *generator) {
    (void)generator;
    return 1;
}

static void generator_unlock(void *generator) { (void)generator; }

static int generator_parameters(void *generator, OSSL_PARAM parameters[]) {
    (void)generator;
    OSSL_PARAM *found = OSSL_PARAM_locate(parameters, OSSL_RAND_PARAM_STATE);
    if (found != NULL && !OSSL_PARAM_set_int(found, EVP_RAND_STATE_READY)) return 0;
    found = OSSL_PARAM_locate(parameters, OSSL_RAND_PARAM_STRENGTH);
    if (found != NULL && !OSSL_PARAM_set_uint(found, 256)) return 0;
    found = OSSL_PARAM_locate(parameters, OSSL_RAND_PARAM_MAX_REQUEST);
    return found == NULL || OSSL_PARAM_set_size_t(found, 1 << 20);
}

static const OSSL_PARAM *generator_gettable(void *generator, void *provider) {
    (void)generator, (void)provider;
    static const OSSL_PARAM known[] = {
        OSSL_PARAM_int(OSSL_RAND_PARAM_STATE, NULL), OSSL_PARAM_uint(OSSL_RAND_PARAM_STRENGTH, NULL),
        OSSL_PARAM_size_t(OSSL_RAND_PARAM_MAX_REQUEST, NULL), OSSL_PARAM_END};
    return known;
}

static int generator_set_parameters(void *generator, const OSSL_PARAM parameters[]) {
    const OSSL_PARAM *found = OSSL_PARAM_locate_const(parameters, IS_SECRET);
    return found == NULL || OSSL_PARAM_get_int(found, &((struct generator *)generator)->is_secret);
}

static const OSSL_PARAM *generator_settable(void *generator, void *provider) {
    (void)generator, (void)provider;
    static const OSSL_PARAM known[] = {OSSL_PARAM_int(IS_SECRET, NULL), OSSL_PARAM_END};
    return known;
}

static const OSSL_DISPATCH generator_functions[] = {
    {OSSL_FUNC_RAND_NEWCTX, (void (*)(void))generator_new},
    {OSSL_FUNC_RAND_FREECTX, (void (*)(void))generator_free},
    {OSSL_FUNC_RAND_INSTANTIATE, (void (*)(void))generator_instantiate},
    {OSSL_FUNC_RAND_UNINSTANTIATE, (void (*)(void))generator_uninstantiate},
    {OSSL_FUNC_RAND_GENERATE, (void (*)(void))generator_generate},
    {OSSL_FUNC_RAND_RESEED, (void (*)(void))generator_reseed},
    {OSSL_FUNC_RAND_NONCE, (void (*)(void))generator_nonce},
    {OSSL_FUNC_RAND_ENABLE_LOCKING, (void (*)(void))generator_locking},
    {OSSL_FUNC_RAND_LOCK, (void (*)(void))generator_locking},
    {OSSL_FUNC_RAND_UNLOCK, (void (*)(void))generator_unlock},
    {OSSL_FUNC_RAND_GETTABLE_CTX_PARAMS, (void (*)(void))generator_gettable},
    {OSSL_FUNC_RAND_GET_CTX_PARAMS, (void (*)(void))generator_parameters},
    {OSSL_FUNC_RAND_SETTABLE_CTX_PARAMS, (void (*)(void))generator_settable},
    {OSSL_FUNC_RAND_SET_CTX_PARAMS, (void (*)(void))generator_set_parameters},
    {0, NULL}};

static const OSSL_ALGORITHM *provider_query(void *provider, int operation, int *may_not_cache) {
    static const OSSL_ALGORITHM generators[] = {{GENERATOR, "provider=sockets", generator_functions, NULL}, {NULL, NULL, NULL, NULL}};
    (void)provider;
    *may_not_cache = 0;
    return operation == OSSL_OP_RAND ? generators : NULL;
}

static int provider_start(const OSSL_CORE_HANDLE *handle, const OSSL_DISPATCH *in, const OSSL_DISPATCH **out, void **provider) {
    static const OSSL_DISPATCH functions[] = {{OSSL_FUNC_PROVIDER_QUERY_OPERATION, (void (*)(void))provider_query}, {0, NULL}};
    (void)in;
    *out = functions;
    *provider = (void *)handle;
    return 1;
}

static OSSL_LIB_CTX *library;

// Never freed: sessions of any thread may use it until the process ends.
static void make_library(void) {
    OSSL_LIB_CTX *made = OSSL_LIB_CTX_new();
    if (made != NULL && OSSL_PROVIDER_add_builtin(made, "sockets", provider_start) == 1
        && OSSL_PROVIDER_load(made, "default") != NULL && OSSL_PROVIDER_load(made, "sockets") != NULL
        && RAND_set_DRBG_type(made, GENERATOR, NULL, NULL, NULL) == 1 && RAND_set_seed_source_type(made, GENERATOR, NULL) == 1) {
        library = made;
    } else {
        OSSL_LIB_CTX_free(made);
    }
}

OSSL_LIB_CTX *ctls_seeded_library(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_library);
    return library;
}

int ctls_seeded_prepare(void) {
    if (is_prepared) return 1;
    OSSL_LIB_CTX *seeded = ctls_seeded_library();
    if (seeded == NULL || RAND_get0_public(seeded) == NULL) return 0;
    EVP_RAND_CTX *secret = RAND_get0_private(seeded);
    int yes = 1;
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_int(IS_SECRET, &yes), OSSL_PARAM_END};
    is_prepared = secret != NULL && EVP_RAND_CTX_set_params(secret, parameters) == 1;
    return is_prepared;
}

#endif
