/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Routes that their owner edits in place: RtmLockRoute, RtmUpdateAndUnlockRoute.
 * "Reading" marks what the documentation leaves open and this project has decided.
 */
#include "notices.h"

#define BEST RTM_ROUTE_CHANGE_BEST

#define HERE "10.0.0.0/8"

/* Locks for writing, and where the live structure is. */
static RTM_ROUTE_INFO* lock(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route)
{
    RTM_ROUTE_INFO* pointer = NULL;

    ASSERT_STATUS(RtmLockRoute(me, route, TRUE, TRUE, &pointer), NO_ERROR);
    assert_non_null(pointer);
    return pointer;
}

static void unlock(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route)
{
    ASSERT_STATUS(RtmLockRoute(me, route, TRUE, FALSE, NULL), NO_ERROR);
}

/* What a lock that is not held says. */
static void assert_unlocked(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route)
{
    ASSERT_STATUS(RtmLockRoute(me, route, TRUE, FALSE, NULL), ERROR_ACCESS_DENIED);
    ASSERT_STATUS(RtmLockRoute(me, route, FALSE, FALSE, NULL), ERROR_ACCESS_DENIED);
}

static RTM_ROUTE_CHANGE_FLAGS commit(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route)
{
    RTM_ROUTE_CHANGE_FLAGS flags;

    PAINT(flags);
    ASSERT_STATUS(RtmUpdateAndUnlockRoute(me, route, INFINITE, NULL, 0, NULL, &flags), NO_ERROR);
    return flags;
}

static DWORD try_commit(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route)
{
    RTM_ROUTE_CHANGE_FLAGS flags = 0x5555;
    DWORD status = RtmUpdateAndUnlockRoute(me, route, INFINITE, NULL, 0, NULL, &flags);

    if (status != NO_ERROR)
        assert_int_equal(flags, 0x5555);
    return status;
}

/* ---- edits ---- */

/* The documentation's sample, with a next hop that the client no longer holds itself. */
static void sample_edits_in_place(void** state)
{
    RTM_ENTITY_HANDLE me = join(8, 1, NULL);
    RTM_NEXTHOP_HANDLE old = next_hop(me, "10.0.0.1", 1), new = next_hop(me, "10.0.0.2", 2);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, old, 1, 1, BOTH);
    RTM_ROUTE_INFO* live;
    route_info got;

    (void)state;
    release_next_hop(me, old);
    live = lock(me, route);
    live->PrefInfo.Metric = 16;
    live->BelongsToViews = MCAST;
    live->EntitySpecificInfo = &got;
    /* The route's own reference is given back, and one for the route taken. */
    ASSERT_STATUS(RtmReleaseNextHops(me, 1, &live->NextHopsList.NextHops[0]), NO_ERROR);
    live->NextHopsList.NextHops[0] = new;
    ASSERT_STATUS(RtmReferenceHandles(me, 1, &new), NO_ERROR);
    assert_int_equal(commit(me, route), BEST);
    assert_unlocked(me, route);
    got = read_route(me, route);
    assert_int_equal(got.info.PrefInfo.Metric, 16);
    assert_int_equal(got.info.BelongsToViews, MCAST);
    assert_ptr_equal(got.info.EntitySpecificInfo, &got);
    assert_int_equal(got.info.NextHopsList.NumNextHops, 1);
    assert_ptr_equal(*hop_at(&got, 0), new);
    assert_int_equal(best_views(me, route), MCAST);
    assert_int_equal(count_routes(me, HERE, UCAST), 0);
    /* The old one is still on the list, and in the route as neighbour. */
    assert_true(next_hop_is_live(me, old));
    delete_route(me, route);
}

static void edits_show_at_once_and_count_later(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE better = add_route(me, HERE, NULL, 1, 1, UCAST), worse;
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_INFO *live, *pointer = NULL;

    (void)state;
    worse = add_route(me, HERE, hop, 2, 2, UCAST);
    ASSERT_STATUS(RtmGetRoutePointer(me, worse, &pointer), NO_ERROR);
    live = lock(me, worse);
    assert_ptr_equal(live, pointer);
    live->PrefInfo.Preference = 1;
    live->PrefInfo.Metric = 0;
    assert_int_equal(pointer->PrefInfo.Metric, 0);
    assert_int_equal(best_views(me, worse), 0);
    assert_int_equal(best_views(me, better), UCAST);
    assert_int_equal(commit(me, worse), BEST);
    assert_int_equal(best_views(me, worse), UCAST);
    assert_int_equal(best_views(me, better), 0);
}

