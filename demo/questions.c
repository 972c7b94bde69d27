/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * questions.c: where does an address belong? Asked by the watcher.
 */
#include "questions.h"

#include <stdio.h>
#include <string.h>

#include "screen.h"
#include "watcher.h"

static const int widths[] = {20, 19, 6, 10, 6};

static RTM_ENTITY_HANDLE asker(const RTM_NET_ADDRESS* address)
{
    return watched[prefix_family(address)].handle;
}

/* The longest prefix of an address; false if there is none. Release info then. */
static bool most_specific(const RTM_NET_ADDRESS* address, RTM_DEST_INFO* info)
{
    RTM_NET_ADDRESS asked = *address;
    DWORD code = RtmGetMostSpecificDestination(asker(address), &asked, RTM_BEST_PROTOCOL,
                                               RTM_VIEW_MASK_UCAST, info);

    if (code != ERROR_NOT_FOUND)
        screen_need("RtmGetMostSpecificDestination", code);
    return code == NO_ERROR;
}

static bool less_specific(const RTM_NET_ADDRESS* address, RTM_DEST_HANDLE than, RTM_DEST_INFO* info)
{
    DWORD code = RtmGetLessSpecificDestination(asker(address), than, RTM_BEST_PROTOCOL,
                                               RTM_VIEW_MASK_UCAST, info);

    if (code != ERROR_NOT_FOUND)
        screen_need("RtmGetLessSpecificDestination", code);
    return code == NO_ERROR;
}

static void release(const RTM_NET_ADDRESS* address, RTM_DEST_INFO* info)
{
    screen_need("RtmReleaseDestInfo", RtmReleaseDestInfo(asker(address), info));
}

/* ---- The table of answers ---- */

/* What a best route tells. */
struct way {
    ULONG as, protocol;
    RTM_NET_ADDRESS next_hop;
};

static void look_at_next_hop(RTM_ENTITY_HANDLE reg, RTM_NEXTHOP_HANDLE handle, struct way* way)
{
    RTM_NEXTHOP_INFO hop;

    screen_need("RtmGetNextHopInfo", RtmGetNextHopInfo(reg, handle, &hop));
    way->next_hop = hop.NextHopAddress;
    screen_need("RtmReleaseNextHopInfo", RtmReleaseNextHopInfo(reg, &hop));
}

static void look_at_route(RTM_ENTITY_HANDLE reg, RTM_ROUTE_HANDLE handle, struct way* way)
{
    union {
        RTM_ROUTE_INFO info;
        UCHAR room[RTM_SIZE_OF_ROUTE_INFO(256)];
    } route;
    RTM_ENTITY_INFO owner;

    screen_need("RtmGetRouteInfo", RtmGetRouteInfo(reg, handle, &route.info, NULL));
    screen_need("RtmGetEntityInfo", RtmGetEntityInfo(reg, route.info.RouteOwner, &owner));
    way->as = (ULONG)(ULONG_PTR)route.info.EntitySpecificInfo;
    way->protocol = owner.EntityId.EntityProtocolId;
    if (route.info.NextHopsList.NumNextHops)
        look_at_next_hop(reg, route.info.NextHopsList.NextHops[0], way);
    screen_need("RtmReleaseEntityInfo", RtmReleaseEntityInfo(reg, &owner));
    screen_need("RtmReleaseRouteInfo", RtmReleaseRouteInfo(reg, &route.info));
}

static const char* protocol_name(ULONG protocol)
{
    return protocol == 14 ? "BGP" : protocol == 10006 ? "Static" : "?";
}

static void show_answer(const RTM_NET_ADDRESS* address, const RTM_DEST_INFO* info)
{
    char asked[PREFIX_TEXT], prefix[PREFIX_TEXT], hop[PREFIX_TEXT], as[16];
    const char* cells[] = {prefix_text(address, asked), "(nobody's)", "", "", ""};
    struct way way = {0};

    if (info) {
        look_at_route(asker(address), info->ViewInfo[0].Route, &way);
        snprintf(as, sizeof(as), "%lu", way.as);
        cells[1] = prefix_text(&info->DestAddress, prefix);
        cells[2] = as;
        cells[3] = prefix_text(&way.next_hop, hop);
        cells[4] = protocol_name(way.protocol);
    }
    screen_table_row(5, widths, cells);
}

