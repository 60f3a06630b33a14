#ifndef SWIFT_SOCKETS_CTLS_INTERNAL_H
#define SWIFT_SOCKETS_CTLS_INTERNAL_H

#include "CTLS.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

struct ctls_named {
    char *name;
    ctls_context *context;
    struct ctls_named *next;
};

struct ctls_context {
    SSL_CTX *ssl;
    OSSL_LIB_CTX *library; // NULL: the process's own
    int is_server;
    enum ctls_verification verification;
    unsigned char *protocols; // as in RFC 7301: a length, then a name
    unsigned protocols_count;
    int protocols_demanded;
    struct ctls_named *names;
};

struct ctls_session {
    SSL *ssl;
    BIO *input, *output; // the SSL's own
    struct ctls_failure failure;
    X509 *refused;
    SSL_SESSION *ticket;
};

// The library context that draws from the thread's stream; NULL if it cannot be made.
OSSL_LIB_CTX *ctls_seeded_library(void);
// Makes this thread's generators of it ready.
int ctls_seeded_prepare(void);

struct ctls_certificate *ctls_describe(X509 *certificate);
int ctls_verify(int is_fine, X509_STORE_CTX *store);
int ctls_keep_ticket(SSL *ssl, SSL_SESSION *ticket);

#endif
