/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Change notification: which changes count for which type, fetching, ignoring and marking them,
 * and when the callback comes.
 *
 * What counts is seen by polling: a change is pending when the call that makes it returns.
 */
#include "notices.h"

#define UCAST RTM_VIEW_MASK_UCAST
#define MCAST RTM_VIEW_MASK_MCAST
#define BOTH RTM_VIEW_MASK_BOTH
#define ANY RTM_VIEW_MASK_ANY
#define ALL RTM_CHANGE_TYPE_ALL
#define BEST RTM_CHANGE_TYPE_BEST
#define FORWARDING RTM_CHANGE_TYPE_FORWARDING

#define NET "10.0.0.0/8"

/* ---- which changes count for which type ---- */

/* A watcher of each type in each view, and one who changes routes to NET, where `first` is best and
 * `second` is not. */
static struct {
    RTM_ENTITY_HANDLE watcher, me;
    RTM_NOTIFY_HANDLE ucast[3], mcast[3]; /* ALL, BEST, FORWARDING */
    RTM_DEST_HANDLE net;
    RTM_NEXTHOP_HANDLE h1, h2, h3;
    RTM_ROUTE_HANDLE first, second;
} scene;

/* The types that have a change of NET pending, in a view, which are then forgotten. */
static DWORD changed_in(const RTM_NOTIFY_HANDLE* notify)
{
    DWORD types = 0;

    for (UINT i = 0; i < 3; i++) {
        if (!has_change(scene.watcher, notify[i], scene.net))
            continue;
        types |= 1u << i;
        ASSERT_STATUS(RtmIgnoreChangedDests(scene.watcher, notify[i], 1, &scene.net), NO_ERROR);
    }
    return types;
}

static DWORD changed(void)
{
    return changed_in(scene.ucast);
}

static void make_scene(RTM_VIEW_SET views)
{
    scene.watcher = join(1, 1, NULL);
    scene.me = join(2, 2, NULL);
    for (UINT i = 0; i < 3; i++) {
        scene.ucast[i] = watch(scene.watcher, UCAST, 1u << i);
        scene.mcast[i] = watch(scene.watcher, MCAST, 1u << i);
    }
    scene.h1 = next_hop(scene.me, "10.0.0.1", 1);
    scene.h2 = next_hop(scene.me, "10.0.0.2", 1);
    scene.h3 = next_hop(scene.me, "10.0.0.3", 1);
    scene.first = add_route(scene.me, NET, scene.h1, 5, 5, views);
    scene.second = add_route(scene.me, NET, scene.h2, 5, 7, views);
    scene.net = dest(scene.watcher, NET);
    changed_in(scene.ucast);
    changed_in(scene.mcast);
}

/* Updates a route of the scene with what its contents were, changed by the caller. */
static route_info contents_of(RTM_ROUTE_HANDLE route)
{
    route_info info;

    get_route(scene.me, route, &info);
    ASSERT_STATUS(RtmReleaseRouteInfo(scene.me, &info.info), NO_ERROR);
    return info;
}

static void put(RTM_ROUTE_HANDLE route, route_info* info)
{
    update_route(scene.me, route, NET, &info->info, INFINITE);
}

static void set_metric(RTM_ROUTE_HANDLE route, ULONG metric)
{
    route_info info = contents_of(route);

    info.info.PrefInfo.Metric = metric;
    put(route, &info);
}

static void first_and_last_route_count_for_all_types(void** state)
{
    (void)state;
    make_scene(UCAST);
    delete_route(scene.me, scene.second);
    changed();
    delete_route(scene.me, scene.first);
    assert_int_equal(changed(), ALL | BEST | FORWARDING);
    scene.first = add_route(scene.me, NET, scene.h1, 5, 5, UCAST);
    assert_int_equal(changed(), ALL | BEST | FORWARDING);
    assert_int_equal(changed_in(scene.mcast), 0);
}

static void a_better_route_counts_for_all_types(void** state)
{
    (void)state;
    make_scene(UCAST);
    add_route(scene.me, NET, scene.h3, 4, 9, UCAST);
    assert_int_equal(changed(), ALL | BEST | FORWARDING);
}

static void a_worse_route_counts_for_all_changes_only(void** state)
{
    (void)state;
    make_scene(UCAST);
    add_route(scene.me, NET, scene.h3, 5, 6, UCAST);
    assert_int_equal(changed(), ALL);
}

/* The present best stays best. */
static void an_equal_route_counts_for_all_changes_only(void** state)
{
    (void)state;
    make_scene(UCAST);
    add_route(scene.me, NET, scene.h3, 5, 5, UCAST);
    assert_int_equal(changed(), ALL);
}

static void deleting_the_best_route_counts_for_all_types(void** state)
{
    (void)state;
    make_scene(UCAST);
    delete_route(scene.me, scene.first);
    assert_int_equal(changed(), ALL | BEST | FORWARDING);
}

static void deleting_another_route_counts_for_all_changes_only(void** state)
{
    (void)state;
    make_scene(UCAST);
    delete_route(scene.me, scene.second);
    assert_int_equal(changed(), ALL);
}

static void the_bests_metric_counts_for_all_types(void** state)
{
    (void)state;
    make_scene(UCAST);
    set_metric(scene.first, 6);
    assert_int_equal(changed(), ALL | BEST | FORWARDING);
    set_metric(scene.first, 2);
    assert_int_equal(changed(), ALL | BEST | FORWARDING);
}

static void the_bests_preference_counts_for_all_types(void** state)
{
    route_info info;

    (void)state;
    make_scene(UCAST);
    info = contents_of(scene.first);
    info.info.PrefInfo.Preference = 4;
    put(scene.first, &info);
    assert_int_equal(changed(), ALL | BEST | FORWARDING);
}

static void the_bests_next_hops_count_for_all_types(void** state)
{
    route_info info;

    (void)state;
    make_scene(UCAST);
    info = contents_of(scene.first);
    *hop_at(&info, 0) = scene.h3; /* another */
    put(scene.first, &info);
    assert_int_equal(changed(), ALL | BEST | FORWARDING);
    info.info.NextHopsList.NumNextHops = 2; /* one more */
    *hop_at(&info, 1) = scene.h2;
    put(scene.first, &info);
    assert_int_equal(changed(), ALL | BEST | FORWARDING);
    info.info.NextHopsList.NumNextHops = 0; /* none */
    put(scene.first, &info);
    assert_int_equal(changed(), ALL | BEST | FORWARDING);
}

static void the_bests_forwarding_flags_count_for_all_types(void** state)
{
    static const USHORT flags[] = {RTM_ROUTE_FLAGS_MARTIAN, RTM_ROUTE_FLAGS_BLACKHOLE,
                                   RTM_ROUTE_FLAGS_DISCARD, RTM_ROUTE_FLAGS_INACTIVE};

    (void)state;
    make_scene(UCAST);
    for (UINT i = 0; i < COUNT_OF(flags); i++) {
        route_info info = contents_of(scene.first);

        info.info.Flags = flags[i];
        put(scene.first, &info);
        assert_int_equal(changed(), ALL | BEST | FORWARDING);
    }
}

static void the_bests_other_flags_do_not_count_for_forwarding(void** state)
{
    (void)state;
    make_scene(UCAST);
    for (USHORT flag = 1; flag; flag <<= 1) {
        route_info info = contents_of(scene.first);

        if (flag & RTM_ROUTE_FLAGS_FORWARDING)
            continue;
        info.info.Flags = flag;
        put(scene.first, &info);
        assert_int_equal(changed(), ALL | BEST);
    }
}

static void the_bests_private_value_counts_for_all_changes_only(void** state)
{
    route_info info;

    (void)state;
    make_scene(UCAST);
    info = contents_of(scene.first);
    info.info.EntitySpecificInfo = &info;
    put(scene.first, &info);
    assert_int_equal(changed(), ALL);
}

static void changes_of_other_routes_count_for_all_changes_only(void** state)
{
    route_info info;

    (void)state;
    make_scene(UCAST);
    set_metric(scene.second, 6);
    assert_int_equal(changed(), ALL);
    info = contents_of(scene.second);
    info.info.Flags = RTM_ROUTE_FLAGS_DISCARD;
    put(scene.second, &info);
    assert_int_equal(changed(), ALL);
    *hop_at(&info, 0) = scene.h3;
    put(scene.second, &info);
    assert_int_equal(changed(), ALL);
}

static void another_route_that_becomes_best_counts_for_all_types(void** state)
{
    (void)state;
    make_scene(UCAST);
    set_metric(scene.second, 1); /* better than the best */
    assert_int_equal(changed(), ALL | BEST | FORWARDING);
    set_metric(scene.second, 9); /* the best becomes worse */
    assert_int_equal(changed(), ALL | BEST | FORWARDING);
}

static void equal_contents_are_no_change(void** state)
{
    route_info info;

    (void)state;
    make_scene(UCAST);
    info = contents_of(scene.first);
    put(scene.first, &info);
    update_route(scene.me, scene.first, NET, &info.info, 1000000); /* nor is the time to live */
    info = contents_of(scene.second);
    put(scene.second, &info);
    assert_int_equal(changed(), 0);
}

static void moving_to_a_list_is_no_change(void** state)
{
    RTM_ROUTE_LIST_HANDLE list = NULL;

    (void)state;
    make_scene(UCAST);
    ASSERT_STATUS(RtmCreateRouteList(scene.me, &list), NO_ERROR);
    ASSERT_STATUS(RtmInsertInRouteList(scene.me, list, 1, &scene.first), NO_ERROR);
    assert_int_equal(changed(), 0);
}

