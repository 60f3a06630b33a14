#ifdef SWIFT_SOCKETS_TLS

#include "internal.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

// What has been written into memory, as a string of its own; NULL without memory.
static char *text_of(BIO *memory) {
    char *bytes = NULL;
    long count = memory == NULL ? 0 : BIO_get_mem_data(memory, &bytes);
    char *text = malloc((size_t)count + 1);
    if (text != NULL) {
        if (count > 0) memcpy(text, bytes, (size_t)count);
        text[count] = 0;
    }
    BIO_free(memory);
    return text;
}

// As people write it, with control characters and what is no UTF-8 escaped.
static char *name_text(const X509_NAME *name) {
    BIO *memory = BIO_new(BIO_s_mem());
    unsigned long flags = (XN_FLAG_ONELINE & ~XN_FLAG_SPC_EQ & ~ASN1_STRFLGS_ESC_MSB) | ASN1_STRFLGS_UTF8_CONVERT;
    if (memory != NULL) X509_NAME_print_ex(memory, name, 0, flags);
    return text_of(memory);
}

// A host name or an address of the certificate's, a line of its own; names with bytes that no name has are left out.
static void add_name(BIO *memory, const GENERAL_NAME *name) {
    if (name->type == GEN_DNS) {
        const unsigned char *bytes = ASN1_STRING_get0_data(name->d.dNSName);
        int count = ASN1_STRING_length(name->d.dNSName);
        for (int index = 0; index < count; index++) {
            if (bytes[index] <= ' ' || bytes[index] >= 127) return;
        }
        BIO_printf(memory, "%.*s\n", count, (const char *)bytes);
    } else if (name->type == GEN_IPADD) {
        char text[INET6_ADDRSTRLEN];
        int count = ASN1_STRING_length(name->d.iPAddress);
        const unsigned char *bytes = ASN1_STRING_get0_data(name->d.iPAddress);
        if ((count == 4 || count == 16) && inet_ntop(count == 4 ? AF_INET : AF_INET6, bytes, text, sizeof text) != NULL) {
            BIO_printf(memory, "%s\n", text);
        }
    }
}

static char *names_text(X509 *certificate) {
    BIO *memory = BIO_new(BIO_s_mem());
    GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
    int order[] = {GEN_DNS, GEN_IPADD};
    for (int kind = 0; kind < 2 && memory != NULL; kind++) {
        for (int index = 0; index < sk_GENERAL_NAME_num(names); index++) {
            const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index);
            if (name->type == order[kind]) add_name(memory, name);
        }
    }
    GENERAL_NAMES_free(names);
    return text_of(memory);
}

// Seconds since 1970; the smallest number for a time that is none.
static int64_t seconds_of(const ASN1_TIME *time) {
    int days = 0, seconds = 0;
    ASN1_TIME *start = ASN1_TIME_set(NULL, 0);
    int is_time = start != NULL && ASN1_TIME_diff(&days, &seconds, start, time);
    ASN1_TIME_free(start);
    return is_time ? (int64_t)days * 86400 + seconds : INT64_MIN;
}

struct ctls_certificate *ctls_describe(X509 *certificate) {
    if (certificate == NULL) return NULL;
    struct ctls_certificate *made = calloc(1, sizeof *made);
    if (made == NULL) return NULL;
    int count = i2d_X509(certificate, &made->der);
    made->der_count = count > 0 ? (size_t)count : 0;
    made->subject = name_text(X509_get_subject_name(certificate));
    made->issuer = name_text(X509_get_issuer_name(certificate));
    made->names = names_text(certificate);
    made->not_before = seconds_of(X509_get0_notBefore(certificate));
    made->not_after = seconds_of(X509_get0_notAfter(certificate));
    return made;
}

void ctls_certificate_free(struct ctls_certificate *certificate) {
    if (certificate == NULL) return;
    OPENSSL_free(certificate->der);
    free(certificate->subject);
    free(certificate->issuer);
    free(certificate->names);
    free(certificate);
}

const char *ctls_verify_text(int error) { return X509_verify_cert_error_string(error); }

#endif
