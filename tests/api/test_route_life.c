/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Routes: what is told of them, their references, their end.
 * "Reading" marks what the documentation leaves open and this project has decided.
 */
#include "table.h"

#define NEW RTM_ROUTE_CHANGE_NEW
#define BEST RTM_ROUTE_CHANGE_BEST

/* Adds or updates through a variable that is NULL; returns the handle, stores the flags. */
static RTM_ROUTE_HANDLE put(RTM_ENTITY_HANDLE me, const char* prefix, route_info* info,
                            RTM_ROUTE_CHANGE_FLAGS* flags)
{
    RTM_ROUTE_HANDLE route = NULL;

    ASSERT_STATUS(try_add_route(me, &route, prefix, &info->info, INFINITE, flags), NO_ERROR);
    assert_non_null(route);
    return route;
}

/* ---- reading ---- */

static void results_of_reading_are_optional(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.128.0.0/9", NULL, 1, 1, UCAST);
    RTM_NET_ADDRESS addresses[2];
    route_info got;

    (void)state;
    PAINT(addresses);
    ASSERT_STATUS(RtmGetRouteInfo(me, route, NULL, &addresses[0]), NO_ERROR);
    assert_net(&addresses[0], "10.128.0.0/9");
    ASSERT_PAINTED(addresses[1]);
    PAINT(got);
    ASSERT_STATUS(RtmGetRouteInfo(me, route, &got.info, NULL), NO_ERROR);
    ASSERT_STATUS(RtmReleaseRouteInfo(me, &got.info), NO_ERROR);
    ASSERT_STATUS(RtmGetRouteInfo(me, route, NULL, NULL), NO_ERROR);
    /* Without the structure nothing is referenced. */
    delete_route(me, route);
    assert_false(route_is_live(me, route));
}

static void information_refers_to_its_handles(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1), neighbour = next_hop(me, "10.0.0.2", 1);
    route_info info = make_route(hop, 1, 1, UCAST), got[3];
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route;
    RTM_NEXTHOP_INFO hop_info;
    dest_info dest_got;

    (void)state;
    info.info.Neighbour = neighbour;
    route = put(me, "10.0.0.0/8", &info, &flags);
    for (UINT i = 0; i < 3; i++)
        get_route(other, route, &got[i]);
    ASSERT_STATUS(RtmReleaseRouteInfo(other, &got[2].info), NO_ERROR);
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    ASSERT_STATUS(RtmDeleteNextHop(me, neighbour, NULL), NO_ERROR);
    delete_route(me, route);
    assert_false(route_is_live(me, route)); /* the structure has no handle of the route itself */
    for (UINT i = 0; i < 2; i++) {          /* the two that are left keep what they name */
        get_dest(other, got[i].info.DestHandle, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_ANY, &dest_got);
        assert_net(&dest_got.info.DestAddress, "10.0.0.0/8");
        ASSERT_STATUS(RtmReleaseDestInfo(other, &dest_got.info), NO_ERROR);
        assert_true(next_hop_is_live(other, hop));
        assert_true(next_hop_is_live(other, neighbour));
        ASSERT_STATUS(RtmReleaseRouteInfo(other, &got[i].info), NO_ERROR);
    }
    ASSERT_STATUS(RtmGetNextHopInfo(other, hop, &hop_info), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmGetNextHopInfo(other, neighbour, &hop_info), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmGetDestInfo(other, got[0].info.DestHandle, RTM_BEST_PROTOCOL,
                                 RTM_VIEW_MASK_ANY, &dest_got.info),
                  ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReleaseRouteInfo(other, &got[0].info), ERROR_INVALID_HANDLE);
}

static void information_refers_to_the_owner(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_ENTITY_INFO info, expected = make_info(0, AF_INET, 1, 1);
    route_info got;

    (void)state;
    get_route(other, route, &got);
    leave(me);
    ASSERT_STATUS(RtmGetEntityInfo(other, got.info.RouteOwner, &info), NO_ERROR);
    assert_info_equal(&info, &expected);
    ASSERT_STATUS(RtmReleaseRouteInfo(other, &got.info), NO_ERROR);
    release_route(other, route);
    ASSERT_STATUS(RtmGetEntityInfo(other, got.info.RouteOwner, &info), ERROR_INVALID_HANDLE);
}

