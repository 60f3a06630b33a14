#ifdef SWIFT_SOCKETS_TLS

#include "internal.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static atomic_long live_sessions;

long ctls_live_sessions(void) { return atomic_load(&live_sessions); }

// MARK: Callbacks

static ctls_session *session_of(const SSL *ssl) { return SSL_get_app_data(ssl); }

static void note_event(const SSL *ssl, int where, int value) {
    ctls_session *session = session_of(ssl);
    if (session == NULL || !(where & SSL_CB_ALERT)) return;
    int alert = value & 0xff;
    if (where & SSL_CB_READ) session->failure.alert_received = alert;
    else session->failure.alert_sent = alert;
}

int ctls_verify(int is_fine, X509_STORE_CTX *store) {
    const SSL *ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
    ctls_session *session = ssl == NULL ? NULL : session_of(ssl);
    if (is_fine || session == NULL || session->refused != NULL) return is_fine;
    session->failure.verify_error = X509_STORE_CTX_get_error(store);
    session->refused = X509_STORE_CTX_get_current_cert(store);
    if (session->refused != NULL) X509_up_ref(session->refused);
    return 0;
}

int ctls_keep_ticket(SSL *ssl, SSL_SESSION *ticket) {
    ctls_session *session = session_of(ssl);
    if (session == NULL || !SSL_SESSION_is_resumable(ticket)) return 0;
    // A copy: OpenSSL spoils the connection's own when that ends without a word.
    SSL_SESSION_free(session->ticket);
    session->ticket = SSL_SESSION_dup(ticket);
    return 0;
}

// MARK: Life

static int set_host(SSL *ssl, const char *host, int is_address, enum ctls_verification verification) {
    if (host == NULL) return 1;
    if (!is_address && !SSL_set_tlsext_host_name(ssl, host)) return 0;
    if (verification == CTLS_VERIFY_NONE) return 1;
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return is_address ? X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host) : SSL_set1_host(ssl, host);
}

ctls_session *ctls_session_make(ctls_context *context, const char *host, int is_address, ctls_ticket *ticket) {
    ERR_clear_error();
    ctls_session *session = calloc(1, sizeof *session);
    if (session == NULL) return NULL;
    atomic_fetch_add(&live_sessions, 1);
    session->failure = (struct ctls_failure){.reason = -1, .alert_received = -1, .alert_sent = -1};
    session->ssl = SSL_new(context->ssl);
    session->input = BIO_new(BIO_s_mem());
    session->output = BIO_new(BIO_s_mem());
    if (session->ssl == NULL || session->input == NULL || session->output == NULL
        || !set_host(session->ssl, host, is_address, context->verification)) {
        BIO_free(session->input);
        BIO_free(session->output);
        ctls_session_free(session);
        return NULL;
    }
    SSL_set_bio(session->ssl, session->input, session->output);
    SSL_set_app_data(session->ssl, session);
    SSL_set_info_callback(session->ssl, note_event);
    // A copy, again: a ticket may be used by several connections.
    SSL_SESSION *copy = ticket == NULL ? NULL : SSL_SESSION_dup((SSL_SESSION *)ticket);
    if (copy != NULL) SSL_set_session(session->ssl, copy);
    SSL_SESSION_free(copy);
    if (context->is_server) SSL_set_accept_state(session->ssl);
    else SSL_set_connect_state(session->ssl);
    return session;
}

void ctls_session_free(ctls_session *session) {
    if (session == NULL) return;
    SSL_free(session->ssl);
    X509_free(session->refused);
    SSL_SESSION_free(session->ticket);
    free(session);
    atomic_fetch_sub(&live_sessions, 1);
}

void ctls_session_set_time(ctls_session *session, int64_t seconds) {
    X509_VERIFY_PARAM_set_time(SSL_get0_param(session->ssl), (time_t)seconds);
}

// MARK: Memory

int ctls_session_feed(ctls_session *session, const void *bytes, size_t count) {
    size_t written = 0;
    return count == 0 || (BIO_write_ex(session->input, bytes, count, &written) && written == count);
}

size_t ctls_session_fed(const ctls_session *session) { return BIO_ctrl_pending(session->input); }

size_t ctls_session_output_count(const ctls_session *session) { return BIO_ctrl_pending(session->output); }

size_t ctls_session_take_output(ctls_session *session, void *memory, size_t capacity) {
    size_t count = 0;
    return BIO_read_ex(session->output, memory, capacity, &count) ? count : 0;
}

// MARK: Steps

static enum ctls_failure_kind kind_of_certificate(int error) {
    switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED: return CTLS_EXPIRED;
    case X509_V_ERR_CERT_NOT_YET_VALID: return CTLS_NOT_YET_VALID;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE: return CTLS_UNKNOWN_ISSUER;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: return CTLS_SELF_SIGNED;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return CTLS_WRONG_NAME;
    case X509_V_ERR_CERT_REVOKED: return CTLS_REVOKED;
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_CRL_HAS_EXPIRED: return CTLS_REVOCATION_UNKNOWN;
    default: return CTLS_UNFIT_CERTIFICATE;
    }
}

