/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#include "client.h"

void must_be(DWORD status, DWORD expected, const char* what)
{
    char why[256];

    if (status == expected)
        return;
    snprintf(why, sizeof(why), "%s gives %lu, not %lu", what, status, expected);
    give_up(why);
}

/* ---- entities ---- */

RTM_ENTITY_HANDLE join(const struct bench* bench, ULONG protocol, RTM_EVENT_CALLBACK callback)
{
    static LONG instances;
    RTM_ENTITY_INFO info;
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entity = NULL;

    memset(&info, 0, sizeof(info));
    info.AddressFamily = bench->prefixes->family;
    info.EntityId.EntityProtocolId = protocol;
    info.EntityId.EntityInstanceId = (ULONG)InterlockedIncrement(&instances);
    MUST(RtmRegisterEntity(&info, NULL, callback, FALSE, &profile, &entity));
    if (profile.MaxHandlesInEnum < BATCH || profile.NumberOfViews != 2)
        give_up("the registry limits enumerations to less than 64 at a time");
    return entity;
}

void owner_joins(struct bench* bench)
{
    struct prefix address = {{192, 0, 2, 0}, (UCHAR)address_bits(bench->prefixes->family)};

    bench->owner = join(bench, OWNER, NULL);
    for (UINT i = 0; i < HOPS; i++) {
        RTM_NEXTHOP_INFO info;
        RTM_NEXTHOP_CHANGE_FLAGS flags;

        memset(&info, 0, sizeof(info));
        address.bytes[3] = (UCHAR)(1 + i);
        info.NextHopAddress = net(bench, &address);
        info.InterfaceIndex = 1;
        bench->hops[i] = NULL;
        MUST(RtmAddNextHop(bench->owner, &info, &bench->hops[i], &flags));
    }
}

void owner_leaves(struct bench* bench)
{
    MUST(RtmDeregisterEntity(bench->owner));
    bench->owner = NULL;
}

/* ---- routes ---- */

RTM_NET_ADDRESS net(const struct bench* bench, const struct prefix* prefix)
{
    RTM_NET_ADDRESS address;

    address.AddressFamily = bench->prefixes->family;
    address.NumBits = prefix->length;
    memcpy(address.AddrBits, prefix->bytes, sizeof(address.AddrBits));
    return address;
}

route_room route_for(const struct bench* bench, UINT i, UINT edition)
{
    const RTM_NEXTHOP_HANDLE hop = bench->hops[i % HOPS];
    route_room made;

    memset(&made, 0, sizeof(made));
    made.info.Neighbour = hop;
    made.info.PrefInfo.Metric = prefix_value(i) + edition * MOST_PREFIXES;
    made.info.BelongsToViews = RTM_VIEW_MASK_UCAST;
    made.info.NextHopsList.NumNextHops = 1;
    made.info.NextHopsList.NextHops[0] = hop;
    return made;
}

void add_route(struct bench* bench, UINT i, ULONG ttl)
{
    RTM_NET_ADDRESS address = net(bench, &bench->prefixes->all[i]);
    route_room made = route_for(bench, i, 0);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    bench->routes[i] = NULL;
    MUST(RtmAddRouteToDest(bench->owner, &bench->routes[i], &address, &made.info, ttl, NULL, 0,
                           NULL, &flags));
    MUST_HOLD(flags == (RTM_ROUTE_CHANGE_NEW | RTM_ROUTE_CHANGE_BEST));
}

void sort_handles(struct bench* bench)
{
    for (UINT i = 0; i < bench->prefixes->count; i++)
        bench->asked[i] = bench->routes[bench->prefixes->order[i]];
}

ULONG look_up(const struct bench* bench, RTM_ENTITY_HANDLE reader, const struct prefix* host)
{
    RTM_NET_ADDRESS address = net(bench, host);
    RTM_DEST_INFO found;
    route_room route;
    ULONG metric = 0;
    DWORD status = RtmGetMostSpecificDestination(reader, &address, RTM_BEST_PROTOCOL,
                                                 RTM_VIEW_MASK_UCAST, &found);

    if (status == ERROR_NOT_FOUND)
        return 0;
    must_be(status, NO_ERROR, "RtmGetMostSpecificDestination");
    if (found.ViewInfo[0].Route) { /* or the last one is just going */
        MUST(RtmGetRouteInfo(reader, found.ViewInfo[0].Route, &route.info, NULL));
        metric = route.info.PrefInfo.Metric;
        MUST(RtmReleaseRouteInfo(reader, &route.info));
    }
    MUST(RtmReleaseDestInfo(reader, &found));
    return metric;
}

/* ---- threads ---- */

HANDLE start_thread(LPTHREAD_START_ROUTINE function, void* argument)
{
    HANDLE thread = CreateThread(NULL, 0, function, argument, 0, NULL);

    if (!thread)
        give_up("no thread can be made");
    return thread;
}

DWORD join_thread(HANDLE thread)
{
    DWORD result = 0;

    WaitForSingleObject(thread, INFINITE);
    GetExitCodeThread(thread, &result);
    CloseHandle(thread);
    return result;
}
