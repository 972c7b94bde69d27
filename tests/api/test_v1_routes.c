/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * RTMv1: adding, updating and deleting routes, which is best, and their age.
 * "Reading" marks what the documentation leaves open and this project has decided.
 */
#include "v1.h"

/* ---- adding ---- */

static void a_first_route_is_added(void** state)
{
    DWORD family = FAMILY(state), flags = ~0u;
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route route = make(family, 1, 7, 1, 5), current, previous, found;

    paint(&current, sizeof(current));
    paint(&previous, sizeof(previous));
    ASSERT_STATUS(RtmAddRoute(client, &route, INFINITE, &flags, &current, &previous), NO_ERROR);
    assert_int_equal(flags, RTM_ROUTE_ADDED);
    assert_same_route(family, &current, &route, 8);
    assert_true(painted(&previous, sizeof(previous)));
    assert_true(best(family, 1, &found));
    assert_same_route(family, &found, &route, 8);
}

static void nothing_significant_is_no_change(void** state)
{
    DWORD family = FAMILY(state), flags = ~0u;
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route route = make(family, 1, 7, 1, 5), current, found;

    put(client, &route, RTM_ROUTE_ADDED);
    put(client, &route, RTM_NO_CHANGE);
    route.ip.RR_ProtocolSpecificData.PSD_Data[2]++;
    paint(&current, sizeof(current));
    ASSERT_STATUS(RtmAddRoute(client, &route, INFINITE, &flags, &current, &current), NO_ERROR);
    assert_int_equal(flags, RTM_NO_CHANGE);
    assert_true(painted(&current, sizeof(current)));
    assert_true(best(family, 1, &found)); /* but it is stored */
    assert_same_route(family, &found, &route, 8);
    assert_int_equal(count_walk(family, 0, NULL), 1);
}

static void an_update_of_the_best_changes_it(void** state)
{
    DWORD family = FAMILY(state), flags = ~0u;
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route route = make(family, 1, 7, 1, 5), before = route, current, previous;

    put(client, &route, RTM_ROUTE_ADDED);
    set_metric(family, &route, 6);
    ASSERT_STATUS(RtmAddRoute(client, &route, INFINITE, &flags, &current, &previous), NO_ERROR);
    assert_int_equal(flags, RTM_ROUTE_CHANGED);
    assert_same_route(family, &current, &route, 8);
    assert_same_route(family, &previous, &before, 8);
    assert_int_equal(count_walk(family, 0, NULL), 1);
}

static void all_of_the_familys_data_is_significant(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route route = make(family, 1, 7, 1, 5);

    put(client, &route, RTM_ROUTE_ADDED);
    if (family == IPX) {
        route.ipx.RR_FamilySpecificData.FSD_Flags ^= IPX_GLOBAL_CLIENT_WAN_ROUTE;
        put(client, &route, RTM_ROUTE_CHANGED);
        route.ipx.RR_FamilySpecificData.FSD_HopCount++;
        put(client, &route, RTM_ROUTE_CHANGED);
        return;
    }
    for (UINT i = 0; i < sizeof(IP_SPECIFIC_DATA) / sizeof(DWORD); i++) {
        DWORD* member = (DWORD*)&route.ip.RR_FamilySpecificData + i;

        *member ^= 1;
        /* The priority is not the client's to set. */
        put(client, &route,
            member == &route.ip.RR_FamilySpecificData.FSD_Priority ? RTM_NO_CHANGE
                                                                   : RTM_ROUTE_CHANGED);
    }
}

static void a_worse_route_is_stored_without_a_change(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route good = make(family, 1, 7, 1, 5), bad = make(family, 1, 7, 2, 9);

    put(client, &good, RTM_ROUTE_ADDED);
    put(client, &bad, RTM_NO_CHANGE);
    assert_int_equal(count_walk(family, 0, NULL), 2);
    assert_int_equal(RtmGetNetworkCount(family), 1);
    assert_best(family, 1, 8, 5);
}

static void a_better_route_changes_the_best(void** state)
{
    DWORD family = FAMILY(state), flags = ~0u;
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route bad = make(family, 1, 7, 2, 9), good = make(family, 1, 7, 1, 5), current, previous;

    put(client, &bad, RTM_ROUTE_ADDED);
    ASSERT_STATUS(RtmAddRoute(client, &good, INFINITE, &flags, &current, &previous), NO_ERROR);
    assert_int_equal(flags, RTM_ROUTE_CHANGED);
    assert_same_route(family, &current, &good, 8);
    assert_same_route(family, &previous, &bad, 8);
}