static void changes_of_next_hops_are_no_change(void** state)
{
    RTM_NEXTHOP_INFO info = {0}, *live;
    RTM_NEXTHOP_CHANGE_FLAGS flags;

    (void)state;
    make_scene(UCAST);
    info.NextHopAddress = net("10.0.0.1");
    info.InterfaceIndex = 1;
    info.EntitySpecificInfo = &info;
    ASSERT_STATUS(RtmAddNextHop(scene.me, &info, NULL, &flags), NO_ERROR);
    ASSERT_STATUS(RtmLockNextHop(scene.me, scene.h1, TRUE, TRUE, &live), NO_ERROR);
    live->Flags = RTM_NEXTHOP_FLAGS_DOWN;
    ASSERT_STATUS(RtmLockNextHop(scene.me, scene.h1, TRUE, FALSE, NULL), NO_ERROR);
    ASSERT_STATUS(RtmDeleteNextHop(scene.me, scene.h1, NULL), NO_ERROR);
    assert_int_equal(changed(), 0);
}

static void locks_marks_and_reading_are_no_change(void** state)
{
    dest_info info;

    (void)state;
    make_scene(UCAST);
    ASSERT_STATUS(RtmLockDestination(scene.me, scene.net, TRUE, TRUE), NO_ERROR);
    ASSERT_STATUS(RtmLockDestination(scene.me, scene.net, TRUE, FALSE), NO_ERROR);
    mark(scene.watcher, scene.ucast[0], scene.net, TRUE);
    mark(scene.watcher, scene.ucast[0], scene.net, FALSE);
    ASSERT_STATUS(RtmHoldDestination(scene.me, scene.net, UCAST, 1000), NO_ERROR);
    get_dest(scene.me, scene.net, RTM_BEST_PROTOCOL, BOTH, &info);
    ASSERT_STATUS(RtmReleaseDestInfo(scene.me, &info.info), NO_ERROR);
    assert_int_equal(changed(), 0);
}

static void updates_in_place_count_as_others(void** state)
{
    RTM_ROUTE_CHANGE_FLAGS flags;
    RTM_ROUTE_INFO* live;

    (void)state;
    make_scene(UCAST);
    ASSERT_STATUS(RtmLockRoute(scene.me, scene.first, TRUE, TRUE, &live), NO_ERROR);
    live->PrefInfo.Metric = 6;
    ASSERT_STATUS(RtmUpdateAndUnlockRoute(scene.me, scene.first, INFINITE, NULL, 0, NULL, &flags),
                  NO_ERROR);
    assert_int_equal(changed(), ALL | BEST | FORWARDING);

    ASSERT_STATUS(RtmLockRoute(scene.me, scene.first, TRUE, TRUE, &live), NO_ERROR);
    live->EntitySpecificInfo = &live;
    ASSERT_STATUS(RtmUpdateAndUnlockRoute(scene.me, scene.first, INFINITE, NULL, 0, NULL, &flags),
                  NO_ERROR);
    assert_int_equal(changed(), ALL);

    ASSERT_STATUS(RtmLockRoute(scene.me, scene.second, TRUE, TRUE, &live), NO_ERROR);
    live->PrefInfo.Metric = 1;
    ASSERT_STATUS(RtmUpdateAndUnlockRoute(scene.me, scene.second, INFINITE, NULL, 0, NULL, &flags),
                  NO_ERROR);
    assert_int_equal(changed(), ALL | BEST | FORWARDING);

    ASSERT_STATUS(RtmLockRoute(scene.me, scene.second, TRUE, TRUE, &live), NO_ERROR);
    ASSERT_STATUS(RtmUpdateAndUnlockRoute(scene.me, scene.second, INFINITE, NULL, 0, NULL, &flags),
                  NO_ERROR);
    assert_int_equal(changed(), 0);
}

static void a_plain_unlock_is_no_change(void** state)
{
    RTM_ROUTE_INFO* live;

    (void)state;
    make_scene(UCAST);
    ASSERT_STATUS(RtmLockRoute(scene.me, scene.first, TRUE, TRUE, &live), NO_ERROR);
    live->EntitySpecificInfo = &live;
    ASSERT_STATUS(RtmLockRoute(scene.me, scene.first, TRUE, FALSE, NULL), NO_ERROR);
    assert_int_equal(changed(), 0);
}

static void expiry_of_a_route_is_a_change(void** state)
{
    route_info info;

    (void)state;
    make_scene(UCAST);
    info = contents_of(scene.first);
    update_route(scene.me, scene.first, NET, &info.info, 0);
    AWAIT(is_gone(scene.me, scene.first));
    AWAIT(has_change(scene.watcher, scene.ucast[2], scene.net));
    assert_int_equal(changed(), ALL | BEST | FORWARDING);
}

static void a_route_counts_in_its_own_views(void** state)
{
    (void)state;
    make_scene(MCAST);
    set_metric(scene.first, 2);
    assert_int_equal(changed_in(scene.ucast), 0);
    assert_int_equal(changed_in(scene.mcast), ALL | BEST | FORWARDING);
    set_metric(scene.second, 6);
    assert_int_equal(changed_in(scene.ucast), 0);
    assert_int_equal(changed_in(scene.mcast), ALL);
}

static void a_route_of_two_views_counts_in_both(void** state)
{
    (void)state;
    make_scene(BOTH);
    set_metric(scene.first, 2);
    assert_int_equal(changed_in(scene.ucast), ALL | BEST | FORWARDING);
    assert_int_equal(changed_in(scene.mcast), ALL | BEST | FORWARDING);
}

static void best_is_best_of_a_view(void** state)
{
    (void)state;
    make_scene(BOTH);
    add_route(scene.me, NET, scene.h3, 1, 1, UCAST); /* hides `first` in one view */
    assert_int_equal(changed_in(scene.ucast), ALL | BEST | FORWARDING);
    assert_int_equal(changed_in(scene.mcast), 0);
    set_metric(scene.first, 2);
    assert_int_equal(changed_in(scene.ucast), ALL);
    assert_int_equal(changed_in(scene.mcast), ALL | BEST | FORWARDING);
}

static void a_move_between_views_counts_in_both(void** state)
{
    route_info info;

    (void)state;
    make_scene(UCAST);
    info = contents_of(scene.first);
    info.info.BelongsToViews = MCAST;
    put(scene.first, &info);
    assert_int_equal(changed_in(scene.ucast), ALL | BEST | FORWARDING);
    assert_int_equal(changed_in(scene.mcast), ALL | BEST | FORWARDING);
    info = contents_of(scene.second);
    info.info.BelongsToViews = BOTH; /* one more */
    put(scene.second, &info);
    assert_int_equal(changed_in(scene.mcast), ALL);
}

static void types_may_be_combined(void** state)
{
    RTM_NOTIFY_HANDLE two, three;

    (void)state;
    make_scene(UCAST);
    two = watch(scene.watcher, UCAST, BEST | FORWARDING);
    three = watch(scene.watcher, BOTH, ALL | BEST | FORWARDING);
    set_metric(scene.second, 6);
    assert_false(has_change(scene.watcher, two, scene.net));
    assert_true(has_change(scene.watcher, three, scene.net));
    set_metric(scene.first, 2);
    assert_changes(scene.watcher, two, NET);
    assert_changes(scene.watcher, three, NET);
}

static void ones_own_changes_count(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);

    (void)state;
    add_route(me, NET, NULL, 1, 1, UCAST);
    assert_changes(me, notify, NET);
}

static void changes_before_the_registration_do_not_count(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify;

    (void)state;
    add_route(me, NET, NULL, 1, 1, UCAST);
    notify = watch(me, UCAST, ALL);
    assert_changes(me, notify, "");
}

static void other_tables_do_not_count(void** state)
{
    RTM_ENTITY_INFO elsewhere = make_info(1, AF_INET, 1, 1), ipv6 = make_info(0, AF_INET6, 1, 1);
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join_as(&elsewhere, NULL, NULL);
    RTM_ENTITY_HANDLE six = join_as(&ipv6, NULL, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, BOTH, ALL), sixth = watch(six, BOTH, ALL);

    (void)state;
    add_route(other, NET, NULL, 1, 1, UCAST);
    add_route(six, "2001:db8::/32", NULL, 1, 1, UCAST);
    assert_changes(me, notify, "");
    assert_changes(six, sixth, "2001:db8::/32");
}

/* ---- registering ---- */

static void views_of_a_registration(void** state)
{
    static const RTM_VIEW_SET bad[] = {4, 7, 0x80000001, 0x7fffffff, 0xfffffffe};
    static const RTM_VIEW_SET all[] = {0, RTM_VIEW_MASK_ALL, BOTH};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE made = (HANDLE)(ULONG_PTR)0x1234;

    (void)state;
    for (UINT i = 0; i < COUNT_OF(bad); i++)
        ASSERT_STATUS(RtmRegisterForChangeNotification(me, bad[i], ALL, NULL, &made),
                      ERROR_NOT_SUPPORTED);
    assert_ptr_equal(made, (HANDLE)(ULONG_PTR)0x1234);
    for (UINT i = 0; i < COUNT_OF(all); i++) {
        RTM_NOTIFY_HANDLE notify = watch(me, all[i], ALL);
        RTM_ROUTE_HANDLE ucast = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
        RTM_ROUTE_HANDLE mcast = add_route(me, "20.0.0.0/8", NULL, 1, 1, MCAST);

        assert_changes(me, notify, "10.0.0.0/8 20.0.0.0/8");
        delete_route(me, ucast);
        delete_route(me, mcast);
        unwatch(me, notify);
    }
}

