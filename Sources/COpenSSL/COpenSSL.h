// OpenSSL, as the system has it. What is used of it has signatures of our own in CTLS; this says where it is and links it.
#ifndef SWIFT_SOCKETS_COPENSSL_H
#define SWIFT_SOCKETS_COPENSSL_H

#if !__has_include(<openssl/ssl.h>)
#error "OpenSSL's headers are missing: install libssl-dev (openssl-devel), or build without the trait TLS"
#else

#include <openssl/opensslv.h>

#if OPENSSL_VERSION_NUMBER < 0x30000000L
#error "the trait TLS needs OpenSSL 3.0 or later"
#endif

#endif
#endif
