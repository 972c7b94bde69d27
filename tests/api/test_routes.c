/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Routes: adding and updating them with RtmAddRouteToDest.
 * "Reading" marks what the documentation leaves open and this project has decided.
 */
#include "table.h"

#define NEW RTM_ROUTE_CHANGE_NEW
#define BEST RTM_ROUTE_CHANGE_BEST
#define FIRST RTM_ROUTE_CHANGE_FIRST

/* Adds or updates through a variable that is NULL; returns the handle, stores the flags. */
static RTM_ROUTE_HANDLE put(RTM_ENTITY_HANDLE me, const char* prefix, route_info* info,
                            RTM_ROUTE_CHANGE_FLAGS* flags)
{
    RTM_ROUTE_HANDLE route = NULL;

    ASSERT_STATUS(try_add_route(me, &route, prefix, &info->info, INFINITE, flags), NO_ERROR);
    assert_non_null(route);
    return route;
}

/* A call that is to fail with `expected`, writing and changing nothing. */
static void refuse(RTM_ENTITY_HANDLE me, const char* prefix, RTM_ROUTE_INFO* info, DWORD expected)
{
    RTM_ROUTE_CHANGE_FLAGS flags = NEW;
    RTM_ROUTE_HANDLE route = NULL;

    ASSERT_STATUS(try_add_route(me, &route, prefix, info, INFINITE, &flags), expected);
    assert_null(route);
    assert_int_equal(flags, NEW);
    assert_int_equal(count_routes(me, prefix, UCAST), 0);
    assert_int_equal(count_routes(me, prefix, MCAST), 0);
}

/* ---- adding ---- */

/* The documentation's sample: a few members over a zeroed structure, handles released at once. */
static void sample_adds_and_updates(void** state)
{
    RTM_ENTITY_HANDLE me = join(8, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE route = NULL, again = NULL;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_INFO info;

    (void)state;
    memset(&info, 0, sizeof(info));
    info.Neighbour = hop;
    info.PrefInfo.Metric = 10;
    info.BelongsToViews = BOTH;
    info.NextHopsList.NumNextHops = 1;
    info.NextHopsList.NextHops[0] = hop;
    ASSERT_STATUS(try_add_route(me, &route, "10.0.0.0/8", &info, INFINITE, &flags), NO_ERROR);
    assert_int_equal(flags, NEW | BEST);
    release_route(me, route);
    release_next_hop(me, hop);
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 1);
    assert_int_equal(count_routes(me, "10.0.0.0/8", MCAST), 1);

    info.PrefInfo.Metric = 11;
    flags = 0;
    ASSERT_STATUS(try_add_route(me, &again, "10.0.0.0/8", &info, INFINITE, &flags), NO_ERROR);
    assert_int_equal(flags, BEST);
    assert_ptr_equal(again, route);
    assert_int_equal(read_route(me, route).info.PrefInfo.Metric, 11);
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 1);
}

static void all_members_are_stored(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_NEXTHOP_HANDLE first = next_hop(me, "10.0.0.1", 1), second = next_hop(me, "10.0.0.2", 2);
    route_info info = make_route(first, 0xfffffffe, 0xffffffff, MCAST), got;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route;

    (void)state;
    info.info.Flags1 = 0xa5;
    info.info.Flags = 0xbeef;
    info.info.EntitySpecificInfo = &info;
    info.info.NextHopsList.NumNextHops = 2;
    *hop_at(&info, 0) = second;
    *hop_at(&info, 1) = first;
    route = put(me, "10.0.0.0/8", &info, &flags);
    for (UINT i = 0; i < 2; i++) {
        RTM_NET_ADDRESS address;

        PAINT(address);
        PAINT(got);
        ASSERT_STATUS(RtmGetRouteInfo(i ? other : me, route, &got.info, &address), NO_ERROR);
        assert_route_guard(&got, 2);
        assert_net(&address, "10.0.0.0/8");
        assert_ptr_equal(got.info.RouteOwner, me);
        assert_ptr_equal(got.info.Neighbour, first);
        assert_int_equal(got.info.State, RTM_ROUTE_STATE_CREATED);
        assert_int_equal(got.info.Flags1, 0xa5);
        assert_int_equal(got.info.Flags, 0xbeef);
        assert_int_equal(got.info.PrefInfo.Preference, 0xfffffffe);
        assert_int_equal(got.info.PrefInfo.Metric, 0xffffffff);
        assert_int_equal(got.info.BelongsToViews, MCAST);
        assert_ptr_equal(got.info.EntitySpecificInfo, &info);
        assert_int_equal(got.info.NextHopsList.NumNextHops, 2);
        assert_ptr_equal(*hop_at(&got, 0), second);
        assert_ptr_equal(*hop_at(&got, 1), first);
        ASSERT_STATUS(RtmReleaseRouteInfo(me, &got.info), NO_ERROR);
    }
    assert_ptr_equal(got.info.DestHandle, dest(me, "10.0.0.0/8"));
}