static void flags_must_have_a_type_and_be_known(void** state)
{
    static const RTM_NOTIFY_FLAGS bad[] = {
        0, 8, RTM_NOTIFY_ONLY_MARKED_DESTS, 0x9, 0x20001, 0x80000001, 0x8001, 0xffffffff, 0x10008};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE made = (HANDLE)(ULONG_PTR)0x1234;

    (void)state;
    for (UINT i = 0; i < COUNT_OF(bad); i++)
        ASSERT_STATUS(RtmRegisterForChangeNotification(me, UCAST, bad[i], NULL, &made),
                      ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmRegisterForChangeNotification(me, UCAST, ALL, NULL, NULL),
                  ERROR_INVALID_PARAMETER);
    assert_ptr_equal(made, (HANDLE)(ULONG_PTR)0x1234);
}

#define MOST_WATCHERS 32

static void a_table_has_room_for_so_many(void** state)
{
    RTM_ENTITY_INFO ipv6 = make_info(0, AF_INET6, 1, 1);
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ENTITY_HANDLE elsewhere = join_as(&ipv6, NULL, NULL);
    RTM_NOTIFY_HANDLE mine[MOST_WATCHERS], made = (HANDLE)(ULONG_PTR)0x1234;

    (void)state;
    for (UINT i = 0; i < MOST_WATCHERS; i++)
        mine[i] = watch(i < 10 ? other : me, UCAST, ALL);
    ASSERT_STATUS(RtmRegisterForChangeNotification(me, UCAST, ALL, NULL, &made),
                  ERROR_NO_SYSTEM_RESOURCES);
    ASSERT_STATUS(RtmRegisterForChangeNotification(other, UCAST, ALL, NULL, &made),
                  ERROR_NO_SYSTEM_RESOURCES);
    assert_ptr_equal(made, (HANDLE)(ULONG_PTR)0x1234);
    watch(elsewhere, UCAST, ALL);
    add_route(me, NET, NULL, 1, 1, UCAST);
    for (UINT i = 0; i < MOST_WATCHERS; i++)
        assert_changes(i < 10 ? other : me, mine[i], NET);
    unwatch(me, mine[20]);
    mine[20] = watch(other, UCAST, ALL);
    ASSERT_STATUS(RtmRegisterForChangeNotification(me, UCAST, ALL, NULL, &made),
                  ERROR_NO_SYSTEM_RESOURCES);
    leave(other); /* with 11 of them */
    for (UINT i = 0; i < 11; i++)
        watch(me, UCAST, ALL);
    ASSERT_STATUS(RtmRegisterForChangeNotification(me, UCAST, ALL, NULL, &made),
                  ERROR_NO_SYSTEM_RESOURCES);
}

static BOOL register_watcher(RTM_ENTITY_HANDLE me)
{
    RTM_NOTIFY_HANDLE made = NULL;
    DWORD status = RtmRegisterForChangeNotification(me, UCAST, ALL, NULL, &made);

    if (status != ERROR_NOT_ENOUGH_MEMORY) {
        ASSERT_STATUS(status, NO_ERROR);
        return FALSE;
    }
    assert_null(made);
    return TRUE;
}

static void registering_without_memory(void** state)
{
    (void)state;
    fail_allocations(register_watcher);
}

/* What is called for a registration, with any handles. */
static void assert_no_watcher(RTM_ENTITY_HANDLE me, RTM_NOTIFY_HANDLE bad,
                              RTM_DEST_HANDLE destination)
{
    dest_batch batch;
    UINT count = 1;
    BOOL answer = 77;

    PAINT(batch);
    ASSERT_STATUS(RtmGetChangedDests(me, bad, &count, &batch.first), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReleaseChangedDests(me, bad, 0, &batch.first), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmIgnoreChangedDests(me, bad, 1, &destination), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmGetChangeStatus(me, bad, destination, &answer), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmMarkDestForChangeNotification(me, bad, destination, TRUE),
                  ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmIsMarkedForChangeNotification(me, bad, destination, &answer),
                  ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeregisterFromChangeNotification(me, bad), ERROR_INVALID_HANDLE);
    ASSERT_PAINTED(batch);
    assert_int_equal(answer, 77);
}

static void registrations_are_of_the_entity_that_made_them(void** state)
{
    RTM_ENTITY_INFO elsewhere = make_info(1, AF_INET, 1, 1);
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ENTITY_HANDLE far_away = join_as(&elsewhere, NULL, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);

    (void)state;
    add_route(me, NET, NULL, 1, 1, UCAST);
    assert_no_watcher(other, notify, dest(other, NET));
    assert_no_watcher(far_away, notify, dest(other, NET));
    assert_no_watcher(NULL, notify, dest(other, NET));
    assert_changes(me, notify, NET);
}

static void registrations_must_be_live(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    wrong_handles wrong = make_wrong_handles(me, OTHER_HANDLE);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
    RTM_DEST_HANDLE destination;

    (void)state;
    add_route(me, NET, NULL, 1, 1, UCAST);
    destination = dest(me, NET);
    for (UINT i = 0; i < wrong.count; i++)
        assert_no_watcher(me, wrong.handles[i], destination);
    assert_no_watcher(me, NULL, destination);
    unwatch(me, notify);
    assert_no_watcher(me, notify, destination);
}

static void destinations_must_be_live(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
    wrong_handles wrong = make_wrong_handles(me, DEST_HANDLE);
    RTM_DEST_HANDLE good;
    BOOL answer = 77;

    (void)state;
    drain(me, notify); /* changes that make_wrong_handles made, and what they keep */
    add_route(me, NET, NULL, 1, 1, UCAST);
    good = dest(me, NET);
    for (UINT i = 0; i <= wrong.count; i++) {
        RTM_DEST_HANDLE bad = i < wrong.count ? wrong.handles[i] : NULL;
        RTM_DEST_HANDLE handles[2] = {good, bad};

        ASSERT_STATUS(RtmIgnoreChangedDests(me, notify, 2, handles), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmGetChangeStatus(me, notify, bad, &answer), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmMarkDestForChangeNotification(me, notify, bad, TRUE),
                      ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmMarkDestForChangeNotification(me, notify, bad, FALSE),
                      ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmIsMarkedForChangeNotification(me, notify, bad, &answer),
                      ERROR_INVALID_HANDLE);
    }
    assert_int_equal(answer, 77);
    assert_true(has_change(me, notify, good));
}

static void pointers_must_not_be_null(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
    RTM_DEST_HANDLE destination;
    dest_batch batch;
    UINT count = 1;

    (void)state;
    add_route(me, NET, NULL, 1, 1, UCAST);
    destination = dest(me, NET);
    ASSERT_STATUS(RtmGetChangedDests(me, notify, NULL, &batch.first), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetChangedDests(me, notify, &count, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmReleaseChangedDests(me, notify, 1, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmReleaseChangedDests(me, notify, 0, NULL), NO_ERROR);
    ASSERT_STATUS(RtmIgnoreChangedDests(me, notify, 1, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmIgnoreChangedDests(me, notify, 0, NULL), NO_ERROR);
    ASSERT_STATUS(RtmGetChangeStatus(me, notify, destination, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmIsMarkedForChangeNotification(me, notify, destination, NULL),
                  ERROR_INVALID_PARAMETER);
    assert_changes(me, notify, NET);
}

/* ---- fetching ---- */

static void changes_collapse_to_the_latest_state(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), watcher = join(2, 2, NULL);
    RTM_NOTIFY_HANDLE notify = watch(watcher, UCAST, ALL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 5, 1, UCAST), better;
    route_info info;
    dest_batch batch;
    UINT count = 5;

    (void)state;
    for (ULONG i = 2; i < 100; i++) {
        info = make_route(NULL, 5, i, UCAST);
        update_route(me, route, NET, &info.info, INFINITE);
    }
    better = add_route(me, NET, next_hop(me, "10.0.0.1", 1), 4, 1, UCAST);
    PAINT(batch);
    ASSERT_STATUS(RtmGetChangedDests(watcher, notify, &count, &batch.first), NO_ERROR);
    assert_int_equal(count, 1);
    assert_net(&entry_at(&batch, 0)->DestAddress, NET);
    assert_int_equal(entry_at(&batch, 0)->BelongsToViews, UCAST);
    assert_int_equal(entry_at(&batch, 0)->NumberOfViews, 1);
    assert_int_equal(entry_view(&batch, 0, 0)->ViewId, RTM_VIEW_ID_UCAST);
    assert_int_equal(entry_view(&batch, 0, 0)->NumRoutes, 2);
    assert_ptr_equal(entry_view(&batch, 0, 0)->Route, better);
    assert_ptr_equal(entry_view(&batch, 0, 0)->Owner, me);
    assert_int_equal(entry_view(&batch, 0, 0)->DestFlags, 0);
    assert_null(entry_view(&batch, 0, 0)->HoldRoute);
    assert_batch_guard(&batch, 1, 1);
    ASSERT_STATUS(RtmReleaseChangedDests(watcher, notify, 1, &batch.first), NO_ERROR);
    assert_changes(watcher, notify, "");
}

static void the_views_of_the_registration_are_told(void** state)
{
    static const RTM_VIEW_SET views[] = {UCAST, MCAST, BOTH};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify[3];
    RTM_ROUTE_HANDLE ucast, mcast;

    (void)state;
    limits();
    for (UINT i = 0; i < 3; i++)
        notify[i] = watch(me, views[i], ALL);
    ucast = add_route(me, NET, next_hop(me, "10.0.0.1", 1), 5, 1, BOTH);
    mcast = add_route(me, NET, next_hop(me, "10.0.0.1", 2), 4, 1, MCAST);
    add_route(me, "20.0.0.0/8", NULL, 1, 1, BOTH);
    for (UINT i = 0; i < 3; i++) {
        UINT count = 5, entries = views[i] == BOTH ? 2 : 1, v = 0;
        dest_batch batch;

        PAINT(batch);
        ASSERT_STATUS(RtmGetChangedDests(me, notify[i], &count, &batch.first), NO_ERROR);
        assert_int_equal(count, 2);
        assert_batch_guard(&batch, 2, entries);
        assert_int_equal(entry_at(&batch, 0)->NumberOfViews, entries);
        assert_int_equal(entry_at(&batch, 0)->BelongsToViews, BOTH);
        if (views[i] & UCAST) {
            assert_int_equal(entry_view(&batch, 0, v)->ViewId, RTM_VIEW_ID_UCAST);
            assert_ptr_equal(entry_view(&batch, 0, v)->Route, ucast);
            assert_int_equal(entry_view(&batch, 0, v++)->NumRoutes, 1);
        }
        if (views[i] & MCAST) {
            assert_int_equal(entry_view(&batch, 0, v)->ViewId, RTM_VIEW_ID_MCAST);
            assert_ptr_equal(entry_view(&batch, 0, v)->Route, mcast);
            assert_int_equal(entry_view(&batch, 0, v)->NumRoutes, 2);
        }
        ASSERT_STATUS(RtmReleaseChangedDests(me, notify[i], 2, &batch.first), NO_ERROR);
    }
}

static void a_destination_that_is_gone_is_told(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, BEST);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 5, 1, UCAST);
    RTM_DEST_HANDLE before = dest(me, NET);
    dest_batch batch;
    dest_info info;
    UINT count = 5;

    (void)state;
    release_dest(me, before);
    delete_route(me, route);
    assert_true(is_there(me, NET, ANY)); /* the change keeps it */
    assert_false(is_there(me, NET, UCAST));
    ASSERT_STATUS(RtmGetChangedDests(me, notify, &count, &batch.first), NO_ERROR);
    assert_int_equal(count, 1);
    assert_net(&entry_at(&batch, 0)->DestAddress, NET);
    assert_ptr_equal(entry_at(&batch, 0)->DestHandle, before);
    assert_int_equal(entry_at(&batch, 0)->BelongsToViews, 0);
    assert_int_equal(entry_view(&batch, 0, 0)->NumRoutes, 0);
    assert_null(entry_view(&batch, 0, 0)->Route);
    assert_null(entry_view(&batch, 0, 0)->Owner);
    get_dest(me, before, RTM_BEST_PROTOCOL, UCAST, &info);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &info.info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseChangedDests(me, notify, 1, &batch.first), NO_ERROR);
    assert_false(is_there(me, NET, ANY));
    ASSERT_STATUS(RtmGetDestInfo(me, before, RTM_BEST_PROTOCOL, UCAST, &info.info),
                  ERROR_INVALID_HANDLE);
}

