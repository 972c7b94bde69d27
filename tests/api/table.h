/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * What the tests of the routing table share: addresses from text, short forms of the common calls,
 * and buffers that show what a call wrote. For the test's own thread, except net and make_route. */
#ifndef RTM_TESTS_API_TABLE_H
#define RTM_TESTS_API_TABLE_H

#include "client.h"

#define RTM_VIEW_MASK_BOTH (RTM_VIEW_MASK_UCAST | RTM_VIEW_MASK_MCAST)
#define UCAST RTM_VIEW_MASK_UCAST
#define MCAST RTM_VIEW_MASK_MCAST
#define BOTH RTM_VIEW_MASK_BOTH

/* ---- addresses ---- */

/* "10.0.0.0/8", "2001:db8::/32"; a host without a length. AddrBits beyond NumBits are garbage,
 * other garbage in each call. */
RTM_NET_ADDRESS net(const char* text);
/* Family, length and bits are those of `text`, what follows them is zero. */
void assert_net(const RTM_NET_ADDRESS* got, const char* text);
BOOL same_net(const RTM_NET_ADDRESS* got, const char* text);

/* ---- next hops and routes ---- */

/* Input for RtmAddNextHop; garbage in what a client does not set. */
RTM_NEXTHOP_INFO make_next_hop(const char* address, ULONG interface_index);
/* Adds a next hop, asserted to work. The handle has one reference. */
RTM_NEXTHOP_HANDLE next_hop(RTM_ENTITY_HANDLE me, const char* address, ULONG interface_index);
/* Adds a route by `hop`, told of by `hop`, for ever; asserted to work. `hop` may be NULL. The
 * handle has one reference. */
RTM_ROUTE_HANDLE add_route(RTM_ENTITY_HANDLE me, const char* prefix, RTM_NEXTHOP_HANDLE hop,
                           ULONG preference, ULONG metric, RTM_VIEW_SET views);
/* RtmAddRouteToDest as it is, with the prefix as text. */
DWORD try_add_route(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE* route, const char* prefix,
                    RTM_ROUTE_INFO* info, ULONG ttl, RTM_ROUTE_CHANGE_FLAGS* flags);
/* Joins as entity 1/1 of instance 0, AF_INET. How many next hops a route of it can hold. */
UINT join_and_count_hops(RTM_ENTITY_HANDLE* me);
/* Deletes a route and with it one reference of its handle, asserted to work. */
void delete_route(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route);
/* The destination with this very prefix, whatever its views; asserted to be there. The handle has
 * one reference. */
RTM_DEST_HANDLE dest(RTM_ENTITY_HANDLE me, const char* prefix);

/* Give back one reference, asserted to be there. */
void release_route(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route);
void release_next_hop(RTM_ENTITY_HANDLE me, RTM_NEXTHOP_HANDLE hop);
void release_dest(RTM_ENTITY_HANDLE me, RTM_DEST_HANDLE destination);

/* Give back all references that clients hold, of any registration. Return how many there were. */
UINT drain_route(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route);
UINT drain_next_hop(RTM_ENTITY_HANDLE me, RTM_NEXTHOP_HANDLE hop);
UINT drain_dest(RTM_ENTITY_HANDLE me, RTM_DEST_HANDLE destination);

/* ---- guarded buffers ---- */

/* Bytes after a buffer that nobody may touch. */
#define GUARD_SIZE 64

/* An RTM_DEST_INFO with room for two views. */
typedef union dest_info {
    RTM_DEST_INFO info;
    UCHAR bytes[RTM_SIZE_OF_DEST_INFO(2) + GUARD_SIZE];
} dest_info;

typedef __typeof__(((RTM_DEST_INFO*)NULL)->ViewInfo[0]) view_info;

/* An RTM_ROUTE_INFO with room for 8 next hops. */
#define ROUTE_INFO_HOPS 8
typedef union route_info {
    RTM_ROUTE_INFO info;
    UCHAR bytes[RTM_SIZE_OF_ROUTE_INFO(ROUTE_INFO_HOPS) + GUARD_SIZE];
} route_info;