static void destination_owner_and_state_are_set_by_the_rtm(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    route_info info = make_route(NULL, 1, 1, UCAST), got;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route;

    (void)state;
    add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    info.info.DestHandle = dest(me, "20.0.0.0/8");
    info.info.RouteOwner = other;
    info.info.State = RTM_ROUTE_STATE_DELETED;
    route = put(me, "10.0.0.0/8", &info, &flags);
    for (UINT i = 0; i < 2; i++) {
        got = read_route(me, route);
        assert_ptr_equal(got.info.RouteOwner, me);
        assert_int_equal(got.info.State, RTM_ROUTE_STATE_CREATED);
        assert_ptr_equal(got.info.DestHandle, dest(me, "10.0.0.0/8"));
        flags = 0;
        assert_ptr_equal(put(me, "10.0.0.0/8", &info, &flags), route);
    }
}

static void identity_is_destination_owner_and_neighbour(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(1, 2, NULL);
    RTM_NEXTHOP_HANDLE first = next_hop(me, "10.0.0.1", 1), second = next_hop(me, "10.0.0.2", 1);
    RTM_NEXTHOP_HANDLE others = next_hop(other, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE routes[8];
    UINT count = 0;

    (void)state;
    routes[count++] = add_route(me, "10.0.0.0/8", first, 1, 1, UCAST);
    routes[count++] = add_route(me, "10.0.0.0/8", second, 1, 1, UCAST);
    routes[count++] = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    routes[count++] = add_route(other, "10.0.0.0/8", others, 1, 1, UCAST);
    routes[count++] = add_route(other, "10.0.0.0/8", NULL, 1, 1, UCAST);
    routes[count++] = add_route(me, "10.0.0.0/9", first, 1, 1, UCAST);
    routes[count++] = add_route(me, "11.0.0.0/8", first, 1, 1, UCAST);
    for (UINT i = 0; i < count; i++) {
        for (UINT j = 0; j < i; j++)
            assert_ptr_not_equal(routes[i], routes[j]);
    }
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 5);
    /* Again, with other contents and garbage: each is found. */
    assert_ptr_equal(add_route(me, "10.0.0.0/8", first, 2, 3, BOTH), routes[0]);
    assert_ptr_equal(add_route(me, "10.0.0.0/8", second, 2, 3, BOTH), routes[1]);
    assert_ptr_equal(add_route(me, "10.0.0.0/8", NULL, 2, 3, BOTH), routes[2]);
    assert_ptr_equal(add_route(other, "10.0.0.0/8", others, 2, 3, BOTH), routes[3]);
    assert_ptr_equal(add_route(other, "10.0.0.0/8", NULL, 2, 3, BOTH), routes[4]);
    assert_ptr_equal(add_route(me, "10.0.0.0/9", first, 2, 3, BOTH), routes[5]);
    assert_ptr_equal(add_route(me, "11.0.0.0/8", first, 2, 3, BOTH), routes[6]);
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 5);
}

