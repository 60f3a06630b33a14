// OpenSSL as SocketsTLS uses it, with signatures of our own: contexts, sessions over memory, certificates, and randomness from a seed.
// Without the trait TLS nothing of this is there.
#ifndef SWIFT_SOCKETS_CTLS_H
#define SWIFT_SOCKETS_CTLS_H

#include <stddef.h>
#include <stdint.h>

// What a call that prepares a context has come to.
enum ctls_status {
    CTLS_OK = 0,
    CTLS_NO_CERTIFICATE, // there is none in the text
    CTLS_BAD_CERTIFICATE,
    CTLS_NO_KEY,
    CTLS_BAD_KEY,
    CTLS_LOCKED_KEY, // the key is encrypted, and the passphrase is missing or wrong
    CTLS_KEY_MISMATCH,
    CTLS_NO_LIST,
    CTLS_BAD_LIST,
    CTLS_REFUSED, // OpenSSL will not use it; its reason says why
    CTLS_OUT_OF_MEMORY,
};

// What a step of a session has come to.
enum ctls_step {
    CTLS_DONE = 0,
    CTLS_NEEDS_INPUT,
    CTLS_PEER_CLOSED,
    CTLS_FAILED,
};

enum ctls_revocation { CTLS_REVOCATION_OF_PEER = 0, CTLS_REVOCATION_OF_CHAIN = 1 };

enum ctls_verification { CTLS_VERIFY_NONE = 0, CTLS_VERIFY_OFFERED = 1, CTLS_VERIFY_REQUIRED = 2 };

typedef struct ctls_context ctls_context;
typedef struct ctls_session ctls_session;
typedef struct ctls_ticket ctls_ticket;

// What kind of failure it is, as far as it has a name of its own.
enum ctls_failure_kind {
    CTLS_OTHER_FAILURE = 0,
    CTLS_ALERT,
    CTLS_NOT_TLS,
    CTLS_NO_VERSION,
    CTLS_NO_CIPHER,
    CTLS_NO_PROTOCOL,
    CTLS_NO_PEER_CERTIFICATE,
    CTLS_EXPIRED,
    CTLS_NOT_YET_VALID,
    CTLS_UNKNOWN_ISSUER,
    CTLS_SELF_SIGNED,
    CTLS_WRONG_NAME,
    CTLS_REVOKED,
    CTLS_REVOCATION_UNKNOWN,
    CTLS_UNFIT_CERTIFICATE,
};

// What failed first in a session. Numbers are OpenSSL's and TLS's own; -1 where there is none.
struct ctls_failure {
    enum ctls_failure_kind kind;
    int reason;
    int alert_received;
    int alert_sent;
    int verify_error; // 0 where the certificate is not what failed
    char text[160];
};

struct ctls_certificate {
    uint8_t *der;
    size_t der_count;
    char *subject;
    char *issuer;
    char *names; // one a line: host names, then IP addresses
    int64_t not_before;
    int64_t not_after;
};

// Linked OpenSSL's own words for its version.
const char *ctls_library_version(void);

// MARK: Files

// A file's bytes, to be freed by ctls_free; NULL with errno.
uint8_t *ctls_read_file(const char *path, size_t limit, size_t *count);
void ctls_free(void *memory);

// MARK: Randomness from a seed

// Two streams, so that what is drawn privately does not shift what is sent.
struct ctls_stream {
    uint64_t open;
    uint64_t secret;
};

// Until ctls_leave, contexts and sessions that are seeded draw from this on this thread; without it they fail.
void ctls_enter(struct ctls_stream *stream);
void ctls_leave(void);

// MARK: Contexts

ctls_context *ctls_context_make(int is_server, int is_seeded);
void ctls_context_free(ctls_context *context);
int ctls_context_set_versions(ctls_context *context, int lowest, int highest);
int ctls_context_set_ciphers(ctls_context *context, const char *list, const char *suites);
int ctls_context_set_protocols(ctls_context *context, const uint8_t *wire, unsigned count, int is_demanded);
int ctls_context_trust_system(ctls_context *context);
int ctls_context_trust_pem(ctls_context *context, const uint8_t *bytes, size_t count);
int ctls_context_trust_der(ctls_context *context, const uint8_t *bytes, size_t count);
// Lists of what issuers have revoked.
int ctls_context_add_lists_pem(ctls_context *context, const uint8_t *bytes, size_t count);
int ctls_context_add_lists_der(ctls_context *context, const uint8_t *bytes, size_t count);
void ctls_context_check_revocation(ctls_context *context, enum ctls_revocation scope);
void ctls_context_set_verification(ctls_context *context, enum ctls_verification verification);
// The peer's certificate is asked for as the verification says, and any will do.
void ctls_context_take_anybody(ctls_context *context);
int ctls_context_add_chain_pem(ctls_context *context, const uint8_t *bytes, size_t count);
int ctls_context_add_chain_der(ctls_context *context, const uint8_t *bytes, size_t count);
int ctls_context_set_key(ctls_context *context, const uint8_t *bytes, size_t count, const char *passphrase);
void ctls_context_set_tickets(ctls_context *context, int are_used);
int ctls_context_add_name(ctls_context *context, const char *name, ctls_context *other);
// Why OpenSSL has refused the last call of this thread.
void ctls_reason(char *text, size_t capacity);

// MARK: Sessions

// `host` is a name or, with `is_address`, an IP address; NULL for servers and for clients that verify no name.
ctls_session *ctls_session_make(ctls_context *context, const char *host, int is_address, ctls_ticket *ticket);
void ctls_session_free(ctls_session *session);
void ctls_session_set_time(ctls_session *session, int64_t seconds);
int ctls_session_feed(ctls_session *session, const void *bytes, size_t count);
size_t ctls_session_fed(const ctls_session *session);
size_t ctls_session_output_count(const ctls_session *session);
size_t ctls_session_take_output(ctls_session *session, void *memory, size_t capacity);
enum ctls_step ctls_session_handshake(ctls_session *session);
enum ctls_step ctls_session_read(ctls_session *session, void *memory, size_t capacity, size_t *count);
enum ctls_step ctls_session_write(ctls_session *session, const void *bytes, size_t length, size_t *count);
enum ctls_step ctls_session_shut_down(ctls_session *session);
struct ctls_failure ctls_session_failure(const ctls_session *session);

int ctls_session_version(const ctls_session *session);
const char *ctls_session_cipher(const ctls_session *session);
const uint8_t *ctls_session_protocol(const ctls_session *session, unsigned *count);
const char *ctls_session_server_name(const ctls_session *session);
int ctls_session_is_resumed(const ctls_session *session);
// The peer's certificates, its own first, or the one that verification has failed at; NULL beyond the last.
struct ctls_certificate *ctls_session_certificate(const ctls_session *session, int index);
struct ctls_certificate *ctls_session_refused_certificate(const ctls_session *session);
void ctls_certificate_free(struct ctls_certificate *certificate);
const char *ctls_verify_text(int error);

// The newest ticket of the server's since the last call; NULL without.
ctls_ticket *ctls_session_take_ticket(ctls_session *session);
// Whether it is used once (RFC 8446, C.4): one of TLS 1.2 is renewed only when it grows old.
int ctls_ticket_is_spent(const ctls_ticket *ticket);
void ctls_ticket_free(ctls_ticket *ticket);

// How many sessions there are: for tests of leaks.
long ctls_live_sessions(void);

#endif
