/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * RTMv1 and RTMv2 on one table: what each sees of the other's IP routes.
 * "Reading" marks what the documentation leaves open and this project has decided.
 */
#include "table.h"
#include "v1.h"

static any_route get_v1(USHORT n)
{
    any_route route;

    assert_true(best(IP, n, &route));
    return route;
}

static void assert_address(DWORD network_order, const char* text)
{
    RTM_NET_ADDRESS expected = net(text);

    assert_memory_equal(&network_order, expected.AddrBits, 4);
}

/* ---- from RTMv1 to RTMv2 ---- */

static void routes_of_clients_are_routes_of_entities(void** state)
{
    HANDLE client = v1_join(IP, 8, NULL, 0);
    RTM_ENTITY_HANDLE viewer = join(1, 1, NULL);
    any_route route = make(IP, 1, 7, 1, 5);
    RTM_ENTITY_INFO owner;
    dest_info destination;
    route_info seen;
    next_hop_info hop;

    (void)state;
    put(client, &route, RTM_ROUTE_ADDED);
    get_dest(viewer, dest(viewer, "10.1.0.0/24"), RTM_BEST_PROTOCOL, BOTH, &destination);
    release_dest(viewer, destination.info.DestHandle);
    assert_int_equal(destination.info.BelongsToViews, UCAST);
    assert_int_equal(view_at(&destination, 0)->NumRoutes, 1);
    assert_int_equal(view_at(&destination, 1)->NumRoutes, 0);
    get_route(viewer, view_at(&destination, 0)->Route, &seen);
    assert_int_equal(seen.info.PrefInfo.Preference, 120);
    assert_int_equal(seen.info.PrefInfo.Metric, 5);
    assert_int_equal(seen.info.NextHopsList.NumNextHops, 1);
    assert_ptr_equal(seen.info.Neighbour, *hop_at(&seen, 0));
    ASSERT_STATUS(RtmGetNextHopInfo(viewer, *hop_at(&seen, 0), &hop.info), NO_ERROR);
    assert_net(&hop.info.NextHopAddress, "192.0.2.1/32");
    assert_int_equal(hop.info.InterfaceIndex, 7);
    ASSERT_STATUS(RtmGetEntityInfo(viewer, seen.info.RouteOwner, &owner), NO_ERROR);
    assert_int_equal(owner.EntityId.EntityProtocolId, 8);
    ASSERT_STATUS(RtmReleaseNextHopInfo(viewer, &hop.info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseRouteInfo(viewer, &seen.info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseDestInfo(viewer, &destination.info), NO_ERROR);
    drop(client, &route, RTM_ROUTE_DELETED);
    assert_int_equal(count_routes(viewer, "10.1.0.0/24", UCAST), 0);
}

/* Next hops come with the first route over them and go with the last. */
static void next_hops_last_as_long_as_routes(void** state)
{
    HANDLE client = v1_join(IP, 8, NULL, 0);
    RTM_ENTITY_HANDLE viewer = join(1, 1, NULL);
    any_route one = make(IP, 1, 7, 1, 5), two = make(IP, 2, 7, 1, 5);
    dest_info destination;
    route_info seen[2];
    RTM_NEXTHOP_HANDLE hop;

    (void)state;
    put(client, &one, RTM_ROUTE_ADDED);
    put(client, &two, RTM_ROUTE_ADDED);
    for (UINT i = 0; i < 2; i++) {
        RTM_DEST_HANDLE found = dest(viewer, i ? "10.2.0.0/24" : "10.1.0.0/24");

        get_dest(viewer, found, RTM_BEST_PROTOCOL, UCAST, &destination);
        seen[i] = read_route(viewer, view_at(&destination, 0)->Route);
        ASSERT_STATUS(RtmReleaseDestInfo(viewer, &destination.info), NO_ERROR);
        release_dest(viewer, found);
    }
    hop = *hop_at(&seen[0], 0);
    assert_ptr_equal(hop, *hop_at(&seen[1], 0));
    drop(client, &one, RTM_ROUTE_DELETED);
    assert_true(next_hop_is_live(viewer, hop));
    ASSERT_STATUS(RtmReferenceHandles(viewer, 1, &hop), NO_ERROR);
    drop(client, &two, RTM_ROUTE_DELETED);
    assert_true(next_hop_is_live(viewer, hop)); /* while somebody refers to it */
    release_next_hop(viewer, hop);
    assert_false(next_hop_is_live(viewer, hop));
    put(client, &two, RTM_ROUTE_ADDED);
}

static void changes_by_clients_are_notified(void** state)
{
    HANDLE client = v1_join(IP, 8, NULL, 0);
    RTM_ENTITY_HANDLE viewer = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notification;
    any_route route = make(IP, 1, 7, 1, 5);
    dest_info changed;
    UINT count = 1;

    (void)state;
    ASSERT_STATUS(
        RtmRegisterForChangeNotification(viewer, UCAST, RTM_CHANGE_TYPE_ALL, NULL, &notification),
        NO_ERROR);
    put(client, &route, RTM_ROUTE_ADDED);
    ASSERT_STATUS(RtmGetChangedDests(viewer, notification, &count, &changed.info), NO_ERROR);
    assert_int_equal(count, 1);
    assert_net(&changed.info.DestAddress, "10.1.0.0/24");
    ASSERT_STATUS(RtmReleaseChangedDests(viewer, notification, 1, &changed.info), NO_ERROR);
    ASSERT_STATUS(RtmDeregisterFromChangeNotification(viewer, notification), NO_ERROR);
}

/* ---- from RTMv2 to RTMv1 ---- */

static void routes_of_entities_are_seen(void** state)
{
    RTM_ENTITY_HANDLE entity = join(14, 3, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(entity, "198.51.100.9", 4);
    any_route seen;

    (void)state;
    add_route(entity, "10.1.0.0/24", hop, 60, 6, UCAST); /* there is no client at all */
    assert_int_equal(RtmGetNetworkCount(IP), 1);
    seen = get_v1(1);
    assert_int_equal(seen.ip.RR_RoutingProtocol, 14);
    assert_int_equal(seen.ip.RR_InterfaceID, 4);
    assert_address(seen.ip.RR_Network.N_NetNumber, "10.1.0.0");
    assert_address(seen.ip.RR_Network.N_NetMask, "255.255.255.0");
    assert_address(seen.ip.RR_NextHopAddress.N_NetNumber, "198.51.100.9");
    assert_address(seen.ip.RR_NextHopAddress.N_NetMask, "255.255.255.255");
    assert_int_equal(seen.ip.RR_FamilySpecificData.FSD_Type, 4);
    assert_int_equal(seen.ip.RR_FamilySpecificData.FSD_Priority, 60);
    assert_int_equal(seen.ip.RR_FamilySpecificData.FSD_Metric, 6);
    assert_int_equal(seen.ip.RR_FamilySpecificData.FSD_Metric1, 6);
    assert_int_equal(seen.ip.RR_FamilySpecificData.FSD_Metric2, ~0u);
    assert_true(IsRouteValid(&seen.ip));
    assert_true(RtmGetRouteAge(&seen) <= 1);
    add_route(entity, "10.2.0.0/24", NULL, 60, 6, UCAST);
    seen = get_v1(2);
    assert_int_equal(seen.ip.RR_NextHopAddress.N_NetNumber, 0);
    assert_int_equal(seen.ip.RR_FamilySpecificData.FSD_Type, 3);
}

/* Reading: RTMv1 is about unicast routes, in instance 0. */
static void other_tables_and_views_are_not_seen(void** state)
{
    RTM_ENTITY_INFO info = make_info(1, AF_INET, 1, 1), six = make_info(0, AF_INET6, 1, 1);
    RTM_ENTITY_HANDLE entity = join(1, 1, NULL), elsewhere = join_as(&info, NULL, NULL);
    RTM_ENTITY_HANDLE ipv6 = join_as(&six, NULL, NULL);
    any_route found;

    (void)state;
    v1_join(IP, 8, NULL, 0);
    add_route(entity, "10.1.0.0/24", NULL, 1, 1, MCAST);
    add_route(elsewhere, "10.1.0.0/24", NULL, 1, 1, UCAST);
    add_route(ipv6, "2001:db8::/32", NULL, 1, 1, UCAST);
    assert_false(best(IP, 1, &found));
    assert_int_equal(RtmGetNetworkCount(IP), 0);
    assert_int_equal(count_walk(IP, 0, NULL), 0);
}

static void both_compete_for_the_best(void** state)
{
    HANDLE event = new_event(), client = v1_join(IP, 8, event, 0);
    RTM_ENTITY_HANDLE entity = join(14, 1, NULL);
    any_route mine = make(IP, 1, 7, 1, 5);
    RTM_ROUTE_HANDLE theirs;

    (void)state;
    put(client, &mine, RTM_ROUTE_ADDED);
    theirs = add_route(entity, "10.1.0.0/24", NULL, 50, 3, UCAST);
    assert_best(IP, 1, 14, 3);
    assert_message(client, IP, NO_ERROR, 1, RTM_ROUTE_CHANGED, 5, 3);
    set_metric(IP, &mine, 4);
    put(client, &mine, RTM_NO_CHANGE);
    assert_int_equal(count_walk(IP, 0, NULL), 2);
    delete_route(entity, theirs);
    assert_message(client, IP, NO_ERROR, 1, RTM_ROUTE_CHANGED, 3, 4);
    assert_best(IP, 1, 8, 4);
    v1_leave(client);
    CloseHandle(event);
}

static void changes_by_entities_are_told(void** state)
{
    HANDLE event = new_event(), client = v1_join(IP, 8, event, 0);
    RTM_ENTITY_HANDLE entity = join(14, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(entity, "198.51.100.9", 4);
    route_info info = make_route(NULL, 50, 4, UCAST);
    RTM_ROUTE_HANDLE route = add_route(entity, "10.1.0.0/24", NULL, 50, 3, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    any_route before, now;
    DWORD change;

    (void)state;
    assert_true(is_set(event));
    assert_message(client, IP, NO_ERROR, 1, RTM_ROUTE_ADDED, 0, 3);
    ASSERT_STATUS(try_add_route(entity, &route, "10.1.0.0/24", &info.info, INFINITE, &flags),
                  NO_ERROR);
    assert_message(client, IP, NO_ERROR, 1, RTM_ROUTE_CHANGED, 3, 4);
    /* Another next hop, and the same again. */
    info = make_route(hop, 50, 4, UCAST);
    for (UINT i = 0; i < 2; i++)
        ASSERT_STATUS(try_add_route(entity, &route, "10.1.0.0/24", &info.info, INFINITE, &flags),
                      NO_ERROR);
    ASSERT_STATUS(RtmDequeueRouteChangeMessage(client, &change, &now, &before), NO_ERROR);
    assert_int_equal(change, RTM_ROUTE_CHANGED);
    assert_int_equal(before.ip.RR_InterfaceID, 0);
    assert_int_equal(now.ip.RR_InterfaceID, 4);
    assert_no_message(client);
    leave(entity);
    assert_message(client, IP, NO_ERROR, 1, RTM_ROUTE_DELETED, 4, 0);
    v1_leave(client);
    CloseHandle(event);
}

static void edits_in_place_are_told_when_they_are_committed(void** state)
{
    HANDLE event = new_event(), client = v1_join(IP, 8, event, 0);
    RTM_ENTITY_HANDLE entity = join(14, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(entity, "10.1.0.0/24", NULL, 50, 3, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    PRTM_ROUTE_INFO live;

    (void)state;
    assert_message(client, IP, NO_ERROR, 1, RTM_ROUTE_ADDED, 0, 3);
    ASSERT_STATUS(RtmLockRoute(entity, route, TRUE, TRUE, &live), NO_ERROR);
    live->PrefInfo.Metric = 9;
    assert_no_message(client);
    ASSERT_STATUS(RtmUpdateAndUnlockRoute(entity, route, INFINITE, NULL, 0, NULL, &flags),
                  NO_ERROR);
    assert_message(client, IP, NO_ERROR, 1, RTM_ROUTE_CHANGED, 3, 9);
    v1_leave(client);
    CloseHandle(event);
}

/* Reading: of an entity's routes with the same first next hop RTMv1 shows the best. */
static void what_cannot_be_told_apart_is_shown_once(void** state)
{
    RTM_ENTITY_HANDLE one = join(14, 1, NULL), two = join(14, 2, NULL);
    any_route route = network(IP, 1);

    (void)state;
    add_route(one, "10.1.0.0/24", NULL, 50, 5, UCAST);
    add_route(two, "10.1.0.0/24", NULL, 50, 4, UCAST);
    assert_int_equal(count_walk(IP, 0, NULL), 1);
    ASSERT_STATUS(RtmGetFirstRoute(IP, 0, &route), NO_ERROR);
    assert_int_equal(metric_of(IP, &route), 4);
}

/* An entity's own data is anything, also what looks like a client's. */
static void entity_specific_data_is_not_believed(void** state)
{
    HANDLE client = v1_join(IP, 8, NULL, 0);
    RTM_ENTITY_HANDLE entity = join(14, 1, NULL);
    any_route mine = make(IP, 1, 7, 1, 5);
    dest_info destination;
    route_info stolen, forged = make_route(NULL, 50, 3, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_DEST_HANDLE found;

    (void)state;
    put(client, &mine, RTM_ROUTE_ADDED);
    found = dest(entity, "10.1.0.0/24");
    get_dest(entity, found, RTM_BEST_PROTOCOL, UCAST, &destination);
    stolen = read_route(entity, view_at(&destination, 0)->Route);
    ASSERT_STATUS(RtmReleaseDestInfo(entity, &destination.info), NO_ERROR);
    release_dest(entity, found);
    forged.info.EntitySpecificInfo = stolen.info.EntitySpecificInfo;
    ASSERT_STATUS(try_add_route(entity, NULL, "10.2.0.0/24", &forged.info, INFINITE, &flags),
                  NO_ERROR);
    assert_best(IP, 2, 14, 3);
    leave(entity);
    assert_best(IP, 1, 8, 5);
    drop(client, &mine, RTM_ROUTE_DELETED);
}

/* What takes a client's entity away ends the client. */
static void an_entity_that_is_deregistered_by_others(void** state)
{
    HANDLE client = v1_join(IP, 8, NULL, 0);
    RTM_ENTITY_HANDLE viewer = join(1, 1, NULL), found = find_entity(viewer, 8, ~0u);
    any_route route = make(IP, 1, 7, 1, 5);
    DWORD flags;

    (void)state;
    put(client, &route, RTM_ROUTE_ADDED);
    ASSERT_STATUS(RtmDeregisterEntity(found), NO_ERROR);
    assert_int_equal(RtmGetNetworkCount(IP), 0);
    ASSERT_STATUS(RtmAddRoute(client, &route, 1, &flags, NULL, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeleteRoute(client, &route, &flags, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReleaseEntities(viewer, 1, &found), NO_ERROR);
    v1_leave(client);
    v1_join(IP, 8, NULL, 0);
}

/* Handles of one version are none of the other's. */
static void handles_are_of_one_version(void** state)
{
    HANDLE client = v1_join(IP, 8, NULL, 0), walk;
    RTM_ENTITY_HANDLE entity = join(1, 1, NULL);
    any_route route = make(IP, 1, 7, 1, 5);
    HANDLE handles[2];
    UINT count = 0;

    (void)state;
    put(client, &route, RTM_ROUTE_ADDED);
    walk = RtmCreateEnumerationHandle(IP, 0, NULL);
    handles[0] = client, handles[1] = walk;
    for (UINT i = 0; i < 2; i++) {
        ASSERT_STATUS(RtmGetRegisteredEntities(handles[i], &count, NULL, NULL),
                      ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmDeregisterEntity(handles[i]), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmReferenceHandles(entity, 1, &handles[i]), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmDeleteEnumHandle(entity, handles[i]), ERROR_INVALID_HANDLE);
    }
    ASSERT_STATUS(RtmDeregisterClient(entity), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeregisterClient(walk), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmCloseEnumerationHandle(client), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmCloseEnumerationHandle(walk), NO_ERROR);
}

/* ---- addresses ---- */

/* Reading: RtmLookupIPDestination finds the best route of the longest network. */
static void addresses_are_looked_up(void** state)
{
    RTM_ENTITY_HANDLE entity = join(14, 1, NULL);
    RTM_NET_ADDRESS address = net("10.1.2.3");
    any_route found;
    DWORD number;

    (void)state;
    memcpy(&number, address.AddrBits, 4);
    SetLastError(0xdead);
    assert_false(RtmLookupIPDestination(number, &found.ip));
    assert_int_equal(GetLastError(), NO_ERROR);
    assert_false(RtmLookupIPDestination(number, NULL));
    assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
    add_route(entity, "0.0.0.0/0", NULL, 50, 1, UCAST);
    assert_true(RtmLookupIPDestination(number, &found.ip));
    assert_int_equal(found.ip.RR_Network.N_NetMask, 0);
    add_route(entity, "10.1.0.0/16", NULL, 50, 2, UCAST);
    add_route(entity, "10.1.2.0/24", NULL, 50, 3, MCAST);
    assert_true(RtmLookupIPDestination(number, &found.ip));
    assert_int_equal(metric_of(IP, &found), 2);
    add_route(entity, "10.1.2.3/32", NULL, 50, 4, UCAST);
    assert_true(RtmLookupIPDestination(number, &found.ip));
    assert_int_equal(metric_of(IP, &found), 4);
}

static void masks_must_be_masks(void** state)
{
    static const DWORD bad[] = {0x00ff00ff, 0xffffff00, 1, 0xff010000};
    HANDLE client = v1_join(IP, 8, NULL, 0);
    any_route route = make(IP, 1, 7, 1, 5), found;
    DWORD flags = 0xdead;

    (void)state;
    for (UINT i = 0; i < COUNT_OF(bad); i++) {
        route.ip.RR_Network.N_NetMask = bad[i];
        ASSERT_STATUS(RtmAddRoute(client, &route, 1, &flags, NULL, NULL), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(RtmDeleteRoute(client, &route, &flags, NULL), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(RtmBlockDeleteRoutes(client, RTM_ONLY_THIS_NETWORK, &route),
                      ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(RtmGetFirstRoute(IP, RTM_ONLY_THIS_NETWORK, &route), ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(RtmGetNextRoute(IP, 0, &route), ERROR_INVALID_PARAMETER);
        assert_false(RtmIsRoute(IP, &route.ip.RR_Network, &found));
        assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
    }
    assert_int_equal(flags, 0xdead);
    for (UINT length = 0; length <= 32; length++) {
        route.ip.RR_Network.N_NetMask = length ? _byteswap_ulong(~0u << (32 - length)) : 0;
        put(client, &route, RTM_ROUTE_ADDED);
        assert_true(RtmIsRoute(IP, &route.ip.RR_Network, &found));
        assert_int_equal(found.ip.RR_Network.N_NetMask, route.ip.RR_Network.N_NetMask);
    }
    assert_int_equal(RtmGetNetworkCount(IP), 33);
    assert_int_equal(count_walk(IP, 0, NULL), 33);
}

/* ---- locks ---- */

typedef struct lock_test {
    HANDLE client;
    any_route route;
} lock_test;

static DWORD WINAPI change_under_lock(void* argument)
{
    lock_test* test = argument;
    DWORD flags;

    return RtmAddRoute(test->client, &test->route, INFINITE, &flags, NULL, NULL);
}

static void clients_wait_for_locked_destinations(void** state)
{
    lock_test test = {v1_join(IP, 8, NULL, 0), make(IP, 1, 7, 1, 5)};
    RTM_ENTITY_HANDLE entity = join(14, 1, NULL);
    RTM_DEST_HANDLE destination;
    HANDLE thread;

    (void)state;
    add_route(entity, "10.1.0.0/24", NULL, 200, 3, UCAST);
    destination = dest(entity, "10.1.0.0/24");
    ASSERT_STATUS(RtmLockDestination(entity, destination, TRUE, TRUE), NO_ERROR);
    thread = start(change_under_lock, &test);
    assert_true(stays_quiet(thread));
    assert_best(IP, 1, 14, 3); /* who looks does not wait */
    ASSERT_STATUS(RtmLockDestination(entity, destination, TRUE, FALSE), NO_ERROR);
    assert_int_equal(join_thread(thread), NO_ERROR);
    assert_best(IP, 1, 8, 5);
    release_dest(entity, destination);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IP_TEST(routes_of_clients_are_routes_of_entities),
        IP_TEST(next_hops_last_as_long_as_routes),
        IP_TEST(changes_by_clients_are_notified),
        IP_TEST(routes_of_entities_are_seen),
        IP_TEST(other_tables_and_views_are_not_seen),
        IP_TEST(both_compete_for_the_best),
        IP_TEST(changes_by_entities_are_told),
        IP_TEST(edits_in_place_are_told_when_they_are_committed),
        IP_TEST(what_cannot_be_told_apart_is_shown_once),
        IP_TEST(entity_specific_data_is_not_believed),
        IP_TEST(an_entity_that_is_deregistered_by_others),
        IP_TEST(handles_are_of_one_version),
        IP_TEST(addresses_are_looked_up),
        IP_TEST(masks_must_be_masks),
        IP_TEST(clients_wait_for_locked_destinations),
    };

    return CLIENT_MAIN(tests);
}
