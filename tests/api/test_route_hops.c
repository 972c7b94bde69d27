/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Next hops and neighbours of routes: how many, whose, and how long they are referenced.
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

/* ---- next hops and neighbours ---- */

static void numbers_of_next_hops(void** state)
{
    RTM_ENTITY_HANDLE me;
    UINT most = join_and_count_hops(&me);
    RTM_NEXTHOP_HANDLE hops[ROUTE_INFO_HOPS];
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route;
    route_info info, got;

    (void)state;
    for (UINT i = 0; i <= most; i++)
        hops[i] = next_hop(me, "10.0.0.1", i);
    for (UINT count = 0; count <= most; count++) {
        info = make_route(NULL, 1, 1, UCAST);
        info.info.NextHopsList.NumNextHops = (USHORT)count;
        memcpy(hop_at(&info, 0), hops, count * sizeof(hops[0]));
        flags = 0;
        route = put(me, "10.0.0.0/8", &info, &flags);
        get_route(me, route, &got); /* checks that just so many are written */
        assert_int_equal(got.info.NextHopsList.NumNextHops, count);
        assert_memory_equal(hop_at(&got, 0), hops, count * sizeof(hops[0]));
        ASSERT_STATUS(RtmReleaseRouteInfo(me, &got.info), NO_ERROR);
    }
    /* Then fewer again. */
    for (UINT count = most + 1; count-- > 0;) {
        info = make_route(NULL, 1, 1, UCAST);
        info.info.NextHopsList.NumNextHops = (USHORT)count;
        memcpy(hop_at(&info, 0), hops, count * sizeof(hops[0]));
        flags = 0;
        assert_ptr_equal(put(me, "10.0.0.0/8", &info, &flags), route);
        assert_int_equal(read_route(me, route).info.NextHopsList.NumNextHops, count);
    }
}

static void too_many_next_hops_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me;
    UINT most = join_and_count_hops(&me);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    route_info info = make_route(hop, 1, 1, UCAST);

    (void)state;
    for (UINT i = 0; i <= most; i++)
        *hop_at(&info, i) = hop;
    info.info.NextHopsList.NumNextHops = (USHORT)(most + 1);
    refuse(me, "10.0.0.0/8", &info.info, ERROR_INVALID_PARAMETER);
    info.info.NextHopsList.NumNextHops = 0xffff;
    refuse(me, "10.0.0.0/8", &info.info, ERROR_INVALID_PARAMETER);
    info.info.NextHopsList.NumNextHops = (USHORT)most;
    add_route(me, "20.0.0.0/8", hop, 1, 1, UCAST);
}

static void buffer_of_the_sdks_macro_is_enough(void** state)
{
    RTM_ENTITY_HANDLE me;
    UINT most = join_and_count_hops(&me);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    size_t size = FIELD_OFFSET(RTM_ROUTE_INFO, NextHopsList.NumNextHops) +
                  (most + 1) * sizeof(RTM_NEXTHOP_HANDLE);
    route_info info = make_route(hop, 1, 1, UCAST), got;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route;

    (void)state;
    for (UINT i = 0; i < most; i++)
        *hop_at(&info, i) = hop;
    info.info.NextHopsList.NumNextHops = (USHORT)most;
    route = put(me, "10.0.0.0/8", &info, &flags);
    get_route(me, route, &got);
    assert_true(painted(got.bytes + size, sizeof(got) - size));
    ASSERT_STATUS(RtmReleaseRouteInfo(me, &got.info), NO_ERROR);
}

static void wrong_next_hops_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    wrong_handles wrong = make_wrong_handles(me, NEXT_HOP_HANDLE);
    route_info info;

    (void)state;
    for (UINT i = 0; i < wrong.count; i++) {
        info = make_route(hop, 1, 1, UCAST);
        info.info.Neighbour = wrong.handles[i];
        refuse(me, "10.0.0.0/8", &info.info, ERROR_INVALID_HANDLE);
        for (UINT at = 0; at < 2; at++) {
            info = make_route(hop, 1, 1, UCAST);
            info.info.NextHopsList.NumNextHops = 2;
            *hop_at(&info, at) = wrong.handles[i];
            *hop_at(&info, 1 - at) = hop;
            refuse(me, "10.0.0.0/8", &info.info, ERROR_INVALID_HANDLE);
        }
    }
    info = make_route(hop, 1, 1, UCAST);
    *hop_at(&info, 0) = NULL;
    refuse(me, "10.0.0.0/8", &info.info, ERROR_INVALID_HANDLE);
    assert_int_equal(drain_next_hop(me, hop), 1);
}