/* One addition and two updates. */
static void every_addition_gives_a_reference(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    route_info info = make_route(NULL, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route = put(me, "10.0.0.0/8", &info, &flags);

    (void)state;
    assert_int_equal(flags & NEW, NEW);
    for (UINT i = 0; i < 2; i++) {
        flags = 0;
        assert_ptr_equal(put(me, "10.0.0.0/8", &info, &flags), route);
        assert_int_equal(flags & NEW, 0);
    }
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 1);
    assert_int_equal(drain_route(me, route), 3);
    assert_true(route_is_live(me, route)); /* in the table */
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 1);
}

static void handle_is_optional(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    route_info info = make_route(NULL, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route;

    (void)state;
    ASSERT_STATUS(try_add_route(me, NULL, "10.0.0.0/8", &info.info, INFINITE, &flags), NO_ERROR);
    assert_int_equal(flags, NEW | BEST);
    flags = 0;
    ASSERT_STATUS(try_add_route(me, NULL, "10.0.0.0/8", &info.info, INFINITE, &flags), NO_ERROR);
    assert_int_equal(flags, BEST);
    flags = 0;
    route = put(me, "10.0.0.0/8", &info, &flags);
    assert_int_equal(drain_route(me, route), 1);
}

/* The flags are overwritten, and only FIRST and NEW are looked at. */
static void other_flags_are_ignored(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    route_info info = make_route(NULL, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = ~(RTM_ROUTE_CHANGE_FLAGS)(FIRST | NEW);
    RTM_ROUTE_HANDLE route = put(me, "10.0.0.0/8", &info, &flags);

    (void)state;
    assert_int_equal(flags, NEW | BEST);
    flags = ~(RTM_ROUTE_CHANGE_FLAGS)(FIRST | NEW);
    assert_ptr_equal(put(me, "10.0.0.0/8", &info, &flags), route);
    assert_int_equal(flags, BEST);
}

static void new_adds_beside_an_equal_one(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    route_info info = make_route(next_hop(me, "10.0.0.1", 1), 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = NEW;
    RTM_ROUTE_HANDLE first = put(me, "10.0.0.0/8", &info, &flags), second, third;

    (void)state;
    assert_int_equal(flags, NEW | BEST);
    flags = NEW;
    second = put(me, "10.0.0.0/8", &info, &flags);
    assert_int_equal(flags, NEW);
    flags = NEW | FIRST; /* Reading: NEW wins */
    third = put(me, "10.0.0.0/8", &info, &flags);
    assert_int_equal(flags, NEW);
    assert_ptr_not_equal(first, second);
    assert_ptr_not_equal(first, third);
    assert_ptr_not_equal(second, third);
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 3);
    /* Each can be reached by its handle. */
    delete_route(me, first);
    delete_route(me, third);
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 1);
    flags = 0;
    assert_ptr_equal(put(me, "10.0.0.0/8", &info, &flags), second);
}

/* ---- FIRST ---- */

/* Each better than the last, so that none has to be passed by. */
static RTM_ROUTE_HANDLE add_better(RTM_ENTITY_HANDLE me, UINT metric, DWORD expected)
{
    route_info info = make_route(NULL, 1, metric, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = NEW;
    RTM_ROUTE_HANDLE route = NULL;

    ASSERT_STATUS(try_add_route(me, &route, "10.0.0.0/8", &info.info, INFINITE, &flags), expected);
    return route;
}

/* Reading: no more than 65,535 routes of one destination. */
static void one_destination_has_room_for_65535(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE best = NULL;

    (void)state;
    for (UINT metric = 0xffff; metric > 0; metric--) {
        if (best)
            release_route(me, best);
        best = add_better(me, metric, NO_ERROR);
    }
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 0xffff);
    assert_null(add_better(me, 0, ERROR_NO_SYSTEM_RESOURCES));
    assert_int_equal(best_views(me, best), UCAST);
    add_route(me, "10.0.0.0/16", NULL, 1, 1, UCAST); /* others have room */
    delete_route(me, best);
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 0xfffe);
    add_better(me, 0, NO_ERROR);
}

