/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#include "table.h"

/* ---- addresses ---- */

/* Bytes of the dotted quad at `text`. */
static void parse_ipv4(const char* text, UCHAR* bytes)
{
    for (UINT i = 0; i < 4; i++) {
        char* end;

        bytes[i] = (UCHAR)strtoul(text, &end, 10);
        text = end + (*end == '.');
    }
}

/* Groups of 16 bits at `text`, with "::" at most once. */
static void parse_ipv6(const char* text, UCHAR* bytes)
{
    UINT used = 0, gap = 8, missing;
    UCHAR groups[16] = {0};

    while (*text && *text != '/') {
        char* end;
        ULONG group;

        if (text[0] == ':' && text[1] == ':') {
            gap = used;
            text += 2;
            continue;
        }
        if (*text == ':')
            text++;
        group = strtoul(text, &end, 16);
        if (end == text || used == 8)
            break;
        groups[2 * used] = (UCHAR)(group >> 8);
        groups[2 * used + 1] = (UCHAR)group;
        used++;
        text = end;
    }
    missing = 8 - used;
    memset(bytes, 0, 16);
    for (UINT i = 0; i < used; i++)
        memcpy(bytes + 2 * (i < gap ? i : i + missing), groups + 2 * i, 2);
}

/* The address with zeros after its prefix. */
static RTM_NET_ADDRESS parse(const char* text)
{
    BOOL ipv6 = strchr(text, ':') != NULL;
    UINT size = ipv6 ? 16 : 4;
    const char* slash = strchr(text, '/');
    RTM_NET_ADDRESS made;

    memset(&made, 0, sizeof(made));
    made.AddressFamily = ipv6 ? AF_INET6 : AF_INET;
    made.NumBits = (USHORT)(slash ? strtoul(slash + 1, NULL, 10) : 8 * size);
    if (ipv6)
        parse_ipv6(text, made.AddrBits);
    else
        parse_ipv4(text, made.AddrBits);
    for (UINT bit = made.NumBits; bit < 8 * size; bit++)
        made.AddrBits[bit / 8] &= (UCHAR) ~(0x80 >> (bit % 8));
    return made;
}

RTM_NET_ADDRESS net(const char* text)
{
    static LONG garbage;
    random_numbers numbers = {(ULONG)InterlockedIncrement(&garbage)};
    RTM_NET_ADDRESS made = parse(text);

    for (UINT bit = made.NumBits; bit < 8 * sizeof(made.AddrBits); bit++) {
        if (next_random(&numbers) & 1)
            made.AddrBits[bit / 8] |= (UCHAR)(0x80 >> (bit % 8));
    }
    return made;
}

BOOL same_net(const RTM_NET_ADDRESS* got, const char* text)
{
    RTM_NET_ADDRESS expected = parse(text);

    return got->AddressFamily == expected.AddressFamily && got->NumBits == expected.NumBits &&
           !memcmp(got->AddrBits, expected.AddrBits, sizeof(expected.AddrBits));
}

void assert_net(const RTM_NET_ADDRESS* got, const char* text)
{
    char bytes[3 * sizeof(got->AddrBits) + 1] = "";

    if (same_net(got, text))
        return;
    for (UINT i = 0; i < sizeof(got->AddrBits); i++)
        snprintf(bytes + 3 * i, 4, "%02x ", got->AddrBits[i]);
    fail_msg("family %u, %s/%u, not %s", got->AddressFamily, bytes, got->NumBits, text);
}

/* ---- next hops and routes ---- */

RTM_NEXTHOP_INFO make_next_hop(const char* address, ULONG interface_index)
{
    RTM_NEXTHOP_INFO info;

    memset(&info, 0xa7, sizeof(info));
    info.NextHopAddress = net(address);
    info.InterfaceIndex = interface_index;
    info.Flags = 0;
    info.EntitySpecificInfo = NULL;
    info.RemoteNextHop = NULL;
    return info;
}

RTM_NEXTHOP_HANDLE next_hop(RTM_ENTITY_HANDLE me, const char* address, ULONG interface_index)
{
    RTM_NEXTHOP_INFO info = make_next_hop(address, interface_index);
    RTM_NEXTHOP_CHANGE_FLAGS flags;
    RTM_NEXTHOP_HANDLE hop = NULL;

    ASSERT_STATUS(RtmAddNextHop(me, &info, &hop, &flags), NO_ERROR);
    assert_non_null(hop);
    return hop;
}

route_info make_route(RTM_NEXTHOP_HANDLE hop, ULONG preference, ULONG metric, RTM_VIEW_SET views)
{
    route_info made;

    memset(&made, 0xb9, sizeof(made));
    made.info.Neighbour = hop;
    made.info.Flags1 = 0;
    made.info.Flags = 0;
    made.info.PrefInfo.Preference = preference;
    made.info.PrefInfo.Metric = metric;
    made.info.BelongsToViews = views;
    made.info.EntitySpecificInfo = NULL;
    made.info.NextHopsList.NumNextHops = hop != NULL;
    if (hop)
        made.info.NextHopsList.NextHops[0] = hop;
    return made;
}