/* Reading: a plain unlock leaves the order alone, until the route is next committed or updated. */
static void plain_unlock_sorts_nothing(void** state)
{
    (void)state;
    for (UINT round = 0; round < 3; round++) {
        RTM_ENTITY_HANDLE me = join(1, 1, NULL);
        RTM_ROUTE_HANDLE better = add_route(me, HERE, NULL, 1, 1, UCAST);
        RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
        RTM_ROUTE_HANDLE worse = add_route(me, HERE, hop, 2, 2, UCAST);
        RTM_ROUTE_INFO* live = lock(me, worse);

        live->PrefInfo.Preference = 1;
        live->PrefInfo.Metric = 0;
        unlock(me, worse);
        assert_int_equal(best_views(me, worse), 0);
        assert_int_equal(best_views(me, better), UCAST);
        assert_int_equal(read_route(me, worse).info.PrefInfo.Metric, 0); /* the edit stays */
        if (round == 0) {
            lock(me, worse);
            assert_int_equal(commit(me, worse), BEST);
        } else if (round == 1) {
            add_route(me, HERE, hop, 1, 0, UCAST); /* what it says already */
        } else {
            lock(me, worse)->EntitySpecificInfo = &live;
            assert_int_equal(commit(me, worse), BEST);
        }
        assert_int_equal(best_views(me, worse), UCAST);
        assert_int_equal(best_views(me, better), 0);
        leave(me);
    }
}

/* Updates the route of HERE that `me` has without neighbour and next hops. */
static void update_flags(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route, USHORT flags)
{
    route_info info = make_route(NULL, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS change = 0;

    info.info.Flags = flags;
    ASSERT_STATUS(try_add_route(me, &route, HERE, &info.info, INFINITE, &change), NO_ERROR);
}

/* What was committed under the lock is what later edits are edits of. */
static void edits_count_from_the_last_commit(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, RTM_CHANGE_TYPE_ALL);
    RTM_ROUTE_INFO* live = lock(me, route);

    (void)state;
    live->Flags = RTM_ROUTE_FLAGS_MARTIAN;
    update_flags(me, route, 0); /* not what is there, but what was committed */
    assert_changes(me, notify, "");
    assert_int_equal(read_route(me, route).info.Flags, 0);
    update_flags(me, route, RTM_ROUTE_FLAGS_MARTIAN);
    assert_changes(me, notify, HERE);
    live->Flags = 0; /* as when it was locked */
    commit(me, route);
    assert_changes(me, notify, HERE);
}

/* An edit that the update says as well is new to the table. */
static void update_commits_edits(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, RTM_CHANGE_TYPE_ALL);

    (void)state;
    lock(me, route)->Flags = RTM_ROUTE_FLAGS_MARTIAN;
    update_flags(me, route, RTM_ROUTE_FLAGS_MARTIAN);
    assert_changes(me, notify, HERE);
    commit(me, route);
    assert_changes(me, notify, "");
}

static void commit_without_edits(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE better = add_route(me, HERE, NULL, 1, 1, UCAST), worse;

    (void)state;
    worse = add_route(me, HERE, next_hop(me, "10.0.0.1", 1), 2, 2, UCAST);
    lock(me, better);
    assert_int_equal(commit(me, better), BEST);
    lock(me, worse);
    assert_int_equal(commit(me, worse), 0);
    assert_int_equal(best_views(me, better), UCAST);
}