/* A hop that is named three times is referenced three times. */
static void each_place_of_a_next_hop_counts(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1), third;
    route_info info = make_route(hop, 1, 1, UCAST), got;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route;

    (void)state;
    info.info.NextHopsList.NumNextHops = 2;
    *hop_at(&info, 1) = hop;
    route = put(me, "10.0.0.0/8", &info, &flags);
    get_route(me, route, &got);
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    delete_route(me, route);
    third = hop;
    for (UINT i = 0; i < 3; i++) {
        assert_true(next_hop_is_live(me, hop));
        ASSERT_STATUS(RtmReleaseNextHops(me, 1, &third), NO_ERROR);
    }
    assert_false(next_hop_is_live(me, hop));
}

static void releases_of_information_are_all_or_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", hop, 1, 1, UCAST);
    HANDLE bad = (HANDLE)(ULONG_PTR)0xdead0;
    route_info got, broken;

    (void)state;
    get_route(me, route, &got);
    for (UINT i = 0; i < 5; i++) {
        broken = got;
        if (i == 0)
            broken.info.DestHandle = bad;
        else if (i == 1)
            broken.info.RouteOwner = bad;
        else if (i == 2)
            broken.info.Neighbour = bad;
        else if (i == 3)
            *hop_at(&broken, 0) = bad;
        else
            broken.info.DestHandle = hop; /* of another kind */
        ASSERT_STATUS(RtmReleaseRouteInfo(me, &broken.info), ERROR_INVALID_HANDLE);
    }
    broken = got;
    ASSERT_STATUS(RtmReleaseRouteInfo(me, &got.info), NO_ERROR);
    assert_memory_equal(&got, &broken, sizeof(got)); /* a release leaves the memory alone */
    assert_int_equal(drain_dest(me, got.info.DestHandle), 0);
    /* Missing handles are skipped. */
    memset(&broken, 0, sizeof(broken));
    ASSERT_STATUS(RtmReleaseRouteInfo(me, &broken.info), NO_ERROR);
}

static void part_of_the_information_can_be_kept(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", hop, 1, 1, UCAST);
    route_info got;
    HANDLE kept[2];

    (void)state;
    get_route(me, route, &got);
    kept[0] = got.info.DestHandle;
    kept[1] = *hop_at(&got, 0);
    ASSERT_STATUS(RtmReferenceHandles(me, 2, kept), NO_ERROR);
    ASSERT_STATUS(RtmReleaseRouteInfo(me, &got.info), NO_ERROR);
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    delete_route(me, route);
    assert_true(next_hop_is_live(me, hop));
    assert_int_equal(drain_next_hop(me, hop), 1);
    assert_int_equal(drain_dest(me, kept[0]), 1);
    assert_false(next_hop_is_live(me, hop));
}

/* Nothing beyond the next hops that there are is read or written. */
static void buffers_may_end_with_the_last_next_hop(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);

    (void)state;
    for (UINT hops = 0; hops < 3; hops++) {
        RTM_ROUTE_INFO* info = allocate_exact(RTM_SIZE_OF_ROUTE_INFO(hops));
        RTM_ROUTE_INFO* got = allocate_exact(RTM_SIZE_OF_ROUTE_INFO(hops));
        route_info whole = make_route(NULL, 1, 1, UCAST);
        RTM_NET_ADDRESS* address = allocate_exact(sizeof(*address));
        RTM_ROUTE_CHANGE_FLAGS flags = 0;
        RTM_ROUTE_HANDLE route = NULL;

        whole.info.NextHopsList.NumNextHops = (USHORT)hops;
        *hop_at(&whole, 0) = *hop_at(&whole, 1) = hop;
        memcpy(info, &whole, RTM_SIZE_OF_ROUTE_INFO(hops));
        *address = net("10.0.0.0/8");
        ASSERT_STATUS(RtmAddRouteToDest(me, &route, address, info, INFINITE, NULL, 0, NULL, &flags),
                      NO_ERROR);
        ASSERT_STATUS(RtmGetRouteInfo(me, route, got, address), NO_ERROR);
        assert_int_equal(got->NextHopsList.NumNextHops, hops);
        ASSERT_STATUS(RtmReleaseRouteInfo(me, got), NO_ERROR);
        free_exact(info);
        free_exact(got);
        free_exact(address);
    }
}