typedef struct next_hop_info {
    RTM_NEXTHOP_INFO info;
    UCHAR guard[GUARD_SIZE];
} next_hop_info;

/* Paints one of the above, before a call fills it. */
#define PAINT(buffer) paint(&(buffer), sizeof(buffer))
/* Nothing was written at all. */
#define ASSERT_PAINTED(buffer) assert_true(painted(&(buffer), sizeof(buffer)))

/* The i-th ViewInfo and the i-th next hop. */
view_info* view_at(dest_info* buffer, UINT i);
RTM_NEXTHOP_HANDLE* hop_at(route_info* buffer, UINT i);
/* Nothing was written beyond the entries of `views` views, of `hops` next hops, of a next hop. */
void assert_dest_guard(const dest_info* buffer, UINT views);
void assert_route_guard(const route_info* buffer, UINT hops);
void assert_next_hop_guard(const next_hop_info* buffer);

/* Input for RtmAddRouteToDest with `hop` (NULL: none) as neighbour and only next hop; garbage in
 * what a client does not set. */
route_info make_route(RTM_NEXTHOP_HANDLE hop, ULONG preference, ULONG metric, RTM_VIEW_SET views);
/* Fill guarded buffers, asserted to work and to keep within their size. The former's handles are
 * given back by RtmReleaseRouteInfo, the latter's by RtmReleaseDestInfo. */
void get_route(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route, route_info* buffer);
void get_dest(RTM_ENTITY_HANDLE me, RTM_DEST_HANDLE destination, ULONG protocol, RTM_VIEW_SET views,
              dest_info* buffer);

/* Memory of `size` bytes, a multiple of the alignment, with nothing behind it: who reads or writes
 * beyond it crashes. Painted. End with free_exact. */
void* allocate_exact(size_t size);
void free_exact(void* memory);

/* ---- looking without keeping ---- */

/* As get_route, but the handles in the result are not referenced any more. */
route_info read_route(RTM_ENTITY_HANDLE viewer, RTM_ROUTE_HANDLE route);
/* Whether a handle is good, as it is while its object is referenced or in the table. */
BOOL route_is_live(RTM_ENTITY_HANDLE viewer, RTM_ROUTE_HANDLE route);
BOOL next_hop_is_live(RTM_ENTITY_HANDLE viewer, RTM_NEXTHOP_HANDLE hop);
BOOL dest_is_live(RTM_ENTITY_HANDLE viewer, RTM_DEST_HANDLE destination);
/* Live routes of a prefix in one view, 0 also if there is no such destination. */
UINT count_routes(RTM_ENTITY_HANDLE viewer, const char* prefix, RTM_VIEW_SET view);
/* Views in which a route is the best. */
RTM_VIEW_SET best_views(RTM_ENTITY_HANDLE viewer, RTM_ROUTE_HANDLE route);

/* ---- wrong handles ---- */

/* What a handle is of. */
typedef enum handle_kind {
    ENTITY_HANDLE,
    DEST_HANDLE,
    ROUTE_HANDLE,
    NEXT_HOP_HANDLE,
    OTHER_HANDLE, /* enumerations and route lists */
} handle_kind;

#define WRONG_HANDLES 18
typedef struct wrong_handles {
    UINT count;
    HANDLE handles[WRONG_HANDLES];
} wrong_handles;

/* Values that are no handles of `kind` in the table of `me`, an IPv4 one of instance 0: made up, of
 * other kinds, of other tables, stale. NULL is not among them. Two entities join for it, and `me`
 * gets a route to 203.0.113.0/24. Once in a test. */
wrong_handles make_wrong_handles(RTM_ENTITY_HANDLE me, handle_kind kind);

/* ---- memory that runs out ---- */

/* Runs `scenario`, as the only entity of the process, with each allocation failing in turn.
 * `scenario` returns whether a call ended with ERROR_NOT_ENOUGH_MEMORY; at least once it has to. */
void fail_allocations(BOOL (*scenario)(RTM_ENTITY_HANDLE me));

#endif
