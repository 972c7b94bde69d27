/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * RtmGetExactMatchRoute: a route of one prefix, by every criterion.
 * "Reading" marks what the documentation leaves open and this project has decided.
 */
#include "table.h"

#define ANY RTM_VIEW_MASK_ANY

#define HERE "10.0.0.0/8"

/* Criteria that nothing fits. */
static route_info nothing(void)
{
    route_info made = make_route(NULL, 0xdddd, 0xdddd, 0);

    made.info.RouteOwner = NULL;
    return made;
}

/* The route found, NULL if there is none: then nothing was written. Nothing stays referenced. */
static RTM_ROUTE_HANDLE find(RTM_ENTITY_HANDLE me, const char* prefix, RTM_MATCH_FLAGS flags,
                             const route_info* criteria, ULONG interface_index, RTM_VIEW_SET views)
{
    RTM_NET_ADDRESS address = net(prefix);
    RTM_ROUTE_HANDLE route[2];
    route_info buffer, before;
    DWORD status;

    /* All that is no criterion is painted. */
    PAINT(buffer);
    memcpy(&buffer, criteria, RTM_SIZE_OF_ROUTE_INFO(criteria->info.NextHopsList.NumNextHops));
    before = buffer;
    PAINT(route);
    status =
        RtmGetExactMatchRoute(me, &address, flags, &buffer.info, interface_index, views, &route[0]);
    ASSERT_PAINTED(route[1]);
    if (status != NO_ERROR) {
        ASSERT_STATUS(status, ERROR_NOT_FOUND);
        ASSERT_PAINTED(route);
        assert_memory_equal(&buffer, &before, sizeof(buffer));
        return NULL;
    }
    /* The answer is the route's own information. */
    get_route(me, route[0], &before);
    assert_memory_equal(&buffer, &before,
                        FIELD_OFFSET(RTM_ROUTE_INFO, NextHopsList.NumNextHops) + sizeof(USHORT));
    assert_memory_equal(hop_at(&buffer, 0), hop_at(&before, 0),
                        before.info.NextHopsList.NumNextHops * sizeof(RTM_NEXTHOP_HANDLE));
    ASSERT_STATUS(RtmReleaseRouteInfo(me, &before.info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseRouteInfo(me, &buffer.info), NO_ERROR);
    release_route(me, route[0]);
    return route[0];
}

static RTM_ROUTE_HANDLE find_here(RTM_ENTITY_HANDLE me, RTM_MATCH_FLAGS flags,
                                  const route_info* criteria, ULONG interface_index)
{
    return find(me, HERE, flags, criteria, interface_index, ANY);
}

/* ---- the prefix and the views ---- */

static void without_criteria_it_is_the_best_route(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE worse = add_route(me, HERE, NULL, 9, 9, BOTH), better;
    route_info criteria = nothing();

    (void)state;
    assert_ptr_equal(find_here(me, RTM_MATCH_NONE, &criteria, 0), worse);
    better = add_route(other, HERE, NULL, 1, 1, BOTH);
    assert_ptr_equal(find_here(me, RTM_MATCH_NONE, &criteria, 0), better);
    assert_ptr_equal(find_here(other, RTM_MATCH_NONE, &criteria, 77), better);
}

static void prefix_is_matched_exactly(void** state)
{
    static const char* const others[] = {"10.0.0.0/7",  "10.0.0.0/9",  "11.0.0.0/8",
                                         "10.0.0.0/32", "138.0.0.0/8", "0.0.0.0/0",
                                         "10.0.0.1/32", "10.128.0.0/9"};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    route_info criteria = nothing();
    RTM_ROUTE_HANDLE route;

    (void)state;
    assert_null(find(me, HERE, RTM_MATCH_NONE, &criteria, 0, ANY));
    route = add_route(me, HERE, NULL, 1, 1, UCAST);
    for (UINT i = 0; i < COUNT_OF(others); i++)
        assert_null(find(me, others[i], RTM_MATCH_NONE, &criteria, 0, ANY));
    for (UINT i = 0; i < 20; i++) /* garbage after the prefix */
        assert_ptr_equal(find(me, HERE, RTM_MATCH_NONE, &criteria, 0, ANY), route);
}

static void views_choose(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE unicast = add_route(me, HERE, NULL, 2, 2, UCAST);
    RTM_ROUTE_HANDLE multicast = add_route(other, HERE, NULL, 1, 1, MCAST);
    route_info criteria = nothing();

    (void)state;
    assert_ptr_equal(find(me, HERE, RTM_MATCH_NONE, &criteria, 0, UCAST), unicast);
    assert_ptr_equal(find(me, HERE, RTM_MATCH_NONE, &criteria, 0, MCAST), multicast);
    assert_ptr_equal(find(me, HERE, RTM_MATCH_NONE, &criteria, 0, BOTH), multicast);
    assert_ptr_equal(find(me, HERE, RTM_MATCH_NONE, &criteria, 0, ANY), multicast);
    /* Reading: views that are not supported are ignored. */
    assert_ptr_equal(find(me, HERE, RTM_MATCH_NONE, &criteria, 0, UCAST | 0x100), unicast);
    assert_ptr_equal(find(me, HERE, RTM_MATCH_NONE, &criteria, 0, RTM_VIEW_MASK_ALL), multicast);
    assert_null(find(me, HERE, RTM_MATCH_NONE, &criteria, 0, 0x80000000));
    delete_route(me, unicast);
    assert_null(find(me, HERE, RTM_MATCH_NONE, &criteria, 0, UCAST));
}

static void deleted_routes_are_not_found(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST);
    route_info criteria = nothing();

    (void)state;
    add_route(me, HERE, NULL, 1, 1, UCAST); /* a second reference */
    delete_route(me, route);
    assert_null(find_here(me, RTM_MATCH_NONE, &criteria, 0));
    release_route(me, route);
    assert_null(find_here(me, RTM_MATCH_NONE, &criteria, 0));
}