static enum ctls_failure_kind kind_of(int reason, int verify_error) {
    if (reason >= SSL_AD_REASON_OFFSET) return CTLS_ALERT;
    switch (reason) {
    case SSL_R_CERTIFICATE_VERIFY_FAILED: return kind_of_certificate(verify_error);
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE: return CTLS_NO_PEER_CERTIFICATE;
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_HTTPS_PROXY_REQUEST: return CTLS_NOT_TLS;
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_VERSION_TOO_HIGH:
    case SSL_R_NO_PROTOCOLS_AVAILABLE: return CTLS_NO_VERSION;
    case SSL_R_NO_SHARED_CIPHER:
    case SSL_R_NO_CIPHERS_AVAILABLE:
    case SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS:
    case SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM: return CTLS_NO_CIPHER;
    case SSL_R_NO_APPLICATION_PROTOCOL: return CTLS_NO_PROTOCOL;
    default: return CTLS_OTHER_FAILURE;
    }
}

// The first failure counts: what follows is its consequence.
static enum ctls_step fail(ctls_session *session) {
    unsigned long error = ERR_peek_error();
    if (session->failure.reason < 0) {
        session->failure.reason = error == 0 ? 0 : ERR_GET_REASON(error);
        session->failure.kind = kind_of(session->failure.reason, session->failure.verify_error);
        const char *reason = error == 0 ? NULL : ERR_reason_error_string(error);
        snprintf(session->failure.text, sizeof session->failure.text, "%s", reason == NULL ? "" : reason);
    }
    ERR_clear_error();
    return CTLS_FAILED;
}

static enum ctls_step step(ctls_session *session, int result) {
    if (result > 0) return CTLS_DONE;
    switch (SSL_get_error(session->ssl, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: return CTLS_NEEDS_INPUT;
    case SSL_ERROR_ZERO_RETURN: return CTLS_PEER_CLOSED;
    default: return fail(session);
    }
}

enum ctls_step ctls_session_handshake(ctls_session *session) {
    ERR_clear_error();
    return step(session, SSL_do_handshake(session->ssl));
}

enum ctls_step ctls_session_read(ctls_session *session, void *memory, size_t capacity, size_t *count) {
    ERR_clear_error();
    *count = 0;
    return step(session, SSL_read_ex(session->ssl, memory, capacity, count));
}

enum ctls_step ctls_session_write(ctls_session *session, const void *bytes, size_t length, size_t *count) {
    ERR_clear_error();
    *count = 0;
    return step(session, SSL_write_ex(session->ssl, bytes, length, count));
}

enum ctls_step ctls_session_shut_down(ctls_session *session) {
    ERR_clear_error();
    // Zero: ours is sent, the peer's is still to come.
    int result = SSL_shutdown(session->ssl);
    return result >= 0 ? CTLS_DONE : fail(session);
}

struct ctls_failure ctls_session_failure(const ctls_session *session) { return session->failure; }

// MARK: What was agreed on

int ctls_session_version(const ctls_session *session) { return SSL_version(session->ssl); }

const char *ctls_session_cipher(const ctls_session *session) { return SSL_get_cipher_name(session->ssl); }

const uint8_t *ctls_session_protocol(const ctls_session *session, unsigned *count) {
    const unsigned char *bytes = NULL;
    *count = 0;
    SSL_get0_alpn_selected(session->ssl, &bytes, count);
    return bytes;
}

const char *ctls_session_server_name(const ctls_session *session) {
    return SSL_get_servername(session->ssl, TLSEXT_NAMETYPE_host_name);
}

int ctls_session_is_resumed(const ctls_session *session) { return SSL_session_reused(session->ssl); }

struct ctls_certificate *ctls_session_certificate(const ctls_session *session, int index) {
    // A server's view of the chain has not the client's own.
    X509 *own = SSL_get0_peer_certificate(session->ssl);
    if (index == 0) return ctls_describe(own);
    STACK_OF(X509) *chain = SSL_get_peer_cert_chain(session->ssl);
    int offset = SSL_is_server(session->ssl) ? index - 1 : index;
    return offset < sk_X509_num(chain) ? ctls_describe(sk_X509_value(chain, offset)) : NULL;
}

struct ctls_certificate *ctls_session_refused_certificate(const ctls_session *session) { return ctls_describe(session->refused); }

ctls_ticket *ctls_session_take_ticket(ctls_session *session) {
    SSL_SESSION *ticket = session->ticket;
    session->ticket = NULL;
    return (ctls_ticket *)ticket;
}

int ctls_ticket_is_spent(const ctls_ticket *ticket) {
    return SSL_SESSION_get_protocol_version((const SSL_SESSION *)ticket) >= TLS1_3_VERSION;
}

void ctls_ticket_free(ctls_ticket *ticket) { SSL_SESSION_free((SSL_SESSION *)ticket); }

#endif
