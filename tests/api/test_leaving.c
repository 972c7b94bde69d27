/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * RtmDeregisterEntity of clients that leave something behind: routes, next hops, enumerations,
 * notifications, lists, locks, unread changes, timers, references; also from inside callbacks.
 */
#include "notices.h"

#define UCAST RTM_VIEW_MASK_UCAST
#define MCAST RTM_VIEW_MASK_MCAST
#define BOTH RTM_VIEW_MASK_BOTH
#define ANY RTM_VIEW_MASK_ANY
#define NET "10.0.0.0/8"

/* ---- what goes ---- */

static void routes_go_with_their_owner(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), twin = join(1, 2, NULL), viewer = join(2, 2, NULL);
    RTM_ROUTE_HANDLE twins = add_route(twin, NET, NULL, 5, 5, UCAST);

    (void)state;
    release_route(me, add_route(me, NET, NULL, 1, 1, BOTH));
    release_route(me, add_route(me, NET, next_hop(me, "10.0.0.1", 1), 9, 9, UCAST));
    release_route(me, add_route(me, "20.0.0.0/8", NULL, 1, 1, MCAST));
    leave(me);
    assert_dests(viewer, ANY, 0, NULL, NET);
    assert_dests(viewer, MCAST, 0, NULL, "");
    assert_routes(viewer, NULL, ANY, 0, NULL, ROUTES(twins));
    assert_routes(viewer, NULL, UCAST, 0, NULL, ROUTES(twins));
}

static void the_next_best_route_becomes_best(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE theirs = add_route(other, NET, NULL, 5, 5, UCAST);
    RTM_DEST_HANDLE destination = dest(other, NET);
    RTM_VIEW_SET best = 0;
    dest_info info;

    (void)state;
    add_route(me, NET, NULL, 1, 1, UCAST);
    leave(me);
    ASSERT_STATUS(RtmIsBestRoute(other, theirs, &best), NO_ERROR);
    assert_int_equal(best, UCAST);
    get_dest(other, destination, RTM_BEST_PROTOCOL, UCAST, &info);
    assert_ptr_equal(view_at(&info, 0)->Route, theirs);
    assert_ptr_equal(view_at(&info, 0)->Owner, other);
    assert_int_equal(view_at(&info, 0)->NumRoutes, 1);
    ASSERT_STATUS(RtmReleaseDestInfo(other, &info.info), NO_ERROR);
}

static void watchers_are_told_of_the_routes(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), watcher = join(2, 2, notice_recorder);
    RTM_NOTIFY_HANDLE notify;

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    add_route(me, "20.0.0.0/8", NULL, 1, 1, MCAST);
    notify = watch(watcher, UCAST, RTM_CHANGE_TYPE_FORWARDING);
    leave(me);
    await_notices(notify, 1);
    assert_changes(watcher, notify, "10.0.0.0/8");
}

/* Routes that others still refer to can be read. */
static void references_of_others_outlive_the_owner(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), viewer = join(2, 2, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 7);
    RTM_ROUTE_HANDLE route = add_route(me, NET, hop, 3, 4, UCAST);
    RTM_NEXTHOP_INFO hop_info;
    RTM_NET_ADDRESS address;
    route_info info;

    (void)state;
    release_route(me, route);
    release_next_hop(me, hop);
    ASSERT_STATUS(RtmReferenceHandles(viewer, 1, &route), NO_ERROR);
    leave(me);
    ASSERT_STATUS(RtmGetRouteInfo(viewer, route, &info.info, &address), NO_ERROR);
    assert_net(&address, NET);
    assert_int_equal(info.info.State, RTM_ROUTE_STATE_DELETED);
    assert_int_equal(info.info.PrefInfo.Preference, 3);
    assert_int_equal(info.info.PrefInfo.Metric, 4);
    assert_int_equal(info.info.NextHopsList.NumNextHops, 1);
    assert_ptr_equal(*hop_at(&info, 0), hop);
    ASSERT_STATUS(RtmGetNextHopInfo(viewer, hop, &hop_info), NO_ERROR);
    assert_int_equal(hop_info.State, RTM_NEXTHOP_STATE_DELETED);
    assert_int_equal(hop_info.InterfaceIndex, 7);
    ASSERT_STATUS(RtmReleaseNextHopInfo(viewer, &hop_info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseRouteInfo(viewer, &info.info), NO_ERROR);
    release_route(viewer, route);
    assert_true(is_dead_route(viewer, route));
    ASSERT_STATUS(RtmGetNextHopInfo(viewer, hop, &hop_info), ERROR_INVALID_HANDLE);
    assert_false(is_there(viewer, NET, ANY));
}

static void next_hops_go_with_their_owner(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), viewer = join(2, 2, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 7);
    RTM_NEXTHOP_INFO info;

    (void)state;
    release_next_hop(me, hop);
    ASSERT_STATUS(RtmGetNextHopInfo(viewer, hop, &info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseNextHopInfo(viewer, &info), NO_ERROR);
    leave(me);
    ASSERT_STATUS(RtmGetNextHopInfo(viewer, hop, &info), ERROR_INVALID_HANDLE);
}