static void commit_says_whether_the_best_changed(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE first = add_route(me, HERE, NULL, 5, 1, UCAST), second;

    (void)state;
    second = add_route(me, HERE, next_hop(me, "10.0.0.1", 1), 6, 1, UCAST);
    lock(me, second)->PrefInfo.Preference = 7;
    assert_int_equal(commit(me, second), 0); /* neither was nor is */
    lock(me, first)->PrefInfo.Preference = 8;
    assert_int_equal(commit(me, first), BEST); /* was */
    assert_int_equal(best_views(me, second), UCAST);
    lock(me, first)->PrefInfo.Preference = 1;
    assert_int_equal(commit(me, first), BEST); /* is */
    lock(me, second)->BelongsToViews = BOTH;
    assert_int_equal(commit(me, second), BEST); /* is, in another view */
    assert_int_equal(best_views(me, second), MCAST);
}

static void preference_0_is_the_default_again(void** state)
{
    RTM_ENTITY_HANDLE me = join(13 /* OSPF */, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 5, 1, UCAST);

    (void)state;
    lock(me, route)->PrefInfo.Preference = 0;
    commit(me, route);
    assert_int_equal(read_route(me, route).info.PrefInfo.Preference, 110);
}

static void neighbour_can_be_edited(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE old = next_hop(me, "10.0.0.1", 1), new = next_hop(me, "10.0.0.2", 1);
    route_info info = make_route(NULL, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route = NULL;

    (void)state;
    info.info.Neighbour = old;
    ASSERT_STATUS(try_add_route(me, &route, HERE, &info.info, INFINITE, &flags), NO_ERROR);
    ASSERT_STATUS(RtmReferenceHandles(me, 1, &new), NO_ERROR);
    lock(me, route)->Neighbour = new;
    commit(me, route);
    release_next_hop(me, old); /* that of the route */
    assert_ptr_equal(read_route(me, route).info.Neighbour, new);
    /* It is the route's identity now. */
    info.info.Neighbour = new;
    flags = 0;
    ASSERT_STATUS(try_add_route(me, &route, HERE, &info.info, INFINITE, &flags), NO_ERROR);
    assert_int_equal(flags, BEST);
    assert_int_equal(count_routes(me, HERE, UCAST), 1);
}

/* What the client counted is what the route gives back in the end. */
static void counts_of_next_hops_are_the_clients(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE old = next_hop(me, "10.0.0.1", 1), new = next_hop(me, "10.0.0.2", 1);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, old, 1, 1, UCAST);
    RTM_ROUTE_INFO* live;

    (void)state;
    live = lock(me, route);
    live->NextHopsList.NextHops[0] = new;
    live->Neighbour = new;
    for (UINT i = 0; i < 2; i++) {
        ASSERT_STATUS(RtmReferenceHandles(me, 1, &new), NO_ERROR);
        release_next_hop(me, old);
    }
    commit(me, route);
    ASSERT_STATUS(RtmDeleteNextHop(me, old, NULL), NO_ERROR); /* with the client's own reference */
    assert_false(next_hop_is_live(me, old));
    ASSERT_STATUS(RtmDeleteNextHop(me, new, NULL), NO_ERROR);
    assert_true(next_hop_is_live(me, new));
    delete_route(me, route);
    assert_false(next_hop_is_live(me, new));
}

static void number_of_next_hops_can_grow(void** state)
{
    RTM_ENTITY_HANDLE me;
    UINT most = join_and_count_hops(&me);
    RTM_NEXTHOP_HANDLE hops[ROUTE_INFO_HOPS];
    RTM_ROUTE_HANDLE route;
    RTM_ROUTE_INFO* live;
    route_info got;

    (void)state;
    route = add_route(me, HERE, NULL, 1, 1, UCAST);
    live = lock(me, route);
    for (UINT i = 0; i < most; i++) {
        hops[i] = next_hop(me, "10.0.0.1", i);
        *hop_at((route_info*)live, i) = hops[i]; /* the reference goes to the route */
    }
    live->NextHopsList.NumNextHops = (USHORT)most;
    assert_int_equal(commit(me, route), BEST);
    got = read_route(me, route);
    assert_int_equal(got.info.NextHopsList.NumNextHops, most);
    assert_memory_equal(hop_at(&got, 0), hops, most * sizeof(hops[0]));
    live = lock(me, route);
    live->NextHopsList.NumNextHops = 0;
    ASSERT_STATUS(RtmReleaseNextHops(me, most, hops), NO_ERROR);
    commit(me, route);
    assert_int_equal(read_route(me, route).info.NextHopsList.NumNextHops, 0);
}

