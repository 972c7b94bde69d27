/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * multicast.c: two multicast routing protocols and IGMP exchange memberships by the multicast group
 * manager: what hosts want, what comes from their source, and what is no longer wanted. All that
 * happens is shown as the protocols are called back.
 */
#include "multicast.h"

#include <winsock2.h>

#include <windows.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <mgm.h>
#include <rtmv2.h>
#include <wine_mgm.h>

#include "screen.h"

/* PIM leads to the source, on interface 1, and has a network of hosts, 2, with IGMP on it. DVMRP
 * leads to other routers, on 3. */
enum { PIM, DVMRP, IGMP, PACKETS }; /* lanes */
#define PROTOCOLS 3
#define UPSTREAM 1
#define HOSTS 2
#define DOWNSTREAM 3

static const char* const names[LANES] = {"PIM", "DVMRP", "IGMP", "(packets)"};
static const DWORD protocol_ids[PROTOCOLS] = {11, 12, 10};
static HANDLE protocols[PROTOCOLS];
static RTM_ENTITY_HANDLE router; /* knows the way to the source */
static DWORD group, source;
static bool fast;

static void pace(DWORD ms)
{
    if (!fast)
        Sleep(ms);
}

static DWORD address(BYTE a, BYTE b, BYTE c, BYTE d)
{
    const BYTE bytes[] = {a, b, c, d};
    DWORD number;

    memcpy(&number, bytes, sizeof(number));
    return number;
}

/* ---- What was heard ---- */

static char heard[1024];

static void hear(int who, const char* format, ...)
    __attribute__((__format__(__gnu_printf__, 2, 3)));

/* Callbacks run on the thread that makes the change. */
static void hear(int who, const char* format, ...)
{
    size_t length = strlen(heard);
    char text[40];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    screen_event(who, LANE_ALIVE, MARK_HEARD, "%s", text);
    snprintf(heard + length, sizeof(heard) - length, "%s %s; ", names[who], text);
    pace(150);
}

static void expect(const char* what, const char* all)
{
    screen_check(!strcmp(heard, all), "%s", what);
    heard[0] = 0;
    pace(300);
}

/* ---- Callbacks ---- */

static void show_flow(char* text, size_t size, DWORD its_source, DWORD its_group)
{
    const BYTE* g = (const BYTE*)&its_group;
    const BYTE* s = (const BYTE*)&its_source;

    if (its_source)
        snprintf(text, size, "%u.%u.%u.%u", s[0], s[1], s[2], s[3]);
    else
        snprintf(text, size, "%u.%u.%u.%u", g[0], g[1], g[2], g[3]);
}

static void hear_flow(int who, const char* what, DWORD its_source, DWORD its_group)
{
    char text[20];

    show_flow(text, sizeof(text), its_source, its_group);
    hear(who, "%s %s", what, text);
}

static void decide(int who, DWORD count, PMGM_IF_ENTRY entries)
{
    for (DWORD i = 0; i < count; i++)
        hear(who, "send to if%lu? %s", entries[i].dwIfIndex, entries[i].bIsEnabled ? "yes" : "no");
}

/* Callbacks have no context: each protocol has functions of its own. */
#define FLOW DWORD s, DWORD sm, DWORD g, DWORD gm
#define UNUSED_MASKS (void)sm, (void)gm
#define CALLBACKS(who)                                                                             \
    static DWORD WINAPI way_##who(FLOW, PDWORD i, PDWORD h, PDWORD n, DWORD z, PBYTE p, PBYTE r)   \
    {                                                                                              \
        UNUSED_MASKS, (void)g, (void)h, (void)n, (void)z, (void)p, (void)r;                        \
        hear_flow(who, "way to", s, g);                                                            \
        hear(who, "by if%lu", *i);                                                                 \
        return NO_ERROR;                                                                           \
    }                                                                                              \
    static DWORD WINAPI creation_##who(FLOW, DWORD i, DWORD h, DWORD n, PMGM_IF_ENTRY e)           \
    {                                                                                              \
        UNUSED_MASKS, (void)s, (void)g, (void)i, (void)h;                                          \
        decide(who, n, e);                                                                         \
        return NO_ERROR;                                                                           \
    }                                                                                              \
    static DWORD WINAPI prune_##who(FLOW, DWORD i, DWORD h, BOOL m, PDWORD t)                      \
    {                                                                                              \
        UNUSED_MASKS, (void)i, (void)h, (void)m, (void)t;                                          \
        hear_flow(who, "prune", s, g);                                                             \
        return NO_ERROR;                                                                           \
    }                                                                                              \
    static DWORD WINAPI join_##who(FLOW, BOOL m)                                                   \
    {                                                                                              \
        UNUSED_MASKS, (void)m;                                                                     \
        hear_flow(who, "join", s, g);                                                              \
        return NO_ERROR;                                                                           \
    }                                                                                              \
    static DWORD WINAPI local_join_##who(FLOW, DWORD i, DWORD h)                                   \
    {                                                                                              \
        UNUSED_MASKS, (void)s, (void)g, (void)h;                                                   \
        hear(who, "hosts on if%lu", i);                                                            \
        return NO_ERROR;                                                                           \
    }                                                                                              \
    static DWORD WINAPI local_leave_##who(FLOW, DWORD i, DWORD h)                                  \
    {                                                                                              \
        UNUSED_MASKS, (void)s, (void)g, (void)h;                                                   \
        hear(who, "no hosts on if%lu", i);                                                         \
        return NO_ERROR;                                                                           \
    }                                                                                              \
    static DWORD WINAPI disable_##who(DWORD i, DWORD h)                                            \
    {                                                                                              \
        (void)h;                                                                                   \
        hear(who, "stop on if%lu", i);                                                             \
        return NO_ERROR;                                                                           \
    }                                                                                              \
    static DWORD WINAPI enable_##who(DWORD i, DWORD h)                                             \
    {                                                                                              \
        (void)h;                                                                                   \
        hear(who, "go on on if%lu", i);                                                            \
        return NO_ERROR;                                                                           \
    }                                                                                              \
    static ROUTING_PROTOCOL_CONFIG config_##who = {                                                \
        0,    way_##who,        creation_##who,    prune_##who,   join_##who,                      \
        NULL, local_join_##who, local_leave_##who, disable_##who, enable_##who};