static void changes_come_in_the_order_of_the_last_one(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
    RTM_ROUTE_HANDLE first;

    (void)state;
    first = add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    add_route(me, "30.0.0.0/8", NULL, 1, 1, UCAST);
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    delete_route(me, first);
    assert_changes(me, notify, "30.0.0.0/8 10.0.0.0/8 20.0.0.0/8");
}

static void changes_come_in_batches(void** state)
{
    static const UINT capacities[] = {1, 2, 3, MOST_ITEMS};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    for (UINT i = 0; i < COUNT_OF(capacities); i++) {
        RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
        RTM_ROUTE_HANDLE routes[6];

        for (UINT j = 0; j < 6; j++) {
            char text[32];

            snprintf(text, sizeof(text), "10.%u.0.0/16", j);
            routes[j] = add_route(me, text, NULL, 1, 1, UCAST);
        }
        assert_changes_by(me, notify, capacities[i],
                          "10.0.0.0/16 10.1.0.0/16 10.2.0.0/16 10.3.0.0/16 10.4.0.0/16 "
                          "10.5.0.0/16");
        for (UINT j = 0; j < 6; j++)
            delete_route(me, routes[j]);
        unwatch(me, notify);
    }
}

static void the_end_is_told_again_and_again(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
    dest_batch batch;

    (void)state;
    add_route(me, NET, NULL, 1, 1, UCAST);
    assert_changes(me, notify, NET);
    for (UINT i = 0; i < 3; i++) {
        UINT count = 5;

        ASSERT_STATUS(RtmGetChangedDests(me, notify, &count, &batch.first), ERROR_NO_MORE_ITEMS);
        assert_int_equal(count, 0);
        ASSERT_STATUS(RtmReleaseChangedDests(me, notify, 0, &batch.first), NO_ERROR);
    }
    add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    assert_changes(me, notify, "20.0.0.0/8");
}

static void capacity_must_be_one_to_the_limit(void** state)
{
    static const UINT bad[] = {0, MOST_ITEMS + 1, 0x7fffffff, 0xffffffff};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
    dest_batch batch;

    (void)state;
    limits();
    add_route(me, NET, NULL, 1, 1, UCAST);
    PAINT(batch);
    for (UINT i = 0; i < COUNT_OF(bad); i++) {
        UINT count = bad[i];

        ASSERT_STATUS(RtmGetChangedDests(me, notify, &count, &batch.first),
                      ERROR_INVALID_PARAMETER);
        assert_int_equal(count, 0);
    }
    ASSERT_PAINTED(batch);
    assert_changes(me, notify, NET);
}

static void entries_carry_references(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
    RTM_ROUTE_HANDLE route = add_route(other, NET, NULL, 1, 1, UCAST);
    dest_batch batch;
    UINT count = 5;

    (void)state;
    ASSERT_STATUS(RtmGetChangedDests(me, notify, &count, &batch.first), NO_ERROR);
    assert_int_equal(count, 1);
    delete_route(other, route);
    drain(me, notify);
    assert_false(is_dead_route(me, route));
    ASSERT_STATUS(RtmReleaseChangedDests(me, notify, 1, &batch.first), NO_ERROR);
    assert_true(is_dead_route(me, route));
    assert_false(is_there(me, NET, ANY));
    ASSERT_STATUS(RtmReleaseChangedDests(me, notify, 1, &batch.first), ERROR_INVALID_HANDLE);
}

static void releasing_does_all_or_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
    dest_batch batch;
    UINT count = 5;
    HANDLE good;

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    ASSERT_STATUS(RtmGetChangedDests(me, notify, &count, &batch.first), NO_ERROR);
    assert_int_equal(count, 2);
    good = entry_at(&batch, 1)->DestHandle;
    entry_at(&batch, 1)->DestHandle = (HANDLE)(ULONG_PTR)0xbad0;
    ASSERT_STATUS(RtmReleaseChangedDests(me, notify, 2, &batch.first), ERROR_INVALID_HANDLE);
    entry_at(&batch, 1)->DestHandle = good;
    good = entry_view(&batch, 1, 0)->Route;
    entry_view(&batch, 1, 0)->Route = entry_at(&batch, 0)->DestHandle;
    ASSERT_STATUS(RtmReleaseChangedDests(me, notify, 2, &batch.first), ERROR_INVALID_HANDLE);
    entry_view(&batch, 1, 0)->Route = good;
    ASSERT_STATUS(RtmReleaseChangedDests(me, notify, 2, &batch.first), NO_ERROR);
    ASSERT_STATUS(RtmReleaseChangedDests(me, notify, 1, &batch.first), ERROR_INVALID_HANDLE);
}

static void watchers_do_not_disturb_each_other(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE a = watch(me, UCAST, ALL), b = watch(me, UCAST, ALL), c;

    (void)state;
    add_route(me, NET, NULL, 1, 1, UCAST);
    c = watch(me, UCAST, ALL);
    assert_changes(me, a, NET);
    add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    unwatch(me, a);
    assert_changes(me, b, NET " 20.0.0.0/8");
    assert_changes(me, c, "20.0.0.0/8");
}

/* ---- status, ignoring ---- */

static void status_is_true_until_the_change_is_fetched(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify;
    RTM_DEST_HANDLE a, b;
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    dest_batch batch;
    UINT count = 1;

    (void)state;
    add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    a = dest(me, "10.0.0.0/8");
    b = dest(me, "20.0.0.0/8");
    notify = watch(me, UCAST, ALL);
    assert_false(has_change(me, notify, a));
    delete_route(me, route);
    assert_true(has_change(me, notify, a));
    assert_true(has_change(me, notify, a));
    assert_false(has_change(me, notify, b));
    ASSERT_STATUS(RtmGetChangedDests(me, notify, &count, &batch.first), NO_ERROR);
    assert_false(has_change(me, notify, a)); /* fetched is enough */
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    assert_true(has_change(me, notify, a)); /* a new one, released or not */
    ASSERT_STATUS(RtmReleaseChangedDests(me, notify, 1, &batch.first), NO_ERROR);
    assert_changes(me, notify, "10.0.0.0/8");
}

static void ignored_changes_are_not_fetched(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL), other = watch(me, UCAST, ALL);
    RTM_DEST_HANDLE some[3];

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    add_route(me, "30.0.0.0/8", NULL, 1, 1, UCAST);
    some[0] = dest(me, "10.0.0.0/8");
    some[1] = dest(me, "30.0.0.0/8");
    some[2] = some[0];
    ASSERT_STATUS(RtmIgnoreChangedDests(me, notify, 3, some), NO_ERROR);
    assert_false(has_change(me, notify, some[0]));
    assert_true(has_change(me, other, some[0]));
    assert_changes(me, notify, "20.0.0.0/8");
    assert_changes(me, other, "10.0.0.0/8 20.0.0.0/8 30.0.0.0/8");
    ASSERT_STATUS(RtmIgnoreChangedDests(me, notify, 2, some), NO_ERROR); /* nothing there */
    release_dest(me, some[0]);                                           /* it consumes no handle */
    release_dest(me, some[1]);
}