/* The SDK's header names Flags and Flags1 among what may be edited. */
static void flags_can_be_edited(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST);
    RTM_ROUTE_INFO* live = lock(me, route);
    dest_info got;

    (void)state;
    live->Flags = RTM_ROUTE_FLAGS_MARTIAN;
    live->Flags1 = 3;
    commit(me, route);
    assert_int_equal(read_route(me, route).info.Flags, RTM_ROUTE_FLAGS_MARTIAN);
    assert_int_equal(read_route(me, route).info.Flags1, 3);
    get_dest(me, dest(me, HERE), RTM_BEST_PROTOCOL, UCAST, &got);
    assert_int_equal(view_at(&got, 0)->DestFlags, RTM_ROUTE_FLAGS_MARTIAN);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
}

/* Both are locked by one lock, and committed one after the other. */
static void two_routes_of_a_destination(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE routes[2] = {add_route(me, HERE, NULL, 1, 1, UCAST), NULL};
    RTM_ROUTE_INFO* live[2];

    (void)state;
    routes[1] = add_route(me, HERE, next_hop(me, "10.0.0.1", 1), 2, 2, UCAST);
    for (UINT first = 0; first < 2; first++) {
        for (UINT i = 0; i < 2; i++)
            live[i] = lock(me, routes[i]);
        for (UINT i = 0; i < 2; i++) { /* they change places */
            live[i]->PrefInfo.Preference = 3 - live[i]->PrefInfo.Preference;
            live[i]->PrefInfo.Metric = 3 - live[i]->PrefInfo.Metric;
        }
        assert_int_equal(commit(me, routes[first]), BEST);
        assert_int_equal(commit(me, routes[1 - first]), BEST);
        assert_unlocked(me, routes[0]);
        assert_int_equal(best_views(me, routes[1 - first]), UCAST);
        assert_int_equal(best_views(me, routes[first]), 0);
    }
}

/* What others do at the destination meanwhile goes by what was committed. */
static void edits_do_not_count_for_others(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE better = add_route(me, HERE, NULL, 1, 1, UCAST);
    RTM_ROUTE_HANDLE worse;

    (void)state;
    add_route(other, HERE, NULL, 9, 9, UCAST);
    worse = add_route(me, HERE, next_hop(me, "10.0.0.1", 1), 2, 2, UCAST);
    lock(me, better)->PrefInfo.Preference = 8;
    leave(other); /* does not wait */
    assert_int_equal(best_views(me, better), UCAST);
    assert_int_equal(commit(me, better), BEST);
    assert_int_equal(best_views(me, worse), UCAST);
}

/* ---- refusals ---- */

static void commit_needs_the_lock(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST);

    (void)state;
    ASSERT_STATUS(try_commit(me, route), ERROR_ACCESS_DENIED);
    ASSERT_STATUS(RtmLockRoute(me, route, FALSE, TRUE, NULL), NO_ERROR);
    ASSERT_STATUS(try_commit(me, route), ERROR_ACCESS_DENIED); /* for reading only */
    ASSERT_STATUS(RtmLockRoute(me, route, FALSE, FALSE, NULL), NO_ERROR);
    lock(me, route);
    unlock(me, route);
    ASSERT_STATUS(try_commit(me, route), ERROR_ACCESS_DENIED);
    lock(me, route);
    commit(me, route);
    ASSERT_STATUS(try_commit(me, route), ERROR_ACCESS_DENIED);
    assert_unlocked(me, route);
}

/* The lock of a route is that of its destination, and may be given back as that. */
static void commit_needs_the_destination_locked(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST);

    (void)state;
    lock(me, route)->Flags = RTM_ROUTE_FLAGS_MARTIAN;
    ASSERT_STATUS(RtmLockDestination(me, dest(me, HERE), TRUE, FALSE), NO_ERROR);
    ASSERT_STATUS(try_commit(me, route), ERROR_ACCESS_DENIED);
    lock(me, route);
    commit(me, route);
}