/* Somebody else with the same name starts with nothing. */
static void a_successor_inherits_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), viewer = join(2, 2, NULL);
    RTM_NEXTHOP_INFO key = {0};
    RTM_ROUTE_LIST_HANDLE list = NULL;
    RTM_ENUM_HANDLE enumeration = NULL;
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL_TYPES);
    RTM_ROUTE_HANDLE got;
    UINT count = 1;
    dest_batch batch;

    (void)state;
    ASSERT_STATUS(RtmCreateRouteList(me, &list), NO_ERROR);
    ASSERT_STATUS(RtmCreateRouteListEnum(me, list, &enumeration), NO_ERROR);
    add_route(me, NET, next_hop(me, "10.0.0.1", 7), 1, 1, UCAST);
    leave(me);
    me = join(1, 1, NULL);
    key.NextHopAddress = net("10.0.0.1");
    key.InterfaceIndex = 7;
    ASSERT_STATUS(RtmFindNextHop(me, &key, NULL, NULL), ERROR_NOT_FOUND);
    ASSERT_STATUS(RtmGetListEnumRoutes(me, enumeration, &count, &got), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeleteEnumHandle(me, enumeration), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeleteRouteList(me, list), ERROR_INVALID_HANDLE);
    count = 1;
    ASSERT_STATUS(RtmGetChangedDests(me, notify, &count, &batch.first), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeregisterFromChangeNotification(me, notify), ERROR_INVALID_HANDLE);
    assert_routes(viewer, NULL, ANY, RTM_ENUM_OWN_ROUTES, NULL, NO_ROUTES);
    assert_routes(me, NULL, ANY, 0, NULL, NO_ROUTES);
}

static void a_left_handle_is_refused_everywhere(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), viewer = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(viewer, NET, NULL, 1, 1, UCAST);
    RTM_DEST_HANDLE destination = dest(viewer, NET);
    route_info info = make_route(NULL, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_NEXTHOP_INFO hop = {0};
    RTM_NET_ADDRESS address = net(NET);
    dest_info found;
    HANDLE made = NULL;
    BOOL answer;
    RTM_VIEW_SET best;
    void* pointer;

    (void)state;
    hop.NextHopAddress = net("10.0.0.1");
    leave(me);
    ASSERT_STATUS(try_add_route(me, NULL, NET, &info.info, INFINITE, &flags), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeleteRouteToDest(me, route, &flags), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmGetRouteInfo(me, route, &info.info, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReleaseRoutes(me, 1, &route), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmIsBestRoute(me, route, &best), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmLockRoute(me, route, TRUE, TRUE, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmGetDestInfo(me, destination, 0, UCAST, &found.info), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmGetExactMatchDestination(me, &address, 0, UCAST, &found.info),
                  ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmLockDestination(me, destination, TRUE, TRUE), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmGetOpaqueInformationPointer(me, destination, &pointer), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmHoldDestination(me, destination, UCAST, 1), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmAddNextHop(me, &hop, NULL, &flags), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmCreateRouteList(me, &made), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmCreateDestEnum(me, UCAST, 0, NULL, 0, &made), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmRegisterForChangeNotification(me, UCAST, 1, NULL, &made),
                  ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmGetChangeStatus(me, made, destination, &answer), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReferenceHandles(me, 1, &destination), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeregisterEntity(me), ERROR_INVALID_HANDLE);
    assert_null(made);
    assert_int_equal(drain_route(viewer, route), 1);
}

/* ---- what it held ---- */

static void open_enumerations_and_lists_go(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), viewer = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route, got[1];
    RTM_ENUM_HANDLE dests = NULL, routes = NULL, hops = NULL, of_dest = NULL, in_list = NULL;
    RTM_ROUTE_LIST_HANDLE list = NULL;
    RTM_DEST_HANDLE destination;
    dest_batch batch;
    UINT count = 1;

    (void)state;
    route = add_route(viewer, NET, NULL, 1, 1, UCAST);
    destination = dest(me, NET);
    ASSERT_STATUS(RtmCreateDestEnum(me, ANY, 0, NULL, RTM_BEST_PROTOCOL, &dests), NO_ERROR);
    ASSERT_STATUS(RtmCreateRouteEnum(me, NULL, ANY, 0, NULL, RTM_MATCH_NONE, NULL, 0, &routes),
                  NO_ERROR);
    ASSERT_STATUS(
        RtmCreateRouteEnum(me, destination, ANY, 0, NULL, RTM_MATCH_NONE, NULL, 0, &of_dest),
        NO_ERROR);
    ASSERT_STATUS(RtmCreateNextHopEnum(me, 0, NULL, &hops), NO_ERROR);
    ASSERT_STATUS(RtmCreateRouteList(me, &list), NO_ERROR);
    ASSERT_STATUS(RtmCreateRouteListEnum(me, list, &in_list), NO_ERROR);
    ASSERT_STATUS(RtmGetEnumDests(me, dests, &count, &batch.first), NO_ERROR);
    ASSERT_STATUS(RtmReleaseDests(me, 1, &batch.first), NO_ERROR);
    ASSERT_STATUS(RtmGetEnumRoutes(me, routes, &count, got), NO_ERROR);
    ASSERT_STATUS(RtmReleaseRoutes(me, 1, got), NO_ERROR);
    release_dest(me, destination);
    leave(me);
    delete_route(viewer, route);
    assert_false(is_there(viewer, NET, ANY)); /* nothing of it keeps the destination */
}

static void routes_in_lists_go(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), viewer = join(2, 2, NULL);
    RTM_ROUTE_LIST_HANDLE list = NULL;
    RTM_ENUM_HANDLE enumeration = NULL;
    RTM_ROUTE_HANDLE routes[100], got[10];
    UINT count = 10;

    (void)state;
    ASSERT_STATUS(RtmCreateRouteList(me, &list), NO_ERROR);
    for (UINT i = 0; i < 100; i++) {
        char text[32];

        snprintf(text, sizeof(text), "10.%u.0.0/16", i);
        routes[i] = add_route(me, text, NULL, 1, 1, UCAST);
        release_route(me, routes[i]);
    }
    ASSERT_STATUS(RtmInsertInRouteList(me, list, 100, routes), NO_ERROR);
    ASSERT_STATUS(RtmCreateRouteListEnum(me, list, &enumeration), NO_ERROR);
    ASSERT_STATUS(RtmGetListEnumRoutes(me, enumeration, &count, got), NO_ERROR);
    ASSERT_STATUS(RtmReleaseRoutes(me, count, got), NO_ERROR);
    leave(me);
    assert_dests(viewer, ANY, 0, NULL, "");
}