static void first_ignores_the_neighbour(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE old = next_hop(me, "10.0.0.1", 1), hop = next_hop(me, "10.0.0.2", 1);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", old, 1, 1, UCAST);
    route_info info = make_route(hop, 1, 2, UCAST), got;
    RTM_ROUTE_CHANGE_FLAGS flags = FIRST;

    (void)state;
    assert_ptr_equal(put(me, "10.0.0.0/8", &info, &flags), route);
    assert_int_equal(flags, BEST);
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 1);
    got = read_route(me, route);
    assert_int_equal(got.info.PrefInfo.Metric, 2);
    assert_ptr_equal(got.info.Neighbour, hop);
    assert_ptr_equal(*hop_at(&got, 0), hop);
}

/* Reading: the first is the best of the caller's own. */
static void first_is_the_best_of_ones_own(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(1, 2, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE others = add_route(other, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_ROUTE_HANDLE worse = add_route(me, "10.0.0.0/8", hop, 9, 9, UCAST);
    RTM_ROUTE_HANDLE better = add_route(me, "10.0.0.0/8", NULL, 5, 5, UCAST);
    route_info info = make_route(hop, 5, 6, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = FIRST;

    (void)state;
    assert_ptr_equal(put(me, "10.0.0.0/8", &info, &flags), better);
    assert_int_equal(flags, 0);
    assert_int_equal(read_route(me, worse).info.PrefInfo.Preference, 9);
    assert_int_equal(read_route(me, others).info.PrefInfo.Preference, 1);
    assert_int_equal(read_route(me, better).info.PrefInfo.Metric, 6);
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 3);
}

static void first_adds_when_there_is_none(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(1, 2, NULL);
    RTM_ROUTE_HANDLE others = add_route(other, "10.0.0.0/8", NULL, 1, 1, UCAST);
    route_info info = make_route(NULL, 5, 5, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = FIRST;

    (void)state;
    add_route(me, "10.0.0.0/9", NULL, 1, 1, UCAST);
    assert_ptr_not_equal(put(me, "10.0.0.0/8", &info, &flags), others);
    assert_int_equal(flags, NEW);
    flags = FIRST;
    put(me, "30.0.0.0/8", &info, &flags);
    assert_int_equal(flags, NEW | BEST);
}

/* ---- updating by handle ---- */

static void handle_says_what_is_updated(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1), next = next_hop(me, "10.0.0.2", 1);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", hop, 1, 1, UCAST), given = route;
    RTM_ROUTE_HANDLE second = add_route(me, "20.0.0.0/8", next, 1, 1, UCAST);
    route_info info = make_route(next, 3, 4, BOTH), got;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    /* Reading: the address is not consulted, so this is not the other route. */
    ASSERT_STATUS(try_add_route(me, &given, "20.0.0.0/8", &info.info, INFINITE, &flags), NO_ERROR);
    assert_ptr_equal(given, route);
    assert_int_equal(flags, BEST);
    got = read_route(me, route);
    assert_int_equal(got.info.PrefInfo.Metric, 4);
    assert_ptr_equal(got.info.Neighbour, next);
    assert_ptr_equal(got.info.DestHandle, dest(me, "10.0.0.0/8"));
    assert_int_equal(read_route(me, second).info.PrefInfo.Metric, 1);
    assert_int_equal(drain_route(me, route), 1); /* a handle that was given is not handed out */
    assert_int_equal(count_routes(me, "10.0.0.0/8", MCAST), 1);
    /* Its identity is the new one. */
    flags = 0;
    assert_ptr_equal(put(me, "10.0.0.0/8", &info, &flags), route);
}

static void others_may_not_update(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(1, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST), given = route;
    route_info info = make_route(NULL, 3, 4, BOTH);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    ASSERT_STATUS(try_add_route(other, &given, "10.0.0.0/8", &info.info, INFINITE, &flags),
                  ERROR_ACCESS_DENIED);
    assert_ptr_equal(given, route);
    assert_int_equal(flags, 0);
    assert_int_equal(read_route(me, route).info.PrefInfo.Metric, 1);
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 1);
}

static void deleted_route_is_not_updated(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST), given = route, again;
    route_info info = make_route(NULL, 3, 4, BOTH);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    delete_route(me, route);
    ASSERT_STATUS(try_add_route(me, &given, "10.0.0.0/8", &info.info, INFINITE, &flags),
                  ERROR_NOT_FOUND);
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 0);
    assert_int_equal(read_route(me, route).info.PrefInfo.Metric, 1);
    /* Nor by its prefix. */
    again = put(me, "10.0.0.0/8", &info, &flags);
    assert_ptr_not_equal(again, route);
    assert_int_equal(flags, NEW | BEST);
}

