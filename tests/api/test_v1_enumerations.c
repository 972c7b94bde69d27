/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * RTMv1: what anyone may ask: enumerations, walks in order, the best route of a network, counts.
 * "Reading" marks what the documentation leaves open and this project has decided.
 */
#include "v1.h"

#define NETWORK RTM_ONLY_THIS_NETWORK
#define INTERFACE RTM_ONLY_THIS_INTERFACE
#define PROTOCOL RTM_ONLY_THIS_PROTOCOL
#define BEST RTM_ONLY_BEST_ROUTES

/* Networks 1 to 3 have a route of protocols 77 and 78 over each of interfaces 1 and 2 and hops 1
 * and 2; the best of network n is over interface 1 + n % 2, by 78. */
static void fill(DWORD family)
{
    for (DWORD protocol = 77; protocol <= 78; protocol++) {
        HANDLE client = v1_join(family, protocol, NULL, 0);

        for (USHORT n = 3; n >= 1; n--)
            for (UINT i = 0; i < 4; i++) {
                BOOL is_best = protocol == 78 && i == 2u * (n % 2);
                any_route route =
                    make(family, n, 1 + i / 2, 1 + i % 2, is_best ? 1 : 100 + protocol + i);

                ASSERT_STATUS(RtmAddRoute(client, &route, INFINITE, &(DWORD){0}, NULL, NULL),
                              NO_ERROR);
            }
    }
}

static any_route criteria_of(DWORD family, USHORT n, DWORD interface_id, DWORD protocol)
{
    any_route criteria = network(family, n);

    criteria.ip.RR_InterfaceID = interface_id;
    criteria.ip.RR_RoutingProtocol = protocol;
    return criteria;
}

static const struct selection {
    DWORD flags;
    UINT count;
} selections[] = {
    {0, 24},
    {NETWORK, 8},
    {INTERFACE, 12},
    {PROTOCOL, 12},
    {NETWORK | INTERFACE, 4},
    {NETWORK | PROTOCOL, 4},
    {INTERFACE | PROTOCOL, 6},
    {NETWORK | INTERFACE | PROTOCOL, 2},
    {BEST, 3},
    {BEST | NETWORK, 1},
    {BEST | INTERFACE, 2}, /* networks 1 and 3 */
    {BEST | PROTOCOL, 3},
    {BEST | NETWORK | INTERFACE | PROTOCOL, 0},
};

static BOOL fits(const any_route* route, const any_route* criteria, DWORD flags, DWORD family)
{
    any_route a = *route, b = *criteria;

    if (family == IP) /* as the criteria's address has bits beyond the mask */
        b.ip.RR_Network.N_NetNumber &= b.ip.RR_Network.N_NetMask;
    return (!(flags & NETWORK) ||
            !memcmp(network_of(family, &a), network_of(family, &b),
                    family == IP ? sizeof(IP_NETWORK) : sizeof(IPX_NETWORK))) &&
           (!(flags & INTERFACE) || a.ip.RR_InterfaceID == b.ip.RR_InterfaceID) &&
           (!(flags & PROTOCOL) || a.ip.RR_RoutingProtocol == b.ip.RR_RoutingProtocol) &&
           (!(flags & BEST) || metric_of(family, &a) == 1);
}

/* ---- with a handle ---- */

static void enumerations_give_what_was_asked_for_once(void** state)
{
    DWORD family = FAMILY(state);
    any_route criteria = criteria_of(family, 2, 2, 78);

    fill(family);
    for (UINT i = 0; i < COUNT_OF(selections); i++) {
        HANDLE walk = RtmCreateEnumerationHandle(family, selections[i].flags, &criteria);
        any_route routes[32];
        UINT count = 0;

        if (!selections[i].count) {
            assert_null(walk);
            assert_int_equal(GetLastError(), ERROR_NO_ROUTES);
            continue;
        }
        assert_non_null(walk);
        while (count < COUNT_OF(routes) &&
               RtmEnumerateGetNextRoute(walk, &routes[count]) == NO_ERROR)
            assert_true(fits(&routes[count++], &criteria, selections[i].flags, family));
        assert_int_equal(count, selections[i].count);
        for (UINT j = 0; j < count; j++)
            for (UINT k = 0; k < j; k++)
                assert_memory_not_equal(&routes[j], &routes[k], sizeof(RTM_IPX_ROUTE));
        ASSERT_STATUS(RtmEnumerateGetNextRoute(walk, &routes[0]), ERROR_NO_MORE_ROUTES);
        ASSERT_STATUS(RtmEnumerateGetNextRoute(walk, &routes[0]), ERROR_NO_MORE_ROUTES);
        ASSERT_STATUS(RtmCloseEnumerationHandle(walk), NO_ERROR);
        ASSERT_STATUS(RtmCloseEnumerationHandle(walk), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmEnumerateGetNextRoute(walk, &routes[0]), ERROR_INVALID_HANDLE);
    }
}

