/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * What the tests of RTMv1 share: clients and routes of both families under one name, so that a test
 * is written once and run for IP and IPX. For the test's own thread, except network and make. */
#ifndef RTM_TESTS_API_V1_H
#define RTM_TESTS_API_V1_H

#include "client.h"

#include <rtm.h>

#define IP RTM_PROTOCOL_FAMILY_IP
#define IPX RTM_PROTOCOL_FAMILY_IPX

/* A route of either family. */
typedef union any_route {
    RTM_IP_ROUTE ip;
    RTM_IPX_ROUTE ipx;
} any_route;

/* The family that a test runs for is its state. */
#define FAMILY(state) (*(const DWORD*)*(state))
extern const DWORD ip_family, ipx_family;

#define V1_TEST_OF(function, text, family)                                                         \
    {                                                                                              \
        text ": " #function, function, client_setup, v1_teardown, (void*)&family                   \
    }
#define V1_TEST(function)                                                                          \
    V1_TEST_OF(function, "IP", ip_family), V1_TEST_OF(function, "IPX", ipx_family)
#define IP_TEST(function) V1_TEST_OF(function, "IP", ip_family)
#define IPX_TEST(function) V1_TEST_OF(function, "IPX", ipx_family)

/* Lets all clients of v1_join leave that have not, and fails the test if a route is left. */
int v1_teardown(void** state);

/* ---- clients ---- */

/* Registers, asserted to work. */
HANDLE v1_join(DWORD family, DWORD protocol, HANDLE event, DWORD flags);
/* Deregisters, asserted to work. */
void v1_leave(HANDLE client);

/* ---- routes ---- */

/* Network number `n` of each family: 10.x.y.0/24, or 0x100 + n. */
any_route network(DWORD family, USHORT n);
/* A route to it over an interface and next hop of these numbers; a lower metric is better. What a
 * client need not set is garbage. */
any_route make(DWORD family, USHORT n, DWORD interface_id, BYTE hop, USHORT metric);
/* What RtmIsRoute and RtmGetFirstRoute take of a route. */
void* network_of(DWORD family, any_route* route);
/* The metric, or ticks. */
USHORT metric_of(DWORD family, const any_route* route);
BYTE hop_of(DWORD family, const any_route* route);
void set_metric(DWORD family, any_route* route, USHORT metric);
/* All that a client says of a route is the same, and the protocol. */
void assert_same_route(DWORD family, const any_route* got, const any_route* said, DWORD protocol);
/* Adds for ever, or deletes; asserted to work and to have that effect on the best route. */
void put(HANDLE client, any_route* route, DWORD flags);
void drop(HANDLE client, any_route* route, DWORD flags);
/* The best route to network `n`; FALSE, with NO_ERROR as last error, for none. */
BOOL best(DWORD family, USHORT n, any_route* route);
/* Asserts which metric the best route has that `protocol` has added; protocol 0: there is none. */
void assert_best(DWORD family, USHORT n, DWORD protocol, USHORT metric);
/* How many routes an ordered walk finds. */
UINT count_walk(DWORD family, DWORD flags, const any_route* criteria);

/* ---- messages ---- */

BOOL is_set(HANDLE event);
/* Takes one message, asserted to be that change of network `n`. RTM_ROUTE_*, metrics as they were
 * and are. `status` is NO_ERROR or ERROR_MORE_MESSAGES. */
void assert_message(HANDLE client, DWORD family, DWORD status, USHORT n, DWORD flags,
                    USHORT previous, USHORT current);
void assert_no_message(HANDLE client);

#endif