static void ipv6_routes(void** state)
{
    RTM_ENTITY_INFO place = make_info(0, AF_INET6, 1, 1);
    RTM_ENTITY_HANDLE me = join_as(&place, NULL, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "fe80::1", 7);
    RTM_ROUTE_HANDLE route = add_route(me, "2001:db8::/33", hop, 1, 1, UCAST);
    route_info criteria = nothing();

    (void)state;
    assert_ptr_equal(find(me, "2001:db8::/33", RTM_MATCH_INTERFACE, &criteria, 7, UCAST), route);
    assert_null(find(me, "2001:db8::/32", RTM_MATCH_NONE, &criteria, 0, UCAST));
    assert_null(find(me, "2001:db8:8000::/33", RTM_MATCH_NONE, &criteria, 0, UCAST));
}

/* ---- criteria ---- */

static void owner_is_a_criterion(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL), third = join(3, 3, NULL);
    RTM_ROUTE_HANDLE mine = add_route(me, HERE, NULL, 2, 2, UCAST);
    RTM_ROUTE_HANDLE others = add_route(other, HERE, NULL, 1, 1, UCAST);
    route_info criteria = nothing();

    (void)state;
    criteria.info.RouteOwner = me;
    assert_ptr_equal(find_here(third, RTM_MATCH_OWNER, &criteria, 0), mine);
    criteria.info.RouteOwner = other;
    assert_ptr_equal(find_here(third, RTM_MATCH_OWNER, &criteria, 0), others);
    criteria.info.RouteOwner = third;
    assert_null(find_here(third, RTM_MATCH_OWNER, &criteria, 0));
}

static void neighbour_is_a_criterion(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE first = next_hop(me, "10.0.0.1", 1), second = next_hop(me, "10.0.0.2", 1);
    RTM_NEXTHOP_HANDLE unused = next_hop(me, "10.0.0.3", 1);
    RTM_ROUTE_HANDLE routes[3];
    route_info criteria = nothing();

    (void)state;
    routes[0] = add_route(me, HERE, first, 1, 1, UCAST);
    routes[1] = add_route(me, HERE, second, 2, 2, UCAST);
    criteria.info.Neighbour = NULL;
    assert_null(find_here(me, RTM_MATCH_NEIGHBOUR, &criteria, 0));
    routes[2] = add_route(me, HERE, NULL, 3, 3, UCAST);
    assert_ptr_equal(find_here(me, RTM_MATCH_NEIGHBOUR, &criteria, 0), routes[2]);
    criteria.info.Neighbour = first;
    assert_ptr_equal(find_here(me, RTM_MATCH_NEIGHBOUR, &criteria, 0), routes[0]);
    criteria.info.Neighbour = second;
    assert_ptr_equal(find_here(me, RTM_MATCH_NEIGHBOUR, &criteria, 0), routes[1]);
    criteria.info.Neighbour = unused;
    assert_null(find_here(me, RTM_MATCH_NEIGHBOUR, &criteria, 0));
}