static void wrong_route_handles_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    wrong_handles wrong = make_wrong_handles(me, ROUTE_HANDLE);
    route_info info = make_route(NULL, 3, 4, UCAST), got;

    (void)state;
    for (UINT i = 0; i < wrong.count; i++) {
        RTM_ROUTE_HANDLE given = wrong.handles[i];
        RTM_ROUTE_CHANGE_FLAGS flags = 0;
        RTM_ROUTE_INFO* pointer = NULL;
        RTM_NET_ADDRESS address;

        ASSERT_STATUS(try_add_route(me, &given, "10.0.0.0/8", &info.info, INFINITE, &flags),
                      ERROR_INVALID_HANDLE);
        assert_ptr_equal(given, wrong.handles[i]);
        ASSERT_STATUS(RtmDeleteRouteToDest(me, given, &flags), ERROR_INVALID_HANDLE);
        assert_int_equal(flags, 0);
        PAINT(got);
        PAINT(address);
        ASSERT_STATUS(RtmGetRouteInfo(me, given, &got.info, &address), ERROR_INVALID_HANDLE);
        ASSERT_PAINTED(got);
        ASSERT_PAINTED(address);
        ASSERT_STATUS(RtmGetRouteInfo(me, given, NULL, NULL), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmGetRoutePointer(me, given, &pointer), ERROR_INVALID_HANDLE);
        assert_null(pointer);
        ASSERT_STATUS(RtmReleaseRoutes(me, 1, &given), ERROR_INVALID_HANDLE);
    }
    assert_false(route_is_live(me, NULL));
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 0);
}

/* ---- arguments ---- */