static void notifications_go_with_marks_and_unread_changes(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder), viewer = join(2, 2, notice_recorder);
    RTM_NOTIFY_HANDLE all = watch(me, UCAST, ALL_TYPES), theirs;
    RTM_NOTIFY_HANDLE marked = watch(me, UCAST, ALL_TYPES | RTM_NOTIFY_ONLY_MARKED_DESTS);
    RTM_ROUTE_HANDLE route = add_route(viewer, NET, NULL, 1, 1, UCAST);
    RTM_DEST_HANDLE destination = dest(viewer, NET);
    UINT told;

    (void)state;
    mark(me, marked, destination, TRUE);
    release_dest(viewer, destination);
    delete_route(viewer, route);
    await_notices(all, 1);
    assert_true(is_there(viewer, NET, ANY));
    leave(me);
    told = notices_of(me);
    assert_false(is_there(viewer, NET, ANY));
    /* Those of others go on. */
    theirs = watch(viewer, UCAST, ALL_TYPES);
    add_route(viewer, NET, NULL, 1, 1, UCAST);
    await_notices(theirs, 1);
    assert_int_equal(notices_of(me), told);
}

static HANDLE locked, left;
static RTM_ENTITY_HANDLE holder;
static RTM_DEST_HANDLE held_destination;

static DWORD WINAPI lock_and_wait(void* exclusive)
{
    CHECK_STATUS(RtmLockDestination(holder, held_destination, exclusive != NULL, TRUE), NO_ERROR);
    SetEvent(locked);
    awaited(left);
    /* It is no more ours to unlock. */
    CHECK_STATUS(RtmLockDestination(holder, held_destination, exclusive != NULL, FALSE),
                 ERROR_INVALID_HANDLE);
    return 0;
}

static DWORD WINAPI add_and_tell(void* entity)
{
    route_info info = make_route(NULL, 2, 2, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    return try_add_route(entity, NULL, NET, &info.info, INFINITE, &flags);
}

/* Locks of who leaves go, whichever thread has them, and who waits for them goes on. */
static void locks_go(void** state)
{
    (void)state;
    for (UINT exclusive = 0; exclusive < 2; exclusive++) {
        RTM_ENTITY_HANDLE me = join(1, 1, NULL);
        HANDLE owner, waiter;

        holder = join(2, 2, NULL);
        add_route(me, NET, NULL, 1, 1, UCAST);
        held_destination = dest(me, NET);
        locked = new_event();
        left = new_event();
        owner = start(lock_and_wait, exclusive ? me : NULL);
        await(locked);
        waiter = start(add_and_tell, me);
        assert_true(stays_quiet(waiter));
        leave(holder);
        ASSERT_STATUS(join_thread(waiter), NO_ERROR);
        SetEvent(left);
        join_thread(owner);
        ASSERT_STATUS(RtmLockDestination(me, held_destination, TRUE, TRUE), NO_ERROR);
        ASSERT_STATUS(RtmLockDestination(me, held_destination, TRUE, FALSE), NO_ERROR);
        CloseHandle(locked);
        CloseHandle(left);
        leave(me);
    }
}

static void a_lock_of_its_own_thread_goes(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), viewer = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, next_hop(me, "10.0.0.1", 1), 1, 1, UCAST);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_INFO* live;
    RTM_DEST_HANDLE destination = dest(viewer, NET);

    (void)state;
    ASSERT_STATUS(RtmLockRoute(me, route, TRUE, TRUE, &live), NO_ERROR);
    live->PrefInfo.Metric = 77; /* not committed */
    ASSERT_STATUS(RtmLockNextHop(me, hop, TRUE, TRUE, NULL), NO_ERROR);
    leave(me);
    assert_false(is_there(viewer, NET, UCAST));
    ASSERT_STATUS(RtmLockDestination(viewer, destination, TRUE, TRUE), NO_ERROR);
    ASSERT_STATUS(RtmLockDestination(viewer, destination, TRUE, FALSE), NO_ERROR);
}

