/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * feed.c: a routing protocol that fills the tables of both families.
 */
#include "feed.h"

#include <stdio.h>
#include <stdlib.h>

#include "screen.h"

/* ---- Coming ---- */

static void register_with(struct feed* feed, enum family family)
{
    RTM_ENTITY_INFO info = {.RtmInstanceId = 0, .AddressFamily = family_number[family]};

    info.EntityId.EntityProtocolId = feed->protocol;
    info.EntityId.EntityInstanceId = feed->instance;
    screen_need(
        "RtmRegisterEntity",
        RtmRegisterEntity(&info, NULL, NULL, FALSE, &feed->profile[family], &feed->handle[family]));
}

/* 192.0.2.1 and so on, fe80::1 and so on, on four interfaces. */
static void add_next_hop(struct feed* feed, enum family family, UINT number)
{
    static const char* const nets[FAMILIES] = {"192.0.2.0", "fe80::"};
    RTM_NEXTHOP_INFO info = {.InterfaceIndex = 1 + number % 4};
    RTM_NEXTHOP_CHANGE_FLAGS flags = 0;
    RTM_NEXTHOP_HANDLE* handle = &feed->hops[family][number];

    prefix_parse(nets[family], &info.NextHopAddress);
    info.NextHopAddress.AddrBits[family == V4 ? 3 : 15] = (UCHAR)(1 + number);
    *handle = NULL;
    screen_need("RtmAddNextHop", RtmAddNextHop(feed->handle[family], &info, handle, &flags));
    if (!(flags & RTM_NEXTHOP_CHANGE_NEW))
        screen_need("RtmAddNextHop of a new next hop", ERROR_ALREADY_EXISTS);
}

void feed_open(struct feed* feed)
{
    int family;
    UINT i;

    for (family = 0; family < FAMILIES; family++) {
        register_with(feed, family);
        for (i = 0; i < FEED_NEXT_HOPS; i++)
            add_next_hop(feed, family, i);
    }
}

/* ---- Routes ---- */

/* Most paths lead through three to five other networks. */
static ULONG path_length(ULONG hash)
{
    return 1 + (hash >> 8) % 4 + (hash >> 16) % 4;
}

RTM_ROUTE_CHANGE_FLAGS feed_add(struct feed* feed, const struct announced* announced)
{
    enum family family = prefix_family(&announced->prefix);
    ULONG hash = prefix_hash(&announced->prefix);
    RTM_NEXTHOP_HANDLE hop = feed->hops[family][hash % FEED_NEXT_HOPS];
    RTM_NET_ADDRESS prefix = announced->prefix;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_INFO info = {.Neighbour = hop,
                           .Flags = RTM_ROUTE_FLAGS_REMOTE,
                           .BelongsToViews = RTM_VIEW_MASK_UCAST,
                           .EntitySpecificInfo = (PVOID)(ULONG_PTR)announced->as};

    info.PrefInfo.Metric = path_length(hash);
    info.NextHopsList.NumNextHops = 1;
    info.NextHopsList.NextHops[0] = hop;
    screen_need("RtmAddRouteToDest", RtmAddRouteToDest(feed->handle[family], NULL, &prefix, &info,
                                                       INFINITE, NULL, 0, NULL, &flags));
    return flags;
}

UINT feed_withdraw(struct feed* feed, enum family family, void (*told)(UINT done))
{
    RTM_ENTITY_HANDLE reg = feed->handle[family];
    UINT room = feed->profile[family].MaxHandlesInEnum, count, done = 0, i;
    RTM_ROUTE_HANDLE* routes = malloc(room * sizeof(*routes));
    RTM_ROUTE_CHANGE_FLAGS flags;
    RTM_ENUM_HANDLE walk;
    DWORD code;

    if (!routes)
        screen_need("enumerating routes", ERROR_OUTOFMEMORY);
    screen_need("RtmCreateRouteEnum",
                RtmCreateRouteEnum(reg, NULL, RTM_VIEW_MASK_UCAST, RTM_ENUM_OWN_ROUTES, NULL,
                                   RTM_MATCH_NONE, NULL, 0, &walk));
    do {
        count = room;
        code = RtmGetEnumRoutes(reg, walk, &count, routes);
        if (code != ERROR_NO_MORE_ITEMS)
            screen_need("RtmGetEnumRoutes", code);
        for (i = 0; i < count; i++) { /* which releases the handle */
            flags = 0;
            screen_need("RtmDeleteRouteToDest", RtmDeleteRouteToDest(reg, routes[i], &flags));
        }
        done += count;
        if (told)
            told(done);
    } while (code == NO_ERROR);
    screen_need("RtmDeleteEnumHandle", RtmDeleteEnumHandle(reg, walk));
    free(routes);
    return done;
}

/* ---- Leaving ---- */

void feed_close(struct feed* feed)
{
    int family;
    UINT i;

    for (family = 0; family < FAMILIES; family++) {
        for (i = 0; i < FEED_NEXT_HOPS; i++) /* which releases the handle */
            screen_need("RtmDeleteNextHop",
                        RtmDeleteNextHop(feed->handle[family], feed->hops[family][i], NULL));
        screen_need("RtmDeregisterEntity", RtmDeregisterEntity(feed->handle[family]));
    }
}
