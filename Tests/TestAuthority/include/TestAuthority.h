// Certificates for tests, made when they are needed. Without the trait TLS nothing of this is there.
#ifndef SWIFT_SOCKETS_TEST_AUTHORITY_H
#define SWIFT_SOCKETS_TEST_AUTHORITY_H

#include <stdint.h>

struct authority_request {
    const char *subject;
    const char *names; // "DNS:example.org,IP:127.0.0.1"; NULL for none
    int64_t not_before;
    int64_t not_after;
    int is_issuer;
    int rsa_bits;                   // 0: an elliptic curve's key
    const char *issuer_certificate; // NULL: it issues itself
    const char *issuer_key;
};

// A certificate and its key as PEM, to be freed by authority_free; 0 when OpenSSL cannot.
int authority_issue(const struct authority_request *request, char **certificate, char **key);
// The key, encrypted with the passphrase.
char *authority_lock(const char *key, const char *passphrase);
// A list of what an issuer has revoked, as PEM, to be freed by authority_free: one certificate, none if NULL. NULL when OpenSSL cannot.
char *authority_revoke(const char *issuer_certificate, const char *issuer_key, const char *revoked, int64_t issued, int64_t next);
// Shakes hands over a connected socket, as a client that verifies nobody, and asks for new keys again and again without ever reading; how often,
// until `count`, or the socket has taken nothing for a second. -1 when the handshake fails.
int authority_flood(int descriptor, int count);
void authority_free(char *text);

#endif