static void null_arguments_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NET_ADDRESS address = net("10.0.0.0/8");
    route_info info = make_route(NULL, 1, 1, UCAST);
    RTM_ROUTE_HANDLE route = NULL;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    refuse(me, "10.0.0.0/8", NULL, ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmAddRouteToDest(me, &route, NULL, &info.info, INFINITE, NULL, 0, NULL, &flags),
                  ERROR_INVALID_PARAMETER);
    assert_null(route);
    ASSERT_STATUS(
        RtmAddRouteToDest(me, &route, &address, &info.info, INFINITE, NULL, 0, NULL, NULL),
        ERROR_INVALID_PARAMETER);
    assert_null(route);
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 0);
    route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    ASSERT_STATUS(RtmAddRouteToDest(me, &route, NULL, &info.info, INFINITE, NULL, 0, NULL, &flags),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmDeleteRouteToDest(me, route, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetRoutePointer(me, route, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmReleaseRouteInfo(me, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmReleaseRoutes(me, 1, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(drain_route(me, route), 1);
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 1);
}

static void wrong_registrations_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), gone = join(2, 2, NULL);
    RTM_ROUTE_HANDLE held = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    HANDLE wrong[] = {NULL, INVALID_HANDLE_VALUE, (HANDLE)(ULONG_PTR)0xdead0, held, gone};
    route_info info = make_route(NULL, 1, 1, UCAST), got;

    (void)state;
    leave(gone);
    for (UINT i = 0; i < COUNT_OF(wrong); i++) {
        RTM_ROUTE_CHANGE_FLAGS flags = 0x5555;
        RTM_ROUTE_HANDLE route = NULL;
        RTM_ROUTE_INFO* pointer = NULL;

        ASSERT_STATUS(try_add_route(wrong[i], &route, "20.0.0.0/8", &info.info, INFINITE, &flags),
                      ERROR_INVALID_HANDLE);
        assert_null(route);
        ASSERT_STATUS(RtmDeleteRouteToDest(wrong[i], held, &flags), ERROR_INVALID_HANDLE);
        assert_int_equal(flags, 0x5555);
        PAINT(got);
        ASSERT_STATUS(RtmGetRouteInfo(wrong[i], held, &got.info, NULL), ERROR_INVALID_HANDLE);
        ASSERT_PAINTED(got);
        ASSERT_STATUS(RtmReleaseRouteInfo(wrong[i], &info.info), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmGetRoutePointer(wrong[i], held, &pointer), ERROR_INVALID_HANDLE);
        assert_null(pointer);
        ASSERT_STATUS(RtmReleaseRoutes(wrong[i], 1, &held), ERROR_INVALID_HANDLE);
    }
    assert_int_equal(drain_route(me, held), 1);
}

static void addresses_are_checked(void** state)
{
    static const USHORT families[] = {0, 1, 10, AF_INET6, 0x0200, 0xffff};
    static const USHORT lengths[] = {33, 34, 64, 128, 129, 0x2000, 0x8000, 0xffff};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    route_info info = make_route(NULL, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route = NULL;

    (void)state;
    for (UINT i = 0; i < COUNT_OF(families); i++) {
        RTM_NET_ADDRESS address = net("10.0.0.0/8");

        address.AddressFamily = families[i];
        ASSERT_STATUS(
            RtmAddRouteToDest(me, &route, &address, &info.info, INFINITE, NULL, 0, NULL, &flags),
            ERROR_INVALID_PARAMETER);
        assert_null(route);
    }
    for (UINT i = 0; i < COUNT_OF(lengths); i++) {
        RTM_NET_ADDRESS address = net("10.0.0.0/8");

        address.NumBits = lengths[i];
        ASSERT_STATUS(
            RtmAddRouteToDest(me, &route, &address, &info.info, INFINITE, NULL, 0, NULL, &flags),
            ERROR_INVALID_PARAMETER);
        assert_null(route);
    }
    ASSERT_STATUS(try_add_route(me, &route, "2001:db8::/32", &info.info, INFINITE, &flags),
                  ERROR_INVALID_PARAMETER);
    assert_null(route);
}

/* Reading: a route is in one supported view at least, and in no other. */
static void views_are_checked(void** state)
{
    static const RTM_VIEW_SET wrong[] = {
        0, 4, 0x80000000, UCAST | 4, MCAST | 0x100, RTM_VIEW_MASK_ALL};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route;
    route_info info;

    (void)state;
    for (UINT i = 0; i < COUNT_OF(wrong); i++) {
        info = make_route(NULL, 1, 1, wrong[i]);
        refuse(me, "10.0.0.0/8", &info.info, ERROR_INVALID_PARAMETER);
    }
    route = add_route(me, "10.0.0.0/8", NULL, 1, 1, MCAST);
    for (UINT i = 0; i < COUNT_OF(wrong); i++) {
        RTM_ROUTE_CHANGE_FLAGS flags = 0;

        info = make_route(NULL, 2, 2, wrong[i]);
        ASSERT_STATUS(try_add_route(me, &route, "10.0.0.0/8", &info.info, INFINITE, &flags),
                      ERROR_INVALID_PARAMETER);
    }
    assert_int_equal(read_route(me, route).info.PrefInfo.Metric, 1);
    assert_int_equal(read_route(me, route).info.BelongsToViews, MCAST);
}

/* ---- lists and time ---- */

static void wrong_route_lists_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(1, 2, NULL);
    wrong_handles wrong = make_wrong_handles(me, OTHER_HANDLE);
    RTM_NET_ADDRESS address = net("10.0.0.0/8");
    route_info info = make_route(NULL, 1, 1, UCAST);
    RTM_ROUTE_LIST_HANDLE others = NULL;

    (void)state;
    ASSERT_STATUS(RtmCreateRouteList(other, &others), NO_ERROR);
    wrong.handles[wrong.count++] = others;
    for (UINT i = 0; i < wrong.count; i++) {
        RTM_ROUTE_CHANGE_FLAGS flags = 0;
        RTM_ROUTE_HANDLE route = NULL;

        ASSERT_STATUS(RtmAddRouteToDest(me, &route, &address, &info.info, INFINITE,
                                        wrong.handles[i], 0, NULL, &flags),
                      ERROR_INVALID_HANDLE);
        assert_null(route);
        assert_int_equal(flags, 0);
    }
    assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 0);
}

