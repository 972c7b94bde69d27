/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * v1.c: the story of RTMv1: RIP and OSPF of the older API and BGP of the newer one share a table,
 * routes age, and IPX has a table of its own.
 */
#include "v1.h"

#include "forwarder.h"
#include "screen.h"

#include <rtmv2.h>

#include <stdio.h>
#include <string.h>

#define NETWORKS 50000

enum { PROTOCOL_RIP = 8, PROTOCOL_OSPF = 13, PROTOCOL_BGP = 14, PROTOCOL_FORWARDER = 1000 };

static const char* name_of(DWORD protocol)
{
    switch (protocol) {
    case PROTOCOL_RIP:
        return "RIP";
    case PROTOCOL_OSPF:
        return "OSPF";
    case PROTOCOL_BGP:
        return "BGP";
    }
    return "?";
}

static HANDLE join(DWORD family, DWORD protocol, DWORD flags)
{
    HANDLE client = RtmRegisterClient(family, protocol, NULL, flags);

    screen_need("RtmRegisterClient", client ? NO_ERROR : GetLastError());
    return client;
}

/* ---- IP ---- */

/* To 10.a.b.0/24, by one of two routers on an interface each. */
static RTM_IP_ROUTE ip_route(UINT number, DWORD metric)
{
    const UCHAR network[4] = {10 + number / 65536, number / 256 % 256, number % 256, 0};
    const UCHAR next_hop[4] = {192, 0, 2, 1 + number % 2};
    RTM_IP_ROUTE route = {.RR_InterfaceID = 1 + number % 2};

    memcpy(&route.RR_Network.N_NetNumber, network, 4);
    route.RR_Network.N_NetMask = 0x00ffffff;
    memcpy(&route.RR_NextHopAddress.N_NetNumber, next_hop, 4);
    route.RR_FamilySpecificData.FSD_Type = 4;
    route.RR_FamilySpecificData.FSD_Metric = metric;
    ClearRouteFlags(&route);
    SetRouteValid(&route);
    return route;
}

static void show_ip(const char* what, const RTM_IP_ROUTE* route)
{
    UCHAR network[4], hop[4];

    memcpy(network, &route->RR_Network.N_NetNumber, 4);
    memcpy(hop, &route->RR_NextHopAddress.N_NetNumber, 4);
    screen_line("    %-12s %u.%u.%u.0/24 via %u.%u.%u.%u dev %lu, %s, priority %lu metric %lu",
                what, network[0], network[1], network[2], hop[0], hop[1], hop[2], hop[3],
                route->RR_InterfaceID, name_of(route->RR_RoutingProtocol),
                route->RR_FamilySpecificData.FSD_Priority, route->RR_FamilySpecificData.FSD_Metric);
}

/* What an add does to the best route of its network. */
static DWORD add_ip(HANDLE client, UINT number, DWORD metric, DWORD life, RTM_IP_ROUTE* best)
{
    RTM_IP_ROUTE route = ip_route(number, metric);
    DWORD flags;

    screen_need("RtmAddRoute", RtmAddRoute(client, &route, life, &flags, best, NULL));
    return flags;
}

static DWORD best_protocol(UINT number, const char* what)
{
    RTM_IP_ROUTE route = ip_route(number, 0), best;

    if (!RtmIsRoute(RTM_PROTOCOL_FAMILY_IP, &route.RR_Network, &best))
        return 0;
    if (what)
        show_ip(what, &best);
    return best.RR_RoutingProtocol;
}

static void fill(HANDLE rip, struct forwarder* forwarder)
{
    double start = screen_ms();
    UINT i, added = 0;

    screen_title("RIP adds routes; the forwarder follows by its event");
    for (i = 0; i < NETWORKS; i++)
        added += add_ip(rip, i, 2 + i % 14, INFINITE, NULL) == RTM_ROUTE_ADDED;
    screen_line("    %u routes in %.0f ms", NETWORKS, screen_ms() - start);
    screen_check(added == NETWORKS, "each was the first of its network");
    screen_check(RtmGetNetworkCount(RTM_PROTOCOL_FAMILY_IP) == NETWORKS,
                 "the table has %u networks", NETWORKS);
    screen_check(forwarder_knows(forwarder, NETWORKS), "the forwarder knows all of them");
}