/* What a failed RtmGetRouteInfo leaves on a client's stack. */
static void garbage_is_not_released(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_INFO* info = allocate_exact(sizeof(*info));
    DWORD status;

    (void)state;
    ASSERT_STATUS(RtmReleaseRouteInfo(me, info), ERROR_INVALID_HANDLE);
    /* Only the number of next hops is wrong. */
    memset(info, 0, sizeof(*info));
    info->NextHopsList.NumNextHops = 0xffff;
    status = RtmReleaseRouteInfo(me, info);
    assert_true(status == ERROR_INVALID_HANDLE || status == ERROR_INVALID_PARAMETER);
    free_exact(info);
}

/* ---- the live structure ---- */

static void pointer_shows_the_live_structure(void** state)
{
    RTM_ENTITY_HANDLE me;
    UINT most = join_and_count_hops(&me);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 5, 6, UCAST);
    RTM_ROUTE_INFO *pointer = NULL, *again = NULL;
    route_info info = make_route(NULL, 1, 77, BOTH);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    ASSERT_STATUS(RtmGetRoutePointer(me, route, &pointer), NO_ERROR);
    assert_non_null(pointer);
    assert_int_equal(pointer->PrefInfo.Preference, 5);
    assert_int_equal(pointer->PrefInfo.Metric, 6);
    assert_ptr_equal(pointer->RouteOwner, me);
    assert_ptr_equal(pointer->DestHandle, dest(me, "10.0.0.0/8"));
    assert_int_equal(pointer->NextHopsList.NumNextHops, 0);
    for (UINT i = 0; i < most; i++)
        *hop_at(&info, i) = hop;
    info.info.NextHopsList.NumNextHops = (USHORT)most;
    ASSERT_STATUS(try_add_route(me, &route, "10.0.0.0/8", &info.info, INFINITE, &flags), NO_ERROR);
    /* It stays there, whatever the number of next hops. */
    assert_int_equal(pointer->PrefInfo.Metric, 77);
    assert_int_equal(pointer->BelongsToViews, BOTH);
    assert_int_equal(pointer->NextHopsList.NumNextHops, most);
    for (UINT i = 0; i < most; i++)
        assert_ptr_equal(*hop_at((route_info*)pointer, i), hop);
    ASSERT_STATUS(RtmGetRoutePointer(me, route, &again), NO_ERROR);
    assert_ptr_equal(again, pointer);
    assert_int_equal(drain_route(me, route), 1); /* a pointer is no reference */
}

static void pointer_is_for_the_owner(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(1, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_ROUTE_INFO* pointer;

    (void)state;
    PAINT(pointer);
    ASSERT_STATUS(RtmGetRoutePointer(other, route, &pointer), ERROR_ACCESS_DENIED);
    ASSERT_PAINTED(pointer);
}

/* ---- deleting ---- */

static void deleting_uses_up_the_handle(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags;

    (void)state;
    PAINT(flags);
    ASSERT_STATUS(RtmDeleteRouteToDest(me, route, &flags), NO_ERROR);
    assert_int_equal(flags, BEST);
    assert_false(route_is_live(me, route));
    ASSERT_STATUS(RtmReleaseRoutes(me, 1, &route), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeleteRouteToDest(me, route, &flags), ERROR_INVALID_HANDLE);
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 0);
}

static void deleting_needs_no_reference(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);

    (void)state;
    release_route(me, route);
    delete_route(me, route);
    assert_false(route_is_live(me, route));
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 0);
}

static void deleted_route_lives_while_referenced(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", hop, 3, 4, BOTH);
    RTM_NET_ADDRESS address;
    route_info got;
    RTM_VIEW_SET best = 99;

    (void)state;
    ASSERT_STATUS(RtmReferenceHandles(other, 1, &route), NO_ERROR);
    ASSERT_STATUS(RtmReferenceHandles(other, 1, &route), NO_ERROR);
    delete_route(me, route);
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 0);
    PAINT(got);
    ASSERT_STATUS(RtmGetRouteInfo(other, route, &got.info, &address), NO_ERROR);
    assert_route_guard(&got, 1);
    assert_int_equal(got.info.State, RTM_ROUTE_STATE_DELETED);
    assert_net(&address, "10.0.0.0/8");
    assert_ptr_equal(got.info.RouteOwner, me);
    assert_ptr_equal(got.info.Neighbour, hop);
    assert_ptr_equal(*hop_at(&got, 0), hop);
    assert_int_equal(got.info.PrefInfo.Metric, 4);
    ASSERT_STATUS(RtmReleaseRouteInfo(other, &got.info), NO_ERROR);
    ASSERT_STATUS(RtmIsBestRoute(other, route, &best), NO_ERROR);
    assert_int_equal(best, 0);
    /* Its destination is there as long. */
    release_dest(me, dest(me, "10.0.0.0/8"));
    assert_int_equal(drain_route(other, route), 2);
    assert_false(route_is_live(other, route));
}