/* What a list holds, in order; at most 4. Nothing stays referenced. */
static UINT list_routes(RTM_ENTITY_HANDLE me, RTM_ROUTE_LIST_HANDLE list, RTM_ROUTE_HANDLE* routes)
{
    RTM_ENUM_HANDLE enumeration = NULL;
    UINT count = 4;

    ASSERT_STATUS(RtmCreateRouteListEnum(me, list, &enumeration), NO_ERROR);
    ASSERT_STATUS(RtmGetListEnumRoutes(me, enumeration, &count, routes), NO_ERROR);
    ASSERT_STATUS(RtmReleaseRoutes(me, count, routes), NO_ERROR);
    ASSERT_STATUS(RtmDeleteEnumHandle(me, enumeration), NO_ERROR);
    return count;
}

static void routes_go_to_the_list_given(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NET_ADDRESS address = net("10.0.0.0/8");
    route_info info = make_route(NULL, 1, 1, UCAST);
    RTM_ROUTE_LIST_HANDLE lists[2] = {NULL, NULL};
    RTM_ROUTE_HANDLE route = NULL, listed[4];
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    for (UINT i = 0; i < 2; i++)
        ASSERT_STATUS(RtmCreateRouteList(me, &lists[i]), NO_ERROR);
    ASSERT_STATUS(
        RtmAddRouteToDest(me, &route, &address, &info.info, INFINITE, lists[0], 0, NULL, &flags),
        NO_ERROR);
    assert_int_equal(list_routes(me, lists[0], listed), 1);
    assert_ptr_equal(listed[0], route);
    /* NULL leaves it where it is. */
    ASSERT_STATUS(
        RtmAddRouteToDest(me, NULL, &address, &info.info, INFINITE, NULL, 0, NULL, &flags),
        NO_ERROR);
    assert_int_equal(list_routes(me, lists[0], listed), 1);
    flags = 0;
    ASSERT_STATUS(
        RtmAddRouteToDest(me, &route, &address, &info.info, INFINITE, lists[1], 0, NULL, &flags),
        NO_ERROR);
    assert_int_equal(list_routes(me, lists[0], listed), 0);
    assert_int_equal(list_routes(me, lists[1], listed), 1);
    delete_route(me, route);
    assert_int_equal(list_routes(me, lists[1], listed), 0);
}

/* Waits until a route is deleted; the caller holds a reference. */
static void await_deletion(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route)
{
    ULONGLONG until = GetTickCount64() + WAIT_MS;

    while (read_route(me, route).info.State == RTM_ROUTE_STATE_CREATED) {
        if (GetTickCount64() > until)
            fail_msg("the route has not expired within %u ms", WAIT_MS);
        Sleep(5);
    }
    assert_int_equal(read_route(me, route).info.State, RTM_ROUTE_STATE_DELETED);
}