static void override(HANDLE ospf, struct forwarder* forwarder)
{
    RTM_IP_ROUTE best;
    UINT i, changed = 0;

    screen_title("OSPF knows some better: its priority is lower, whatever the metric");
    best_protocol(0, "before");
    for (i = 0; i < NETWORKS; i += 100)
        changed += add_ip(ospf, i, 50, INFINITE, &best) == RTM_ROUTE_CHANGED;
    best_protocol(0, "after");
    screen_check(changed == NETWORKS / 100 && best.RR_RoutingProtocol == PROTOCOL_OSPF,
                 "%u best routes have changed", changed);
    screen_check(forwarder_knows(forwarder, NETWORKS) && forwarder->changed == NETWORKS / 100,
                 "the forwarder was told of each");
}

/* An entity of RTMv2 with a static route's preference. */
static RTM_ENTITY_HANDLE meet_rtmv2(struct forwarder* forwarder)
{
    RTM_ENTITY_INFO info = {.AddressFamily = AF_INET};
    RTM_NET_ADDRESS address = {.AddressFamily = AF_INET, .NumBits = 24, .AddrBits = {10}};
    RTM_ROUTE_INFO route = {.PrefInfo = {.Preference = 3, .Metric = 1},
                            .BelongsToViews = RTM_VIEW_MASK_UCAST};
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entity;
    LONG before = forwarder->changed;

    screen_title("BGP comes by RTMv2: both versions share the table");
    info.EntityId.EntityProtocolId = PROTOCOL_BGP;
    screen_need("RtmRegisterEntity",
                RtmRegisterEntity(&info, NULL, NULL, FALSE, &profile, &entity));
    screen_need("RtmAddRouteToDest",
                RtmAddRouteToDest(entity, NULL, &address, &route, INFINITE, NULL, 0, NULL, &flags));
    screen_check(best_protocol(0, "now") == PROTOCOL_BGP, "RTMv1 sees its route as the best");
    screen_check(forwarder_knows(forwarder, NETWORKS) && forwarder->changed == before + 1,
                 "the forwarder was told");
    return entity;
}

static void look_from_rtmv2(RTM_ENTITY_HANDLE entity)
{
    RTM_NET_ADDRESS address = {.AddressFamily = AF_INET, .NumBits = 24, .AddrBits = {10, 0, 7}};
    RTM_DEST_INFO dest;
    union {
        RTM_ROUTE_INFO info;
        UCHAR room[RTM_SIZE_OF_ROUTE_INFO(255)];
    } route;

    screen_need("RtmGetExactMatchDestination",
                RtmGetExactMatchDestination(entity, &address, RTM_BEST_PROTOCOL,
                                            RTM_VIEW_MASK_UCAST, &dest));
    screen_need("RtmGetRouteInfo",
                RtmGetRouteInfo(entity, dest.ViewInfo[0].Route, &route.info, NULL));
    screen_check(route.info.PrefInfo.Preference == 120 && route.info.NextHopsList.NumNextHops == 1,
                 "RTMv2 sees RIP's: preference %lu, metric %lu, one next hop",
                 route.info.PrefInfo.Preference, route.info.PrefInfo.Metric);
    screen_need("RtmReleaseRouteInfo", RtmReleaseRouteInfo(entity, &route.info));
    screen_need("RtmReleaseDestInfo", RtmReleaseDestInfo(entity, &dest));
}

static void walk(void)
{
    RTM_IP_ROUTE route = {0};
    DWORD code, last = 0;
    UINT count = 0, descents = 0;
    double start = screen_ms();

    screen_title("Everyone may look: all routes in order, and where an address belongs");
    for (code = RtmGetFirstRoute(RTM_PROTOCOL_FAMILY_IP, 0, &route); code == NO_ERROR;
         code = RtmGetNextRoute(RTM_PROTOCOL_FAMILY_IP, 0, &route)) {
        DWORD number = ntohl(route.RR_Network.N_NetNumber);

        descents += number < last;
        last = number;
        count++;
    }
    screen_line("    %u routes in %.0f ms", count, screen_ms() - start);
    screen_check(code == ERROR_NO_ROUTES && count == NETWORKS + NETWORKS / 100 + 1 && !descents,
                 "every route was there once, in order");
    screen_check(RtmLookupIPDestination(htonl(0x0a000763), &route), "10.0.7.99 has a route:");
    show_ip("", &route);
}

static void age(HANDLE rip, struct forwarder* forwarder, bool fast)
{
    UINT i;

    screen_title("Routes that are not refreshed age out");
    for (i = 0; i < 1000; i++)
        add_ip(rip, NETWORKS + i, 3, fast ? 0 : 1, NULL);
    screen_check(forwarder_knows(forwarder, NETWORKS) && forwarder->added == NETWORKS + 1000 &&
                     forwarder->deleted == 1000,
                 "1000 came and went again by themselves, and the forwarder was told");
}

