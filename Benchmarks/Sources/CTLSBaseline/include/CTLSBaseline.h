// What TLS costs in plain C: pairs of OpenSSL's ends with memory BIOs between them.
#ifndef CTLS_BASELINE_H
#define CTLS_BASELINE_H

#include <stddef.h>
#include <stdint.h>

// A certificate for "localhost" that vouches for itself, and its key (P-256), as PEM; 0 when OpenSSL cannot. The process keeps them.
int baseline_identity(const char **certificate, const char **key);
// So many handshakes of TLS 1.3, verified; nanoseconds, -1 when one fails.
int64_t baseline_handshakes(int count);
// So many bytes from client to server in writes of `block`; nanoseconds, -1 when that fails.
int64_t baseline_bulk(size_t count, size_t block);

#endif
