/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Time to live: RTM_ROUTE_EXPIRED, its two kinds of answers, updates in time, and many timers.
 */
#include "notices.h"

#define UCAST RTM_VIEW_MASK_UCAST
#define MCAST RTM_VIEW_MASK_MCAST
#define BOTH RTM_VIEW_MASK_BOTH
#define ANY RTM_VIEW_MASK_ANY
#define NET "10.0.0.0/8"
/* Longer than any test, and a little. */
#define LONG_TTL 3600000
#define SHORT_TTL 10

/* Adds a route that lives for `ttl`. The handle has one reference. */
static RTM_ROUTE_HANDLE add_for(RTM_ENTITY_HANDLE me, const char* prefix, ULONG metric, ULONG ttl)
{
    route_info info = make_route(NULL, 5, metric, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route = NULL;

    ASSERT_STATUS(try_add_route(me, &route, prefix, &info.info, ttl, &flags), NO_ERROR);
    assert_non_null(route);
    return route;
}

/* Sets a new time to live, of a route with these contents. */
static void set_ttl(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route, const char* prefix, ULONG metric,
                    ULONG ttl)
{
    route_info info = make_route(NULL, 5, metric, UCAST);

    update_route(me, route, prefix, &info.info, ttl);
}

/* ---- answers ---- */

static LONG answer;

/* Records, and gives the answer that is set, leaving the reference as it is. */
static DWORD WINAPI answers(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                            PVOID context2)
{
    DWORD result = (DWORD)InterlockedCompareExchange(&answer, 0, 0);

    if (type != RTM_ROUTE_EXPIRED)
        return NO_ERROR;
    record_notice(receiver, type, context1, context2);
    return result;
}

static void the_owner_is_told_of_route_and_live_pointer(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder), other = join(1, 2, notice_recorder);
    RTM_ROUTE_HANDLE route = add_for(me, NET, 1, LONG_TTL);
    RTM_ROUTE_INFO* live = NULL;
    notice got;

    (void)state;
    ASSERT_STATUS(RtmGetRoutePointer(me, route, &live), NO_ERROR);
    set_ttl(me, route, NET, 1, SHORT_TTL);
    await_notices(me, 1);
    got = notice_at(me, 0);
    assert_ptr_equal(got.receiver, me);
    assert_int_equal(got.type, RTM_ROUTE_EXPIRED);
    assert_ptr_equal(got.context1, route);
    assert_ptr_equal(got.context2, live);
    assert_true(got.thread != GetCurrentThreadId());
    AWAIT(is_gone(me, route));
    assert_int_equal(notices_of(other), 0);
    assert_int_equal(notices_of(me), 1);
}

static void not_supported_deletes_the_route(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, answers), viewer = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route;
    route_info info;

    (void)state;
    InterlockedExchange(&answer, ERROR_NOT_SUPPORTED);
    route = add_for(me, NET, 1, SHORT_TTL);
    await_notices(me, 1);
    AWAIT(is_gone(viewer, route));
    assert_false(is_there(viewer, NET, UCAST));
    get_route(viewer, route, &info); /* our reference keeps it */
    assert_int_equal(info.info.State, RTM_ROUTE_STATE_DELETED);
    ASSERT_STATUS(RtmReleaseRouteInfo(viewer, &info.info), NO_ERROR);
    release_route(viewer, route);
    AWAIT(is_dead_route(viewer, route));
    AWAIT(!is_there(viewer, NET, ANY));
}

/* The reference of the event is the RTM's to drop. */
static void not_supported_drops_the_reference(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, answers);
    RTM_ROUTE_HANDLE route;

    (void)state;
    InterlockedExchange(&answer, ERROR_NOT_SUPPORTED);
    route = add_for(me, NET, 1, SHORT_TTL);
    release_route(me, route);
    await_notices(me, 1);
    AWAIT(is_dead_route(me, route));
    assert_false(is_there(me, NET, ANY));
}