static void deleting_twice_finds_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0x5555;

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    delete_route(me, route);
    ASSERT_STATUS(RtmDeleteRouteToDest(me, route, &flags), ERROR_NOT_FOUND);
    assert_int_equal(drain_route(me, route), 2); /* the failure used up nothing */
}

static void others_may_not_delete(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(1, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0x5555;

    (void)state;
    ASSERT_STATUS(RtmReferenceHandles(other, 1, &route), NO_ERROR);
    ASSERT_STATUS(RtmDeleteRouteToDest(other, route, &flags), ERROR_ACCESS_DENIED);
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 1);
    assert_int_equal(drain_route(me, route), 2);
}

static void next_hops_go_with_the_last_route(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE first = add_route(me, "10.0.0.0/8", hop, 1, 1, UCAST);
    RTM_ROUTE_HANDLE second = add_route(me, "20.0.0.0/8", hop, 1, 1, UCAST);

    (void)state;
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    delete_route(me, first);
    assert_true(next_hop_is_live(me, hop));
    delete_route(me, second);
    assert_false(next_hop_is_live(me, hop));
}

static void leaving_deletes_routes(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE held = add_route(me, "10.0.0.0/8", NULL, 1, 1, BOTH);
    RTM_ROUTE_HANDLE unheld = add_route(me, "20.0.0.0/8", NULL, 1, 1, BOTH);
    RTM_ROUTE_HANDLE others = add_route(other, "10.0.0.0/8", NULL, 9, 9, BOTH);
    RTM_VIEW_SET best = 0;

    (void)state;
    release_route(me, unheld);
    leave(me);
    assert_int_equal(read_route(other, held).info.State, RTM_ROUTE_STATE_DELETED);
    assert_false(route_is_live(other, unheld));
    assert_int_equal(count_routes(other, "20.0.0.0/8", UCAST), 0);
    assert_int_equal(count_routes(other, "10.0.0.0/8", UCAST), 1);
    ASSERT_STATUS(RtmIsBestRoute(other, others, &best), NO_ERROR);
    assert_int_equal(best, BOTH);
    release_route(other, held);
    assert_false(route_is_live(other, held));
}

/* Clients leak; all of it goes with the table. */
static void leaving_with_everything_leaked_works(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), fresh;
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", hop, 1, 1, BOTH);
    RTM_DEST_HANDLE destination = dest(me, "10.0.0.0/8");
    route_info got;
    dest_info dest_got;

    (void)state;
    get_route(me, route, &got);
    get_dest(me, destination, RTM_BEST_PROTOCOL, BOTH, &dest_got);
    leave(me);
    fresh = join(1, 1, NULL);
    assert_false(route_is_live(fresh, route));
    assert_false(next_hop_is_live(fresh, hop));
    ASSERT_STATUS(
        RtmGetDestInfo(fresh, destination, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_ANY, &dest_got.info),
        ERROR_INVALID_HANDLE);
    assert_int_equal(count_routes(fresh, "10.0.0.0/8", UCAST), 0);
}

/* ---- other tables ---- */

static void tables_are_separate(void** state)
{
    RTM_ENTITY_INFO place = make_info(1, AF_INET, 1, 1);
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), elsewhere = join_as(&place, NULL, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);

    (void)state;
    assert_int_equal(count_routes(elsewhere, "10.0.0.0/8", UCAST), 0);
    assert_ptr_not_equal(add_route(elsewhere, "10.0.0.0/8", NULL, 1, 1, UCAST), route);
    delete_route(me, route);
    assert_int_equal(count_routes(elsewhere, "10.0.0.0/8", UCAST), 1);
}