/* Of an owner without a callback. */
static void time_to_live_ends_a_route(void** state)
{
    static const ULONG times[] = {0, 1, 50};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    route_info info = make_route(NULL, 1, 1, UCAST);

    (void)state;
    for (UINT i = 0; i < COUNT_OF(times); i++) {
        ULONGLONG before = GetTickCount64();
        RTM_ROUTE_CHANGE_FLAGS flags = 0;
        RTM_ROUTE_HANDLE route = NULL;

        ASSERT_STATUS(try_add_route(me, &route, "10.0.0.0/8", &info.info, times[i], &flags),
                      NO_ERROR);
        assert_int_equal(flags, NEW | BEST);
        await_deletion(me, route);
        assert_true(GetTickCount64() - before + 16 >= times[i]);
        assert_int_equal(count_routes(me, "10.0.0.0/8", UCAST), 0);
        release_route(me, route);
        assert_false(route_is_live(me, route));
    }
}

static void long_times_are_long(void** state)
{
    static const ULONG times[] = {60000, 0x7fffffff, 0x80000000, 0xfffffffe, INFINITE};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    route_info info = make_route(NULL, 1, 1, UCAST);
    char prefix[32];

    (void)state;
    for (UINT i = 0; i < COUNT_OF(times); i++) {
        RTM_ROUTE_CHANGE_FLAGS flags = 0;

        snprintf(prefix, sizeof(prefix), "10.%u.0.0/16", i);
        ASSERT_STATUS(try_add_route(me, NULL, prefix, &info.info, times[i], &flags), NO_ERROR);
    }
    Sleep(WATCH_MS);
    for (UINT i = 0; i < COUNT_OF(times); i++) {
        snprintf(prefix, sizeof(prefix), "10.%u.0.0/16", i);
        assert_int_equal(count_routes(me, prefix, UCAST), 1);
    }
}

static void updates_restart_the_time(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    route_info info = make_route(NULL, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route = NULL;

    (void)state;
    ASSERT_STATUS(try_add_route(me, &route, "10.0.0.0/8", &info.info, 2000, &flags), NO_ERROR);
    for (UINT i = 0; i < 4; i++) {
        Sleep(700);
        flags = 0;
        ASSERT_STATUS(try_add_route(me, &route, "10.0.0.0/8", &info.info, 2000, &flags), NO_ERROR);
        assert_int_equal(flags, BEST);
    }
    flags = 0;
    ASSERT_STATUS(try_add_route(me, &route, "10.0.0.0/8", &info.info, INFINITE, &flags), NO_ERROR);
    Sleep(2200);
    assert_int_equal(read_route(me, route).info.State, RTM_ROUTE_STATE_CREATED);
    ASSERT_STATUS(try_add_route(me, &route, "10.0.0.0/8", &info.info, 20, &flags), NO_ERROR);
    await_deletion(me, route);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(sample_adds_and_updates),
        CLIENT_TEST(all_members_are_stored),
        CLIENT_TEST(destination_owner_and_state_are_set_by_the_rtm),
        CLIENT_TEST(identity_is_destination_owner_and_neighbour),
        CLIENT_TEST(every_addition_gives_a_reference),
        CLIENT_TEST(handle_is_optional),
        CLIENT_TEST(other_flags_are_ignored),
        CLIENT_TEST(new_adds_beside_an_equal_one),
        CLIENT_TEST(one_destination_has_room_for_65535),
        CLIENT_TEST(first_ignores_the_neighbour),
        CLIENT_TEST(first_is_the_best_of_ones_own),
        CLIENT_TEST(first_adds_when_there_is_none),
        CLIENT_TEST(handle_says_what_is_updated),
        CLIENT_TEST(others_may_not_update),
        CLIENT_TEST(deleted_route_is_not_updated),
        CLIENT_TEST(wrong_route_handles_are_refused),
        CLIENT_TEST(null_arguments_are_refused),
        CLIENT_TEST(wrong_registrations_are_refused),
        CLIENT_TEST(addresses_are_checked),
        CLIENT_TEST(views_are_checked),
        CLIENT_TEST(wrong_route_lists_are_refused),
        CLIENT_TEST(routes_go_to_the_list_given),
        CLIENT_TEST(time_to_live_ends_a_route),
        CLIENT_TEST(long_times_are_long),
        CLIENT_TEST(updates_restart_the_time),
    };

    return CLIENT_MAIN(tests);
}