static void others_may_not_commit(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(1, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST);

    (void)state;
    ASSERT_STATUS(try_commit(other, route), ERROR_ACCESS_DENIED);
    lock(me, route);
    ASSERT_STATUS(try_commit(other, route), ERROR_ACCESS_DENIED);
    unlock(me, route);
}

static DWORD WINAPI commit_elsewhere(void* argument)
{
    HANDLE* arguments = argument;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    return RtmUpdateAndUnlockRoute(arguments[0], arguments[1], INFINITE, NULL, 0, NULL, &flags);
}

/* Reading: a lock is of a registration and a thread. */
static void other_threads_may_not_commit(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST);
    HANDLE arguments[] = {me, route};

    (void)state;
    lock(me, route);
    ASSERT_STATUS(join_thread(start(commit_elsewhere, arguments)), ERROR_ACCESS_DENIED);
    commit(me, route);
}

static void wrong_handles_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), gone = join(2, 2, NULL);
    wrong_handles wrong = make_wrong_handles(me, ROUTE_HANDLE);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST);

    (void)state;
    leave(gone);
    lock(me, route);
    for (UINT i = 0; i < wrong.count; i++)
        ASSERT_STATUS(try_commit(me, wrong.handles[i]), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(try_commit(me, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(try_commit(NULL, route), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(try_commit(gone, route), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmUpdateAndUnlockRoute(me, route, INFINITE, NULL, 0, NULL, NULL),
                  ERROR_INVALID_PARAMETER);
    unlock(me, route); /* still locked after all that */
    assert_unlocked(me, route);
}

static void wrong_lists_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    wrong_handles wrong = make_wrong_handles(me, OTHER_HANDLE);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST);

    (void)state;
    lock(me, route)->PrefInfo.Metric = 2;
    for (UINT i = 0; i < wrong.count; i++) {
        RTM_ROUTE_CHANGE_FLAGS flags = 0x5555;

        ASSERT_STATUS(
            RtmUpdateAndUnlockRoute(me, route, INFINITE, wrong.handles[i], 0, NULL, &flags),
            ERROR_INVALID_HANDLE);
        assert_int_equal(flags, 0x5555);
    }
    commit(me, route);
}

static void wrong_edits_are_refused(void** state)
{
    static const RTM_VIEW_SET wrong[] = {0, 4, UCAST | 0x80000000, RTM_VIEW_MASK_ALL};
    RTM_ENTITY_HANDLE me, other = join(1, 2, NULL);
    UINT most = join_and_count_hops(&me);
    RTM_NEXTHOP_HANDLE hop, others = next_hop(other, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE route;
    RTM_ROUTE_INFO* live;
    HANDLE bad;

    (void)state;
    hop = next_hop(me, "10.0.0.1", 1);
    route = add_route(me, HERE, hop, 1, 1, UCAST);
    bad = route;
    live = lock(me, route);
    for (UINT i = 0; i < COUNT_OF(wrong); i++) {
        live->BelongsToViews = wrong[i];
        ASSERT_STATUS(try_commit(me, route), ERROR_INVALID_PARAMETER);
    }
    live->BelongsToViews = UCAST;
    live->NextHopsList.NumNextHops = (USHORT)(most + 1);
    ASSERT_STATUS(try_commit(me, route), ERROR_INVALID_PARAMETER);
    live->NextHopsList.NumNextHops = 0xffff;
    ASSERT_STATUS(try_commit(me, route), ERROR_INVALID_PARAMETER);
    live->NextHopsList.NumNextHops = 1;
    live->NextHopsList.NextHops[0] = bad;
    ASSERT_STATUS(try_commit(me, route), ERROR_INVALID_PARAMETER);
    live->NextHopsList.NextHops[0] = NULL;
    ASSERT_STATUS(try_commit(me, route), ERROR_INVALID_PARAMETER);
    live->NextHopsList.NextHops[0] = others;
    ASSERT_STATUS(try_commit(me, route), ERROR_INVALID_PARAMETER);
    live->NextHopsList.NextHops[0] = hop;
    live->Neighbour = bad;
    ASSERT_STATUS(try_commit(me, route), ERROR_INVALID_PARAMETER);
    live->Neighbour = hop;
    /* Still locked, and good once it is corrected. */
    assert_int_equal(commit(me, route), BEST);
    assert_unlocked(me, route);
}

/* ---- nesting, lists and time ---- */

static void commit_unlocks_once(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST);

    (void)state;
    lock(me, route);
    lock(me, route)->PrefInfo.Metric = 2;
    commit(me, route);
    lock(me, route)->PrefInfo.Metric = 3;
    commit(me, route);
    commit(me, route); /* the first one */
    assert_unlocked(me, route);
    assert_int_equal(read_route(me, route).info.PrefInfo.Metric, 3);
}

static void commit_moves_to_a_list(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST), listed[2];
    RTM_ROUTE_CHANGE_FLAGS flags;
    RTM_ROUTE_LIST_HANDLE list = NULL;

    (void)state;
    ASSERT_STATUS(RtmCreateRouteList(me, &list), NO_ERROR);
    for (UINT i = 0; i < 2; i++) { /* NULL leaves it there */
        RTM_ENUM_HANDLE enumeration = NULL;
        UINT count = 2;

        lock(me, route);
        ASSERT_STATUS(
            RtmUpdateAndUnlockRoute(me, route, INFINITE, i ? NULL : list, 0, NULL, &flags),
            NO_ERROR);
        ASSERT_STATUS(RtmCreateRouteListEnum(me, list, &enumeration), NO_ERROR);
        ASSERT_STATUS(RtmGetListEnumRoutes(me, enumeration, &count, listed), NO_ERROR);
        assert_int_equal(count, 1);
        assert_ptr_equal(listed[0], route);
        ASSERT_STATUS(RtmReleaseRoutes(me, 1, listed), NO_ERROR);
        ASSERT_STATUS(RtmDeleteEnumHandle(me, enumeration), NO_ERROR);
    }
}