static void a_best_that_gets_worse_gives_way(void** state)
{
    DWORD family = FAMILY(state), flags = ~0u;
    HANDLE one = v1_join(family, 77, NULL, 0), two = v1_join(family, 78, NULL, 0);
    any_route first = make(family, 1, 7, 1, 5), second = make(family, 1, 7, 2, 9), current;
    any_route former = first, previous;

    put(one, &first, RTM_ROUTE_ADDED);
    put(two, &second, RTM_NO_CHANGE);
    set_metric(family, &first, 20);
    ASSERT_STATUS(RtmAddRoute(one, &first, INFINITE, &flags, &current, &previous), NO_ERROR);
    assert_int_equal(flags, RTM_ROUTE_CHANGED);
    assert_same_route(family, &current, &second, 78);
    assert_same_route(family, &previous, &former, 77);
}

static void routes_are_told_apart_by_interface_and_next_hop(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route routes[3] = {make(family, 1, 7, 1, 5), make(family, 1, 7, 2, 6),
                           make(family, 1, 8, 1, 7)};

    for (UINT i = 0; i < 3; i++)
        put(client, &routes[i], i ? RTM_NO_CHANGE : RTM_ROUTE_ADDED);
    assert_int_equal(count_walk(family, 0, NULL), 3);
    for (UINT i = 0; i < 3; i++)
        drop(client, &routes[i], i == 2 ? RTM_ROUTE_DELETED : RTM_ROUTE_CHANGED);
}

static void a_single_route_replaces_the_former(void** state)
{
    DWORD family = FAMILY(state), flags = ~0u;
    HANDLE client = v1_join(family, 13, NULL, RTM_PROTOCOL_SINGLE_ROUTE);
    any_route first = make(family, 1, 7, 1, 5), second = make(family, 1, 8, 2, 9), found;
    any_route current, previous;

    put(client, &first, RTM_ROUTE_ADDED);
    ASSERT_STATUS(RtmAddRoute(client, &second, INFINITE, &flags, &current, &previous), NO_ERROR);
    assert_int_equal(flags, RTM_ROUTE_CHANGED);
    assert_same_route(family, &current, &second, 13);
    assert_same_route(family, &previous, &first, 13);
    assert_int_equal(count_walk(family, 0, NULL), 1);
    assert_true(best(family, 1, &found));
    assert_same_route(family, &found, &second, 13);
    /* Interface and next hop do not matter when it is deleted. */
    drop(client, &first, RTM_ROUTE_DELETED);
}

static void a_single_route_of_each_network(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE single = v1_join(family, 13, NULL, RTM_PROTOCOL_SINGLE_ROUTE);
    HANDLE other = v1_join(family, 8, NULL, 0);
    any_route route;

    for (USHORT n = 1; n <= 3; n++) {
        route = make(family, n, 7, 1, 5);
        put(single, &route, RTM_ROUTE_ADDED);
        route = make(family, n, 7, 2, 9);
        ASSERT_STATUS(RtmAddRoute(other, &route, INFINITE, &(DWORD){0}, NULL, NULL), NO_ERROR);
    }
    assert_int_equal(count_walk(family, 0, NULL), 6);
    assert_int_equal(RtmGetNetworkCount(family), 3);
}

/* ---- which is best ---- */

static void protocols_of_ip_are_ranked_by_priority(void** state)
{
    HANDLE rip = v1_join(IP, 8, NULL, 0), ospf = v1_join(IP, 13, NULL, 0);
    HANDLE fixed = v1_join(IP, 10006, NULL, 0);
    any_route route = make(IP, 1, 1, 1, 1), found;

    (void)state;
    put(rip, &route, RTM_ROUTE_ADDED);
    set_metric(IP, &route, 50);
    put(ospf, &route, RTM_ROUTE_CHANGED);
    assert_best(IP, 1, 13, 50);
    set_metric(IP, &route, 90);
    put(fixed, &route, RTM_ROUTE_CHANGED);
    assert_best(IP, 1, 10006, 90);
    assert_true(best(IP, 1, &found));
    assert_int_equal(found.ip.RR_FamilySpecificData.FSD_Priority, 3);
}