/* Its routes go though somebody else has locked the destination. */
static void locks_of_others_are_not_waited_for(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), viewer = join(2, 2, NULL);
    RTM_DEST_HANDLE destination;
    HANDLE owner;

    (void)state;
    holder = viewer;
    add_route(me, NET, NULL, 1, 1, UCAST);
    destination = held_destination = dest(viewer, NET);
    ASSERT_STATUS(RtmLockDestination(viewer, destination, TRUE, TRUE), NO_ERROR); /* this thread */
    leave(me);
    assert_false(is_there(viewer, NET, UCAST));
    ASSERT_STATUS(RtmLockDestination(viewer, destination, TRUE, FALSE), NO_ERROR);
    /* And another one. */
    me = join(1, 1, NULL);
    holder = join(3, 3, NULL);
    add_route(me, NET, NULL, 1, 1, UCAST);
    locked = new_event();
    left = new_event();
    owner = start(lock_and_wait, me);
    await(locked);
    leave(me);
    assert_false(is_there(viewer, NET, UCAST));
    leave(holder);
    SetEvent(left);
    join_thread(owner);
    CloseHandle(locked);
    CloseHandle(left);
}

static void timers_go(void** state)
{
    RTM_ENTITY_HANDLE viewer = join(2, 2, NULL);

    (void)state;
    for (ULONG i = 0; i < 100; i++) {
        RTM_ENTITY_HANDLE me = join(1, i, notice_recorder);
        route_info info = make_route(NULL, 1, 1, UCAST);
        RTM_ROUTE_CHANGE_FLAGS flags = 0;

        ASSERT_STATUS(try_add_route(me, NULL, "10.0.0.0/8", &info.info, i % 30, &flags), NO_ERROR);
        ASSERT_STATUS(try_add_route(me, NULL, "20.0.0.0/8", &info.info, 60, &flags), NO_ERROR);
        leave(me);
    }
    Sleep(WATCH_MS);
    assert_dests(viewer, ANY, 0, NULL, "");
}

static void opaque_pointers_go(void** state)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, 1, 1);
    RTM_ENTITY_HANDLE viewer = join(2, 2, NULL), me = NULL;
    RTM_DEST_HANDLE destination;
    RTM_REGN_PROFILE profile;
    void** slot = NULL;

    (void)state;
    add_route(viewer, NET, NULL, 1, 1, UCAST);
    destination = dest(viewer, NET);
    for (UINT i = 0; i < 100; i++) { /* more than there are slots */
        ASSERT_STATUS(RtmRegisterEntity(&info, NULL, NULL, TRUE, &profile, &me), NO_ERROR);
        ASSERT_STATUS(RtmGetOpaqueInformationPointer(me, destination, (void**)&slot), NO_ERROR);
        assert_null(*slot);
        *slot = &info;
        ASSERT_STATUS(RtmDeregisterEntity(me), NO_ERROR);
    }
}

/* Destinations that are never released, changes that stay unread, next hops that nobody deletes. */
static void leaky_clients_leave(void** state)
{
    RTM_ENTITY_HANDLE viewer = join(2, 2, NULL);

    (void)state;
    add_route(viewer, NET, NULL, 9, 9, UCAST);
    for (ULONG i = 0; i < 50; i++) {
        RTM_ENTITY_HANDLE me = join(1, 1, i % 2 ? notice_recorder : NULL);
        RTM_NET_ADDRESS address = net(NET);
        RTM_ROUTE_HANDLE route;
        RTM_ENUM_HANDLE enumeration = NULL;
        route_info info;
        dest_info found;

        watch(me, BOTH, RTM_CHANGE_TYPE_ALL);
        route = add_route(me, NET, next_hop(me, "10.0.0.1", i), 1, 1, BOTH);
        ASSERT_STATUS(
            RtmGetExactMatchDestination(me, &address, RTM_THIS_PROTOCOL, UCAST, &found.info),
            NO_ERROR);
        assert_ptr_equal(view_at(&found, 0)->Route, route);
        get_route(me, route, &info);
        ASSERT_STATUS(
            RtmCreateRouteEnum(me, found.info.DestHandle, UCAST, 0, NULL, 0, NULL, 0, &enumeration),
            NO_ERROR);
        find_entity(me, 2, 2);
        leave(me);
    }
    assert_dests(viewer, UCAST, 0, NULL, NET);
    assert_dests(viewer, MCAST, 0, NULL, "");
}

