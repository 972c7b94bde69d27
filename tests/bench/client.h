/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * What the measures share: a table and its clients. Whatever goes wrong ends the program. */
#ifndef RTM_TESTS_BENCH_CLIENT_H
#define RTM_TESTS_BENCH_CLIENT_H

#include "give_up.h"
#include "prefixes.h"
#include "windows_client.h"

#define HOPS 16
/* MaxHandlesInEnum where the registry does not say otherwise. */
#define BATCH 64

/* Protocols of the clients, one of each. */
enum { OWNER = 14, VIEWER = 1000, WATCHER, READER };

struct bench {
    struct prefixes* prefixes;
    RTM_ENTITY_HANDLE viewer; /* looks, and owns nothing */
    RTM_ENTITY_HANDLE owner;  /* of all routes; NULL when it has left */
    RTM_NEXTHOP_HANDLE hops[HOPS];
    RTM_ROUTE_HANDLE* routes; /* in the order of prefixes->all; each is referenced */
    RTM_ROUTE_HANDLE* asked;  /* the same in the order of prefixes->asked */
    double told_ns;           /* how long it took to add all, with a watcher */
};

/* A structure with room for what RtmGetRouteInfo may write. */
typedef union route_room {
    RTM_ROUTE_INFO info;
    UCHAR bytes[RTM_SIZE_OF_ROUTE_INFO(8)];
} route_room;

/* An array for RtmGetEnumDests and RtmGetChangedDests. */
#define DEST_STRIDE RTM_SIZE_OF_DEST_INFO(2)
typedef union dest_batch {
    RTM_DEST_INFO first;
    UCHAR bytes[DEST_STRIDE * BATCH];
} dest_batch;

void must_be(DWORD status, DWORD expected, const char* what);
#define MUST(call) must_be((call), NO_ERROR, #call)
#define MUST_HOLD(condition)                                                                       \
    do {                                                                                           \
        if (!(condition))                                                                          \
            give_up(#condition);                                                                   \
    } while (0)

/* Registers in the table of the prefixes. */
RTM_ENTITY_HANDLE join(const struct bench* bench, ULONG protocol, RTM_EVENT_CALLBACK callback);
/* The owner joins, with its next hops; it leaves. */
void owner_joins(struct bench* bench);
void owner_leaves(struct bench* bench);

RTM_NET_ADDRESS net(const struct bench* bench, const struct prefix* prefix);
/* What the owner says of a route for prefixes->all[i]. The metric is the number that the table is
 * to give as its answer, if `edition` is 0; each edition is another metric. */
route_room route_for(const struct bench* bench, UINT i, UINT edition);
/* The owner adds a route for prefixes->all[i], and keeps the handle. */
void add_route(struct bench* bench, UINT i, ULONG ttl);
/* Puts the handles in the other order, for who is to use them. */
void sort_handles(struct bench* bench);

/* Longest match, all about its best route, and what that takes to give back. Returns the metric; 0:
 * no match. */
ULONG look_up(const struct bench* bench, RTM_ENTITY_HANDLE reader, const struct prefix* host);

HANDLE start_thread(LPTHREAD_START_ROUTINE function, void* argument);
DWORD join_thread(HANDLE thread);

#endif