/* Reading: both numbers. */
static void preference_is_a_criterion(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE first = add_route(me, HERE, NULL, 5, 6, UCAST);
    RTM_ROUTE_HANDLE second = add_route(other, HERE, NULL, 6, 5, UCAST);
    route_info criteria = nothing();

    (void)state;
    criteria.info.PrefInfo.Preference = 5;
    criteria.info.PrefInfo.Metric = 6;
    assert_ptr_equal(find_here(me, RTM_MATCH_PREF, &criteria, 0), first);
    criteria.info.PrefInfo.Preference = 6;
    criteria.info.PrefInfo.Metric = 5;
    assert_ptr_equal(find_here(me, RTM_MATCH_PREF, &criteria, 0), second);
    criteria.info.PrefInfo.Metric = 6;
    assert_null(find_here(me, RTM_MATCH_PREF, &criteria, 0));
}

/* Reading: the first next hop of the criteria is anywhere in the route's list. */
static void next_hop_is_a_criterion(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hops[3] = {next_hop(me, "10.0.0.1", 1), next_hop(me, "10.0.0.2", 1),
                                  next_hop(me, "10.0.0.3", 1)};
    route_info info = make_route(NULL, 1, 1, UCAST), criteria = nothing();
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE two = NULL, none;

    (void)state;
    info.info.NextHopsList.NumNextHops = 2;
    *hop_at(&info, 0) = hops[0];
    *hop_at(&info, 1) = hops[1];
    ASSERT_STATUS(try_add_route(me, &two, HERE, &info.info, INFINITE, &flags), NO_ERROR);
    for (UINT i = 0; i < 3; i++) {
        criteria = nothing();
        criteria.info.NextHopsList.NumNextHops = 1;
        *hop_at(&criteria, 0) = hops[i];
        assert_ptr_equal(find_here(me, RTM_MATCH_NEXTHOP, &criteria, 0), i < 2 ? two : NULL);
    }
    criteria.info.NextHopsList.NumNextHops = 2;
    *hop_at(&criteria, 0) = hops[1];
    *hop_at(&criteria, 1) = hops[2];
    assert_ptr_equal(find_here(me, RTM_MATCH_NEXTHOP, &criteria, 0), two);
    /* Without a next hop: routes without any. */
    criteria = nothing();
    assert_null(find_here(me, RTM_MATCH_NEXTHOP, &criteria, 0));
    none = NULL;
    info = make_route(NULL, 9, 9, UCAST);
    flags = RTM_ROUTE_CHANGE_NEW;
    ASSERT_STATUS(try_add_route(me, &none, HERE, &info.info, INFINITE, &flags), NO_ERROR);
    assert_ptr_equal(find_here(me, RTM_MATCH_NEXTHOP, &criteria, 0), none);
}

static void interface_is_a_criterion(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    route_info info = make_route(NULL, 1, 1, UCAST), criteria = nothing();
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route = NULL, second;

    (void)state;
    info.info.NextHopsList.NumNextHops = 2;
    *hop_at(&info, 0) = next_hop(me, "10.0.0.1", 5);
    *hop_at(&info, 1) = next_hop(me, "10.0.0.2", 6);
    ASSERT_STATUS(try_add_route(me, &route, HERE, &info.info, INFINITE, &flags), NO_ERROR);
    second = add_route(me, HERE, next_hop(me, "10.0.0.3", 7), 2, 2, UCAST);
    assert_ptr_equal(find_here(me, RTM_MATCH_INTERFACE, &criteria, 5), route);
    assert_ptr_equal(find_here(me, RTM_MATCH_INTERFACE, &criteria, 6), route);
    assert_ptr_equal(find_here(me, RTM_MATCH_INTERFACE, &criteria, 7), second);
    assert_null(find_here(me, RTM_MATCH_INTERFACE, &criteria, 8));
    assert_null(find_here(me, RTM_MATCH_INTERFACE, &criteria, 0));
    assert_ptr_equal(find_here(me, RTM_MATCH_NONE, &criteria, 8), route);
}

static void full_match_is_all_criteria(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 5), unused = next_hop(me, "10.0.0.2", 5);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, hop, 3, 4, UCAST);
    route_info good = make_route(hop, 3, 4, 0), criteria;

    (void)state;
    add_route(other, HERE, NULL, 1, 1, UCAST);
    good.info.RouteOwner = me;
    assert_ptr_equal(find_here(me, RTM_MATCH_FULL, &good, 5), route);
    assert_null(find_here(me, RTM_MATCH_FULL, &good, 6));
    criteria = good;
    criteria.info.RouteOwner = other;
    assert_null(find_here(me, RTM_MATCH_FULL, &criteria, 5));
    criteria = good;
    criteria.info.Neighbour = unused;
    assert_null(find_here(me, RTM_MATCH_FULL, &criteria, 5));
    criteria = good;
    criteria.info.PrefInfo.Metric = 5;
    assert_null(find_here(me, RTM_MATCH_FULL, &criteria, 5));
    criteria = good;
    *hop_at(&criteria, 0) = unused;
    assert_null(find_here(me, RTM_MATCH_FULL, &criteria, 5));
}