CALLBACKS(PIM)
CALLBACKS(DVMRP)
CALLBACKS(IGMP)
static ROUTING_PROTOCOL_CONFIG* const configs[PROTOCOLS] = {&config_PIM, &config_DVMRP,
                                                            &config_IGMP};

/* ---- What they do ---- */

static void enter(int who)
{
    screen_event(who, LANE_ALIVE, MARK_ON, "registers");
    screen_need("MgmRegisterMProtocol",
                MgmRegisterMProtocol(configs[who], protocol_ids[who], 0, &protocols[who]));
}

static void take(int who, DWORD index)
{
    screen_event(who, LANE_ALIVE, MARK_CALL, "takes if%lu", index);
    screen_need("MgmTakeInterfaceOwnership", MgmTakeInterfaceOwnership(protocols[who], index, 0));
}

static void give_up(int who, DWORD index)
{
    screen_event(who, LANE_ALIVE, MARK_CALL, "releases if%lu", index);
    screen_need("MgmReleaseInterfaceOwnership",
                MgmReleaseInterfaceOwnership(protocols[who], index, 0));
}

static void leave(int who)
{
    screen_event(who, LANE_EMPTY, MARK_OFF, "leaves");
    screen_need("MgmDeRegisterMProtocol", MgmDeRegisterMProtocol(protocols[who]));
}

static void join_group(int who, DWORD index)
{
    screen_event(who, LANE_ALIVE, MARK_CALL, "joins on if%lu", index);
    screen_need("MgmAddGroupMembershipEntry",
                MgmAddGroupMembershipEntry(protocols[who], 0, 0, group, ~0u, index, 0,
                                           MGM_JOIN_STATE_FLAG));
}

static void leave_group(int who, DWORD index)
{
    screen_event(who, LANE_ALIVE, MARK_CALL, "leaves on if%lu", index);
    screen_need("MgmDeleteGroupMembershipEntry",
                MgmDeleteGroupMembershipEntry(protocols[who], 0, 0, group, ~0u, index, 0,
                                              MGM_JOIN_STATE_FLAG));
}

static void send_packets(int count)
{
    BYTE header[20] = {0x45};
    WINE_MGM_PACKET packet = {source, group, UPSTREAM, 0, 1316, sizeof(header), header};

    screen_event(PACKETS, LANE_ALIVE, MARK_CALL, "%d on if%d", count, UPSTREAM);
    while (count--)
        screen_need("a packet", __wine_mgm_receive_packet(&packet));
}