static void assert_no_enumeration(DWORD family, DWORD flags, any_route* criteria, DWORD code)
{
    SetLastError(0xdead);
    assert_null(RtmCreateEnumerationHandle(family, flags, criteria));
    assert_int_equal(GetLastError(), code);
}

static void enumerations_that_cannot_be(void** state)
{
    DWORD family = FAMILY(state);
    any_route criteria = criteria_of(family, 9, 9, 9);

    assert_no_enumeration(family, 0, NULL, ERROR_NO_ROUTES); /* of an empty table */
    fill(family);
    assert_no_enumeration(family, NETWORK, &criteria, ERROR_NO_ROUTES);
    assert_no_enumeration(family, INTERFACE, &criteria, ERROR_NO_ROUTES);
    assert_no_enumeration(family, PROTOCOL, &criteria, ERROR_NO_ROUTES);
    assert_no_enumeration(2, 0, NULL, ERROR_INVALID_PARAMETER);
    assert_no_enumeration(family, 16, &criteria, ERROR_INVALID_PARAMETER);
    assert_no_enumeration(family, ~0u, &criteria, ERROR_INVALID_PARAMETER);
    assert_no_enumeration(family, NETWORK, NULL, ERROR_INVALID_PARAMETER);
    assert_no_enumeration(family, BEST | PROTOCOL, NULL, ERROR_INVALID_PARAMETER);
}

