/*
 * The constants that only the kernel's headers have, and its own spelling of those libc has too. Made as numbers.c was.
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <linux/in.h>
#include <linux/in6.h>
#if __has_include(<linux/vm_sockets.h>)
#include <linux/vm_sockets.h>
#endif
#if __has_include(<linux/sctp.h>)
#include <linux/sctp.h>
#endif
#if __has_include(<linux/can.h>)
#include <linux/can.h>
#endif
#if __has_include(<linux/can/raw.h>)
#include <linux/can/raw.h>
#endif
#if __has_include(<linux/can/isotp.h>)
#include <linux/can/isotp.h>
#endif
#if __has_include(<linux/can/j1939.h>)
#include <linux/can/j1939.h>
#endif
#if __has_include(<linux/rds.h>)
#include <linux/rds.h>
#endif
#if __has_include(<linux/tipc.h>)
#include <linux/tipc.h>
#endif
#if __has_include(<linux/if_pppox.h>)
#include <linux/if_pppox.h>
#endif

#include "SystemHeaders.h"

const struct named_number kernel_numbers[] = {
#ifdef IPPROTO_AGGFRAG
    {"IPPROTO_AGGFRAG", IPPROTO_AGGFRAG},
#endif
#ifdef IPPROTO_AH
    {"IPPROTO_AH", IPPROTO_AH},
#endif
#ifdef IPPROTO_BEETPH
    {"IPPROTO_BEETPH", IPPROTO_BEETPH},
#endif
#ifdef IPPROTO_COMP
    {"IPPROTO_COMP", IPPROTO_COMP},
#endif
#ifdef IPPROTO_DCCP
    {"IPPROTO_DCCP", IPPROTO_DCCP},
#endif
#ifdef IPPROTO_DSTOPTS
    {"IPPROTO_DSTOPTS", IPPROTO_DSTOPTS},
#endif
#ifdef IPPROTO_EGP
    {"IPPROTO_EGP", IPPROTO_EGP},
#endif
#ifdef IPPROTO_ENCAP
    {"IPPROTO_ENCAP", IPPROTO_ENCAP},
#endif
#ifdef IPPROTO_ESP
    {"IPPROTO_ESP", IPPROTO_ESP},
#endif
#ifdef IPPROTO_ETHERNET
    {"IPPROTO_ETHERNET", IPPROTO_ETHERNET},
#endif
#ifdef IPPROTO_FRAGMENT
    {"IPPROTO_FRAGMENT", IPPROTO_FRAGMENT},
#endif
#ifdef IPPROTO_GRE
    {"IPPROTO_GRE", IPPROTO_GRE},
#endif
#ifdef IPPROTO_HOPOPTS
    {"IPPROTO_HOPOPTS", IPPROTO_HOPOPTS},
#endif
#ifdef IPPROTO_ICMP
    {"IPPROTO_ICMP", IPPROTO_ICMP},
#endif
#ifdef IPPROTO_ICMPV6
    {"IPPROTO_ICMPV6", IPPROTO_ICMPV6},
#endif
#ifdef IPPROTO_IDP
    {"IPPROTO_IDP", IPPROTO_IDP},
#endif
#ifdef IPPROTO_IGMP
    {"IPPROTO_IGMP", IPPROTO_IGMP},
#endif
#ifdef IPPROTO_IP
    {"IPPROTO_IP", IPPROTO_IP},
#endif
#ifdef IPPROTO_IPIP
    {"IPPROTO_IPIP", IPPROTO_IPIP},
#endif
#ifdef IPPROTO_IPV6
    {"IPPROTO_IPV6", IPPROTO_IPV6},
#endif
#ifdef IPPROTO_L2TP
    {"IPPROTO_L2TP", IPPROTO_L2TP},
#endif
#ifdef IPPROTO_MH
    {"IPPROTO_MH", IPPROTO_MH},
#endif
#ifdef IPPROTO_MPLS
    {"IPPROTO_MPLS", IPPROTO_MPLS},
#endif
#ifdef IPPROTO_MPTCP
    {"IPPROTO_MPTCP", IPPROTO_MPTCP},
#endif
#ifdef IPPROTO_MTP
    {"IPPROTO_MTP", IPPROTO_MTP},
#endif
#ifdef IPPROTO_NONE
    {"IPPROTO_NONE", IPPROTO_NONE},
#endif
#ifdef IPPROTO_PIM
    {"IPPROTO_PIM", IPPROTO_PIM},
#endif
#ifdef IPPROTO_PUP
    {"IPPROTO_PUP", IPPROTO_PUP},
#endif
#ifdef IPPROTO_RAW
    {"IPPROTO_RAW", IPPROTO_RAW},
#endif
#ifdef IPPROTO_ROUTING
    {"IPPROTO_ROUTING", IPPROTO_ROUTING},
#endif
#ifdef IPPROTO_RSVP
    {"IPPROTO_RSVP", IPPROTO_RSVP},
#endif
#ifdef IPPROTO_SCTP
    {"IPPROTO_SCTP", IPPROTO_SCTP},
#endif
#ifdef IPPROTO_SMC
    {"IPPROTO_SMC", IPPROTO_SMC},
#endif
#ifdef IPPROTO_TCP
    {"IPPROTO_TCP", IPPROTO_TCP},
#endif
#ifdef IPPROTO_TP
    {"IPPROTO_TP", IPPROTO_TP},
#endif
#ifdef IPPROTO_UDP
    {"IPPROTO_UDP", IPPROTO_UDP},
#endif
#ifdef IPPROTO_UDPLITE
    {"IPPROTO_UDPLITE", IPPROTO_UDPLITE},
#endif
#ifdef SOL_CAN_BASE
    {"SOL_CAN_BASE", SOL_CAN_BASE},
#endif
#ifdef SOL_CAN_ISOTP
    {"SOL_CAN_ISOTP", SOL_CAN_ISOTP},
#endif
#ifdef SOL_CAN_J1939
    {"SOL_CAN_J1939", SOL_CAN_J1939},
#endif
#ifdef SOL_CAN_RAW
    {"SOL_CAN_RAW", SOL_CAN_RAW},
#endif
#ifdef SOL_VSOCK
    {"SOL_VSOCK", SOL_VSOCK},
#endif
#ifdef MSG_NOTIFICATION
    {"MSG_NOTIFICATION", MSG_NOTIFICATION},
#endif
};
const unsigned long kernel_numbers_count = sizeof kernel_numbers / sizeof kernel_numbers[0];