static void commit_sets_the_time(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    route_info info = make_route(NULL, 1, 1, UCAST);
    ULONGLONG until = GetTickCount64() + WAIT_MS;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route = NULL;

    (void)state;
    ASSERT_STATUS(try_add_route(me, &route, HERE, &info.info, 2000, &flags), NO_ERROR);
    lock(me, route);
    commit(me, route); /* for ever */
    Sleep(2200);
    assert_int_equal(read_route(me, route).info.State, RTM_ROUTE_STATE_CREATED);
    lock(me, route);
    ASSERT_STATUS(RtmUpdateAndUnlockRoute(me, route, 10, NULL, 0, NULL, &flags), NO_ERROR);
    while (read_route(me, route).info.State == RTM_ROUTE_STATE_CREATED) {
        assert_true(GetTickCount64() < until);
        Sleep(5);
    }
    assert_int_equal(count_routes(me, HERE, UCAST), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(sample_edits_in_place),
        CLIENT_TEST(edits_show_at_once_and_count_later),
        CLIENT_TEST(plain_unlock_sorts_nothing),
        CLIENT_TEST(edits_count_from_the_last_commit),
        CLIENT_TEST(update_commits_edits),
        CLIENT_TEST(commit_without_edits),
        CLIENT_TEST(commit_says_whether_the_best_changed),
        CLIENT_TEST(preference_0_is_the_default_again),
        CLIENT_TEST(neighbour_can_be_edited),
        CLIENT_TEST(counts_of_next_hops_are_the_clients),
        CLIENT_TEST(number_of_next_hops_can_grow),
        CLIENT_TEST(flags_can_be_edited),
        CLIENT_TEST(two_routes_of_a_destination),
        CLIENT_TEST(edits_do_not_count_for_others),
        CLIENT_TEST(commit_needs_the_lock),
        CLIENT_TEST(commit_needs_the_destination_locked),
        CLIENT_TEST(others_may_not_commit),
        CLIENT_TEST(other_threads_may_not_commit),
        CLIENT_TEST(wrong_handles_are_refused),
        CLIENT_TEST(wrong_lists_are_refused),
        CLIENT_TEST(wrong_edits_are_refused),
        CLIENT_TEST(commit_unlocks_once),
        CLIENT_TEST(commit_moves_to_a_list),
        CLIENT_TEST(commit_sets_the_time),
    };

    return CLIENT_MAIN(tests);
}