static void ipv6_routes(void** state)
{
    static const char* const prefixes[] = {"::/0",          "::1",
                                           "2001:db8::/32", "2001:db8:1:2:3:4:5:6",
                                           "fe80::/10",     "2001:db8:1:2:3:4:5:6/127",
                                           "ff00::/8",      "2001:db8::/64"};
    RTM_ENTITY_INFO place = make_info(0, AF_INET6, 1, 1);
    RTM_ENTITY_HANDLE me = join_as(&place, NULL, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "fe80::1", 1);
    RTM_ROUTE_HANDLE routes[COUNT_OF(prefixes)];
    route_info info = make_route(hop, 1, 1, UCAST);
    RTM_NET_ADDRESS address;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    for (UINT i = 0; i < COUNT_OF(prefixes); i++)
        routes[i] = add_route(me, prefixes[i], hop, 1, 1, BOTH);
    for (UINT i = 0; i < COUNT_OF(prefixes); i++) {
        ASSERT_STATUS(RtmGetRouteInfo(me, routes[i], NULL, &address), NO_ERROR);
        assert_net(&address, prefixes[i]);
        assert_ptr_equal(add_route(me, prefixes[i], hop, 1, 1, UCAST), routes[i]);
    }
    address = net("2001:db8::/32");
    address.NumBits = 129;
    ASSERT_STATUS(
        RtmAddRouteToDest(me, NULL, &address, &info.info, INFINITE, NULL, 0, NULL, &flags),
        ERROR_INVALID_PARAMETER);
    address = net("10.0.0.0/8");
    ASSERT_STATUS(
        RtmAddRouteToDest(me, NULL, &address, &info.info, INFINITE, NULL, 0, NULL, &flags),
        ERROR_INVALID_PARAMETER);
    for (UINT i = 0; i < COUNT_OF(prefixes); i++) {
        delete_route(me, routes[i]);
        assert_int_equal(count_routes(me, prefixes[i], UCAST), 0);
    }
}

/* ---- references ---- */

static void releases_are_all_or_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE held[3], mixed[3], twice[2], unused = (HANDLE)(ULONG_PTR)0x1234;

    (void)state;
    ASSERT_STATUS(RtmReleaseRoutes(me, 0, NULL), NO_ERROR);
    ASSERT_STATUS(RtmReleaseRoutes(me, 0, &unused), NO_ERROR);
    held[0] = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    held[1] = add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    held[2] = add_route(me, "30.0.0.0/8", NULL, 1, 1, UCAST);
    for (UINT bad = 0; bad < 3; bad++) {
        memcpy(mixed, held, sizeof(held));
        mixed[bad] = bad == 1 ? NULL : (HANDLE)(ULONG_PTR)0xdead0;
        ASSERT_STATUS(RtmReleaseRoutes(me, 3, mixed), ERROR_INVALID_HANDLE);
    }
    /* Named twice and held once: one too many. */
    twice[0] = twice[1] = held[1];
    ASSERT_STATUS(RtmReleaseRoutes(me, 2, twice), ERROR_INVALID_HANDLE);
    /* Given back through another registration. */
    ASSERT_STATUS(RtmReleaseRoutes(other, 3, held), NO_ERROR);
    for (UINT i = 0; i < 3; i++) {
        ASSERT_STATUS(RtmReleaseRoutes(me, 1, &held[i]), ERROR_INVALID_HANDLE);
        assert_true(route_is_live(me, held[i]));
    }
}

/* ---- many, and too many ---- */

static void many_routes(void** state)
{
    enum { MANY = 4000 };
    static RTM_ROUTE_HANDLE routes[MANY];
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NET_ADDRESS address;
    char prefix[32];

    (void)state;
    for (UINT i = 0; i < MANY; i++) {
        snprintf(prefix, sizeof(prefix), "10.%u.%u.0/24", i / 256, i % 256);
        routes[i] = add_route(me, prefix, NULL, 1, i, BOTH);
    }
    for (UINT i = 0; i < MANY; i += 2)
        delete_route(me, routes[i]);
    for (UINT i = 0; i < MANY; i++) {
        snprintf(prefix, sizeof(prefix), "10.%u.%u.0/24", i / 256, i % 256);
        assert_int_equal(count_routes(me, prefix, MCAST), i % 2);
        assert_int_equal(route_is_live(me, routes[i]), i % 2);
        if (i % 2) {
            ASSERT_STATUS(RtmGetRouteInfo(me, routes[i], NULL, &address), NO_ERROR);
            assert_net(&address, prefix);
        }
    }
}