/* The longest announced prefix of an address, found by looking at each; NULL if there is none. */
static const RTM_NET_ADDRESS* look_at_all(const struct table* table, const RTM_NET_ADDRESS* address)
{
    const RTM_NET_ADDRESS* longest = NULL;
    UINT i;

    for (i = 0; i < table->count; i++) {
        const RTM_NET_ADDRESS* prefix = &table->routes[i].prefix;
        if (prefix_covers(prefix, address) && (!longest || prefix->NumBits > longest->NumBits))
            longest = prefix;
    }
    return longest;
}

static bool ask(const struct table* table, const RTM_NET_ADDRESS* address)
{
    const RTM_NET_ADDRESS* expected = look_at_all(table, address);
    RTM_DEST_INFO info;
    bool right;

    if (!most_specific(address, &info)) {
        show_answer(address, NULL);
        return !expected;
    }
    show_answer(address, &info);
    right = expected && !prefix_compare(expected, &info.DestAddress);
    release(address, &info);
    return right;
}

bool questions_ask(const struct table* table, const RTM_NET_ADDRESS* addresses, UINT count)
{
    static const char* const heads[] = {"address", "longest prefix", "AS", "next hop", "from"};
    bool right = true;
    UINT i;

    screen_table_rule(-1, 5, widths);
    screen_table_row(5, widths, heads);
    screen_table_rule(0, 5, widths);
    for (i = 0; i < count; i++)
        right = ask(table, &addresses[i]) && right;
    screen_table_rule(1, 5, widths);
    return right;
}

/* ---- Many questions ---- */

/* Some address that the prefix covers. */
static RTM_NET_ADDRESS inside(const RTM_NET_ADDRESS* prefix)
{
    RTM_NET_ADDRESS address = *prefix;
    ULONG chance = prefix_hash(prefix);
    int bit, bits = prefix_family(prefix) == V4 ? 32 : 128;

    for (bit = prefix->NumBits; bit < bits; bit++)
        if (chance >> bit % 32 & 1)
            address.AddrBits[bit / 8] |= (UCHAR)(0x80 >> bit % 8);
    address.NumBits = (USHORT)bits;
    return address;
}

UINT questions_measure(const struct table* table, UINT count)
{
    UINT wrong = 0, i;

    for (i = 0; i < count; i++) {
        const RTM_NET_ADDRESS* prefix = &table->routes[i].prefix;
        RTM_NET_ADDRESS address = inside(prefix);
        RTM_DEST_INFO info;

        if (!most_specific(&address, &info)) {
            wrong++;
            continue;
        }
        wrong += !prefix_covers(&info.DestAddress, &address) ||
                 info.DestAddress.NumBits < prefix->NumBits;
        release(&address, &info);
    }
    return wrong;
}

/* ---- Less and less specific ---- */

static void show_link(const RTM_DEST_INFO* info, UINT depth)
{
    char prefix[PREFIX_TEXT];
    struct way way = {0};

    look_at_route(asker(&info->DestAddress), info->ViewInfo[0].Route, &way);
    screen_line("  %*s%-*s  AS %lu", 2 * depth, "", 44 - 2 * depth,
                prefix_text(&info->DestAddress, prefix), way.as);
}

static UINT covering(const struct table* table, const RTM_NET_ADDRESS* prefix)
{
    UINT count = 0, i;

    for (i = 0; i < table->count; i++)
        count += prefix_covers(&table->routes[i].prefix, prefix);
    return count;
}

bool questions_chain(const struct table* table, const RTM_NET_ADDRESS* from)
{
    RTM_DEST_INFO info, outer;
    UINT links = 0;
    bool nested = true, more = most_specific(from, &info);

    while (more) {
        show_link(&info, links++);
        more = less_specific(from, info.DestHandle, &outer);
        if (more)
            nested = nested && outer.DestAddress.NumBits < info.DestAddress.NumBits &&
                     prefix_covers(&outer.DestAddress, &info.DestAddress);
        release(from, &info);
        info = outer;
    }
    return nested && links == covering(table, from);
}

/* ---- One prefix ---- */

UINT questions_routes(const RTM_NET_ADDRESS* prefix, RTM_ENTITY_HANDLE* owner)
{
    RTM_NET_ADDRESS asked = *prefix;
    RTM_DEST_INFO info;
    UINT routes;
    DWORD code = RtmGetExactMatchDestination(asker(prefix), &asked, RTM_BEST_PROTOCOL,
                                             RTM_VIEW_MASK_UCAST, &info);

    *owner = NULL;
    if (code == ERROR_NOT_FOUND)
        return 0;
    screen_need("RtmGetExactMatchDestination", code);
    routes = info.ViewInfo[0].NumRoutes;
    *owner = info.ViewInfo[0].Owner;
    release(prefix, &info);
    return routes;
}