static void destinations_that_were_forgotten_end_with_the_table(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), viewer = join(2, 2, NULL);
    RTM_DEST_HANDLE destination;
    dest_info info;

    (void)state;
    add_route(me, NET, NULL, 1, 1, UCAST);
    destination = dest(me, NET);
    leave(me);
    assert_true(is_there(viewer, NET, ANY)); /* forgotten, but referenced */
    get_dest(viewer, destination, RTM_BEST_PROTOCOL, UCAST, &info);
    assert_null(view_at(&info, 0)->Route);
    leave(viewer);
    me = join(1, 1, NULL);
    assert_false(is_there(me, NET, ANY));
    ASSERT_STATUS(RtmGetDestInfo(me, destination, RTM_BEST_PROTOCOL, UCAST, &info.info),
                  ERROR_INVALID_HANDLE);
}

/* ---- at once ---- */

static void adding_and_leaving_at_once(void** state)
{
    RTM_ENTITY_HANDLE viewer = join(2, 2, notice_recorder);
    RTM_NOTIFY_HANDLE notify = watch(viewer, UCAST, ALL_TYPES);

    (void)state;
    for (ULONG i = 0; i < 300; i++) {
        RTM_ENTITY_HANDLE me = join(1, i, i % 2 ? notice_recorder : NULL);

        watch(me, UCAST, RTM_CHANGE_TYPE_ALL);
        add_route(me, NET, next_hop(me, "10.0.0.1", 1), 1, i, UCAST);
        leave(me);
    }
    await_notices(notify, 1);
    assert_changes(viewer, notify, NET);
    assert_dests(viewer, UCAST, 0, NULL, "");
}

/* The only entity of its table: the table comes and goes with it. */
static void adding_and_leaving_alone(void** state)
{
    (void)state;
    for (ULONG i = 0; i < 100; i++) {
        RTM_ENTITY_HANDLE me = join(1, 1, i % 2 ? notice_recorder : NULL);
        route_info info = make_route(next_hop(me, "10.0.0.1", 1), 1, 1, UCAST);
        RTM_ROUTE_CHANGE_FLAGS flags = 0;
        RTM_ROUTE_HANDLE held;

        watch(me, UCAST, RTM_CHANGE_TYPE_ALL);
        ASSERT_STATUS(try_add_route(me, NULL, NET, &info.info, i % 4, &flags), NO_ERROR);
        held = add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
        ASSERT_STATUS(RtmHoldDestination(me, dest(me, "20.0.0.0/8"), UCAST, 1 + i % 4), NO_ERROR);
        if (i % 3)
            delete_route(me, held);
        leave(me);
    }
}

static void many_routes_go_at_once(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), viewer = join(2, 2, NULL);
    RTM_NOTIFY_HANDLE notify = watch(viewer, UCAST, ALL_TYPES);

    (void)state;
    for (UINT i = 0; i < 5000; i++) {
        char text[32];

        snprintf(text, sizeof(text), "10.%u.%u.0/24", i / 256, i % 256);
        add_route(me, text, NULL, 1, 1, UCAST);
    }
    assert_int_equal(drain(viewer, notify), 5000);
    leave(me);
    assert_int_equal(drain(viewer, notify), 5000);
    assert_dests(viewer, UCAST, 0, NULL, "");
}

static DWORD WINAPI come_and_go(void* argument)
{
    ULONG own = (ULONG)(ULONG_PTR)argument;
    random_numbers numbers = {own};

    for (UINT i = 0; i < 200; i++) {
        RTM_ENTITY_INFO info = make_info(0, AF_INET, 100, own);
        RTM_ENTITY_HANDLE me = NULL;
        RTM_REGN_PROFILE profile;
        RTM_NOTIFY_HANDLE notify = NULL;

        CHECK_STATUS(
            RtmRegisterEntity(&info, NULL, i % 2 ? notice_recorder : NULL, FALSE, &profile, &me),
            NO_ERROR);
        CHECK_STATUS(
            RtmRegisterForChangeNotification(me, UCAST, RTM_CHANGE_TYPE_ALL, NULL, &notify),
            NO_ERROR);
        for (UINT j = 0; j < 5; j++) {
            route_info route =
                make_route(NULL, 1 + next_random(&numbers) % 4, next_random(&numbers) % 4, UCAST);
            RTM_ROUTE_CHANGE_FLAGS flags = 0;
            char text[32];

            snprintf(text, sizeof(text), "10.%u.0.0/16", next_random(&numbers) % 4);
            CHECK_STATUS(try_add_route(me, NULL, text, &route.info,
                                       j ? INFINITE : next_random(&numbers) % 20, &flags),
                         NO_ERROR);
        }
        if (i % 3 == 0)
            Sleep(next_random(&numbers) % 25);
        CHECK_STATUS(RtmDeregisterEntity(me), NO_ERROR);
    }
    return 0;
}

