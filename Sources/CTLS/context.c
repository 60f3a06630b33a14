#ifdef SWIFT_SOCKETS_TLS

#include "internal.h"

#include <errno.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *ctls_library_version(void) { return OpenSSL_version(OPENSSL_VERSION); }

void ctls_free(void *memory) { free(memory); }

uint8_t *ctls_read_file(const char *path, size_t limit, size_t *count) {
    FILE *file = fopen(path, "rbe");
    if (file == NULL) return NULL;
    uint8_t *bytes = malloc(limit);
    if (bytes != NULL) *count = fread(bytes, 1, limit, file);
    int error = bytes == NULL ? ENOMEM : ferror(file) ? (errno != 0 ? errno : EIO) : *count == limit ? EFBIG : 0;
    fclose(file);
    if (error == 0) return bytes;
    free(bytes);
    errno = error;
    return NULL;
}

// MARK: Callbacks

// The first of the server's own protocols that the client offers.
static int choose_protocol(SSL *ssl, const unsigned char **chosen, unsigned char *count, const unsigned char *offered,
                           unsigned int offered_count, void *argument) {
    (void)ssl;
    const ctls_context *context = argument;
    if (SSL_select_next_proto((unsigned char **)chosen, count, context->protocols, context->protocols_count, offered, offered_count)
        == OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_OK;
    return context->protocols_demanded ? SSL_TLSEXT_ERR_ALERT_FATAL : SSL_TLSEXT_ERR_NOACK;
}

static int is_matching(const char *pattern, const char *name) {
    if (strcasecmp(pattern, name) == 0) return 1;
    const char *rest = strchr(name, '.');
    return pattern[0] == '*' && pattern[1] == '.' && rest != NULL && rest != name && strcasecmp(pattern + 1, rest) == 0;
}

// The identity for the name that the client asks for.
static int choose_identity(SSL *ssl, int *alert, void *argument) {
    (void)alert;
    const ctls_context *context = argument;
    const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    for (struct ctls_named *named = context->names; name != NULL && named != NULL; named = named->next) {
        if (!is_matching(named->name, name)) continue;
        SSL_set_SSL_CTX(ssl, named->context->ssl);
        break;
    }
    return SSL_TLSEXT_ERR_OK;
}

// MARK: Making

ctls_context *ctls_context_make(int is_server, int is_seeded) {
    ERR_clear_error();
    ctls_context *context = calloc(1, sizeof *context);
    if (context == NULL) return NULL;
    context->is_server = is_server;
    context->library = is_seeded ? ctls_seeded_library() : NULL;
    if (!is_seeded || context->library != NULL) {
        context->ssl = SSL_CTX_new_ex(context->library, NULL, is_server ? TLS_server_method() : TLS_client_method());
    }
    if (context->ssl == NULL) {
        free(context);
        return NULL;
    }
    // Without the last, what is trusted would be sent along with the identity's own chain.
    SSL_CTX_set_mode(context->ssl, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS
                                       | SSL_MODE_NO_AUTO_CHAIN);
    SSL_CTX_set_options(context->ssl, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    ctls_context_set_tickets(context, 0);
    return context;
}

void ctls_context_free(ctls_context *context) {
    if (context == NULL) return;
    SSL_CTX_free(context->ssl);
    free(context->protocols);
    for (struct ctls_named *named = context->names, *next; named != NULL; named = next) {
        next = named->next;
        ctls_context_free(named->context);
        free(named->name);
        free(named);
    }
    free(context);
}

int ctls_context_set_versions(ctls_context *context, int lowest, int highest) {
    int is_set = SSL_CTX_set_min_proto_version(context->ssl, lowest) && SSL_CTX_set_max_proto_version(context->ssl, highest);
    return is_set ? CTLS_OK : CTLS_REFUSED;
}

int ctls_context_set_ciphers(ctls_context *context, const char *list, const char *suites) {
    if (list != NULL && !SSL_CTX_set_cipher_list(context->ssl, list)) return CTLS_REFUSED;
    return suites == NULL || SSL_CTX_set_ciphersuites(context->ssl, suites) ? CTLS_OK : CTLS_REFUSED;
}

int ctls_context_set_protocols(ctls_context *context, const uint8_t *wire, unsigned count, int is_demanded) {
    if (!context->is_server) return SSL_CTX_set_alpn_protos(context->ssl, wire, count) == 0 ? CTLS_OK : CTLS_REFUSED;
    context->protocols = malloc(count);
    if (context->protocols == NULL) return CTLS_OUT_OF_MEMORY;
    memcpy(context->protocols, wire, count);
    context->protocols_count = count;
    context->protocols_demanded = is_demanded;
    SSL_CTX_set_alpn_select_cb(context->ssl, choose_protocol, context);
    return CTLS_OK;
}

int ctls_context_add_name(ctls_context *context, const char *name, ctls_context *other) {
    struct ctls_named *named = calloc(1, sizeof *named);
    char *copy = strdup(name);
    if (named == NULL || copy == NULL) {
        free(named);
        free(copy);
        return CTLS_OUT_OF_MEMORY;
    }
    named->name = copy;
    named->context = other;
    struct ctls_named **end = &context->names;
    while (*end != NULL) end = &(*end)->next;
    *end = named;
    SSL_CTX_set_tlsext_servername_callback(context->ssl, choose_identity);
    SSL_CTX_set_tlsext_servername_arg(context->ssl, context);
    return CTLS_OK;
}

void ctls_context_set_tickets(ctls_context *context, int are_used) {
    static const unsigned char mark[] = "swift-sockets";
    SSL_CTX_set_num_tickets(context->ssl, are_used ? 2 : 0);
    if (!are_used) {
        SSL_CTX_set_options(context->ssl, SSL_OP_NO_TICKET);
        SSL_CTX_set_session_cache_mode(context->ssl, SSL_SESS_CACHE_OFF);
        return;
    }
    SSL_CTX_clear_options(context->ssl, SSL_OP_NO_TICKET);
    SSL_CTX_set_session_id_context(context->ssl, mark, sizeof mark - 1);
    // Tickets alone: nothing is kept here for a server, and what a client is given goes to its owner.
    SSL_CTX_set_session_cache_mode(context->ssl, SSL_SESS_CACHE_NO_INTERNAL | (context->is_server ? 0 : SSL_SESS_CACHE_CLIENT));
    if (!context->is_server) SSL_CTX_sess_set_new_cb(context->ssl, ctls_keep_ticket);
}

void ctls_context_set_verification(ctls_context *context, enum ctls_verification verification) {
    context->verification = verification;
    int mode = verification == CTLS_VERIFY_NONE       ? SSL_VERIFY_NONE
               : verification == CTLS_VERIFY_REQUIRED ? SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT
                                                      : SSL_VERIFY_PEER;
    SSL_CTX_set_verify(context->ssl, mode, verification == CTLS_VERIFY_NONE ? NULL : ctls_verify);
}

static int take_any(int is_fine, X509_STORE_CTX *store) {
    (void)is_fine, (void)store;
    return 1;
}

void ctls_context_take_anybody(ctls_context *context) {
    SSL_CTX_set_verify(context->ssl, SSL_CTX_get_verify_mode(context->ssl), take_any);
}

// MARK: Certificates and keys

// Whether the last error is only that there is no further block of the kind looked for.
static int is_end_of_pem(void) {
    unsigned long error = ERR_peek_last_error();
    return ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
}

typedef int use_certificate(ctls_context *, X509 *);

enum { END_OF_TEXT = -1 };

static int end_of_blocks(int damaged) {
    if (!is_end_of_pem()) return damaged;
    ERR_clear_error();
    return END_OF_TEXT;
}

static int take_certificate(ctls_context *context, BIO *text, use_certificate *use) {
    X509 *certificate = X509_new_ex(context->library, NULL);
    int is_read = certificate != NULL && PEM_read_bio_X509_AUX(text, &certificate, NULL, "") != NULL;
    int status = is_read ? use(context, certificate) : end_of_blocks(CTLS_BAD_CERTIFICATE);
    X509_free(certificate);
    return status;
}

static int use_list(ctls_context *context, X509_CRL *list) {
    return X509_STORE_add_crl(SSL_CTX_get_cert_store(context->ssl), list) ? CTLS_OK : CTLS_REFUSED;
}

static int take_list(ctls_context *context, BIO *text, use_certificate *none) {
    (void)none;
    X509_CRL *list = X509_CRL_new_ex(context->library, NULL);
    int is_read = list != NULL && PEM_read_bio_X509_CRL(text, &list, NULL, "") != NULL;
    int status = is_read ? use_list(context, list) : end_of_blocks(CTLS_BAD_LIST);
    X509_CRL_free(list);
    return status;
}

// Takes one block of a text after the other; `missing` if there is none.
static int each_block(ctls_context *context, const uint8_t *bytes, size_t count, int missing,
                      int (*take)(ctls_context *, BIO *, use_certificate *), use_certificate *use) {
    ERR_clear_error();
    BIO *text = BIO_new_mem_buf(bytes, (int)count);
    if (text == NULL) return CTLS_OUT_OF_MEMORY;
    int found = 0, status;
    while ((status = take(context, text, use)) == CTLS_OK) found++;
    BIO_free(text);
    return status != END_OF_TEXT ? status : found == 0 ? missing : CTLS_OK;
}

static int one_certificate(ctls_context *context, const uint8_t *bytes, size_t count, use_certificate *use) {
    ERR_clear_error();
    const unsigned char *at = bytes;
    X509 *certificate = X509_new_ex(context->library, NULL);
    int is_read = certificate != NULL && d2i_X509(&certificate, &at, (long)count) != NULL && at == bytes + count;
    int status = is_read ? use(context, certificate) : CTLS_BAD_CERTIFICATE;
    X509_free(certificate);
    return status;
}

static int trust(ctls_context *context, X509 *certificate) {
    if (!X509_STORE_add_cert(SSL_CTX_get_cert_store(context->ssl), certificate)) return CTLS_REFUSED;
    // A server tells which issuers it knows.
    return !context->is_server || SSL_CTX_add_client_CA(context->ssl, certificate) ? CTLS_OK : CTLS_REFUSED;
}

// The first is the identity's own, those after it lead to the root.
static int add_to_chain(ctls_context *context, X509 *certificate) {
    int is_added = SSL_CTX_get0_certificate(context->ssl) == NULL ? SSL_CTX_use_certificate(context->ssl, certificate)
                                                                  : SSL_CTX_add1_chain_cert(context->ssl, certificate);
    return is_added ? CTLS_OK : CTLS_REFUSED;
}

int ctls_context_trust_system(ctls_context *context) {
    return SSL_CTX_set_default_verify_paths(context->ssl) ? CTLS_OK : CTLS_REFUSED;
}

int ctls_context_trust_pem(ctls_context *context, const uint8_t *bytes, size_t count) {
    return each_block(context, bytes, count, CTLS_NO_CERTIFICATE, take_certificate, trust);
}

int ctls_context_trust_der(ctls_context *context, const uint8_t *bytes, size_t count) {
    return one_certificate(context, bytes, count, trust);
}

int ctls_context_add_chain_pem(ctls_context *context, const uint8_t *bytes, size_t count) {
    return each_block(context, bytes, count, CTLS_NO_CERTIFICATE, take_certificate, add_to_chain);
}

int ctls_context_add_chain_der(ctls_context *context, const uint8_t *bytes, size_t count) {
    return one_certificate(context, bytes, count, add_to_chain);
}

int ctls_context_add_lists_pem(ctls_context *context, const uint8_t *bytes, size_t count) {
    return each_block(context, bytes, count, CTLS_NO_LIST, take_list, NULL);
}

int ctls_context_add_lists_der(ctls_context *context, const uint8_t *bytes, size_t count) {
    ERR_clear_error();
    const unsigned char *at = bytes;
    X509_CRL *list = X509_CRL_new_ex(context->library, NULL);
    int is_read = list != NULL && d2i_X509_CRL(&list, &at, (long)count) != NULL && at == bytes + count;
    int status = is_read ? use_list(context, list) : CTLS_BAD_LIST;
    X509_CRL_free(list);
    return status;
}

void ctls_context_check_revocation(ctls_context *context, enum ctls_revocation scope) {
    unsigned long flags = X509_V_FLAG_CRL_CHECK | (scope == CTLS_REVOCATION_OF_CHAIN ? X509_V_FLAG_CRL_CHECK_ALL : 0);
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context->ssl), flags);
}