DWORD try_add_route(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE* route, const char* prefix,
                    RTM_ROUTE_INFO* info, ULONG ttl, RTM_ROUTE_CHANGE_FLAGS* flags)
{
    RTM_NET_ADDRESS address = net(prefix);

    return RtmAddRouteToDest(me, route, &address, info, ttl, NULL, 0, NULL, flags);
}

RTM_ROUTE_HANDLE add_route(RTM_ENTITY_HANDLE me, const char* prefix, RTM_NEXTHOP_HANDLE hop,
                           ULONG preference, ULONG metric, RTM_VIEW_SET views)
{
    route_info made = make_route(hop, preference, metric, views);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route = NULL;

    ASSERT_STATUS(try_add_route(me, &route, prefix, &made.info, INFINITE, &flags), NO_ERROR);
    assert_non_null(route);
    return route;
}

UINT join_and_count_hops(RTM_ENTITY_HANDLE* me)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, 1, 1);
    RTM_REGN_PROFILE profile;

    ASSERT_STATUS(RtmRegisterEntity(&info, NULL, NULL, FALSE, &profile, me), NO_ERROR);
    remember(*me);
    assert_in_range(profile.MaxNextHopsInRoute, 2, ROUTE_INFO_HOPS);
    return profile.MaxNextHopsInRoute - 1;
}

void delete_route(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route)
{
    RTM_ROUTE_CHANGE_FLAGS flags;

    ASSERT_STATUS(RtmDeleteRouteToDest(me, route, &flags), NO_ERROR);
}

RTM_DEST_HANDLE dest(RTM_ENTITY_HANDLE me, const char* prefix)
{
    RTM_NET_ADDRESS address = net(prefix);
    dest_info found;

    PAINT(found);
    ASSERT_STATUS(RtmGetExactMatchDestination(me, &address, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_ANY,
                                              &found.info),
                  NO_ERROR);
    assert_dest_guard(&found, 0);
    assert_non_null(found.info.DestHandle);
    return found.info.DestHandle;
}

void release_route(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route)
{
    ASSERT_STATUS(RtmReleaseRoutes(me, 1, &route), NO_ERROR);
}

void release_next_hop(RTM_ENTITY_HANDLE me, RTM_NEXTHOP_HANDLE hop)
{
    ASSERT_STATUS(RtmReleaseNextHops(me, 1, &hop), NO_ERROR);
}

void release_dest(RTM_ENTITY_HANDLE me, RTM_DEST_HANDLE destination)
{
    dest_info lone;

    PAINT(lone);
    lone.info.DestHandle = destination;
    lone.info.NumberOfViews = 0;
    ASSERT_STATUS(RtmReleaseDestInfo(me, &lone.info), NO_ERROR);
}

UINT drain_route(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route)
{
    UINT count = 0;
    DWORD status;

    while ((status = RtmReleaseRoutes(me, 1, &route)) == NO_ERROR)
        count++;
    ASSERT_STATUS(status, ERROR_INVALID_HANDLE);
    return count;
}

UINT drain_next_hop(RTM_ENTITY_HANDLE me, RTM_NEXTHOP_HANDLE hop)
{
    UINT count = 0;
    DWORD status;

    while ((status = RtmReleaseNextHops(me, 1, &hop)) == NO_ERROR)
        count++;
    ASSERT_STATUS(status, ERROR_INVALID_HANDLE);
    return count;
}

UINT drain_dest(RTM_ENTITY_HANDLE me, RTM_DEST_HANDLE destination)
{
    UINT count = 0;
    DWORD status;
    dest_info lone;

    PAINT(lone);
    lone.info.DestHandle = destination;
    lone.info.NumberOfViews = 0;
    while ((status = RtmReleaseDestInfo(me, &lone.info)) == NO_ERROR)
        count++;
    ASSERT_STATUS(status, ERROR_INVALID_HANDLE);
    return count;
}

/* ---- guarded buffers ---- */

view_info* view_at(dest_info* buffer, UINT i)
{
    return (view_info*)(buffer->bytes + RTM_SIZE_OF_DEST_INFO(i));
}

RTM_NEXTHOP_HANDLE* hop_at(route_info* buffer, UINT i)
{
    return (RTM_NEXTHOP_HANDLE*)(buffer->bytes + RTM_SIZE_OF_ROUTE_INFO(i));
}

static void assert_guard(const void* memory, size_t size, size_t written)
{
    const UCHAR* bytes = memory;

    for (size_t i = written; i < size; i++) {
        if (bytes[i] != 0xc5)
            fail_msg("byte %u was written, %u were to be", (UINT)i, (UINT)written);
    }
}