static void coming_and_going_by_threads(void** state)
{
    RTM_ENTITY_HANDLE viewer = join(2, 2, NULL);
    HANDLE threads[4];

    (void)state;
    for (UINT i = 0; i < 4; i++)
        threads[i] = start(come_and_go, (void*)(ULONG_PTR)i);
    for (UINT i = 0; i < 4; i++)
        join_thread(threads[i]);
    assert_dests(viewer, ANY, 0, NULL, "");
}

/* ---- while others use its handles ---- */

static struct {
    RTM_ENTITY_HANDLE me;
    RTM_DEST_HANDLE destination;
    RTM_ENUM_HANDLE dests, routes, hops, in_list;
    RTM_ROUTE_LIST_HANDLE list;
    RTM_NOTIFY_HANDLE notify;
    RTM_NEXTHOP_HANDLE hop;
} used;

static LONG using;

/* What a call may return when its entity is leaving at the same time. */
static BOOL is_good_or_gone(DWORD status)
{
    return status == NO_ERROR || status == ERROR_NO_MORE_ITEMS || status == ERROR_INVALID_HANDLE ||
           status == ERROR_NOT_FOUND || status == ERROR_ACCESS_DENIED;
}

#define CHECK_GOOD_OR_GONE(call) check_at(is_good_or_gone(call), #call, __FILE__, __LINE__)

static DWORD WINAPI use_handles(void* argument)
{
    random_numbers numbers = {(UINT)(ULONG_PTR)argument};

    while (InterlockedCompareExchange(&using, 0, 0)) {
        UINT count = 1 + next_random(&numbers) % 3;
        RTM_ROUTE_CHANGE_FLAGS flags = 0;
        route_info info = make_route(used.hop, 1, next_random(&numbers) % 9, UCAST);
        dest_batch batch;
        HANDLE handles[4];
        HANDLE made = NULL;
        BOOL answer;

        switch (next_random(&numbers) % 10) {
        case 0:
            CHECK_GOOD_OR_GONE(RtmGetEnumDests(used.me, used.dests, &count, &batch.first));
            CHECK_GOOD_OR_GONE(RtmReleaseDests(used.me, count, &batch.first));
            break;
        case 1:
            CHECK_GOOD_OR_GONE(RtmGetEnumRoutes(used.me, used.routes, &count, handles));
            break;
        case 2:
            CHECK_GOOD_OR_GONE(RtmGetEnumNextHops(used.me, used.hops, &count, handles));
            break;
        case 3:
            CHECK_GOOD_OR_GONE(RtmGetListEnumRoutes(used.me, used.in_list, &count, handles));
            break;
        case 4:
            CHECK_GOOD_OR_GONE(RtmGetChangedDests(used.me, used.notify, &count, &batch.first));
            break;
        case 5:
            CHECK_GOOD_OR_GONE(try_add_route(used.me, NULL, NET, &info.info, 1, &flags));
            break;
        case 6:
            CHECK_GOOD_OR_GONE(RtmLockDestination(used.me, used.destination, TRUE, TRUE));
            CHECK_GOOD_OR_GONE(RtmLockDestination(used.me, used.destination, TRUE, FALSE));
            break;
        case 7:
            CHECK_GOOD_OR_GONE(RtmCreateRouteListEnum(used.me, used.list, &made));
            CHECK_GOOD_OR_GONE(RtmHoldDestination(used.me, used.destination, UCAST, 1));
            break;
        case 8:
            CHECK_GOOD_OR_GONE(
                RtmMarkDestForChangeNotification(used.me, used.notify, used.destination, TRUE));
            break;
        default:
            CHECK_GOOD_OR_GONE(RtmGetChangeStatus(used.me, used.notify, used.destination, &answer));
            CHECK_GOOD_OR_GONE(
                RtmRegisterForChangeNotification(used.me, UCAST, RTM_CHANGE_TYPE_ALL, NULL, &made));
            if (made)
                CHECK_GOOD_OR_GONE(RtmDeregisterFromChangeNotification(used.me, made));
        }
    }
    return 0;
}