/* Each set of flags against a route that differs in each set of criteria. */
static void only_the_flags_given_count(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 5), unused = next_hop(me, "10.0.0.2", 6);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, hop, 3, 4, UCAST);

    (void)state;
    for (RTM_MATCH_FLAGS wrong = 0; wrong < 32; wrong++) {
        route_info criteria = make_route(hop, 3, 4, 0);

        criteria.info.RouteOwner = wrong & RTM_MATCH_OWNER ? other : me;
        if (wrong & RTM_MATCH_NEIGHBOUR)
            criteria.info.Neighbour = unused;
        if (wrong & RTM_MATCH_PREF)
            criteria.info.PrefInfo.Preference = 2;
        if (wrong & RTM_MATCH_NEXTHOP)
            *hop_at(&criteria, 0) = unused;
        for (RTM_MATCH_FLAGS flags = 0; flags < 32; flags++) {
            ULONG interface_index = wrong & RTM_MATCH_INTERFACE ? 6 : 5;

            assert_ptr_equal(find_here(me, flags, &criteria, interface_index),
                             flags & wrong ? NULL : route);
        }
    }
}

/* Members that are no criterion are not looked at, the number of next hops among them. */
static void garbage_elsewhere_does_not_matter(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, next_hop(me, "10.0.0.1", 5), 3, 4, UCAST);
    RTM_NET_ADDRESS address = net(HERE);
    RTM_ROUTE_INFO* info = allocate_exact(RTM_SIZE_OF_ROUTE_INFO(1));

    (void)state;
    for (UINT i = 0; i < 4; i++) {
        static const RTM_MATCH_FLAGS flags[] = {RTM_MATCH_NONE, RTM_MATCH_OWNER, RTM_MATCH_PREF,
                                                RTM_MATCH_INTERFACE};
        RTM_ROUTE_HANDLE found = NULL;

        paint(info, RTM_SIZE_OF_ROUTE_INFO(1));
        if (i == 1)
            info->RouteOwner = me;
        info->PrefInfo = (RTM_PREF_INFO){4, 3};
        ASSERT_STATUS(RtmGetExactMatchRoute(me, &address, flags[i], info, 5, ANY, &found),
                      NO_ERROR);
        assert_ptr_equal(found, route);
        ASSERT_STATUS(RtmReleaseRouteInfo(me, info), NO_ERROR);
        release_route(me, found);
    }
    free_exact(info);
}

static void best_of_the_matches_is_taken(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE routes[4];
    route_info criteria = nothing();

    (void)state;
    criteria.info.RouteOwner = me;
    for (UINT i = 0; i < 4; i++)
        routes[i] = add_route(me, HERE, next_hop(me, "10.0.0.1", i), 1, 10 - i, UCAST);
    add_route(other, HERE, NULL, 1, 1, UCAST);
    for (UINT i = 4; i-- > 0;) {
        assert_ptr_equal(find_here(other, RTM_MATCH_OWNER, &criteria, 0), routes[i]);
        delete_route(me, routes[i]);
    }
    assert_null(find_here(other, RTM_MATCH_OWNER, &criteria, 0));
}

/* ---- results and arguments ---- */

static void handle_is_optional(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, hop, 1, 1, UCAST);
    RTM_NET_ADDRESS address = net(HERE);
    route_info got = nothing();

    (void)state;
    ASSERT_STATUS(RtmGetExactMatchRoute(me, &address, RTM_MATCH_NONE, &got.info, 0, UCAST, NULL),
                  NO_ERROR);
    assert_int_equal(got.info.PrefInfo.Metric, 1);
    assert_ptr_equal(got.info.Neighbour, hop);
    ASSERT_STATUS(RtmReleaseRouteInfo(me, &got.info), NO_ERROR);
    assert_int_equal(drain_route(me, route), 1); /* none was handed out */
}