static void changes_after_ignoring_count(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 1, 1, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);

    (void)state;
    ASSERT_STATUS(RtmIgnoreChangedDests(me, notify, 1, &destination), NO_ERROR);
    delete_route(me, route);
    assert_changes(me, notify, NET);
}

static void an_ignored_change_keeps_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
    RTM_DEST_HANDLE destination;

    (void)state;
    delete_route(me, add_route(me, NET, NULL, 1, 1, UCAST));
    destination = dest(me, NET);
    ASSERT_STATUS(RtmIgnoreChangedDests(me, notify, 1, &destination), NO_ERROR);
    release_dest(me, destination);
    assert_false(is_there(me, NET, ANY));
}

/* ---- marks ---- */

static void only_marked_destinations_count(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL | RTM_NOTIFY_ONLY_MARKED_DESTS);
    RTM_ROUTE_HANDLE a = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_ROUTE_HANDLE b = add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);

    (void)state;
    assert_changes(me, notify, "");
    mark(me, notify, dest(me, "20.0.0.0/8"), TRUE);
    assert_changes(me, notify, "");
    delete_route(me, a);
    delete_route(me, b);
    add_route(me, "30.0.0.0/8", NULL, 1, 1, UCAST);
    assert_changes(me, notify, "20.0.0.0/8");
}

static void marked_destinations_count_by_type(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE best = watch(me, UCAST, BEST | RTM_NOTIFY_ONLY_MARKED_DESTS);
    RTM_NOTIFY_HANDLE all = watch(me, UCAST, ALL | RTM_NOTIFY_ONLY_MARKED_DESTS);
    RTM_DEST_HANDLE destination;

    (void)state;
    add_route(me, NET, NULL, 1, 1, UCAST);
    destination = dest(me, NET);
    mark(me, best, destination, TRUE);
    mark(me, all, destination, TRUE);
    add_route(me, NET, next_hop(me, "10.0.0.1", 1), 2, 2, UCAST);
    assert_changes(me, best, "");
    assert_changes(me, all, NET);
    add_route(me, NET, next_hop(me, "10.0.0.1", 2), 2, 2, MCAST);
    assert_changes(me, all, "");
}

static void unmarked_destinations_count_no_more(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL | RTM_NOTIFY_ONLY_MARKED_DESTS);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 1, 1, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);
    route_info info = make_route(NULL, 1, 2, UCAST);

    (void)state;
    mark(me, notify, destination, TRUE);
    update_route(me, route, NET, &info.info, INFINITE);
    mark(me, notify, destination, FALSE);
    assert_changes(me, notify, NET); /* what was pending stays */
    delete_route(me, route);
    assert_changes(me, notify, "");
}

static void marks_are_shown(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL | RTM_NOTIFY_ONLY_MARKED_DESTS);
    RTM_NOTIFY_HANDLE other = watch(me, UCAST, ALL | RTM_NOTIFY_ONLY_MARKED_DESTS);
    RTM_DEST_HANDLE a, b;

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    a = dest(me, "10.0.0.0/8");
    b = dest(me, "20.0.0.0/8");
    assert_false(is_marked(me, notify, a));
    mark(me, notify, a, FALSE); /* was not marked */
    assert_false(is_marked(me, notify, a));
    mark(me, notify, a, TRUE);
    mark(me, notify, a, 2); /* twice, by any BOOL */
    assert_true(is_marked(me, notify, a));
    assert_false(is_marked(me, notify, b));
    assert_false(is_marked(me, other, a));
    mark(me, notify, a, FALSE);
    assert_false(is_marked(me, notify, a));
}

static void marks_filter_nothing_for_who_watches_all(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
    RTM_DEST_HANDLE destination;

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    destination = dest(me, "10.0.0.0/8");
    assert_false(is_marked(me, notify, destination));
    mark(me, notify, destination, TRUE);
    assert_true(is_marked(me, notify, destination));
    add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    assert_changes(me, notify, "10.0.0.0/8 20.0.0.0/8");
    mark(me, notify, destination, FALSE);
    add_route(me, "10.0.0.0/8", next_hop(me, "10.0.0.1", 1), 1, 1, UCAST);
    assert_changes(me, notify, "10.0.0.0/8");
}

static void a_mark_keeps_its_destination(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL | RTM_NOTIFY_ONLY_MARKED_DESTS);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 1, 1, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET), again;

    (void)state;
    mark(me, notify, destination, TRUE);
    release_dest(me, destination);
    delete_route(me, route);
    assert_changes(me, notify, NET);
    assert_true(is_there(me, NET, ANY));
    assert_true(is_marked(me, notify, destination)); /* the handle is still good */
    route = add_route(me, NET, NULL, 1, 1, UCAST);
    assert_changes(me, notify, NET);
    again = dest(me, NET);
    assert_ptr_equal(again, destination);
    release_dest(me, again);
    delete_route(me, route);
    assert_changes(me, notify, NET);
    mark(me, notify, destination, FALSE);
    assert_false(is_there(me, NET, ANY));
}

static void ending_a_registration_drops_marks_and_changes(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE marked = watch(me, UCAST, ALL | RTM_NOTIFY_ONLY_MARKED_DESTS);
    RTM_NOTIFY_HANDLE all = watch(me, UCAST, ALL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 1, 1, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);

    (void)state;
    mark(me, marked, destination, TRUE);
    release_dest(me, destination);
    delete_route(me, route);
    unwatch(me, all);
    assert_true(is_there(me, NET, ANY));
    unwatch(me, marked);
    assert_false(is_there(me, NET, ANY));
}

/* ---- the callback ---- */

static void the_callback_tells_handle_and_context(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder), other = join(2, 2, notice_recorder);
    int context;
    RTM_NOTIFY_HANDLE notify = watch_with(me, UCAST, ALL, &context);
    notice got;

    (void)state;
    add_route(other, NET, NULL, 1, 1, UCAST);
    await_notices(notify, 1);
    got = notice_at(notify, 0);
    assert_ptr_equal(got.receiver, me);
    assert_int_equal(got.type, RTM_CHANGE_NOTIFICATION);
    assert_ptr_equal(got.context1, notify);
    assert_ptr_equal(got.context2, &context);
    assert_true(got.thread != GetCurrentThreadId());
    assert_int_equal(notices_of(other), 0);
    assert_changes(me, notify, NET);
}

static LONG calling;
static LONG inside_call;

static DWORD WINAPI looks_for_the_caller(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type,
                                         PVOID context1, PVOID context2)
{
    if (type != RTM_CHANGE_NOTIFICATION)
        return NO_ERROR;
    InterlockedExchange(&inside_call, InterlockedCompareExchange(&calling, 0, 0));
    drain(receiver, context1);
    record_notice(receiver, type, context1, context2);
    return NO_ERROR;
}

/* It comes some time after the call that caused it: a client may answer its own client before it
 * looks at the notice. A call that is held up for long may still be running then, so that one of
 * several is enough. */
static void the_callback_comes_after_the_call(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, looks_for_the_caller);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 1, 1, UCAST);
    UINT outside = 0;

    (void)state;
    await_notices(notify, 1);
    for (ULONG i = 1; i <= 10; i++) {
        route_info info = make_route(NULL, 1, 1 + i, UCAST);
        LARGE_INTEGER before, after, frequency;

        QueryPerformanceFrequency(&frequency);
        QueryPerformanceCounter(&before);
        InterlockedExchange(&calling, TRUE);
        update_route(me, route, NET, &info.info, INFINITE);
        InterlockedExchange(&calling, FALSE);
        await_notices(notify, i + 1);
        QueryPerformanceCounter(&after);
        outside += !InterlockedCompareExchange(&inside_call, 0, 0);
        /* Never at once, however slow the machine is. */
        assert_true((after.QuadPart - before.QuadPart) * 1000 >= frequency.QuadPart * 10);
    }
    assert_true(outside > 0);
}

static void one_callback_until_all_is_fetched(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
    dest_batch batch;
    UINT count = 1;

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    await_notices(notify, 1);
    add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    assert_no_more_notices(notify, 1);
    ASSERT_STATUS(RtmGetChangedDests(me, notify, &count, &batch.first), NO_ERROR);
    assert_int_equal(count, 1);
    ASSERT_STATUS(RtmReleaseChangedDests(me, notify, 1, &batch.first), NO_ERROR);
    add_route(me, "30.0.0.0/8", NULL, 1, 1, UCAST);
    assert_no_more_notices(notify, 1); /* one was still there */
    assert_changes(me, notify, "20.0.0.0/8 30.0.0.0/8");
    add_route(me, "40.0.0.0/8", NULL, 1, 1, UCAST);
    await_notices(notify, 2);
    assert_changes(me, notify, "40.0.0.0/8");
}

static void ignoring_all_changes_is_as_fetching_them(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
    RTM_DEST_HANDLE destination;

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    destination = dest(me, "10.0.0.0/8");
    await_notices(notify, 1);
    ASSERT_STATUS(RtmIgnoreChangedDests(me, notify, 1, &destination), NO_ERROR);
    add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    await_notices(notify, 2);
    assert_changes(me, notify, "20.0.0.0/8");
}

/* What is fetched at the very moment when it was needed takes no callback with it. */
static void fetching_before_the_callback(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);

    (void)state;
    for (ULONG i = 0; i < 20; i++) {
        route_info info = make_route(NULL, 1, 1 + i, UCAST);
        RTM_ROUTE_CHANGE_FLAGS flags = 0;

        ASSERT_STATUS(try_add_route(me, NULL, NET, &info.info, INFINITE, &flags), NO_ERROR);
        Sleep(i % 5 * 6);
        assert_changes(me, notify, NET);
    }
    /* After a moment of rest the next change is told. */
    Sleep(WATCH_MS);
    assert_int_equal(drain(me, notify), 0);
    {
        UINT before = notices_of(notify);

        add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
        await_notices(notify, before + 1);
        assert_changes(me, notify, "20.0.0.0/8");
    }
}