static void many_routes_to_one_destination(void** state)
{
    enum { MANY = 500 };
    static RTM_ROUTE_HANDLE routes[MANY];
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_VIEW_SET best;

    (void)state;
    for (UINT i = 0; i < MANY; i++)
        routes[i] = add_route(me, "10.0.0.0/8", next_hop(me, "10.0.0.1", i), 1, MANY - i, UCAST);
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), MANY);
    for (UINT i = MANY; i-- > 0;) {
        ASSERT_STATUS(RtmIsBestRoute(me, routes[i], &best), NO_ERROR);
        assert_int_equal(best, UCAST);
        delete_route(me, routes[i]);
    }
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 0);
}

/* A failed addition leaves no trace, a failed update changes nothing. */
static BOOL add_update_and_delete(RTM_ENTITY_HANDLE me)
{
    BOOL failed = FALSE;
    char prefix[32];

    for (UINT i = 0; i < 40; i++) {
        route_info info = make_route(NULL, 1, i, BOTH);
        RTM_ROUTE_CHANGE_FLAGS flags = 0;
        RTM_ROUTE_HANDLE route = NULL;
        DWORD status;

        snprintf(prefix, sizeof(prefix), "10.%u.0.0/16", i);
        status = try_add_route(me, &route, prefix, &info.info, i % 2 ? 60000 : INFINITE, &flags);
        if (status == ERROR_NOT_ENOUGH_MEMORY) {
            failed = TRUE;
            assert_null(route);
            assert_int_equal(flags, 0);
            assert_int_equal(count_routes(me, prefix, UCAST), 0);
            status = try_add_route(me, &route, prefix, &info.info, INFINITE, &flags);
        }
        ASSERT_STATUS(status, NO_ERROR);
        assert_int_equal(flags, NEW | BEST);
        info.info.PrefInfo.Metric = 1000;
        flags = 0;
        status = try_add_route(me, &route, prefix, &info.info, 50000, &flags);
        if (status == ERROR_NOT_ENOUGH_MEMORY) {
            failed = TRUE;
            assert_int_equal(flags, 0);
            assert_int_equal(read_route(me, route).info.PrefInfo.Metric, i);
            status = try_add_route(me, &route, prefix, &info.info, 50000, &flags);
        }
        ASSERT_STATUS(status, NO_ERROR);
        assert_int_equal(flags, BEST);
        if (i % 2)
            delete_route(me, route); /* deleting always works */
    }
    return failed;
}

static void memory_runs_out(void** state)
{
    (void)state;
    fail_allocations(add_update_and_delete);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(results_of_reading_are_optional),
        CLIENT_TEST(information_refers_to_its_handles),
        CLIENT_TEST(information_refers_to_the_owner),
        CLIENT_TEST(each_place_of_a_next_hop_counts),
        CLIENT_TEST(releases_of_information_are_all_or_nothing),
        CLIENT_TEST(part_of_the_information_can_be_kept),
        CLIENT_TEST(buffers_may_end_with_the_last_next_hop),
        CLIENT_TEST(garbage_is_not_released),
        CLIENT_TEST(pointer_shows_the_live_structure),
        CLIENT_TEST(pointer_is_for_the_owner),
        CLIENT_TEST(deleting_uses_up_the_handle),
        CLIENT_TEST(deleting_needs_no_reference),
        CLIENT_TEST(deleted_route_lives_while_referenced),
        CLIENT_TEST(deleting_twice_finds_nothing),
        CLIENT_TEST(others_may_not_delete),
        CLIENT_TEST(next_hops_go_with_the_last_route),
        CLIENT_TEST(leaving_deletes_routes),
        CLIENT_TEST(leaving_with_everything_leaked_works),
        CLIENT_TEST(tables_are_separate),
        CLIENT_TEST(ipv6_routes),
        CLIENT_TEST(releases_are_all_or_nothing),
        CLIENT_TEST(many_routes),
        CLIENT_TEST(many_routes_to_one_destination),
        CLIENT_TEST(memory_runs_out),
    };

    return CLIENT_MAIN(tests);
}