static void result_is_referenced(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, hop, 1, 1, UCAST), found = NULL;
    RTM_NET_ADDRESS address = net(HERE);
    route_info got = nothing();
    RTM_NEXTHOP_INFO hop_info;

    (void)state;
    ASSERT_STATUS(
        RtmGetExactMatchRoute(other, &address, RTM_MATCH_NONE, &got.info, 0, UCAST, &found),
        NO_ERROR);
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    delete_route(me, route);
    release_route(other, found);
    ASSERT_STATUS(RtmGetRouteInfo(other, found, NULL, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmGetNextHopInfo(other, hop, &hop_info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseNextHopInfo(other, &hop_info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseRouteInfo(other, &got.info), NO_ERROR);
    ASSERT_STATUS(RtmGetNextHopInfo(other, hop, &hop_info), ERROR_INVALID_HANDLE);
}

static void arguments_are_checked(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), gone = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST), found;
    HANDLE wrong[] = {NULL, INVALID_HANDLE_VALUE, route, gone};
    static const RTM_MATCH_FLAGS wrong_flags[] = {0x10000, 0x80000000, 0xffffffff, 0x10001};
    RTM_NET_ADDRESS address = net(HERE), bad;
    route_info info = nothing();

    (void)state;
    leave(gone);
    PAINT(found);
    for (UINT i = 0; i < COUNT_OF(wrong); i++)
        ASSERT_STATUS(
            RtmGetExactMatchRoute(wrong[i], &address, RTM_MATCH_NONE, &info.info, 0, ANY, &found),
            ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmGetExactMatchRoute(me, NULL, RTM_MATCH_NONE, &info.info, 0, ANY, &found),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetExactMatchRoute(me, &address, RTM_MATCH_NONE, NULL, 0, ANY, &found),
                  ERROR_INVALID_PARAMETER);
    for (UINT i = 0; i < COUNT_OF(wrong_flags); i++)
        ASSERT_STATUS(
            RtmGetExactMatchRoute(me, &address, wrong_flags[i], &info.info, 0, ANY, &found),
            ERROR_INVALID_PARAMETER);
    bad = address;
    bad.NumBits = 33;
    ASSERT_STATUS(RtmGetExactMatchRoute(me, &bad, RTM_MATCH_NONE, &info.info, 0, ANY, &found),
                  ERROR_INVALID_PARAMETER);
    bad = address;
    bad.AddressFamily = AF_INET6;
    ASSERT_STATUS(RtmGetExactMatchRoute(me, &bad, RTM_MATCH_NONE, &info.info, 0, ANY, &found),
                  ERROR_INVALID_PARAMETER);
    ASSERT_PAINTED(found);
}

/* Clients pass on what a failed call left: no route has it, so none is found. */
static void garbage_criteria_match_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    wrong_handles wrong = make_wrong_handles(me, NEXT_HOP_HANDLE);
    RTM_NET_ADDRESS address = net(HERE);
    RTM_ROUTE_HANDLE found;

    (void)state;
    add_route(me, HERE, next_hop(me, "10.0.0.1", 1), 1, 1, UCAST);
    PAINT(found);
    for (UINT i = 0; i < wrong.count; i++) {
        for (UINT at = 0; at < 3; at++) {
            static const RTM_MATCH_FLAGS flags[] = {RTM_MATCH_OWNER, RTM_MATCH_NEIGHBOUR,
                                                    RTM_MATCH_NEXTHOP};
            route_info criteria = nothing();
            DWORD status;

            if (wrong.handles[i] == me)
                continue;
            criteria.info.RouteOwner = criteria.info.Neighbour = wrong.handles[i];
            criteria.info.NextHopsList.NumNextHops = 1;
            *hop_at(&criteria, 0) = wrong.handles[i];
            status = RtmGetExactMatchRoute(me, &address, flags[at], &criteria.info, 0, ANY, &found);
            assert_true(status == ERROR_NOT_FOUND || status == ERROR_INVALID_HANDLE);
        }
    }
    ASSERT_PAINTED(found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(without_criteria_it_is_the_best_route),
        CLIENT_TEST(prefix_is_matched_exactly),
        CLIENT_TEST(views_choose),
        CLIENT_TEST(deleted_routes_are_not_found),
        CLIENT_TEST(ipv6_routes),
        CLIENT_TEST(owner_is_a_criterion),
        CLIENT_TEST(neighbour_is_a_criterion),
        CLIENT_TEST(preference_is_a_criterion),
        CLIENT_TEST(next_hop_is_a_criterion),
        CLIENT_TEST(interface_is_a_criterion),
        CLIENT_TEST(full_match_is_all_criteria),
        CLIENT_TEST(only_the_flags_given_count),
        CLIENT_TEST(garbage_elsewhere_does_not_matter),
        CLIENT_TEST(best_of_the_matches_is_taken),
        CLIENT_TEST(handle_is_optional),
        CLIENT_TEST(result_is_referenced),
        CLIENT_TEST(arguments_are_checked),
        CLIENT_TEST(garbage_criteria_match_nothing),
    };

    return CLIENT_MAIN(tests);
}