static void any_other_answer_keeps_the_route(void** state)
{
    static const DWORD others[] = {NO_ERROR, ERROR_INVALID_HANDLE, ERROR_CALL_NOT_IMPLEMENTED, ~0u};
    RTM_ENTITY_HANDLE me = join(1, 1, answers);

    (void)state;
    for (UINT i = 0; i < COUNT_OF(others); i++) {
        RTM_ROUTE_HANDLE route;
        char text[32];

        InterlockedExchange(&answer, (LONG)others[i]);
        snprintf(text, sizeof(text), "10.%u.0.0/16", i);
        route = add_for(me, text, 1, SHORT_TTL);
        await_notices(route, 1);
        assert_no_more_notices(route, 1); /* nor is it told again */
        assert_false(is_gone(me, route));
        assert_true(is_there(me, text, UCAST));
        assert_int_equal(drain_route(me, route), 2); /* ours, and that of the event */
        assert_false(is_gone(me, route));
    }
}

static void a_kept_route_has_no_timer_until_it_gets_one(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, answers);
    RTM_ROUTE_HANDLE route;

    (void)state;
    InterlockedExchange(&answer, NO_ERROR);
    route = add_for(me, NET, 1, SHORT_TTL);
    await_notices(route, 1);
    set_ttl(me, route, NET, 1, SHORT_TTL);
    await_notices(route, 2);
    InterlockedExchange(&answer, ERROR_NOT_SUPPORTED);
    set_ttl(me, route, NET, 1, SHORT_TTL);
    AWAIT(is_gone(me, route));
    assert_int_equal(notices_of(route), 3);
}

static void without_a_callback_the_route_is_deleted(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), watcher = join(2, 2, notice_recorder);
    RTM_NOTIFY_HANDLE notify = watch(watcher, UCAST, ALL_TYPES);
    RTM_ROUTE_HANDLE route = add_for(me, NET, 1, SHORT_TTL);

    (void)state;
    release_route(me, route);
    AWAIT(is_dead_route(me, route));
    assert_false(is_there(me, NET, UCAST));
    await_notices(notify, 1);
    assert_changes(watcher, notify, NET);
    assert_false(is_there(me, NET, ANY));
}

static void watchers_are_told_of_an_expired_route(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder), watcher = join(2, 2, NULL);
    RTM_NOTIFY_HANDLE notify;
    RTM_ROUTE_HANDLE route, second;
    RTM_DEST_HANDLE destination;
    dest_info info;

    (void)state;
    second = add_route(watcher, NET, NULL, 5, 9, UCAST);
    destination = dest(watcher, NET);
    notify = watch(watcher, UCAST, RTM_CHANGE_TYPE_BEST);
    route = add_for(me, NET, 1, LONG_TTL);
    assert_changes(watcher, notify, NET);
    set_ttl(me, route, NET, 1, SHORT_TTL);
    AWAIT(has_change(watcher, notify, destination));
    assert_true(is_gone(me, route));
    /* The next best is best now. */
    get_dest(watcher, destination, RTM_BEST_PROTOCOL, UCAST, &info);
    assert_ptr_equal(view_at(&info, 0)->Route, second);
    assert_int_equal(view_at(&info, 0)->NumRoutes, 1);
}

/* ---- times ---- */

static void for_ever_is_for_ever(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder);
    RTM_ROUTE_HANDLE a = add_for(me, "10.0.0.0/8", 1, INFINITE);
    RTM_ROUTE_HANDLE b = add_for(me, "20.0.0.0/8", 1, INFINITE - 1);
    RTM_ROUTE_HANDLE c = add_for(me, "30.0.0.0/8", 1, 0x80000000);
    RTM_ROUTE_HANDLE d = add_for(me, "40.0.0.0/8", 1, LONG_TTL);

    (void)state;
    assert_no_more_notices(me, 0);
    assert_routes(me, NULL, UCAST, 0, NULL, ROUTES(a, b, c, d));
}