void assert_dest_guard(const dest_info* buffer, UINT views)
{
    assert_guard(buffer, sizeof(*buffer), RTM_SIZE_OF_DEST_INFO(views));
}

void assert_route_guard(const route_info* buffer, UINT hops)
{
    assert_guard(buffer, sizeof(*buffer), RTM_SIZE_OF_ROUTE_INFO(hops));
}

void assert_next_hop_guard(const next_hop_info* buffer)
{
    assert_guard(buffer, sizeof(*buffer), sizeof(buffer->info));
}

void get_route(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route, route_info* buffer)
{
    PAINT(*buffer);
    ASSERT_STATUS(RtmGetRouteInfo(me, route, &buffer->info, NULL), NO_ERROR);
    assert_route_guard(buffer, buffer->info.NextHopsList.NumNextHops);
}

void get_dest(RTM_ENTITY_HANDLE me, RTM_DEST_HANDLE destination, ULONG protocol, RTM_VIEW_SET views,
              dest_info* buffer)
{
    PAINT(*buffer);
    ASSERT_STATUS(RtmGetDestInfo(me, destination, protocol, views, &buffer->info), NO_ERROR);
    assert_dest_guard(buffer, buffer->info.NumberOfViews);
}

#define PAGE 4096

void* allocate_exact(size_t size)
{
    UCHAR* pages = VirtualAlloc(NULL, 2 * PAGE, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    DWORD old;

    assert_non_null(pages);
    assert_true(size <= PAGE);
    assert_true(VirtualProtect(pages + PAGE, PAGE, PAGE_NOACCESS, &old));
    paint(pages, PAGE);
    return pages + PAGE - size;
}

void free_exact(void* memory)
{
    ULONG_PTR page = (ULONG_PTR)memory & ~(ULONG_PTR)(PAGE - 1);

    assert_true(VirtualFree((void*)page, 0, MEM_RELEASE));
}

/* ---- looking without keeping ---- */

route_info read_route(RTM_ENTITY_HANDLE viewer, RTM_ROUTE_HANDLE route)
{
    route_info got;

    get_route(viewer, route, &got);
    ASSERT_STATUS(RtmReleaseRouteInfo(viewer, &got.info), NO_ERROR);
    return got;
}

/* A bad handle is refused, and nothing written. */
static BOOL was_good(DWORD status, const void* buffer, size_t size)
{
    if (status == NO_ERROR)
        return TRUE;
    ASSERT_STATUS(status, ERROR_INVALID_HANDLE);
    assert_true(painted(buffer, size));
    return FALSE;
}

BOOL route_is_live(RTM_ENTITY_HANDLE viewer, RTM_ROUTE_HANDLE route)
{
    RTM_NET_ADDRESS address;

    PAINT(address);
    return was_good(RtmGetRouteInfo(viewer, route, NULL, &address), &address, sizeof(address));
}

BOOL next_hop_is_live(RTM_ENTITY_HANDLE viewer, RTM_NEXTHOP_HANDLE hop)
{
    next_hop_info got;
    DWORD status;

    PAINT(got);
    status = RtmGetNextHopInfo(viewer, hop, &got.info);
    if (!was_good(status, &got, sizeof(got)))
        return FALSE;
    ASSERT_STATUS(RtmReleaseNextHopInfo(viewer, &got.info), NO_ERROR);
    return TRUE;
}

BOOL dest_is_live(RTM_ENTITY_HANDLE viewer, RTM_DEST_HANDLE destination)
{
    dest_info got;
    DWORD status;

    PAINT(got);
    status = RtmGetDestInfo(viewer, destination, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_ANY, &got.info);
    if (!was_good(status, &got, sizeof(got)))
        return FALSE;
    ASSERT_STATUS(RtmReleaseDestInfo(viewer, &got.info), NO_ERROR);
    return TRUE;
}

UINT count_routes(RTM_ENTITY_HANDLE viewer, const char* prefix, RTM_VIEW_SET view)
{
    RTM_NET_ADDRESS address = net(prefix);
    dest_info got;
    DWORD status;

    PAINT(got);
    status = RtmGetExactMatchDestination(viewer, &address, RTM_BEST_PROTOCOL, view, &got.info);
    if (status == ERROR_NOT_FOUND)
        return 0;
    ASSERT_STATUS(status, NO_ERROR);
    assert_dest_guard(&got, 1);
    ASSERT_STATUS(RtmReleaseDestInfo(viewer, &got.info), NO_ERROR);
    return got.info.ViewInfo[0].NumRoutes;
}

RTM_VIEW_SET best_views(RTM_ENTITY_HANDLE viewer, RTM_ROUTE_HANDLE route)
{
    RTM_VIEW_SET best[2];

    PAINT(best);
    ASSERT_STATUS(RtmIsBestRoute(viewer, route, &best[0]), NO_ERROR);
    ASSERT_PAINTED(best[1]);
    return best[0];
}

/* ---- wrong handles ---- */

static void add_wrong(wrong_handles* wrong, HANDLE handle)
{
    assert_true(wrong->count < WRONG_HANDLES);
    wrong->handles[wrong->count++] = handle;
}

/* Those of a table that are of `kind` or, with `others`, that are not. */
static void add_of_table(wrong_handles* wrong, RTM_ENTITY_HANDLE me, handle_kind kind, BOOL others,
                         const char* prefix, const char* gateway)
{
    RTM_NEXTHOP_HANDLE hop = next_hop(me, gateway, 9999);
    RTM_ROUTE_HANDLE route = add_route(me, prefix, hop, 1, 1, RTM_VIEW_MASK_UCAST);

    if ((kind == NEXT_HOP_HANDLE) != others)
        add_wrong(wrong, hop);
    if ((kind == ROUTE_HANDLE) != others)
        add_wrong(wrong, route);
    if ((kind == DEST_HANDLE) != others)
        add_wrong(wrong, dest(me, prefix));
    if ((kind == ENTITY_HANDLE) != others)
        add_wrong(wrong, me);
}

wrong_handles make_wrong_handles(RTM_ENTITY_HANDLE me, handle_kind kind)
{
    RTM_ENTITY_INFO elsewhere = make_info(1, AF_INET, 0x5afe, 1);
    RTM_ENTITY_INFO ipv6 = make_info(0, AF_INET6, 0x5afe, 2);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "203.0.113.200", 9998);
    RTM_ROUTE_HANDLE route = add_route(me, "203.0.113.128/25", hop, 1, 1, RTM_VIEW_MASK_UCAST);
    RTM_DEST_HANDLE destination = dest(me, "203.0.113.128/25");
    RTM_ROUTE_LIST_HANDLE list = NULL;
    RTM_ENUM_HANDLE enumeration = NULL;
    wrong_handles wrong = {0};

    add_wrong(&wrong, INVALID_HANDLE_VALUE);
    add_wrong(&wrong, (HANDLE)(ULONG_PTR)1);
    add_wrong(&wrong, (HANDLE)(ULONG_PTR)0xdead0);
    add_wrong(&wrong, &wrong); /* memory that is there */
    add_of_table(&wrong, me, kind, TRUE, "203.0.113.0/24", "203.0.113.1");
    add_of_table(&wrong, join_as(&elsewhere, NULL, NULL), kind, FALSE, "203.0.113.0/24",
                 "203.0.113.1");
    add_of_table(&wrong, join_as(&ipv6, NULL, NULL), kind, FALSE, "2001:db8::/32", "2001:db8::1");
    if (kind != OTHER_HANDLE) {
        ASSERT_STATUS(RtmCreateRouteList(me, &list), NO_ERROR);
        add_wrong(&wrong, list);
        ASSERT_STATUS(RtmCreateDestEnum(me, RTM_VIEW_MASK_ANY, RTM_ENUM_START, NULL,
                                        RTM_BEST_PROTOCOL, &enumeration),
                      NO_ERROR);
        add_wrong(&wrong, enumeration);
    }
    delete_route(me, route);
    release_dest(me, destination);
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    add_wrong(&wrong, route);
    add_wrong(&wrong, destination);
    add_wrong(&wrong, hop);
    return wrong;
}