static void a_burst_is_one_callback(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), watcher = join(2, 2, notice_recorder);
    RTM_NOTIFY_HANDLE notify = watch(watcher, UCAST, ALL);

    (void)state;
    for (ULONG i = 0; i < 2000; i++) {
        route_info info = make_route(NULL, 1, 1 + i, UCAST);
        RTM_ROUTE_CHANGE_FLAGS flags = 0;

        ASSERT_STATUS(try_add_route(me, NULL, i % 2 ? "10.0.0.0/8" : "20.0.0.0/8", &info.info,
                                    INFINITE, &flags),
                      NO_ERROR);
    }
    await_notices(notify, 1);
    assert_no_more_notices(notify, 1);
    assert_changes(watcher, notify, "20.0.0.0/8 10.0.0.0/8");
}

static void each_registration_has_its_own_callback(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder);
    int contexts[3];
    RTM_NOTIFY_HANDLE a = watch_with(me, UCAST, ALL, &contexts[0]);
    RTM_NOTIFY_HANDLE b = watch_with(me, UCAST, BEST, &contexts[1]);
    RTM_NOTIFY_HANDLE c = watch_with(me, MCAST, ALL, &contexts[2]);

    (void)state;
    add_route(me, NET, NULL, 1, 1, UCAST);
    await_notices(a, 1);
    await_notices(b, 1);
    assert_ptr_equal(notice_at(a, 0).context2, &contexts[0]);
    assert_ptr_equal(notice_at(b, 0).context2, &contexts[1]);
    assert_changes(me, a, NET);
    add_route(me, NET, next_hop(me, "10.0.0.1", 1), 2, 2, BOTH);
    await_notices(a, 2);
    await_notices(c, 1);
    assert_ptr_equal(notice_at(c, 0).context2, &contexts[2]);
    assert_int_equal(notices_of(b), 1);
}

static void without_a_callback_changes_are_polled(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);

    (void)state;
    for (UINT i = 0; i < 3; i++) {
        RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 1, 1, UCAST);

        assert_true(has_change(me, notify, dest(me, NET)));
        assert_changes(me, notify, NET);
        delete_route(me, route);
        assert_changes(me, notify, NET);
    }
    assert_int_equal(notices_of(me), 0);
}

static LONG answer;

static DWORD WINAPI answers_anything(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type,
                                     PVOID context1, PVOID context2)
{
    if (type != RTM_CHANGE_NOTIFICATION)
        return (DWORD)answer;
    CHECK(drain(receiver, context1) == 1);
    record_notice(receiver, type, context1, context2);
    return (DWORD)InterlockedCompareExchange(&answer, 0, 0);
}

static void what_the_callback_returns_is_ignored(void** state)
{
    static const DWORD answers[] = {NO_ERROR, ERROR_NOT_SUPPORTED, ERROR_INVALID_HANDLE, ~0u};
    RTM_ENTITY_HANDLE me = join(1, 1, answers_anything);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);

    (void)state;
    for (UINT i = 0; i < COUNT_OF(answers); i++) {
        route_info info = make_route(NULL, 1, 1 + i, UCAST);
        RTM_ROUTE_CHANGE_FLAGS flags = 0;

        InterlockedExchange(&answer, (LONG)answers[i]);
        ASSERT_STATUS(try_add_route(me, NULL, NET, &info.info, INFINITE, &flags), NO_ERROR);
        await_notices(notify, i + 1);
        assert_true(is_there(me, NET, UCAST));
    }
}

/* ---- inside the callback ---- */

static HANDLE entered, gate;
static LONG inside, overlaps;

static void new_gate(void)
{
    inside = overlaps = 0;
    entered = new_event();
    gate = new_event();
}

static void close_gate(void)
{
    CloseHandle(entered);
    CloseHandle(gate);
}

/* Fetches all, and waits at the gate afterwards. */
static DWORD WINAPI fetches_and_waits(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type,
                                      PVOID context1, PVOID context2)
{
    if (type != RTM_CHANGE_NOTIFICATION)
        return NO_ERROR;
    if (InterlockedIncrement(&inside) != 1)
        InterlockedIncrement(&overlaps);
    record_notice(receiver, type, context1, context2);
    drain(receiver, context1);
    SetEvent(entered);
    awaited(gate);
    InterlockedDecrement(&inside);
    return NO_ERROR;
}

static void fetching_in_the_callback(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, answers_anything);
    RTM_NOTIFY_HANDLE notify = watch(me, BOTH, ALL);

    (void)state;
    for (UINT i = 1; i <= 5; i++) {
        RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 1, i, UCAST);

        await_notices(notify, 2 * i - 1);
        assert_false(has_change(me, notify, dest(me, NET)));
        delete_route(me, route);
        await_notices(notify, 2 * i);
        assert_int_equal(drain(me, notify), 0);
    }
}

/* A change during the callback, after all was fetched, has a callback of its own, later. */
static void a_change_during_the_callback(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, fetches_and_waits);
    RTM_NOTIFY_HANDLE notify;

    (void)state;
    new_gate();
    notify = watch(me, UCAST, ALL);
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    await(entered);
    add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    assert_no_more_notices(notify, 1);
    SetEvent(gate);
    await_notices(notify, 2);
    AWAIT(drain(me, notify) == 0 && !InterlockedCompareExchange(&inside, 0, 0));
    assert_int_equal(overlaps, 0);
    leave(me);
    close_gate();
}

/* Nobody waits for a slow callback: neither who changes nor others who watch. */
static void a_slow_callback_delays_nobody(void** state)
{
    RTM_ENTITY_HANDLE slow = join(1, 1, fetches_and_waits), me = join(2, 2, NULL);
    RTM_ENTITY_HANDLE quick = join(3, 3, notice_recorder);
    RTM_NOTIFY_HANDLE slows, quicks;
    RTM_ROUTE_HANDLE route;
    RTM_DEST_HANDLE destination;

    (void)state;
    new_gate();
    slows = watch(slow, UCAST, ALL);
    quicks = watch(quick, UCAST, ALL);
    route = add_route(me, NET, NULL, 1, 1, UCAST);
    await(entered);
    await_notices(quicks, 1);
    assert_changes(quick, quicks, NET);
    destination = dest(me, NET);
    ASSERT_STATUS(RtmLockDestination(me, destination, TRUE, TRUE), NO_ERROR);
    ASSERT_STATUS(RtmLockDestination(me, destination, TRUE, FALSE), NO_ERROR);
    delete_route(me, route);
    add_route(me, NET, NULL, 1, 1, UCAST);
    await_notices(quicks, 2);
    assert_true(has_change(slow, slows, destination));
    assert_int_equal(notices_of(slows), 1);
    SetEvent(gate);
    await_notices(slows, 2);
    leave(slow);
    close_gate();
}

static LONG changes_to_make;

/* Fetches, and changes the route again: each change has a callback. */
static DWORD WINAPI changes_again(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                                  PVOID context2)
{
    LONG left;

    if (type != RTM_CHANGE_NOTIFICATION)
        return NO_ERROR;
    drain(receiver, context1);
    left = InterlockedDecrement(&changes_to_make);
    if (left >= 0) {
        route_info info = make_route(NULL, 1, 100 + (ULONG)left, UCAST);
        RTM_ROUTE_CHANGE_FLAGS flags = 0;

        CHECK_STATUS(try_add_route(receiver, NULL, NET, &info.info, INFINITE, &flags), NO_ERROR);
    }
    record_notice(receiver, type, context1, context2);
    return NO_ERROR;
}

static void changes_made_in_the_callback(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, changes_again);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);

    (void)state;
    InterlockedExchange(&changes_to_make, 5);
    add_route(me, NET, NULL, 1, 1, UCAST);
    await_notices(notify, 6);
    assert_no_more_notices(notify, 6);
}

static RTM_NOTIFY_HANDLE second_registration;
static LONG registered;

/* Forbidden by the documentation; it works all the same. */
static DWORD WINAPI registers_another(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type,
                                      PVOID context1, PVOID context2)
{
    if (type != RTM_CHANGE_NOTIFICATION)
        return NO_ERROR;
    drain(receiver, context1);
    if (!InterlockedExchange(&registered, TRUE))
        CHECK_STATUS(
            RtmRegisterForChangeNotification(receiver, UCAST, ALL, NULL, &second_registration),
            NO_ERROR);
    record_notice(receiver, type, context1, context2);
    return NO_ERROR;
}

static void registering_in_the_callback(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, registers_another);
    RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);

    (void)state;
    registered = FALSE;
    second_registration = NULL;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    await_notices(notify, 1);
    assert_non_null(second_registration);
    add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    await_notices(notify, 2);
    await_notices(second_registration, 1);
}

/* ---- ending a registration ---- */

static void no_callback_after_the_end(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder);
    UINT tried = 0;

    (void)state;
    for (UINT attempt = 0; attempt < 50 && tried < 3; attempt++) {
        RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
        ULONGLONG before = GetTickCount64();

        delete_route(me, add_route(me, NET, NULL, 1, 1, UCAST));
        unwatch(me, notify);
        if (GetTickCount64() - before > 10)
            continue; /* too late for certainty that none had begun */
        tried++;
        assert_no_more_notices(notify, 0);
    }
    assert_true(tried > 0);
    assert_false(is_there(me, NET, ANY));
}