static void no_time_at_all_is_at_once(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder), quiet = join(2, 2, NULL);
    RTM_ROUTE_HANDLE a = add_for(me, "10.0.0.0/8", 1, 0), b = add_for(quiet, "20.0.0.0/8", 1, 0);

    (void)state;
    await_notices(a, 1);
    AWAIT(is_gone(me, a));
    AWAIT(is_gone(me, b));
}

static void a_shorter_time_overtakes_a_longer_one(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder);
    RTM_ROUTE_HANDLE later = add_for(me, "10.0.0.0/8", 1, LONG_TTL), sooner;

    (void)state;
    sooner = add_for(me, "20.0.0.0/8", 1, SHORT_TTL);
    await_notices(sooner, 1);
    AWAIT(is_gone(me, sooner));
    assert_false(is_gone(me, later));
    set_ttl(me, later, "10.0.0.0/8", 1, SHORT_TTL); /* nor is the old time waited for */
    await_notices(later, 1);
    AWAIT(is_gone(me, later));
}

/* How long a route lives is known to be no less than asked for. */
static void a_route_lives_as_long_as_asked_for(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder);
    LARGE_INTEGER before, after, frequency;
    RTM_ROUTE_HANDLE route;

    (void)state;
    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&before);
    route = add_for(me, NET, 1, 200);
    await_notices(route, 1);
    QueryPerformanceCounter(&after);
    assert_true((after.QuadPart - before.QuadPart) * 1000 >= frequency.QuadPart * 180);
}

static void each_table_has_its_time(void** state)
{
    RTM_ENTITY_INFO elsewhere = make_info(1, AF_INET, 1, 1), ipv6 = make_info(0, AF_INET6, 1, 1);
    RTM_ENTITY_HANDLE four = join_as(&elsewhere, NULL, notice_recorder);
    RTM_ENTITY_HANDLE six = join_as(&ipv6, NULL, notice_recorder);
    RTM_ROUTE_HANDLE a = add_for(four, NET, 1, SHORT_TTL);
    RTM_ROUTE_HANDLE b = add_for(six, "2001:db8::/32", 1, SHORT_TTL);

    (void)state;
    await_notices(a, 1);
    await_notices(b, 1);
    AWAIT(is_gone(four, a));
    AWAIT(is_gone(six, b));
}

/* ---- updates ---- */

static HANDLE entered, gate;

/* Waits at the gate for the first event, and records expiries. */
static DWORD WINAPI waits_at_the_gate(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type,
                                      PVOID context1, PVOID context2)
{
    SetEvent(entered);
    awaited(gate);
    return notice_recorder(receiver, type, context1, context2);
}

/* An entity that hears of nothing before the gate opens. */
static RTM_ENTITY_HANDLE join_at_the_gate(void)
{
    RTM_ENTITY_HANDLE made;

    entered = new_event();
    gate = new_event();
    made = join(1, 1, waits_at_the_gate);
    join(99, 99, NULL);
    await(entered);
    return made;
}

static void close_gate(void)
{
    CloseHandle(entered);
    CloseHandle(gate);
}

/* Waits until what expires now has expired. */
static void pass_time(void)
{
    RTM_ENTITY_HANDLE witness = join(98, 98, NULL);
    RTM_ROUTE_HANDLE last = add_for(witness, "198.51.100.0/24", 1, 2 * SHORT_TTL);

    AWAIT(is_gone(witness, last));
    leave(witness);
}