static void next_hops_of_others_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(1, 2, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1), others = next_hop(other, "10.0.0.1", 1);
    route_info info = make_route(hop, 1, 1, UCAST);

    (void)state;
    info.info.Neighbour = others;
    refuse(me, "10.0.0.0/8", &info.info, ERROR_INVALID_PARAMETER);
    info.info.Neighbour = hop;
    *hop_at(&info, 0) = others;
    refuse(me, "10.0.0.0/8", &info.info, ERROR_INVALID_PARAMETER);
}

static void deleted_next_hops_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1), deleted = next_hop(me, "10.0.0.2", 1);
    route_info info = make_route(hop, 1, 1, UCAST);

    (void)state;
    next_hop(me, "10.0.0.2", 1);
    ASSERT_STATUS(RtmDeleteNextHop(me, deleted, NULL), NO_ERROR);
    info.info.Neighbour = deleted;
    refuse(me, "10.0.0.0/8", &info.info, ERROR_INVALID_PARAMETER);
    info.info.Neighbour = hop;
    *hop_at(&info, 0) = deleted;
    refuse(me, "10.0.0.0/8", &info.info, ERROR_INVALID_PARAMETER);
}

static void neighbour_need_not_be_a_next_hop_of_the_route(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1), neighbour = next_hop(me, "10.0.0.2", 1);
    route_info info = make_route(hop, 1, 1, UCAST), got;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route;

    (void)state;
    info.info.Neighbour = neighbour;
    route = put(me, "10.0.0.0/8", &info, &flags);
    got = read_route(me, route);
    assert_ptr_equal(got.info.Neighbour, neighbour);
    assert_ptr_equal(*hop_at(&got, 0), hop);
    info.info.Neighbour = NULL;
    flags = 0;
    assert_ptr_not_equal(put(me, "10.0.0.0/8", &info, &flags), route);
    assert_int_equal(flags, NEW);
}

/* What an update takes out of a route loses the route's references. */
static void updates_let_go_of_next_hops(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE first = next_hop(me, "10.0.0.1", 1), second = next_hop(me, "10.0.0.2", 1);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", first, 1, 1, UCAST);
    route_info info = make_route(second, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    ASSERT_STATUS(RtmDeleteNextHop(me, first, NULL), NO_ERROR);
    assert_true(next_hop_is_live(me, first));
    info.info.Neighbour = NULL; /* not to be taken for another route: by handle */
    ASSERT_STATUS(try_add_route(me, &route, "10.0.0.0/8", &info.info, INFINITE, &flags), NO_ERROR);
    assert_false(next_hop_is_live(me, first));
    ASSERT_STATUS(RtmDeleteNextHop(me, second, NULL), NO_ERROR);
    assert_true(next_hop_is_live(me, second));
    info = make_route(NULL, 1, 1, UCAST);
    ASSERT_STATUS(try_add_route(me, &route, "10.0.0.0/8", &info.info, INFINITE, &flags), NO_ERROR);
    assert_false(next_hop_is_live(me, second));
}

/* A structure as RtmGetRouteInfo fills it is good input. */
static void what_was_read_can_be_written(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", hop, 1, 1, BOTH), given = route;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    route_info copy;

    (void)state;
    get_route(me, route, &copy);
    copy.info.PrefInfo.Metric = 77;
    ASSERT_STATUS(try_add_route(me, &given, "10.0.0.0/8", &copy.info, INFINITE, &flags), NO_ERROR);
    assert_int_equal(flags, BEST);
    ASSERT_STATUS(RtmReleaseRouteInfo(me, &copy.info), NO_ERROR);
    assert_int_equal(read_route(me, route).info.PrefInfo.Metric, 77);
    assert_int_equal(drain_route(me, route), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(numbers_of_next_hops),
        CLIENT_TEST(too_many_next_hops_are_refused),
        CLIENT_TEST(buffer_of_the_sdks_macro_is_enough),
        CLIENT_TEST(wrong_next_hops_are_refused),
        CLIENT_TEST(next_hops_of_others_are_refused),
        CLIENT_TEST(deleted_next_hops_are_refused),
        CLIENT_TEST(neighbour_need_not_be_a_next_hop_of_the_route),
        CLIENT_TEST(updates_let_go_of_next_hops),
        CLIENT_TEST(what_was_read_can_be_written),
    };

    return CLIENT_MAIN(tests);
}