static DWORD WINAPI ends_its_registration(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type,
                                          PVOID context1, PVOID context2)
{
    if (type != RTM_CHANGE_NOTIFICATION)
        return NO_ERROR;
    if (context2) { /* with its changes still pending */
        dest_batch batch;
        UINT count = 1;

        CHECK_STATUS(RtmDeregisterFromChangeNotification(receiver, context1), NO_ERROR);
        CHECK_STATUS(RtmGetChangedDests(receiver, context1, &count, &batch.first),
                     ERROR_INVALID_HANDLE);
    } else {
        drain(receiver, context1);
    }
    record_notice(receiver, type, context1, context2);
    return NO_ERROR;
}

static void ending_a_registration_in_its_callback(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, ends_its_registration);
    RTM_NOTIFY_HANDLE ends = watch_with(me, UCAST, ALL, me), stays = watch(me, UCAST, ALL);
    RTM_ROUTE_HANDLE route;

    (void)state;
    route = add_route(me, NET, NULL, 1, 1, UCAST);
    await_notices(ends, 1);
    await_notices(stays, 1);
    delete_route(me, route);
    await_notices(stays, 2);
    assert_no_more_notices(ends, 1);
    assert_no_watcher(me, ends, me);
}

static RTM_NOTIFY_HANDLE to_end;

static DWORD WINAPI end_registration(void* entity)
{
    return RtmDeregisterFromChangeNotification(entity, to_end);
}

static LONG late_status;

/* Waits first, and then tries to fetch. */
static DWORD WINAPI waits_and_fetches(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type,
                                      PVOID context1, PVOID context2)
{
    dest_batch batch;
    UINT count = 1;

    if (type != RTM_CHANGE_NOTIFICATION)
        return NO_ERROR;
    SetEvent(entered);
    awaited(gate);
    InterlockedExchange(&late_status,
                        (LONG)RtmGetChangedDests(receiver, context1, &count, &batch.first));
    record_notice(receiver, type, context1, context2);
    return NO_ERROR;
}

/* Whether or not it waits for the callback, both end. */
static void ending_a_registration_while_its_callback_runs(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, waits_and_fetches);
    HANDLE thread;

    (void)state;
    new_gate();
    to_end = watch(me, UCAST, ALL);
    late_status = -1;
    add_route(me, NET, NULL, 1, 1, UCAST);
    await(entered);
    thread = start(end_registration, me);
    WaitForSingleObject(thread, WATCH_MS);
    SetEvent(gate);
    ASSERT_STATUS(join_thread(thread), NO_ERROR);
    await_notices(to_end, 1);
    assert_true(late_status == ERROR_INVALID_HANDLE || late_status == NO_ERROR);
    assert_no_watcher(me, to_end, me);
    leave(me);
    close_gate();
}

/* One of several that end it at once succeeds. */
static void ending_a_registration_several_times_at_once(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder);

    (void)state;
    for (UINT i = 0; i < 30; i++) {
        HANDLE threads[3];
        UINT ended = 0;

        to_end = watch(me, UCAST, ALL);
        delete_route(me, add_route(me, NET, NULL, 1, 1, UCAST));
        for (UINT t = 0; t < 3; t++)
            threads[t] = start(end_registration, me);
        for (UINT t = 0; t < 3; t++) {
            DWORD status = join_thread(threads[t]);

            ended += status == NO_ERROR;
            assert_true(status == NO_ERROR || status == ERROR_INVALID_HANDLE);
        }
        assert_int_equal(ended, 1);
        assert_false(is_there(me, NET, ANY));
    }
}

static void registrations_that_come_and_go(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder);

    (void)state;
    for (UINT i = 0; i < 300; i++) {
        RTM_NOTIFY_HANDLE notify = watch(me, UCAST, ALL);
        RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 1, i, UCAST);

        if (i % 50 == 0)
            await_notices(notify, 1);
        if (i % 2)
            drain(me, notify);
        delete_route(me, route);
        unwatch(me, notify);
    }
    assert_false(is_there(me, NET, ANY));
}

/* ---- the order of events ---- */

static char order[16];
static LONG ordered;

/* Notes what comes, and lets the first one wait. */
static DWORD WINAPI notes_the_order(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                                    PVOID context2)
{
    LONG index = InterlockedIncrement(&ordered) - 1;

    (void)receiver, (void)context1, (void)context2;
    if (CHECK(index < (LONG)COUNT_OF(order) - 1))
        order[index] = type == RTM_CHANGE_NOTIFICATION ? 'c'
                       : type == RTM_ROUTE_EXPIRED     ? 'x'
                                                       : 'e';
    SetEvent(entered);
    awaited(gate);
    return ERROR_NOT_SUPPORTED;
}

/* What waits while a callback runs comes sorted: entities, expiries, changes. */
static void entities_before_expiries_before_changes(void** state)
{
    RTM_ENTITY_HANDLE me, witness = join(2, 2, notice_recorder);
    RTM_NOTIFY_HANDLE later;
    route_info info = make_route(NULL, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    new_gate();
    memset(order, 0, sizeof(order));
    ordered = 0;
    me = join(1, 1, notes_the_order);
    watch(me, UCAST, ALL);
    join(3, 3, NULL); /* whose event waits at the gate */
    await(entered);
    add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    ASSERT_STATUS(try_add_route(me, NULL, NET, &info.info, 0, &flags), NO_ERROR);
    /* By the time that others have heard of later ones both are due. */
    ASSERT_STATUS(try_add_route(witness, NULL, NET, &info.info, 0, &flags), NO_ERROR);
    await_notices(witness, 1);
    later = watch(witness, UCAST, ALL);
    add_route(witness, "30.0.0.0/8", NULL, 1, 1, UCAST);
    await_notices(later, 1);
    join(4, 4, NULL);
    SetEvent(gate);
    AWAIT(InterlockedCompareExchange(&ordered, 0, 0) >= 4);
    assert_string_equal(order, "eexc");
    leave(me);
    close_gate();
}

/* ---- mirrors ---- */

#define NETS 16
#define WRITERS 3
#define WRITES 1500

/* What a watcher has been told of each destination, per view. */
typedef struct mirror {
    RTM_NOTIFY_FLAGS type;
    struct {
        RTM_ROUTE_HANDLE route;
        UINT routes;
        ULONG metric;
        USHORT flags;
    } nets[NETS][2];
} mirror;

static mirror mirrors[3];
static SRWLOCK mirrors_lock = SRWLOCK_INIT;

static void mirror_entry(RTM_ENTITY_HANDLE me, mirror* mine, dest_batch* batch, UINT i)
{
    const RTM_DEST_INFO* entry = entry_at(batch, i);
    UINT n = entry->DestAddress.AddrBits[1];

    if (!CHECK(entry->NumberOfViews == 2) || !CHECK(n < NETS))
        return;
    for (UINT v = 0; v < 2; v++) {
        const view_info* view = entry_view(batch, i, v);
        route_info info;

        memset(&mine->nets[n][v], 0, sizeof(mine->nets[n][v]));
        if (!view->Route)
            continue;
        mine->nets[n][v].route = view->Route;
        mine->nets[n][v].routes = view->NumRoutes;
        if (CHECK_STATUS(RtmGetRouteInfo(me, view->Route, &info.info, NULL), NO_ERROR)) {
            mine->nets[n][v].metric = info.info.PrefInfo.Metric;
            mine->nets[n][v].flags = info.info.Flags;
            CHECK_STATUS(RtmReleaseRouteInfo(me, &info.info), NO_ERROR);
        }
    }
}

static void mirror_changes(RTM_ENTITY_HANDLE me, RTM_NOTIFY_HANDLE notify, mirror* mine)
{
    dest_batch batch;
    UINT count;

    AcquireSRWLockExclusive(&mirrors_lock);
    do {
        DWORD status;

        count = 7;
        status = RtmGetChangedDests(me, notify, &count, &batch.first);
        CHECK(status == NO_ERROR || status == ERROR_NO_MORE_ITEMS);
        for (UINT i = 0; i < count; i++)
            mirror_entry(me, mine, &batch, i);
        CHECK_STATUS(RtmReleaseChangedDests(me, notify, count, &batch.first), NO_ERROR);
    } while (count);
    ReleaseSRWLockExclusive(&mirrors_lock);
}

static DWORD WINAPI mirrors_the_table(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type,
                                      PVOID context1, PVOID context2)
{
    if (type == RTM_CHANGE_NOTIFICATION)
        mirror_changes(receiver, context1, context2);
    return NO_ERROR;
}

/* Whether a mirror shows the table, in what its type covers. */
static BOOL mirrors_well(RTM_ENTITY_HANDLE me, const mirror* mine)
{
    BOOL good = TRUE;

    AcquireSRWLockExclusive(&mirrors_lock);
    for (UINT n = 0; n < NETS && good; n++) {
        RTM_NET_ADDRESS address = {AF_INET, 16, {10, (UCHAR)n}};
        dest_info info;
        DWORD status;

        status = RtmGetExactMatchDestination(me, &address, RTM_BEST_PROTOCOL, BOTH, &info.info);
        if (status == ERROR_NOT_FOUND) {
            good = !mine->nets[n][0].route && !mine->nets[n][1].route;
            continue;
        }
        CHECK_STATUS(status, NO_ERROR);
        for (UINT v = 0; v < 2 && good; v++) {
            RTM_ROUTE_HANDLE best = view_at(&info, v)->Route;
            route_info route;

            good = best == mine->nets[n][v].route;
            if (mine->type == ALL)
                good = good && view_at(&info, v)->NumRoutes == mine->nets[n][v].routes;
            if (!good || !best)
                continue;
            CHECK_STATUS(RtmGetRouteInfo(me, best, &route.info, NULL), NO_ERROR);
            good = route.info.PrefInfo.Metric == mine->nets[n][v].metric;
            if (mine->type == FORWARDING)
                good = good &&
                       !((route.info.Flags ^ mine->nets[n][v].flags) & RTM_ROUTE_FLAGS_FORWARDING);
            else
                good = good && route.info.Flags == mine->nets[n][v].flags;
            CHECK_STATUS(RtmReleaseRouteInfo(me, &route.info), NO_ERROR);
        }
        CHECK_STATUS(RtmReleaseDestInfo(me, &info.info), NO_ERROR);
    }
    ReleaseSRWLockExclusive(&mirrors_lock);
    return good;
}

static RTM_ENTITY_HANDLE writers[WRITERS];

static DWORD WINAPI write_at_random(void* argument)
{
    UINT own = (UINT)(ULONG_PTR)argument;
    RTM_ENTITY_HANDLE me = writers[own];
    random_numbers numbers = {own + 4711};
    RTM_ROUTE_HANDLE routes[NETS] = {NULL};

    for (UINT round = 0; round < WRITES; round++) {
        UINT n = next_random(&numbers) % NETS;
        RTM_NET_ADDRESS address = {AF_INET, 16, {10, (UCHAR)n}};
        RTM_ROUTE_CHANGE_FLAGS flags = 0;

        if (routes[n] && next_random(&numbers) % 3 == 0) {
            CHECK_STATUS(RtmDeleteRouteToDest(me, routes[n], &flags), NO_ERROR);
            routes[n] = NULL;
        } else {
            route_info info =
                make_route(NULL, 5, next_random(&numbers) % 4, 1 + next_random(&numbers) % 3);

            info.info.Flags = (USHORT)(next_random(&numbers) & RTM_ROUTE_FLAGS_INACTIVE);
            info.info.Flags |= (USHORT)(next_random(&numbers) & RTM_ROUTE_FLAGS_LOCAL);
            CHECK_STATUS(RtmAddRouteToDest(me, &routes[n], &address, &info.info, INFINITE, NULL, 0,
                                           NULL, &flags),
                         NO_ERROR);
        }
        if (round % 100 == 0)
            Sleep(next_random(&numbers) % 30);
    }
    return 0;
}

static void write_by_threads(void)
{
    HANDLE threads[WRITERS];

    for (UINT i = 0; i < WRITERS; i++) {
        writers[i] = join(10, i, NULL);
        threads[i] = start(write_at_random, (void*)(ULONG_PTR)i);
    }
    for (UINT i = 0; i < WRITERS; i++)
        join_thread(threads[i]);
}

/* Who fetches all that it is told of knows the table, once it is at rest. */
static void a_mirror_at_rest_shows_the_table(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, mirrors_the_table);

    (void)state;
    memset(mirrors, 0, sizeof(mirrors));
    for (UINT i = 0; i < 3; i++) {
        mirrors[i].type = 1u << i;
        watch_with(me, BOTH, mirrors[i].type, &mirrors[i]);
    }
    write_by_threads();
    for (UINT i = 0; i < 3; i++)
        AWAIT(mirrors_well(me, &mirrors[i]));
    for (UINT i = 0; i < WRITERS; i++)
        leave(writers[i]);
    for (UINT i = 0; i < 3; i++) {
        AWAIT(mirrors_well(me, &mirrors[i]));
        for (UINT n = 0; n < NETS; n++)
            assert_true(!mirrors[i].nets[n][0].route && !mirrors[i].nets[n][1].route);
    }
    leave(me);
}