static void an_update_before_delivery_cancels(void** state)
{
    RTM_ENTITY_HANDLE me = join_at_the_gate();
    RTM_ROUTE_HANDLE cancelled = add_for(me, "10.0.0.0/8", 1, SHORT_TTL);
    RTM_ROUTE_HANDLE deleted = add_for(me, "20.0.0.0/8", 1, SHORT_TTL);
    RTM_ROUTE_HANDLE in_place = add_for(me, "25.0.0.0/8", 1, SHORT_TTL);
    RTM_ROUTE_HANDLE expires = add_for(me, "30.0.0.0/8", 1, SHORT_TTL);
    RTM_ROUTE_CHANGE_FLAGS flags;

    (void)state;
    pass_time();
    assert_false(is_gone(me, cancelled)); /* nobody was asked yet */
    set_ttl(me, cancelled, "10.0.0.0/8", 1, INFINITE);
    delete_route(me, deleted);
    ASSERT_STATUS(RtmLockRoute(me, in_place, TRUE, TRUE, NULL), NO_ERROR);
    ASSERT_STATUS(RtmUpdateAndUnlockRoute(me, in_place, LONG_TTL, NULL, 0, NULL, &flags), NO_ERROR);
    SetEvent(gate);
    await_notices(expires, 1);
    assert_no_more_notices(me, 1);
    assert_false(is_gone(me, cancelled));
    assert_false(is_gone(me, in_place));
    AWAIT(is_gone(me, expires));
    /* The event that was dropped keeps nothing. */
    assert_true(is_dead_route(me, deleted));
    delete_route(me, cancelled);
    assert_true(is_dead_route(me, cancelled));
    leave(me);
    close_gate();
}

static void expiries_come_in_order(void** state)
{
    RTM_ENTITY_HANDLE me = join_at_the_gate();
    RTM_ROUTE_HANDLE last, first, middle;

    (void)state;
    first = add_for(me, "20.0.0.0/8", 1, 0);
    pass_time();
    middle = add_for(me, "10.0.0.0/8", 1, 0);
    pass_time();
    last = add_for(me, "15.0.0.0/8", 1, 0);
    pass_time();
    SetEvent(gate);
    await_notices(me, 3);
    assert_ptr_equal(notice_at(me, 0).context1, first);
    assert_ptr_equal(notice_at(me, 1).context1, middle);
    assert_ptr_equal(notice_at(me, 2).context1, last);
    leave(me);
    close_gate();
}

static void an_update_restarts_the_time(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder);
    UINT tried = 0;

    (void)state;
    for (UINT attempt = 0; attempt < 50 && tried < 3; attempt++) {
        ULONGLONG before = GetTickCount64();
        RTM_ROUTE_HANDLE route = add_for(me, NET, 1, 100);

        set_ttl(me, route, NET, 1, LONG_TTL);
        if (GetTickCount64() - before > 50)
            continue; /* too late for certainty that it had not expired */
        tried++;
        assert_no_more_notices(route, 0);
        assert_false(is_gone(me, route));
        set_ttl(me, route, NET, 1, SHORT_TTL);
        await_notices(route, 1);
        AWAIT(is_gone(me, route));
    }
    assert_true(tried > 0);
}

static void an_update_in_place_sets_the_time(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder);
    RTM_ROUTE_HANDLE route = add_for(me, NET, 1, INFINITE);
    RTM_ROUTE_CHANGE_FLAGS flags;

    (void)state;
    ASSERT_STATUS(RtmLockRoute(me, route, TRUE, TRUE, NULL), NO_ERROR);
    ASSERT_STATUS(RtmUpdateAndUnlockRoute(me, route, SHORT_TTL, NULL, 0, NULL, &flags), NO_ERROR);
    await_notices(route, 1);
    AWAIT(is_gone(me, route));
}