/* Reading: criteria that nothing is taken of may be left out. */
static void criteria_are_optional_without_flags(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE walks[2];
    any_route route;

    fill(family);
    walks[0] = RtmCreateEnumerationHandle(family, 0, NULL);
    walks[1] = RtmCreateEnumerationHandle(family, BEST, NULL);
    for (UINT i = 0; i < 2; i++) {
        assert_non_null(walks[i]);
        ASSERT_STATUS(RtmEnumerateGetNextRoute(walks[i], &route), NO_ERROR);
        ASSERT_STATUS(RtmEnumerateGetNextRoute(walks[i], NULL), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(RtmCloseEnumerationHandle(walks[i]), NO_ERROR);
    }
}

static void routes_may_go_under_an_enumeration(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE client = v1_join(family, 8, NULL, 0), walk;
    any_route route, first;

    for (USHORT n = 1; n <= 4; n++) {
        route = make(family, n, 1, 1, n);
        put(client, &route, RTM_ROUTE_ADDED);
    }
    walk = RtmCreateEnumerationHandle(family, 0, NULL);
    ASSERT_STATUS(RtmEnumerateGetNextRoute(walk, &first), NO_ERROR);
    for (USHORT n = 1; n <= 3; n++) {
        route = make(family, n, 1, 1, n);
        drop(client, &route, RTM_ROUTE_DELETED);
    }
    ASSERT_STATUS(RtmEnumerateGetNextRoute(walk, &route), NO_ERROR);
    assert_int_equal(metric_of(family, &route), 4);
    v1_leave(client);
    ASSERT_STATUS(RtmEnumerateGetNextRoute(walk, &route), ERROR_NO_MORE_ROUTES);
    ASSERT_STATUS(RtmCloseEnumerationHandle(walk), NO_ERROR);
}

/* ---- without ---- */

static DWORD position_of(const any_route* route, DWORD family)
{
    DWORD n = family == IP ? route->ip.RR_Network.N_NetNumber >> 8 & 0xff
                           : route->ipx.RR_Network.N_NetNumber - 0x100;

    return n << 16 | (route->ip.RR_RoutingProtocol & 0xff) << 8 | route->ip.RR_InterfaceID << 4 |
           hop_of(family, route);
}

static void walks_are_in_order(void** state)
{
    DWORD family = FAMILY(state);

    fill(family);
    for (UINT i = 0; i < COUNT_OF(selections); i++) {
        any_route criteria = criteria_of(family, 2, 2, 78), route = criteria;
        DWORD status, last = 0;
        UINT count = 0;

        for (status = RtmGetFirstRoute(family, selections[i].flags, &route); status == NO_ERROR;
             status = RtmGetNextRoute(family, selections[i].flags, &route)) {
            assert_true(fits(&route, &criteria, selections[i].flags, family));
            assert_true(position_of(&route, family) > last);
            last = position_of(&route, family);
            count++;
        }
        assert_int_equal(status, ERROR_NO_ROUTES);
        assert_int_equal(count, selections[i].count);
    }
}

/* Reading: the next in order follows whether its forerunner is there or not. */
static void a_walk_goes_on_from_any_position(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route route;

    for (USHORT n = 2; n <= 6; n += 2) {
        route = make(family, n, 1, 1, n);
        put(client, &route, RTM_ROUTE_ADDED);
    }
    route = make(family, 3, 1, 1, 0);
    route.ip.RR_RoutingProtocol = 8;
    ASSERT_STATUS(RtmGetNextRoute(family, 0, &route), NO_ERROR);
    assert_int_equal(metric_of(family, &route), 4);
    drop(client, &route, RTM_ROUTE_DELETED);
    ASSERT_STATUS(RtmGetNextRoute(family, 0, &route), NO_ERROR);
    assert_int_equal(metric_of(family, &route), 6);
    route.ip.RR_InterfaceID = 0; /* before that route, at the same network */
    ASSERT_STATUS(RtmGetNextRoute(family, NETWORK, &route), NO_ERROR);
    assert_int_equal(metric_of(family, &route), 6);
    ASSERT_STATUS(RtmGetNextRoute(family, NETWORK, &route), ERROR_NO_ROUTES);
    assert_int_equal(metric_of(family, &route), 6); /* and is left alone */
}

static void numbers_are_in_order_not_bytes(void** state)
{
    static const DWORD interfaces[] = {0x1000000, 2, 0x100, 0xffffffff, 0};
    DWORD family = FAMILY(state), last = 0;
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route route;

    for (UINT i = 0; i < COUNT_OF(interfaces); i++) {
        route = make(family, 1, interfaces[i], 1, 1);
        ASSERT_STATUS(RtmAddRoute(client, &route, INFINITE, &(DWORD){0}, NULL, NULL), NO_ERROR);
    }
    ASSERT_STATUS(RtmGetFirstRoute(family, 0, &route), NO_ERROR);
    assert_int_equal(route.ip.RR_InterfaceID, 0);
    for (UINT i = 1; i < COUNT_OF(interfaces); i++) {
        ASSERT_STATUS(RtmGetNextRoute(family, 0, &route), NO_ERROR);
        assert_true(route.ip.RR_InterfaceID > last);
        last = route.ip.RR_InterfaceID;
    }
}

static void a_specific_route_is_found(void** state)
{
    DWORD family = FAMILY(state);
    any_route route = criteria_of(family, 3, 2, 77);

    fill(family);
    ASSERT_STATUS(RtmGetSpecificRoute(family, &route), NO_ERROR);
    assert_int_equal(route.ip.RR_InterfaceID, 2);
    assert_int_equal(route.ip.RR_RoutingProtocol, 77);
    route = criteria_of(family, 3, 3, 77);
    ASSERT_STATUS(RtmGetSpecificRoute(family, &route), ERROR_NO_ROUTES);
}

static void bad_walks(void** state)
{
    DWORD family = FAMILY(state);
    any_route route = criteria_of(family, 1, 1, 77);

    fill(family);
    ASSERT_STATUS(RtmGetFirstRoute(2, 0, &route), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetFirstRoute(family, 16, &route), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetFirstRoute(family, 0, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetNextRoute(~0u, 0, &route), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetNextRoute(family, ~0u, &route), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetNextRoute(family, 0, NULL), ERROR_INVALID_PARAMETER);
}

/* ---- single networks ---- */

static void is_there_a_route(void** state)
{
    DWORD family = FAMILY(state);
    any_route found, wanted = network(family, 1);

    paint(&found, sizeof(found));
    assert_false(best(family, 1, &found)); /* with NO_ERROR */
    assert_true(painted(&found, sizeof(found)));
    fill(family);
    assert_best(family, 1, 78, 1);
    assert_false(best(family, 4, &found));
    SetLastError(0xdead);
    assert_false(RtmIsRoute(2, network_of(family, &wanted), &found));
    assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
    SetLastError(0xdead);
    assert_false(RtmIsRoute(family, NULL, &found));
    assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
    SetLastError(0xdead);
    assert_false(RtmIsRoute(family, network_of(family, &wanted), NULL));
    assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
}

static void networks_are_counted(void** state)
{
    DWORD family = FAMILY(state);

    SetLastError(0xdead);
    assert_int_equal(RtmGetNetworkCount(family), 0);
    assert_int_equal(GetLastError(), NO_ERROR);
    fill(family);
    assert_int_equal(RtmGetNetworkCount(family), 3);
    SetLastError(0xdead);
    assert_int_equal(RtmGetNetworkCount(2), 0);
    assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        V1_TEST(enumerations_give_what_was_asked_for_once),
        V1_TEST(enumerations_that_cannot_be),
        V1_TEST(criteria_are_optional_without_flags),
        V1_TEST(routes_may_go_under_an_enumeration),
        V1_TEST(walks_are_in_order),
        V1_TEST(a_walk_goes_on_from_any_position),
        V1_TEST(numbers_are_in_order_not_bytes),
        V1_TEST(a_specific_route_is_found),
        V1_TEST(bad_walks),
        V1_TEST(is_there_a_route),
        V1_TEST(networks_are_counted),
    };

    return CLIENT_MAIN(tests);
}