/* Reading: fewer ticks, then fewer hops, whatever the protocols. */
static void routes_of_ipx_are_ranked_by_ticks_and_hops(void** state)
{
    HANDLE one = v1_join(IPX, 2, NULL, 0), two = v1_join(IPX, 13, NULL, 0);
    any_route first = make(IPX, 1, 1, 1, 5), second = make(IPX, 1, 1, 2, 4);

    (void)state;
    put(one, &first, RTM_ROUTE_ADDED);
    put(two, &second, RTM_ROUTE_CHANGED);
    assert_best(IPX, 1, 13, 4);
    second.ipx.RR_FamilySpecificData.FSD_TickCount = 5;
    second.ipx.RR_FamilySpecificData.FSD_HopCount = 4;
    put(two, &second, RTM_ROUTE_CHANGED);
    assert_best(IPX, 1, 2, 5);
    second.ipx.RR_FamilySpecificData.FSD_HopCount = 2;
    put(two, &second, RTM_ROUTE_CHANGED);
    assert_best(IPX, 1, 13, 5);
}

/* Reading: of equals the one that is best stays so, then the oldest follows. */
static void among_equals_the_present_best_stays(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE clients[3] = {v1_join(family, 79, NULL, 0), v1_join(family, 78, NULL, 0),
                         v1_join(family, 77, NULL, 0)};
    any_route route = make(family, 1, 1, 1, 5);

    for (UINT i = 0; i < 3; i++)
        put(clients[i], &route, i ? RTM_NO_CHANGE : RTM_ROUTE_ADDED);
    assert_best(family, 1, 79, 5);
    drop(clients[0], &route, RTM_ROUTE_CHANGED);
    assert_best(family, 1, 78, 5);
    put(clients[0], &route, RTM_NO_CHANGE);
    drop(clients[1], &route, RTM_ROUTE_CHANGED);
    assert_best(family, 1, 77, 5);
}

/* Reading: whether a route is valid is for its reader. */
static void routes_without_the_valid_flag_are_ranked(void** state)
{
    HANDLE client = v1_join(IP, 8, NULL, 0);
    any_route route = make(IP, 1, 1, 1, 5), found;

    (void)state;
    ClearRouteFlags(&route.ip);
    put(client, &route, RTM_ROUTE_ADDED);
    assert_true(best(IP, 1, &found));
    assert_false(IsRouteValid(&found.ip));
}

/* ---- deleting ---- */

static void deleting_another_than_the_best_changes_nothing(void** state)
{
    DWORD family = FAMILY(state), flags = ~0u;
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route good = make(family, 1, 7, 1, 5), bad = make(family, 1, 7, 2, 9), current;

    put(client, &good, RTM_ROUTE_ADDED);
    put(client, &bad, RTM_NO_CHANGE);
    paint(&current, sizeof(current));
    ASSERT_STATUS(RtmDeleteRoute(client, &bad, &flags, &current), NO_ERROR);
    assert_int_equal(flags, RTM_NO_CHANGE);
    assert_true(painted(&current, sizeof(current)));
    assert_int_equal(count_walk(family, 0, NULL), 1);
}

static void deleting_the_best_shows_the_next(void** state)
{
    DWORD family = FAMILY(state), flags = ~0u;
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route good = make(family, 1, 7, 1, 5), bad = make(family, 1, 7, 2, 9), current;

    put(client, &good, RTM_ROUTE_ADDED);
    put(client, &bad, RTM_NO_CHANGE);
    ASSERT_STATUS(RtmDeleteRoute(client, &good, &flags, &current), NO_ERROR);
    assert_int_equal(flags, RTM_ROUTE_CHANGED);
    assert_same_route(family, &current, &bad, 8);
    paint(&current, sizeof(current));
    ASSERT_STATUS(RtmDeleteRoute(client, &bad, &flags, &current), NO_ERROR);
    assert_int_equal(flags, RTM_ROUTE_DELETED);
    assert_true(painted(&current, sizeof(current)));
    assert_int_equal(RtmGetNetworkCount(family), 0);
}

static void what_does_not_match_is_not_deleted(void** state)
{
    DWORD family = FAMILY(state), flags = 0xdead;
    HANDLE client = v1_join(family, 8, NULL, 0), other = v1_join(family, 13, NULL, 0);
    any_route route = make(family, 1, 7, 1, 5);
    any_route wrong[3] = {make(family, 2, 7, 1, 5), make(family, 1, 8, 1, 5),
                          make(family, 1, 7, 2, 5)};

    put(client, &route, RTM_ROUTE_ADDED);
    for (UINT i = 0; i < 3; i++)
        ASSERT_STATUS(RtmDeleteRoute(client, &wrong[i], &flags, NULL), ERROR_NO_SUCH_ROUTE);
    ASSERT_STATUS(RtmDeleteRoute(other, &route, &flags, NULL), ERROR_NO_SUCH_ROUTE);
    assert_int_equal(flags, 0xdead);
    drop(client, &route, RTM_ROUTE_DELETED);
    ASSERT_STATUS(RtmDeleteRoute(client, &route, &flags, NULL), ERROR_NO_SUCH_ROUTE);
}