/* An update without a handle, as clients do it that send all routes again and again. */
static void an_update_by_contents_restarts_the_time(void** state)
{
    RTM_ENTITY_HANDLE me = join_at_the_gate();
    RTM_ROUTE_HANDLE route = add_for(me, NET, 1, SHORT_TTL);
    route_info info = make_route(NULL, 5, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    pass_time();
    ASSERT_STATUS(try_add_route(me, NULL, NET, &info.info, LONG_TTL, &flags), NO_ERROR);
    SetEvent(gate);
    assert_no_more_notices(me, 0);
    assert_false(is_gone(me, route));
    leave(me);
    close_gate();
}

/* ---- inside the callback ---- */

static LONG new_ttl;

/* The documentation's sample: writes through the live pointer and commits. */
static DWORD WINAPI updates_in_place(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type,
                                     PVOID context1, PVOID context2)
{
    RTM_ROUTE_INFO* live = context2;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route = context1;

    if (type != RTM_ROUTE_EXPIRED)
        return NO_ERROR;
    CHECK(live->State == RTM_ROUTE_STATE_CREATED);
    CHECK(live->PrefInfo.Metric == 1 || live->PrefInfo.Metric == 16);
    if (CHECK_STATUS(RtmLockRoute(receiver, route, TRUE, TRUE, NULL), NO_ERROR)) {
        live->PrefInfo.Metric = 16;
        CHECK_STATUS(RtmUpdateAndUnlockRoute(receiver, route,
                                             (ULONG)InterlockedExchange(&new_ttl, (LONG)INFINITE),
                                             NULL, 0, NULL, &flags),
                     NO_ERROR);
        CHECK(flags == RTM_ROUTE_CHANGE_BEST);
    }
    CHECK_STATUS(RtmReleaseRoutes(receiver, 1, &route), NO_ERROR);
    record_notice(receiver, type, context1, context2);
    return NO_ERROR;
}

static void updating_in_place_in_the_callback(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, updates_in_place), watcher = join(2, 2, NULL);
    RTM_NOTIFY_HANDLE notify;
    RTM_ROUTE_HANDLE route, other;
    route_info info;
    RTM_VIEW_SET best = 77;

    (void)state;
    InterlockedExchange(&new_ttl, (LONG)INFINITE);
    other = add_route(watcher, NET, NULL, 5, 9, UCAST);
    notify = watch(watcher, UCAST, RTM_CHANGE_TYPE_BEST);
    route = add_for(me, NET, 1, SHORT_TTL);
    await_notices(route, 1);
    assert_no_more_notices(route, 1); /* for good */
    get_route(me, route, &info);
    assert_int_equal(info.info.State, RTM_ROUTE_STATE_CREATED);
    assert_int_equal(info.info.PrefInfo.Metric, 16);
    ASSERT_STATUS(RtmReleaseRouteInfo(me, &info.info), NO_ERROR);
    ASSERT_STATUS(RtmIsBestRoute(me, other, &best), NO_ERROR);
    assert_int_equal(best, UCAST);
    assert_changes(watcher, notify, NET);
    assert_int_equal(drain_route(me, route), 1); /* the event's is gone */
}

static void a_new_time_in_the_callback(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, updates_in_place);
    RTM_ROUTE_HANDLE route;

    (void)state;
    InterlockedExchange(&new_ttl, SHORT_TTL);
    route = add_for(me, NET, 1, SHORT_TTL);
    await_notices(route, 2);
    assert_no_more_notices(route, 2);
    assert_false(is_gone(me, route));
}

static LONG updates_left;

static DWORD WINAPI adds_again(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                               PVOID context2)
{
    route_info info = make_route(NULL, 5, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route = context1;
    RTM_NET_ADDRESS address;

    if (type != RTM_ROUTE_EXPIRED)
        return NO_ERROR;
    record_notice(receiver, type, context1, context2);
    if (InterlockedDecrement(&updates_left) < 0)
        return ERROR_NOT_SUPPORTED;
    if (CHECK_STATUS(RtmGetRouteInfo(receiver, route, NULL, &address), NO_ERROR))
        CHECK_STATUS(RtmAddRouteToDest(receiver, &route, &address, &info.info, SHORT_TTL, NULL, 0,
                                       NULL, &flags),
                     NO_ERROR);
    CHECK_STATUS(RtmReleaseRoutes(receiver, 1, &route), NO_ERROR);
    return NO_ERROR;
}

static void adding_again_in_the_callback(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, adds_again);
    RTM_ROUTE_HANDLE route;

    (void)state;
    InterlockedExchange(&updates_left, 4);
    route = add_for(me, NET, 1, SHORT_TTL);
    await_notices(route, 5);
    AWAIT(is_gone(me, route));
    release_route(me, route);
    AWAIT(is_dead_route(me, route));
}