/* Errors, never a crash; and nothing stays behind. */
static void leaving_while_threads_use_its_handles(void** state)
{
    RTM_ENTITY_HANDLE viewer = join(2, 2, NULL);
    random_numbers numbers = {12};

    (void)state;
    for (UINT round = 0; round < 60; round++) {
        RTM_ENTITY_HANDLE me = used.me = join(1, round, round % 2 ? notice_recorder : NULL);
        HANDLE threads[3];

        used.hop = next_hop(me, "10.0.0.1", 1);
        ASSERT_STATUS(RtmCreateRouteList(me, &used.list), NO_ERROR);
        for (UINT i = 0; i < 20; i++) {
            RTM_ROUTE_HANDLE route;
            char text[32];

            snprintf(text, sizeof(text), "10.%u.0.0/16", i);
            route = add_route(me, text, used.hop, 1, 1, UCAST);
            ASSERT_STATUS(RtmInsertInRouteList(me, used.list, 1, &route), NO_ERROR);
            release_route(me, route);
        }
        used.destination = dest(me, "10.0.0.0/16");
        ASSERT_STATUS(RtmCreateDestEnum(me, ANY, 0, NULL, 0, &used.dests), NO_ERROR);
        ASSERT_STATUS(RtmCreateRouteEnum(me, NULL, ANY, 0, NULL, 0, NULL, 0, &used.routes),
                      NO_ERROR);
        ASSERT_STATUS(RtmCreateNextHopEnum(me, 0, NULL, &used.hops), NO_ERROR);
        ASSERT_STATUS(RtmCreateRouteListEnum(me, used.list, &used.in_list), NO_ERROR);
        used.notify = watch(me, BOTH, RTM_CHANGE_TYPE_ALL);
        InterlockedExchange(&using, TRUE);
        for (UINT i = 0; i < 3; i++)
            threads[i] = start(use_handles, (void*)(ULONG_PTR)(round * 3 + i));
        Sleep(next_random(&numbers) % 8);
        leave(me);
        Sleep(1);
        InterlockedExchange(&using, FALSE);
        for (UINT i = 0; i < 3; i++)
            join_thread(threads[i]);
        assert_dests(viewer, UCAST, 0, NULL, "");
        assert_routes(viewer, NULL, UCAST, 0, NULL, NO_ROUTES);
    }
}

/* ---- from callbacks ---- */

static HANDLE gone;
static LONG leave_status;
static RTM_EVENT_TYPE leave_at;

/* Leaves from inside its callback; a handle of the event is left as it is. */
static DWORD WINAPI leaves_inside(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                                  PVOID context2)
{
    if (type != leave_at)
        return NO_ERROR;
    record_notice(receiver, type, context1, context2);
    InterlockedExchange(&leave_status, (LONG)RtmDeregisterEntity(receiver));
    SetEvent(gone);
    return ERROR_NOT_SUPPORTED;
}

static RTM_ENTITY_HANDLE join_to_leave_at(RTM_EVENT_TYPE type)
{
    RTM_ENTITY_HANDLE made;

    gone = new_event();
    leave_status = -1;
    leave_at = type;
    made = join(1, 1, leaves_inside);
    forget(made);
    return made;
}

static void await_leaving(RTM_ENTITY_HANDLE me)
{
    await(gone);
    ASSERT_STATUS((DWORD)leave_status, NO_ERROR);
    ASSERT_STATUS(RtmDeregisterEntity(me), ERROR_INVALID_HANDLE);
    CloseHandle(gone);
}

static void leaving_from_a_change_callback(void** state)
{
    RTM_ENTITY_HANDLE viewer = join(2, 2, NULL), me = join_to_leave_at(RTM_CHANGE_NOTIFICATION);

    (void)state;
    watch(me, UCAST, ALL_TYPES);
    watch(me, UCAST, RTM_CHANGE_TYPE_ALL);
    add_route(me, NET, NULL, 1, 1, UCAST);
    await_leaving(me);
    assert_no_more_notices(me, 1);
    assert_false(is_there(viewer, NET, UCAST));
}

