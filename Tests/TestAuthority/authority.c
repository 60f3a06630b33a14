#ifdef SWIFT_SOCKETS_TLS

#include "TestAuthority.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

static char *text_of(BIO *memory) {
    char *bytes = NULL;
    long count = BIO_get_mem_data(memory, &bytes);
    char *text = calloc(1, (size_t)count + 1);
    if (text != NULL) memcpy(text, bytes, (size_t)count);
    BIO_free(memory);
    return text;
}

static EVP_PKEY *read_key(const char *text) {
    BIO *memory = BIO_new_mem_buf(text, -1);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(memory, NULL, NULL, NULL);
    BIO_free(memory);
    return key;
}

static X509 *read_certificate(const char *text) {
    BIO *memory = BIO_new_mem_buf(text, -1);
    X509 *certificate = PEM_read_bio_X509(memory, NULL, NULL, NULL);
    BIO_free(memory);
    return certificate;
}

static void add(X509 *certificate, X509 *issuer, int kind, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, kind, value);
    if (extension != NULL) X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

static X509 *make(const struct authority_request *request, EVP_PKEY *key, X509 *issuer) {
    X509 *certificate = X509_new();
    unsigned char serial[8];
    RAND_bytes(serial, sizeof serial);
    serial[0] &= 0x7f;
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), (uint64_t)serial[0] << 56 | (uint64_t)serial[1] << 48
                            | (uint64_t)serial[2] << 40 | (uint64_t)serial[3] << 32 | 1);
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_TIME_set(X509_getm_notBefore(certificate), (time_t)request->not_before);
    ASN1_TIME_set(X509_getm_notAfter(certificate), (time_t)request->not_after);
    X509_set_pubkey(certificate, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, (const unsigned char *)request->subject, -1, -1, 0);
    X509 *by = issuer == NULL ? certificate : issuer;
    X509_set_issuer_name(certificate, X509_get_subject_name(by));
    add(certificate, by, NID_basic_constraints, request->is_issuer ? "critical,CA:TRUE" : "critical,CA:FALSE");
    add(certificate, by, NID_subject_key_identifier, "hash");
    if (request->is_issuer) add(certificate, by, NID_key_usage, "critical,keyCertSign,cRLSign");
    if (request->names != NULL) add(certificate, by, NID_subject_alt_name, request->names);
    return certificate;
}

int authority_issue(const struct authority_request *request, char **certificate, char **key) {
    EVP_PKEY *own = request->rsa_bits > 0 ? EVP_RSA_gen((unsigned)request->rsa_bits) : EVP_EC_gen("P-256");
    X509 *issuer = request->issuer_certificate == NULL ? NULL : read_certificate(request->issuer_certificate);
    EVP_PKEY *signer = issuer == NULL ? own : read_key(request->issuer_key);
    X509 *made = own == NULL ? NULL : make(request, own, issuer);
    int is_made = made != NULL && signer != NULL && X509_sign(made, signer, EVP_sha256()) > 0;
    if (is_made) {
        BIO *memory = BIO_new(BIO_s_mem());
        PEM_write_bio_X509(memory, made);
        *certificate = text_of(memory);
        memory = BIO_new(BIO_s_mem());
        PEM_write_bio_PrivateKey(memory, own, NULL, NULL, 0, NULL, NULL);
        *key = text_of(memory);
    }
    if (signer != own) EVP_PKEY_free(signer);
    EVP_PKEY_free(own);
    X509_free(issuer);
    X509_free(made);
    return is_made;
}

char *authority_lock(const char *text, const char *passphrase) {
    EVP_PKEY *key = read_key(text);
    BIO *memory = BIO_new(BIO_s_mem());
    PEM_write_bio_PKCS8PrivateKey(memory, key, EVP_aes_256_cbc(), passphrase, (int)strlen(passphrase), NULL, NULL);
    EVP_PKEY_free(key);
    return text_of(memory);
}

static void add_entry(X509_CRL *list, const char *text, ASN1_TIME *time) {
    X509 *certificate = read_certificate(text);
    X509_REVOKED *entry = X509_REVOKED_new();
    if (certificate != NULL) X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(certificate));
    X509_REVOKED_set_revocationDate(entry, time);
    X509_CRL_add0_revoked(list, entry);
    X509_free(certificate);
}

char *authority_revoke(const char *issuer_certificate, const char *issuer_key, const char *revoked, int64_t issued, int64_t next) {
    X509 *issuer = read_certificate(issuer_certificate);
    EVP_PKEY *key = read_key(issuer_key);
    ASN1_TIME *from = ASN1_TIME_set(NULL, (time_t)issued), *until = ASN1_TIME_set(NULL, (time_t)next);
    X509_CRL *list = X509_CRL_new();
    X509_CRL_set_version(list, X509_CRL_VERSION_2);
    X509_CRL_set_issuer_name(list, X509_get_subject_name(issuer));
    X509_CRL_set1_lastUpdate(list, from);
    X509_CRL_set1_nextUpdate(list, until);
    if (revoked != NULL) add_entry(list, revoked, from);
    char *text = NULL;
    if (X509_CRL_sign(list, key, EVP_sha256()) > 0) {
        BIO *memory = BIO_new(BIO_s_mem());
        PEM_write_bio_X509_CRL(memory, list);
        text = text_of(memory);
    }
    X509_CRL_free(list);
    ASN1_TIME_free(from);
    ASN1_TIME_free(until);
    EVP_PKEY_free(key);
    X509_free(issuer);
    return text;
}

// Repeats a step until it is done; 0 when the socket has been idle for `patience` milliseconds, or it fails.
static int finish(SSL *ssl, int (*step)(SSL *), int patience) {
    for (;;) {
        int result = step(ssl);
        if (result > 0) return 1;
        int error = SSL_get_error(ssl, result);
        if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) return 0;
        struct pollfd waiting = {.fd = SSL_get_fd(ssl), .events = error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT};
        if (poll(&waiting, 1, patience) <= 0) return 0;
    }
}

int authority_flood(int descriptor, int count) {
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL *ssl = context == NULL ? NULL : SSL_new(context);
    int sent = -1;
    if (ssl != NULL && SSL_set_fd(ssl, descriptor) && finish(ssl, SSL_connect, 300000)) {
        for (sent = 0; sent < count; sent++) {
            if (!SSL_key_update(ssl, SSL_KEY_UPDATE_REQUESTED) || !finish(ssl, SSL_do_handshake, 1000)) break;
        }
    }
    SSL_free(ssl);
    SSL_CTX_free(context);
    return sent;
}

void authority_free(char *text) { free(text); }

#endif