/* Updates, and then asks for the deletion all the same. The update counts or the answer does. */
static DWORD WINAPI updates_and_refuses(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type,
                                        PVOID context1, PVOID context2)
{
    route_info info = make_route(NULL, 5, 2, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route = context1;

    if (type != RTM_ROUTE_EXPIRED)
        return NO_ERROR;
    CHECK_STATUS(try_add_route(receiver, &route, NET, &info.info, INFINITE, &flags), NO_ERROR);
    record_notice(receiver, type, context1, context2);
    return ERROR_NOT_SUPPORTED;
}

static void updating_and_refusing_does_no_harm(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, updates_and_refuses);
    RTM_ROUTE_HANDLE route;

    (void)state;
    route = add_for(me, NET, 1, SHORT_TTL);
    await_notices(route, 1);
    await_notices(add_for(me, "20.0.0.0/8", 1, SHORT_TTL), 1); /* after the callback has returned */
    assert_no_more_notices(route, 1);
    assert_int_equal(drain_route(me, route), 1); /* the event's is gone in any case */
}

static LONG deletion_answer;

static DWORD WINAPI deletes(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                            PVOID context2)
{
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    if (type != RTM_ROUTE_EXPIRED)
        return NO_ERROR;
    CHECK_STATUS(RtmDeleteRouteToDest(receiver, context1, &flags), NO_ERROR);
    record_notice(receiver, type, context1, context2);
    return (DWORD)InterlockedCompareExchange(&deletion_answer, 0, 0);
}

/* The handle is used up by the deletion, so nothing is left to release. */
static void deleting_in_the_callback(void** state)
{
    static const DWORD results[] = {NO_ERROR, ERROR_NOT_SUPPORTED};
    RTM_ENTITY_HANDLE me = join(1, 1, deletes);

    (void)state;
    for (UINT i = 0; i < COUNT_OF(results); i++) {
        route_info info = make_route(NULL, 5, 1, UCAST);
        RTM_ROUTE_CHANGE_FLAGS flags = 0;
        RTM_ROUTE_HANDLE route;

        InterlockedExchange(&deletion_answer, (LONG)results[i]);
        route = add_for(me, NET, 1, LONG_TTL);
        release_route(me, route);
        ASSERT_STATUS(try_add_route(me, NULL, NET, &info.info, SHORT_TTL, &flags), NO_ERROR);
        await_notices(route, 1);
        AWAIT(is_dead_route(me, route));
        assert_false(is_there(me, NET, ANY));
    }
}

static RTM_ROUTE_HANDLE looked_up;

/* Reads all about its route. */
static DWORD WINAPI reads(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                          PVOID context2)
{
    RTM_NET_ADDRESS address;
    RTM_VIEW_SET best = 0;
    route_info info;
    dest_info found;

    if (type != RTM_ROUTE_EXPIRED)
        return NO_ERROR;
    if (CHECK_STATUS(RtmGetRouteInfo(receiver, context1, &info.info, &address), NO_ERROR)) {
        CHECK(info.info.State == RTM_ROUTE_STATE_CREATED);
        CHECK(same_net(&address, NET));
        CHECK_STATUS(
            RtmGetDestInfo(receiver, info.info.DestHandle, RTM_BEST_PROTOCOL, UCAST, &found.info),
            NO_ERROR);
        looked_up = view_at(&found, 0)->Route;
        CHECK_STATUS(RtmReleaseDestInfo(receiver, &found.info), NO_ERROR);
        CHECK_STATUS(RtmReleaseRouteInfo(receiver, &info.info), NO_ERROR);
    }
    CHECK_STATUS(RtmIsBestRoute(receiver, context1, &best), NO_ERROR);
    CHECK(best == UCAST);
    record_notice(receiver, type, context1, context2);
    return ERROR_NOT_SUPPORTED;
}