/* ---- many at once ---- */

static void add_three_by_three(HANDLE client, DWORD family)
{
    for (USHORT n = 1; n <= 3; n++)
        for (BYTE i = 1; i <= 3; i++) {
            any_route route = make(family, n, i, i, i);

            ASSERT_STATUS(RtmAddRoute(client, &route, INFINITE, &(DWORD){0}, NULL, NULL), NO_ERROR);
        }
}

static void a_block_of_routes_is_deleted(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE client = v1_join(family, 8, NULL, 0), other = v1_join(family, 13, NULL, 0);
    any_route criteria = make(family, 2, 3, 1, 1);

    criteria.ip.RR_RoutingProtocol = 8;
    add_three_by_three(client, family);
    add_three_by_three(other, family);
    ASSERT_STATUS(RtmBlockDeleteRoutes(client, RTM_ONLY_THIS_NETWORK, &criteria), NO_ERROR);
    assert_int_equal(count_walk(family, 0, NULL), 15);
    ASSERT_STATUS(RtmBlockDeleteRoutes(client, RTM_ONLY_THIS_NETWORK, &criteria), ERROR_NO_ROUTES);
    ASSERT_STATUS(RtmBlockDeleteRoutes(client, RTM_ONLY_THIS_INTERFACE, &criteria), NO_ERROR);
    assert_int_equal(count_walk(family, 0, NULL), 13);
    /* Only routes of the client's protocol, whatever is asked for. */
    criteria.ip.RR_RoutingProtocol = 13;
    ASSERT_STATUS(RtmBlockDeleteRoutes(client, RTM_ONLY_THIS_PROTOCOL, &criteria), ERROR_NO_ROUTES);
    criteria.ip.RR_RoutingProtocol = 8;
    ASSERT_STATUS(RtmBlockDeleteRoutes(client, RTM_ONLY_THIS_PROTOCOL, &criteria), NO_ERROR);
    assert_int_equal(count_walk(family, 0, NULL), 9);
    ASSERT_STATUS(RtmBlockDeleteRoutes(client, 0, NULL), ERROR_NO_ROUTES);
    ASSERT_STATUS(RtmBlockDeleteRoutes(other, 0, NULL), NO_ERROR);
    assert_int_equal(RtmGetNetworkCount(family), 0);
}

static void best_routes_alone_does_not_narrow_a_block(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route criteria = network(family, 2);

    add_three_by_three(client, family);
    ASSERT_STATUS(
        RtmBlockDeleteRoutes(client, RTM_ONLY_THIS_NETWORK | RTM_ONLY_BEST_ROUTES, &criteria),
        NO_ERROR);
    assert_int_equal(count_walk(family, 0, NULL), 6);
    ASSERT_STATUS(RtmBlockDeleteRoutes(client, RTM_ONLY_BEST_ROUTES, NULL), NO_ERROR);
    assert_int_equal(count_walk(family, 0, NULL), 0);
}

/* ---- ageing ---- */

static void await_count(DWORD family, ULONG count)
{
    for (UINT waited = 0; RtmGetNetworkCount(family) != count; waited += 10) {
        if (waited > WAIT_MS)
            fail_msg("%lu networks are left, not %lu", RtmGetNetworkCount(family), count);
        Sleep(10);
    }
}

static void routes_age_out(void** state)
{
    DWORD family = FAMILY(state), flags;
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route brief = make(family, 1, 1, 1, 1), lasting = make(family, 2, 1, 1, 1);
    any_route renewed = make(family, 3, 1, 1, 1);

    ASSERT_STATUS(RtmAddRoute(client, &brief, 1, &flags, NULL, NULL), NO_ERROR);
    ASSERT_STATUS(RtmAddRoute(client, &renewed, 1, &flags, NULL, NULL), NO_ERROR);
    ASSERT_STATUS(RtmAddRoute(client, &lasting, 2147483, &flags, NULL, NULL), NO_ERROR);
    ASSERT_STATUS(RtmAddRoute(client, &renewed, INFINITE, &flags, NULL, NULL), NO_ERROR);
    assert_int_equal(RtmGetNetworkCount(family), 3);
    await_count(family, 2);
    assert_best(family, 1, 0, 0);
    assert_best(family, 2, 8, 1);
    Sleep(WATCH_MS);
    assert_best(family, 3, 8, 1);
}

