#include "CTLSBaseline.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static EVP_PKEY *own_key;
static X509 *own_certificate;

static const char *text_of(BIO *memory) {
    BIO_write(memory, "", 1);
    char *text = NULL;
    BIO_get_mem_data(memory, &text);
    return text;
}

int baseline_identity(const char **certificate, const char **key) {
    own_key = EVP_EC_gen("P-256");
    own_certificate = X509_new();
    X509_set_version(own_certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(own_certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(own_certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(own_certificate), 86400);
    X509_set_pubkey(own_certificate, own_key);
    X509_NAME *name = X509_get_subject_name(own_certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)"localhost", -1, -1, 0);
    X509_set_issuer_name(own_certificate, name);
    X509_EXTENSION *names = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, "DNS:localhost");
    X509_add_ext(own_certificate, names, -1);
    X509_EXTENSION_free(names);
    if (!X509_sign(own_certificate, own_key, EVP_sha256())) return 0;
    BIO *memory = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(memory, own_certificate);
    *certificate = text_of(memory);
    memory = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(memory, own_key, NULL, NULL, 0, NULL, NULL);
    *key = text_of(memory);
    return 1;
}

static SSL_CTX *context(int is_server) {
    SSL_CTX *made = SSL_CTX_new(is_server ? TLS_server_method() : TLS_client_method());
    SSL_CTX_set_mode(made, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_num_tickets(made, 0);
    SSL_CTX_set_session_cache_mode(made, SSL_SESS_CACHE_OFF);
    if (is_server) {
        SSL_CTX_use_certificate(made, own_certificate);
        SSL_CTX_use_PrivateKey(made, own_key);
    } else {
        X509_STORE_add_cert(SSL_CTX_get_cert_store(made), own_certificate);
        SSL_CTX_set_verify(made, SSL_VERIFY_PEER, NULL);
    }
    return made;
}

struct pair {
    SSL *client, *server;
    BIO *to_client, *to_server, *from_client, *from_server;
};

static struct pair make(SSL_CTX *client, SSL_CTX *server) {
    struct pair pair = {SSL_new(client), SSL_new(server), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem())};
    SSL_set_bio(pair.client, pair.to_client, pair.from_client);
    SSL_set_bio(pair.server, pair.to_server, pair.from_server);
    SSL_set_connect_state(pair.client);
    SSL_set_accept_state(pair.server);
    SSL_set_tlsext_host_name(pair.client, "localhost");
    SSL_set1_host(pair.client, "localhost");
    return pair;
}

static void end(struct pair pair) {
    SSL_free(pair.client);
    SSL_free(pair.server);
}

// As a program with a socket between them would: out of one memory, into another.
static void carry(BIO *from, BIO *to) {
    static char bytes[65536];
    int count;
    while ((count = BIO_read(from, bytes, sizeof bytes)) > 0) BIO_write(to, bytes, count);
}

static int shake_hands(struct pair pair) {
    for (int round = 0; round < 10; round++) {
        int is_done = SSL_do_handshake(pair.client) == 1;
        carry(pair.from_client, pair.to_server);
        is_done &= SSL_do_handshake(pair.server) == 1;
        carry(pair.from_server, pair.to_client);
        if (is_done) return 1;
    }
    return 0;
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int64_t baseline_handshakes(int count) {
    SSL_CTX *client = context(0), *server = context(1);
    int64_t start = now();
    int are_done = 1;
    for (int index = 0; index < count && are_done; index++) {
        struct pair pair = make(client, server);
        are_done = shake_hands(pair);
        end(pair);
    }
    int64_t taken = now() - start;
    SSL_CTX_free(client);
    SSL_CTX_free(server);
    return are_done ? taken : -1;
}

int64_t baseline_bulk(size_t count, size_t block) {
    SSL_CTX *client = context(0), *server = context(1);
    struct pair pair = make(client, server);
    int is_fine = shake_hands(pair);
    char *sent = calloc(1, block), *received = malloc(16384);
    size_t total = 0;
    int64_t start = now();
    while (is_fine && total < count) {
        for (size_t at = 0, written; is_fine && at < block; at += written) {
            is_fine = SSL_write_ex(pair.client, sent + at, block - at, &written);
        }
        carry(pair.from_client, pair.to_server);
        size_t read;
        while (SSL_read_ex(pair.server, received, 16384, &read)) total += read;
    }
    int64_t taken = now() - start;
    free(sent);
    free(received);
    end(pair);
    SSL_CTX_free(client);
    SSL_CTX_free(server);
    return is_fine ? taken : -1;
}