static void the_route_is_there_during_the_callback(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, reads);
    RTM_ROUTE_HANDLE route;

    (void)state;
    looked_up = NULL;
    route = add_for(me, NET, 1, SHORT_TTL);
    await_notices(route, 1);
    assert_ptr_equal(looked_up, route);
    AWAIT(is_gone(me, route));
}

/* ---- locks ---- */

/* Neither the timer nor the deletion waits for somebody's lock. */
static void a_locked_destination_does_not_keep_its_routes(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder), quiet = join(2, 2, NULL);
    RTM_ENTITY_HANDLE holder = join(3, 3, NULL);
    RTM_ROUTE_HANDLE told, untold;
    RTM_DEST_HANDLE destination;

    (void)state;
    release_route(holder, add_route(holder, NET, NULL, 9, 9, UCAST));
    destination = dest(holder, NET);
    told = add_for(me, NET, 1, 10 * SHORT_TTL);
    untold = add_for(quiet, NET, 1, 10 * SHORT_TTL);
    ASSERT_STATUS(RtmLockDestination(holder, destination, TRUE, TRUE), NO_ERROR);
    await_notices(told, 1);
    AWAIT(is_gone(holder, told));
    AWAIT(is_gone(holder, untold));
    ASSERT_STATUS(RtmLockDestination(holder, destination, TRUE, FALSE), NO_ERROR);
}

/* ---- many ---- */

#define MANY 3000

static void thousands_of_routes_expire(void** state)
{
    static RTM_ROUTE_HANDLE routes[MANY];
    RTM_ENTITY_HANDLE me = join(1, 1, notice_recorder);
    random_numbers numbers = {5};

    (void)state;
    for (UINT i = 0; i < MANY; i++) {
        char text[32];

        snprintf(text, sizeof(text), "10.%u.%u.0/24", i / 256, i % 256);
        routes[i] = add_for(me, text, 1, next_random(&numbers) % 400);
    }
    await_notices(me, MANY);
    for (UINT i = 0; i < MANY; i++) {
        AWAIT(is_gone(me, routes[i]));
        assert_int_equal(notices_of(routes[i]), 1);
        release_route(me, routes[i]);
        AWAIT(is_dead_route(me, routes[i]));
    }
    assert_int_equal(notices_of(me), MANY);
    assert_dests(me, ANY, 0, NULL, "");
}

/* The same without a callback, with updates in both directions in between. */
static void thousands_of_times_change(void** state)
{
    static RTM_ROUTE_HANDLE routes[MANY];
    static BOOL stays[MANY];
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    random_numbers numbers = {6};

    (void)state;
    for (UINT i = 0; i < MANY; i++) {
        char text[32];

        snprintf(text, sizeof(text), "10.%u.%u.0/24", i / 256, i % 256);
        routes[i] = add_for(me, text, 1, LONG_TTL + next_random(&numbers) % 1000);
    }
    for (UINT i = 0; i < MANY; i++) {
        char text[32];

        snprintf(text, sizeof(text), "10.%u.%u.0/24", i / 256, i % 256);
        switch (next_random(&numbers) % 4) {
        case 0:
            set_ttl(me, routes[i], text, 1, INFINITE);
            stays[i] = TRUE;
            break;
        case 1:
            set_ttl(me, routes[i], text, 1, LONG_TTL);
            stays[i] = TRUE;
            break;
        case 2:
            delete_route(me, routes[i]);
            stays[i] = FALSE;
            break;
        default:
            set_ttl(me, routes[i], text, 1, next_random(&numbers) % 200);
            stays[i] = FALSE;
        }
    }
    for (UINT i = 0; i < MANY; i++) {
        if (!stays[i])
            AWAIT(is_gone(me, routes[i]));
    }
    for (UINT i = 0; i < MANY; i++)
        assert_int_equal(is_gone(me, routes[i]), !stays[i]);
}