/* ---- memory that runs out ---- */

#define MOST_ALLOCATIONS 2000

static void fail_allocation(UINT nth)
{
    char text[16];

    snprintf(text, sizeof(text), "%u", nth);
    assert_true(SetEnvironmentVariableA("RTM_FAIL_ALLOCATION", nth ? text : NULL));
}

void fail_allocations(BOOL (*scenario)(RTM_ENTITY_HANDLE me))
{
    UINT failures = 0, quiet = 0;

    /* A failure may pass unseen, so go on for a while. */
    for (UINT nth = 1; quiet < 10; nth++) {
        RTM_ENTITY_INFO info = make_info(0, AF_INET, 1, 1);
        RTM_REGN_PROFILE profile;
        RTM_ENTITY_HANDLE me;
        DWORD status;

        assert_true(nth < MOST_ALLOCATIONS);
        fail_allocation(nth);
        status = RtmRegisterEntity(&info, NULL, NULL, FALSE, &profile, &me);
        fail_allocation(0);
        if (status == ERROR_NOT_ENOUGH_MEMORY)
            continue;
        ASSERT_STATUS(status, NO_ERROR);
        remember(me);
        if (scenario(me)) {
            failures++;
            quiet = 0;
        } else {
            quiet++;
        }
        leave(me);
    }
    assert_true(failures > 0);
}