/* A unicast protocol would know it; here it is put into the multicast view by hand. */
static void lead_to_source(void)
{
    RTM_ENTITY_INFO info = {.RtmInstanceId = 0, .AddressFamily = AF_INET};
    RTM_NEXTHOP_INFO hop = {.InterfaceIndex = UPSTREAM};
    RTM_ROUTE_CHANGE_FLAGS change = RTM_ROUTE_CHANGE_FIRST;
    RTM_NEXTHOP_CHANGE_FLAGS hop_change = 0;
    RTM_NET_ADDRESS network;
    RTM_NEXTHOP_HANDLE gateway = NULL;
    RTM_ROUTE_INFO route = {.BelongsToViews = RTM_VIEW_MASK_MCAST};
    RTM_REGN_PROFILE profile;

    info.EntityId.EntityProtocolId = 8;
    screen_need("RtmRegisterEntity",
                RtmRegisterEntity(&info, NULL, NULL, FALSE, &profile, &router));
    RTM_IPV4_MAKE_NET_ADDRESS(&hop.NextHopAddress, address(192, 0, 2, 1), 32);
    screen_need("RtmAddNextHop", RtmAddNextHop(router, &hop, &gateway, &hop_change));
    RTM_IPV4_MAKE_NET_ADDRESS(&network, address(10, 0, 0, 0), 8);
    route.Neighbour = gateway;
    route.NextHopsList.NumNextHops = 1;
    route.NextHopsList.NextHops[0] = gateway;
    screen_need("RtmAddRouteToDest", RtmAddRouteToDest(router, NULL, &network, &route, INFINITE,
                                                       NULL, 0, NULL, &change));
}

/* ---- The story ---- */

static void come(void)
{
    screen_title("Coming: IGMP is on the hosts' network first, then PIM takes it");
    screen_lanes(names);
    enter(PIM);
    enter(DVMRP);
    enter(IGMP);
    take(PIM, UPSTREAM);
    take(DVMRP, DOWNSTREAM);
    take(IGMP, HOSTS);
    take(PIM, HOSTS);
    expect("IGMP was told before and after its network got an owner",
           "IGMP stop on if2; IGMP go on on if2; ");
}

static void want(void)
{
    screen_title("A host joins 239.1.2.3; so do routers behind DVMRP");
    screen_lanes(names);
    join_group(IGMP, HOSTS);
    expect("the owner of the network was told, then all others: the first who joins",
           "PIM hosts on if2; PIM join 239.1.2.3; DVMRP join 239.1.2.3; ");
    join_group(DVMRP, DOWNSTREAM);
    expect("only the first was told of the second", "IGMP join 239.1.2.3; ");
}

static void flow(void)
{
    MIB_IPMCAST_MFE which = {.dwGroup = group, .dwSource = source};
    union {
        MIB_IPMCAST_MFE_STATS stats;
        BYTE bytes[SIZEOF_MIB_MFE_STATS(4)];
    } entry;
    DWORD size = sizeof(entry);

    screen_title("10.1.2.3 sends: the first packet makes a forwarding entry");
    screen_lanes(names);
    send_packets(1);
    expect("the owner of the way to the source was asked, then those of the ways out",
           "PIM way to 10.1.2.3; PIM by if1; PIM send to if2? yes; DVMRP send to if3? yes; ");
    send_packets(999);
    expect("the rest asked nobody", "");
    screen_need("MgmGetMfeStats", MgmGetMfeStats(&which, &size, entry.bytes, MGM_MFE_STATS_0));
    screen_check(entry.stats.ulNumOutIf == 2 && entry.stats.ulInPkts == 1000 &&
                     entry.stats.rgmiosOutStats[0].ulOutPackets == 1000 &&
                     entry.stats.rgmiosOutStats[1].ulOutPackets == 1000,
                 "%lu packets in on if%lu, %lu out on if%lu, %lu on if%lu", entry.stats.ulInPkts,
                 entry.stats.dwInIfIndex, entry.stats.rgmiosOutStats[0].ulOutPackets,
                 entry.stats.rgmiosOutStats[0].dwOutIfIndex,
                 entry.stats.rgmiosOutStats[1].ulOutPackets,
                 entry.stats.rgmiosOutStats[1].dwOutIfIndex);
}

static void want_no_more(void)
{
    DWORD size = 0, count = 1;

    screen_title("Nobody wants it any more, and all go");
    screen_lanes(names);
    leave_group(IGMP, HOSTS);
    expect("the owner was told of its hosts, the one who stays that it is alone",
           "PIM no hosts on if2; DVMRP prune 239.1.2.3; ");
    leave_group(DVMRP, DOWNSTREAM);
    expect("all others were told of the last", "PIM prune 239.1.2.3; IGMP prune 239.1.2.3; ");
    give_up(PIM, HOSTS);
    give_up(PIM, UPSTREAM);
    expect("IGMP was told that its network is its own again",
           "IGMP stop on if2; IGMP go on on if2; ");
    screen_check(MgmGetFirstMfe(&size, NULL, &count) == ERROR_NO_MORE_ITEMS && !count,
                 "with its way in the forwarding entry has gone");
    give_up(DVMRP, DOWNSTREAM);
    give_up(IGMP, HOSTS);
    for (int who = 0; who < PROTOCOLS; who++)
        leave(who);
}

void multicast_run(bool without_pauses)
{
    fast = without_pauses;
    group = address(239, 1, 2, 3);
    source = address(10, 1, 2, 3);
    lead_to_source();
    come();
    want();
    flow();
    want_no_more();
    screen_need("RtmDeregisterEntity", RtmDeregisterEntity(router));
}