/* Threads that add routes for short times to the same destinations, and update and delete them. */
static RTM_ENTITY_HANDLE hasty[3];

static DWORD WINAPI add_for_short(void* argument)
{
    UINT own = (UINT)(ULONG_PTR)argument;
    random_numbers numbers = {own + 31};

    for (UINT i = 0; i < 1000; i++) {
        route_info info = make_route(NULL, 5, next_random(&numbers) % 5, UCAST);
        RTM_ROUTE_CHANGE_FLAGS flags = 0;
        RTM_ROUTE_HANDLE route = NULL;
        char text[32];

        snprintf(text, sizeof(text), "10.%u.0.0/16", next_random(&numbers) % 8);
        CHECK_STATUS(
            try_add_route(hasty[own], &route, text, &info.info, next_random(&numbers) % 4, &flags),
            NO_ERROR);
        if (next_random(&numbers) % 3 == 0) {
            DWORD status = RtmDeleteRouteToDest(hasty[own], route, &flags);

            if (status == NO_ERROR)
                continue;
            CHECK_STATUS(status, ERROR_NOT_FOUND); /* it has expired */
        }
        CHECK_STATUS(RtmReleaseRoutes(hasty[own], 1, &route), NO_ERROR);
    }
    return 0;
}

static void short_lives_beside_threads(void** state)
{
    HANDLE threads[3];
    RTM_ENTITY_HANDLE me = join(9, 9, NULL);

    (void)state;
    for (UINT i = 0; i < 3; i++) {
        hasty[i] = join(1, i, i ? notice_recorder : NULL);
        threads[i] = start(add_for_short, (void*)(ULONG_PTR)i);
    }
    for (UINT i = 0; i < 3; i++)
        join_thread(threads[i]);
    for (UINT i = 0; i < 8; i++) {
        char text[32];

        snprintf(text, sizeof(text), "10.%u.0.0/16", i);
        AWAIT(!is_there(me, text, ANY));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NOTICE_TEST(the_owner_is_told_of_route_and_live_pointer),
        NOTICE_TEST(not_supported_deletes_the_route),
        NOTICE_TEST(not_supported_drops_the_reference),
        NOTICE_TEST(any_other_answer_keeps_the_route),
        NOTICE_TEST(a_kept_route_has_no_timer_until_it_gets_one),
        NOTICE_TEST(without_a_callback_the_route_is_deleted),
        NOTICE_TEST(watchers_are_told_of_an_expired_route),
        NOTICE_TEST(for_ever_is_for_ever),
        NOTICE_TEST(no_time_at_all_is_at_once),
        NOTICE_TEST(a_shorter_time_overtakes_a_longer_one),
        NOTICE_TEST(a_route_lives_as_long_as_asked_for),
        NOTICE_TEST(each_table_has_its_time),
        NOTICE_TEST(an_update_before_delivery_cancels),
        NOTICE_TEST(expiries_come_in_order),
        NOTICE_TEST(an_update_restarts_the_time),
        NOTICE_TEST(an_update_in_place_sets_the_time),
        NOTICE_TEST(an_update_by_contents_restarts_the_time),
        NOTICE_TEST(updating_in_place_in_the_callback),
        NOTICE_TEST(a_new_time_in_the_callback),
        NOTICE_TEST(adding_again_in_the_callback),
        NOTICE_TEST(updating_and_refusing_does_no_harm),
        NOTICE_TEST(deleting_in_the_callback),
        NOTICE_TEST(the_route_is_there_during_the_callback),
        NOTICE_TEST(a_locked_destination_does_not_keep_its_routes),
        NOTICE_TEST(thousands_of_routes_expire),
        NOTICE_TEST(thousands_of_times_change),
        NOTICE_TEST(short_lives_beside_threads),
    };

    return CLIENT_MAIN(tests);
}