static LONG polling;
static RTM_NOTIFY_HANDLE polled[3];

static DWORD WINAPI poll_for_changes(void* me)
{
    while (InterlockedCompareExchange(&polling, 0, 0)) {
        for (UINT i = 0; i < 3; i++)
            mirror_changes(me, polled[i], &mirrors[i]);
        Sleep(1);
    }
    return 0;
}

/* The same without callbacks; the last look is after the last change. */
static void a_polled_mirror_shows_the_table(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    HANDLE thread;

    (void)state;
    memset(mirrors, 0, sizeof(mirrors));
    for (UINT i = 0; i < 3; i++) {
        mirrors[i].type = 1u << i;
        polled[i] = watch(me, BOTH, mirrors[i].type);
    }
    InterlockedExchange(&polling, TRUE);
    thread = start(poll_for_changes, me);
    write_by_threads();
    InterlockedExchange(&polling, FALSE);
    join_thread(thread);
    for (UINT i = 0; i < 3; i++) {
        mirror_changes(me, polled[i], &mirrors[i]);
        assert_true(mirrors_well(me, &mirrors[i]));
    }
    leave(me);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NOTICE_TEST(first_and_last_route_count_for_all_types),
        NOTICE_TEST(a_better_route_counts_for_all_types),
        NOTICE_TEST(a_worse_route_counts_for_all_changes_only),
        NOTICE_TEST(an_equal_route_counts_for_all_changes_only),
        NOTICE_TEST(deleting_the_best_route_counts_for_all_types),
        NOTICE_TEST(deleting_another_route_counts_for_all_changes_only),
        NOTICE_TEST(the_bests_metric_counts_for_all_types),
        NOTICE_TEST(the_bests_preference_counts_for_all_types),
        NOTICE_TEST(the_bests_next_hops_count_for_all_types),
        NOTICE_TEST(the_bests_forwarding_flags_count_for_all_types),
        NOTICE_TEST(the_bests_other_flags_do_not_count_for_forwarding),
        NOTICE_TEST(the_bests_private_value_counts_for_all_changes_only),
        NOTICE_TEST(changes_of_other_routes_count_for_all_changes_only),
        NOTICE_TEST(another_route_that_becomes_best_counts_for_all_types),
        NOTICE_TEST(equal_contents_are_no_change),
        NOTICE_TEST(moving_to_a_list_is_no_change),
        NOTICE_TEST(changes_of_next_hops_are_no_change),
        NOTICE_TEST(locks_marks_and_reading_are_no_change),
        NOTICE_TEST(updates_in_place_count_as_others),
        NOTICE_TEST(a_plain_unlock_is_no_change),
        NOTICE_TEST(expiry_of_a_route_is_a_change),
        NOTICE_TEST(a_route_counts_in_its_own_views),
        NOTICE_TEST(a_route_of_two_views_counts_in_both),
        NOTICE_TEST(best_is_best_of_a_view),
        NOTICE_TEST(a_move_between_views_counts_in_both),
        NOTICE_TEST(types_may_be_combined),
        NOTICE_TEST(ones_own_changes_count),
        NOTICE_TEST(changes_before_the_registration_do_not_count),
        NOTICE_TEST(other_tables_do_not_count),
        NOTICE_TEST(views_of_a_registration),
        NOTICE_TEST(flags_must_have_a_type_and_be_known),
        NOTICE_TEST(a_table_has_room_for_so_many),
        NOTICE_TEST(registering_without_memory),
        NOTICE_TEST(registrations_are_of_the_entity_that_made_them),
        NOTICE_TEST(registrations_must_be_live),
        NOTICE_TEST(destinations_must_be_live),
        NOTICE_TEST(pointers_must_not_be_null),
        NOTICE_TEST(changes_collapse_to_the_latest_state),
        NOTICE_TEST(the_views_of_the_registration_are_told),
        NOTICE_TEST(a_destination_that_is_gone_is_told),
        NOTICE_TEST(changes_come_in_the_order_of_the_last_one),
        NOTICE_TEST(changes_come_in_batches),
        NOTICE_TEST(the_end_is_told_again_and_again),
        NOTICE_TEST(capacity_must_be_one_to_the_limit),
        NOTICE_TEST(entries_carry_references),
        NOTICE_TEST(releasing_does_all_or_nothing),
        NOTICE_TEST(watchers_do_not_disturb_each_other),
        NOTICE_TEST(status_is_true_until_the_change_is_fetched),
        NOTICE_TEST(ignored_changes_are_not_fetched),
        NOTICE_TEST(changes_after_ignoring_count),
        NOTICE_TEST(an_ignored_change_keeps_nothing),
        NOTICE_TEST(only_marked_destinations_count),
        NOTICE_TEST(marked_destinations_count_by_type),
        NOTICE_TEST(unmarked_destinations_count_no_more),
        NOTICE_TEST(marks_are_shown),
        NOTICE_TEST(marks_filter_nothing_for_who_watches_all),
        NOTICE_TEST(a_mark_keeps_its_destination),
        NOTICE_TEST(ending_a_registration_drops_marks_and_changes),
        NOTICE_TEST(the_callback_tells_handle_and_context),
        NOTICE_TEST(the_callback_comes_after_the_call),
        NOTICE_TEST(one_callback_until_all_is_fetched),
        NOTICE_TEST(ignoring_all_changes_is_as_fetching_them),
        NOTICE_TEST(fetching_before_the_callback),
        NOTICE_TEST(a_burst_is_one_callback),
        NOTICE_TEST(each_registration_has_its_own_callback),
        NOTICE_TEST(without_a_callback_changes_are_polled),
        NOTICE_TEST(what_the_callback_returns_is_ignored),
        NOTICE_TEST(fetching_in_the_callback),
        NOTICE_TEST(a_change_during_the_callback),
        NOTICE_TEST(a_slow_callback_delays_nobody),
        NOTICE_TEST(changes_made_in_the_callback),
        NOTICE_TEST(registering_in_the_callback),
        NOTICE_TEST(no_callback_after_the_end),
        NOTICE_TEST(ending_a_registration_in_its_callback),
        NOTICE_TEST(ending_a_registration_while_its_callback_runs),
        NOTICE_TEST(ending_a_registration_several_times_at_once),
        NOTICE_TEST(registrations_that_come_and_go),
        NOTICE_TEST(entities_before_expiries_before_changes),
        NOTICE_TEST(a_mirror_at_rest_shows_the_table),
        NOTICE_TEST(a_polled_mirror_shows_the_table),
    };

    return CLIENT_MAIN(tests);
}