struct passphrase {
    const char *text;
    int was_asked;
};

// Never the terminal: a program that nobody sits at would wait for ever.
static int tell_passphrase(char *buffer, int capacity, int is_writing, void *argument) {
    (void)is_writing;
    struct passphrase *passphrase = argument;
    passphrase->was_asked = 1;
    int count = passphrase->text == NULL ? -1 : (int)strlen(passphrase->text);
    if (count < 0 || count > capacity) return -1;
    memcpy(buffer, passphrase->text, (size_t)count);
    return count;
}

static EVP_PKEY *read_key(ctls_context *context, const uint8_t *bytes, size_t count, struct passphrase *passphrase) {
    BIO *memory = BIO_new_mem_buf(bytes, (int)count);
    EVP_PKEY *key = memory == NULL ? NULL : PEM_read_bio_PrivateKey_ex(memory, NULL, tell_passphrase, passphrase, context->library, NULL);
    if (key == NULL && memory != NULL && !passphrase->was_asked) {
        const unsigned char *at = bytes;
        key = d2i_AutoPrivateKey_ex(NULL, &at, (long)count, context->library, NULL);
    }
    BIO_free(memory);
    return key;
}

int ctls_context_set_key(ctls_context *context, const uint8_t *bytes, size_t count, const char *text) {
    struct passphrase passphrase = {text, 0};
    ERR_clear_error();
    EVP_PKEY *key = read_key(context, bytes, count, &passphrase);
    if (key == NULL) {
        if (passphrase.was_asked) return CTLS_LOCKED_KEY;
        return count > 0 && bytes[0] == '-' ? CTLS_BAD_KEY : CTLS_NO_KEY;
    }
    X509 *certificate = SSL_CTX_get0_certificate(context->ssl);
    int is_match = certificate != NULL && X509_check_private_key(certificate, key);
    int status = !is_match ? CTLS_KEY_MISMATCH : SSL_CTX_use_PrivateKey(context->ssl, key) ? CTLS_OK : CTLS_REFUSED;
    EVP_PKEY_free(key);
    return status;
}

void ctls_reason(char *text, size_t capacity) {
    unsigned long error = ERR_peek_last_error();
    const char *reason = error == 0 ? NULL : ERR_reason_error_string(error);
    snprintf(text, capacity, "%s", reason == NULL ? "" : reason);
    ERR_clear_error();
}

#endif