static void leaving_from_an_expiry_callback(void** state)
{
    RTM_ENTITY_HANDLE viewer = join(2, 2, NULL), me = join_to_leave_at(RTM_ROUTE_EXPIRED);
    route_info info = make_route(NULL, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    for (UINT i = 0; i < 5; i++) {
        char text[32];

        snprintf(text, sizeof(text), "10.%u.0.0/16", i);
        ASSERT_STATUS(try_add_route(me, NULL, text, &info.info, 100, &flags), NO_ERROR);
    }
    await_leaving(me);
    assert_no_more_notices(me, 1);
    assert_dests(viewer, UCAST, 0, NULL, "");
}

static void leaving_from_an_entity_callback_with_routes(void** state)
{
    RTM_ENTITY_HANDLE viewer = join(2, 2, NULL), me = join_to_leave_at(RTM_ENTITY_REGISTERED);

    (void)state;
    watch(me, UCAST, ALL_TYPES);
    add_route(me, NET, NULL, 1, 1, UCAST);
    join(3, 3, NULL);
    await_leaving(me);
    assert_no_more_notices(me, 1);
    assert_false(is_there(viewer, NET, UCAST));
}

static HANDLE entered, gate;
static LONG finished;

static DWORD WINAPI slow(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                         PVOID context2)
{
    if (type != RTM_CHANGE_NOTIFICATION && type != RTM_ROUTE_EXPIRED)
        return NO_ERROR;
    record_notice(receiver, type, context1, context2);
    SetEvent(entered);
    awaited(gate);
    InterlockedIncrement(&finished);
    return ERROR_NOT_SUPPORTED;
}

static DWORD WINAPI deregister(void* entity)
{
    return RtmDeregisterEntity(entity);
}

/* RtmDeregisterEntity waits for a callback that runs, and none comes after it. */
static void leaving_waits_for_callbacks(void** state)
{
    (void)state;
    for (UINT expiry = 0; expiry < 2; expiry++) {
        RTM_ENTITY_HANDLE me, viewer = join(2, 2, NULL);
        route_info info = make_route(NULL, 1, 1, UCAST);
        RTM_ROUTE_CHANGE_FLAGS flags = 0;
        HANDLE thread;

        entered = new_event();
        gate = new_event();
        finished = 0;
        me = join(1, 1, slow);
        forget(me);
        if (!expiry)
            watch(me, UCAST, ALL_TYPES);
        ASSERT_STATUS(try_add_route(me, NULL, NET, &info.info, expiry ? 10 : INFINITE, &flags),
                      NO_ERROR);
        await(entered);
        thread = start(deregister, me);
        assert_true(stays_quiet(thread));
        assert_int_equal(finished, 0);
        SetEvent(gate);
        ASSERT_STATUS(join_thread(thread), NO_ERROR);
        assert_int_equal(finished, 1);
        assert_no_more_notices(me, 1);
        assert_false(is_there(viewer, NET, UCAST));
        CloseHandle(entered);
        CloseHandle(gate);
        leave(viewer);
        AcquireSRWLockExclusive(&notices_lock);
        notice_count = 0;
        ReleaseSRWLockExclusive(&notices_lock);
    }
}

static LONG live, late;

static DWORD WINAPI must_be_live(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                                 PVOID context2)
{
    (void)context2;
    if (!InterlockedCompareExchange(&live, 0, 0))
        InterlockedIncrement(&late);
    if (type == RTM_CHANGE_NOTIFICATION) {
        dest_batch batch;
        UINT count = MOST_ITEMS;

        /* It may be leaving at this moment. */
        if (RtmGetChangedDests(receiver, context1, &count, &batch.first) == NO_ERROR)
            RtmReleaseChangedDests(receiver, context1, count, &batch.first);
    }
    return ERROR_NOT_SUPPORTED;
}

static void no_callback_after_leaving(void** state)
{
    RTM_ENTITY_HANDLE viewer = join(2, 2, NULL);

    (void)state;
    late = 0;
    for (UINT i = 0; i < 150; i++) {
        route_info info = make_route(NULL, 1, 1, UCAST);
        RTM_ROUTE_CHANGE_FLAGS flags = 0;
        RTM_ENTITY_HANDLE me;

        InterlockedExchange(&live, 1);
        me = join(1, 1, must_be_live);
        watch(me, UCAST, ALL_TYPES);
        ASSERT_STATUS(try_add_route(me, NULL, NET, &info.info, i % 25, &flags), NO_ERROR);
        ASSERT_STATUS(try_add_route(me, NULL, "20.0.0.0/8", &info.info, INFINITE, &flags),
                      NO_ERROR);
        Sleep(i % 30);
        leave(me);
        InterlockedExchange(&live, 0);
    }
    Sleep(WATCH_MS);
    assert_int_equal(late, 0);
    assert_dests(viewer, ANY, 0, NULL, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NOTICE_TEST(routes_go_with_their_owner),
        NOTICE_TEST(the_next_best_route_becomes_best),
        NOTICE_TEST(watchers_are_told_of_the_routes),
        NOTICE_TEST(references_of_others_outlive_the_owner),
        NOTICE_TEST(next_hops_go_with_their_owner),
        NOTICE_TEST(a_successor_inherits_nothing),
        NOTICE_TEST(a_left_handle_is_refused_everywhere),
        NOTICE_TEST(open_enumerations_and_lists_go),
        NOTICE_TEST(routes_in_lists_go),
        NOTICE_TEST(notifications_go_with_marks_and_unread_changes),
        NOTICE_TEST(locks_go),
        NOTICE_TEST(a_lock_of_its_own_thread_goes),
        NOTICE_TEST(locks_of_others_are_not_waited_for),
        NOTICE_TEST(timers_go),
        NOTICE_TEST(opaque_pointers_go),
        NOTICE_TEST(leaky_clients_leave),
        NOTICE_TEST(destinations_that_were_forgotten_end_with_the_table),
        NOTICE_TEST(adding_and_leaving_at_once),
        NOTICE_TEST(adding_and_leaving_alone),
        NOTICE_TEST(many_routes_go_at_once),
        NOTICE_TEST(coming_and_going_by_threads),
        NOTICE_TEST(leaving_while_threads_use_its_handles),
        NOTICE_TEST(leaving_from_a_change_callback),
        NOTICE_TEST(leaving_from_an_expiry_callback),
        NOTICE_TEST(leaving_from_an_entity_callback_with_routes),
        NOTICE_TEST(leaving_waits_for_callbacks),
        NOTICE_TEST(no_callback_after_leaving),
    };

    return CLIENT_MAIN(tests);
}