/* Reading: a life of 0 s is over at once. */
static void a_life_of_nothing_ends_at_once(void** state)
{
    DWORD family = FAMILY(state), flags;
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route route = make(family, 1, 1, 1, 1);

    ASSERT_STATUS(RtmAddRoute(client, &route, 0, &flags, NULL, NULL), NO_ERROR);
    assert_int_equal(flags, RTM_ROUTE_ADDED);
    await_count(family, 0);
}

static void lives_beyond_the_limit_are_refused(void** state)
{
    DWORD family = FAMILY(state), flags = 0xdead;
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route route = make(family, 1, 1, 1, 1);

    ASSERT_STATUS(RtmAddRoute(client, &route, 2147484, &flags, NULL, NULL),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmAddRoute(client, &route, INFINITE - 1, &flags, NULL, NULL),
                  ERROR_INVALID_PARAMETER);
    assert_int_equal(flags, 0xdead);
    assert_int_equal(RtmGetNetworkCount(family), 0);
}

static ULONGLONG ticks(const FILETIME* time)
{
    return (ULONGLONG)time->dwHighDateTime << 32 | time->dwLowDateTime;
}

static void set_stamp(any_route* route, LONGLONG ago)
{
    FILETIME now;
    ULONGLONG stamp;

    GetSystemTimeAsFileTime(&now);
    stamp = ticks(&now) - ago;
    route->ip.RR_TimeStamp.dwLowDateTime = (DWORD)stamp;
    route->ip.RR_TimeStamp.dwHighDateTime = stamp >> 32;
}

static void assert_age(any_route* route, ULONG least, ULONG most)
{
    ULONG age;

    SetLastError(0xdead);
    age = RtmGetRouteAge(route);
    if (age < least || age > most)
        fail_msg("the age is %lu", age);
    assert_int_equal(GetLastError(), 0xdead);
}

static void assert_no_age(any_route* route)
{
    SetLastError(0xdead);
    assert_int_equal(RtmGetRouteAge(route), INFINITE);
    assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
}

static void an_age_is_told_from_the_time_stamp(void** state)
{
    const LONGLONG second = 10000000;
    DWORD family = FAMILY(state);
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route route = make(family, 1, 1, 1, 1), found, again;

    put(client, &route, RTM_ROUTE_ADDED);
    assert_true(best(family, 1, &found));
    assert_age(&found, 0, 1);
    Sleep(30);
    put(client, &route, RTM_NO_CHANGE);
    assert_true(best(family, 1, &again)); /* an update begins anew */
    assert_true(ticks(&again.ip.RR_TimeStamp) > ticks(&found.ip.RR_TimeStamp));
    set_stamp(&found, 90 * second);
    assert_age(&found, 90, 92);
    set_stamp(&found, 100000 * second);
    assert_age(&found, 100000, 100002);
    /* Reading: no time at all and times to come are bad. */
    set_stamp(&found, -90 * second);
    assert_no_age(&found);
    memset(&found.ip.RR_TimeStamp, 0, sizeof(found.ip.RR_TimeStamp));
    assert_no_age(&found);
    assert_no_age(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        V1_TEST(a_first_route_is_added),
        V1_TEST(nothing_significant_is_no_change),
        V1_TEST(an_update_of_the_best_changes_it),
        V1_TEST(all_of_the_familys_data_is_significant),
        V1_TEST(a_worse_route_is_stored_without_a_change),
        V1_TEST(a_better_route_changes_the_best),
        V1_TEST(a_best_that_gets_worse_gives_way),
        V1_TEST(routes_are_told_apart_by_interface_and_next_hop),
        V1_TEST(a_single_route_replaces_the_former),
        V1_TEST(a_single_route_of_each_network),
        IP_TEST(protocols_of_ip_are_ranked_by_priority),
        IPX_TEST(routes_of_ipx_are_ranked_by_ticks_and_hops),
        V1_TEST(among_equals_the_present_best_stays),
        IP_TEST(routes_without_the_valid_flag_are_ranked),
        V1_TEST(deleting_another_than_the_best_changes_nothing),
        V1_TEST(deleting_the_best_shows_the_next),
        V1_TEST(what_does_not_match_is_not_deleted),
        V1_TEST(a_block_of_routes_is_deleted),
        V1_TEST(best_routes_alone_does_not_narrow_a_block),
        V1_TEST(routes_age_out),
        V1_TEST(a_life_of_nothing_ends_at_once),
        V1_TEST(lives_beyond_the_limit_are_refused),
        V1_TEST(an_age_is_told_from_the_time_stamp),
    };

    return CLIENT_MAIN(tests);
}