static void part(HANDLE rip, HANDLE ospf, RTM_ENTITY_HANDLE bgp, struct forwarder* forwarder)
{
    RTM_IP_ROUTE criteria = {.RR_InterfaceID = 2};
    double start;

    screen_title("Going: a block of routes, then each with all that it has");
    screen_need("RtmBlockDeleteRoutes",
                RtmBlockDeleteRoutes(rip, RTM_ONLY_THIS_INTERFACE, &criteria));
    screen_check(forwarder_knows(forwarder, NETWORKS / 2), "interface 2 fails: half is left");
    screen_need("RtmDeregisterEntity", RtmDeregisterEntity(bgp));
    screen_check(best_protocol(0, "BGP is gone") == PROTOCOL_OSPF, "OSPF is best again");
    screen_need("RtmDeregisterClient", RtmDeregisterClient(ospf));
    screen_check(best_protocol(0, "OSPF, too") == PROTOCOL_RIP, "RIP is best again");
    start = screen_ms();
    screen_need("RtmDeregisterClient", RtmDeregisterClient(rip));
    screen_line("    RIP leaves within %.0f ms", screen_ms() - start);
    screen_check(forwarder_knows(forwarder, 0), "the forwarder knows of nothing any more");
}

static void run_ip(bool fast)
{
    HANDLE rip = join(RTM_PROTOCOL_FAMILY_IP, PROTOCOL_RIP, 0);
    HANDLE ospf = join(RTM_PROTOCOL_FAMILY_IP, PROTOCOL_OSPF, RTM_PROTOCOL_SINGLE_ROUTE);
    struct forwarder forwarder;
    RTM_ENTITY_HANDLE bgp;

    forwarder_start(&forwarder, RTM_PROTOCOL_FAMILY_IP, PROTOCOL_FORWARDER);
    fill(rip, &forwarder);
    override(ospf, &forwarder);
    bgp = meet_rtmv2(&forwarder);
    look_from_rtmv2(bgp);
    walk();
    age(rip, &forwarder, fast);
    part(rip, ospf, bgp, &forwarder);
    forwarder_stop(&forwarder);
    screen_check(RtmGetNetworkCount(RTM_PROTOCOL_FAMILY_IP) == 0, "the table is empty");
}

/* ---- IPX ---- */

static DWORD add_ipx(HANDLE client, DWORD network, BYTE router, USHORT ticks, USHORT hops)
{
    RTM_IPX_ROUTE route = {.RR_InterfaceID = 1};
    DWORD flags;

    route.RR_Network.N_NetNumber = network;
    route.RR_NextHopAddress.NHA_Mac[5] = router;
    route.RR_FamilySpecificData.FSD_TickCount = ticks;
    route.RR_FamilySpecificData.FSD_HopCount = hops;
    screen_need("RtmAddRoute", RtmAddRoute(client, &route, INFINITE, &flags, NULL, NULL));
    return flags;
}

static void run_ipx(void)
{
    HANDLE rip = join(RTM_PROTOCOL_FAMILY_IPX, 1, 0);
    HANDLE nlsp = join(RTM_PROTOCOL_FAMILY_IPX, 2, 0);
    RTM_IPX_ROUTE best;
    IPX_NETWORK network = {0xcafe0001};

    screen_title("IPX has a table of its own: networks by number, fewest ticks, then hops");
    screen_check(add_ipx(rip, network.N_NetNumber, 1, 6, 3) == RTM_ROUTE_ADDED,
                 "RIP: cafe0001 in 6 ticks and 3 hops");
    screen_check(add_ipx(nlsp, network.N_NetNumber, 2, 6, 2) == RTM_ROUTE_CHANGED,
                 "NLSP: in 6 ticks and 2 hops, which is better");
    screen_check(add_ipx(rip, network.N_NetNumber, 3, 7, 1) == RTM_NO_CHANGE,
                 "RIP: in 7 ticks and 1 hop, which is not");
    screen_check(RtmIsRoute(RTM_PROTOCOL_FAMILY_IPX, &network, &best) &&
                     best.RR_NextHopAddress.NHA_Mac[5] == 2,
                 "the best leads over router 2");
    screen_need("RtmDeregisterClient", RtmDeregisterClient(nlsp));
    screen_check(RtmIsRoute(RTM_PROTOCOL_FAMILY_IPX, &network, &best) &&
                     best.RR_NextHopAddress.NHA_Mac[5] == 1,
                 "NLSP leaves: over router 1");
    screen_need("RtmDeregisterClient", RtmDeregisterClient(rip));
}

void v1_run(bool fast)
{
    run_ip(fast);
    run_ipx();
}
