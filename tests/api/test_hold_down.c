/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * RtmHoldDestination: arming, what a destination shows while it is held, how hold-down ends, and
 * what watchers and enumerations are told.
 */
#include "notices.h"

#define UCAST RTM_VIEW_MASK_UCAST
#define MCAST RTM_VIEW_MASK_MCAST
#define BOTH RTM_VIEW_MASK_BOTH
#define ANY RTM_VIEW_MASK_ANY
#define NET "10.0.0.0/8"
/* Longer than any test; and one that ends in it. */
#define LONG_HOLD 3600000
#define SHORT_HOLD 50

static void arm(RTM_ENTITY_HANDLE me, RTM_DEST_HANDLE destination, RTM_VIEW_SET views, ULONG time)
{
    ASSERT_STATUS(RtmHoldDestination(me, destination, views, time), NO_ERROR);
}

/* What a destination shows in one view; the best route's handle, the held one's, by arguments.
 * These are not referenced. */
static void look(RTM_ENTITY_HANDLE me, RTM_DEST_HANDLE destination, RTM_VIEW_SET view,
                 RTM_ROUTE_HANDLE* best, RTM_ROUTE_HANDLE* held)
{
    dest_info info;

    get_dest(me, destination, RTM_BEST_PROTOCOL, view, &info);
    assert_int_equal(info.info.NumberOfViews, 1);
    *best = view_at(&info, 0)->Route;
    *held = view_at(&info, 0)->HoldRoute;
    ASSERT_STATUS(RtmReleaseDestInfo(me, &info.info), NO_ERROR);
}

static RTM_ROUTE_HANDLE best_in(RTM_ENTITY_HANDLE me, RTM_DEST_HANDLE destination,
                                RTM_VIEW_SET view)
{
    RTM_ROUTE_HANDLE best, held;

    look(me, destination, view, &best, &held);
    return best;
}

static RTM_ROUTE_HANDLE held_in(RTM_ENTITY_HANDLE me, RTM_DEST_HANDLE destination,
                                RTM_VIEW_SET view)
{
    RTM_ROUTE_HANDLE best, held;

    look(me, destination, view, &best, &held);
    return held;
}

static UINT state_of(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route)
{
    route_info info;

    get_route(me, route, &info);
    ASSERT_STATUS(RtmReleaseRouteInfo(me, &info.info), NO_ERROR);
    return info.info.State;
}

/* Most tests: one route to NET, deleted while the destination is armed. Our references are gone. */
static struct {
    RTM_ENTITY_HANDLE me;
    RTM_DEST_HANDLE net;
    RTM_ROUTE_HANDLE route;
} scene;

static void hold(RTM_VIEW_SET route_views, RTM_VIEW_SET armed_views, ULONG time)
{
    scene.me = join(1, 1, NULL);
    scene.route = add_route(scene.me, NET, NULL, 5, 5, route_views);
    scene.net = dest(scene.me, NET);
    arm(scene.me, scene.net, armed_views, time);
    delete_route(scene.me, scene.route);
}

/* ---- arming ---- */

static void arming_changes_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NOTIFY_HANDLE notify;
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 5, 5, BOTH);
    RTM_DEST_HANDLE destination = dest(me, NET);

    (void)state;
    notify = watch(me, BOTH, ALL_TYPES);
    arm(me, destination, BOTH, SHORT_HOLD);
    assert_ptr_equal(best_in(me, destination, UCAST), route);
    assert_null(held_in(me, destination, UCAST));
    assert_false(is_gone(me, route));
    Sleep(WATCH_MS); /* nor when the time is over */
    assert_ptr_equal(best_in(me, destination, UCAST), route);
    assert_null(held_in(me, destination, UCAST));
    assert_changes(me, notify, "");
}

static void a_time_of_zero_is_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 5, 5, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);

    (void)state;
    ASSERT_STATUS(RtmHoldDestination(me, destination, UCAST, 0), ERROR_INVALID_PARAMETER);
    delete_route(me, route);
    assert_null(held_in(me, destination, UCAST));
}

static void views_must_be_supported(void** state)
{
    static const RTM_VIEW_SET bad[] = {4, 7, 0x80000001, 0x7fffffff, 0xfffffffe};
    static const RTM_VIEW_SET all[] = {0, RTM_VIEW_MASK_ALL, BOTH};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    for (UINT i = 0; i < COUNT_OF(all); i++) {
        char text[32];
        RTM_ROUTE_HANDLE route;
        RTM_DEST_HANDLE destination;

        snprintf(text, sizeof(text), "10.%u.0.0/16", i);
        route = add_route(me, text, NULL, 5, 5, BOTH);
        destination = dest(me, text);
        for (UINT j = 0; j < COUNT_OF(bad); j++)
            ASSERT_STATUS(RtmHoldDestination(me, destination, bad[j], LONG_HOLD),
                          ERROR_INVALID_PARAMETER);
        arm(me, destination, all[i], LONG_HOLD);
        delete_route(me, route);
        assert_ptr_equal(held_in(me, destination, UCAST), route);
        assert_ptr_equal(held_in(me, destination, MCAST), route);
    }
}

static void handles_must_be_live(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), gone = join(2, 2, NULL);
    wrong_handles wrong = make_wrong_handles(me, DEST_HANDLE);
    RTM_DEST_HANDLE destination;

    (void)state;
    leave(gone);
    add_route(me, NET, NULL, 5, 5, UCAST);
    destination = dest(me, NET);
    for (UINT i = 0; i < wrong.count; i++)
        ASSERT_STATUS(RtmHoldDestination(me, wrong.handles[i], UCAST, LONG_HOLD),
                      ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmHoldDestination(me, NULL, UCAST, LONG_HOLD), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmHoldDestination(NULL, destination, UCAST, LONG_HOLD), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmHoldDestination(gone, destination, UCAST, LONG_HOLD), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmHoldDestination(destination, destination, UCAST, LONG_HOLD),
                  ERROR_INVALID_HANDLE);
}

static void without_arming_nothing_is_held(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 5, 5, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);

    (void)state;
    delete_route(me, route);
    assert_null(held_in(me, destination, UCAST));
    assert_true(is_dead_route(me, route));
}

static void anybody_may_arm(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 5, 5, UCAST);
    RTM_DEST_HANDLE destination = dest(other, NET);

    (void)state;
    arm(other, destination, UCAST, LONG_HOLD);
    delete_route(me, route);
    assert_ptr_equal(held_in(me, destination, UCAST), route);
}

/* A destination that is only armed is not worth keeping. */
static void arming_keeps_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 5, 5, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);

    (void)state;
    arm(me, destination, MCAST, LONG_HOLD);
    delete_route(me, route);
    assert_true(is_there(me, NET, ANY));
    release_dest(me, destination);
    assert_false(is_there(me, NET, ANY));
}

/* A destination without routes can be armed for those to come. */
static void arming_before_there_are_routes(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 5, 5, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);

    (void)state;
    delete_route(me, route);
    arm(me, destination, UCAST, LONG_HOLD);
    assert_null(held_in(me, destination, UCAST));
    route = add_route(me, NET, NULL, 5, 5, UCAST);
    delete_route(me, route);
    assert_ptr_equal(held_in(me, destination, UCAST), route);
}

/* ---- what is shown ---- */

static void the_last_route_is_held(void** state)
{
    dest_info info;
    route_info route;

    (void)state;
    hold(UCAST, UCAST, LONG_HOLD);
    get_dest(scene.me, scene.net, RTM_BEST_PROTOCOL, UCAST, &info);
    assert_int_equal(info.info.BelongsToViews, 0);
    assert_int_equal(view_at(&info, 0)->NumRoutes, 0);
    assert_null(view_at(&info, 0)->Route);
    assert_null(view_at(&info, 0)->Owner);
    assert_int_equal(view_at(&info, 0)->DestFlags, 0);
    assert_ptr_equal(view_at(&info, 0)->HoldRoute, scene.route);
    ASSERT_STATUS(RtmReleaseDestInfo(scene.me, &info.info), NO_ERROR);
    get_route(scene.me, scene.route, &route);
    assert_int_equal(route.info.State, RTM_ROUTE_STATE_DELETING);
    assert_int_equal(route.info.PrefInfo.Metric, 5);
    assert_ptr_equal(route.info.DestHandle, scene.net);
    assert_ptr_equal(route.info.RouteOwner, scene.me);
    ASSERT_STATUS(RtmReleaseRouteInfo(scene.me, &route.info), NO_ERROR);
}

static void hold_routes_are_referenced(void** state)
{
    dest_info info;

    (void)state;
    hold(UCAST, UCAST, LONG_HOLD);
    assert_int_equal(drain_route(scene.me, scene.route), 0); /* hold-down's own is no client's */
    get_dest(scene.me, scene.net, RTM_BEST_PROTOCOL, UCAST, &info);
    assert_int_equal(drain_route(scene.me, scene.route), 1);
    ASSERT_STATUS(RtmReleaseDestInfo(scene.me, &info.info), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReferenceHandles(scene.me, 1, &scene.route), NO_ERROR);
    assert_int_equal(drain_route(scene.me, scene.route), 1);
    assert_ptr_equal(held_in(scene.me, scene.net, UCAST), scene.route);
}

static void a_held_destination_is_found_in_any_view_only(void** state)
{
    RTM_NET_ADDRESS host = net("10.1.2.3");
    dest_info info;

    (void)state;
    hold(UCAST, UCAST, LONG_HOLD);
    release_dest(scene.me, scene.net); /* hold-down alone keeps it */
    assert_true(is_there(scene.me, NET, ANY));
    assert_false(is_there(scene.me, NET, UCAST));
    assert_false(is_there(scene.me, NET, RTM_VIEW_MASK_ALL));
    ASSERT_STATUS(
        RtmGetMostSpecificDestination(scene.me, &host, RTM_BEST_PROTOCOL, UCAST, &info.info),
        ERROR_NOT_FOUND);
    ASSERT_STATUS(
        RtmGetMostSpecificDestination(scene.me, &host, RTM_BEST_PROTOCOL, ANY, &info.info),
        NO_ERROR);
    assert_ptr_equal(info.info.DestHandle, scene.net);
    assert_int_equal(info.info.NumberOfViews, 0);
    ASSERT_STATUS(RtmReleaseDestInfo(scene.me, &info.info), NO_ERROR);
}

static void a_held_destination_is_enumerated_in_any_view_only(void** state)
{
    (void)state;
    hold(BOTH, BOTH, LONG_HOLD);
    assert_dests(scene.me, ANY, 0, NULL, NET);
    assert_dests(scene.me, ANY, RTM_ENUM_RANGE, "0.0.0.0/0", NET); /* as the sample does it */
    assert_dests(scene.me, UCAST, 0, NULL, "");
    assert_dests(scene.me, BOTH, 0, NULL, "");
    assert_dests(scene.me, RTM_VIEW_MASK_ALL, 0, NULL, "");
}

static void held_routes_are_enumerated_in_any_view_only(void** state)
{
    RTM_ROUTE_HANDLE newer;

    (void)state;
    hold(BOTH, BOTH, LONG_HOLD);
    assert_routes(scene.me, NULL, ANY, 0, NULL, ROUTES(scene.route));
    assert_routes(scene.me, scene.net, ANY, 0, NULL, ROUTES(scene.route));
    assert_routes(scene.me, NULL, BOTH, 0, NULL, NO_ROUTES);
    assert_routes(scene.me, scene.net, UCAST, 0, NULL, NO_ROUTES);
    newer = add_route(scene.me, NET, NULL, 9, 9, UCAST); /* worse, and yet before it */
    assert_routes(scene.me, NULL, ANY, 0, NULL, ROUTES(newer, scene.route));
    assert_routes(scene.me, scene.net, ANY, 0, NULL, ROUTES(newer, scene.route));
    assert_routes(scene.me, NULL, BOTH, 0, NULL, ROUTES(newer));
}

/* Nor in the middle of an enumeration that has begun before. */
static void a_route_that_is_held_between_batches(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE first = add_route(me, NET, next_hop(me, "10.0.0.1", 1), 5, 5, UCAST), got[2];
    RTM_ROUTE_HANDLE second = add_route(me, NET, next_hop(me, "10.0.0.1", 2), 5, 6, UCAST);
    RTM_ENUM_HANDLE in_view = NULL, in_any = NULL;
    UINT count = 1;

    (void)state;
    arm(me, dest(me, NET), UCAST, LONG_HOLD);
    ASSERT_STATUS(RtmCreateRouteEnum(me, NULL, UCAST, RTM_ENUM_START, NULL, RTM_MATCH_NONE, NULL, 0,
                                     &in_view),
                  NO_ERROR);
    ASSERT_STATUS(
        RtmCreateRouteEnum(me, NULL, ANY, RTM_ENUM_START, NULL, RTM_MATCH_NONE, NULL, 0, &in_any),
        NO_ERROR);
    ASSERT_STATUS(RtmGetEnumRoutes(me, in_view, &count, got), NO_ERROR);
    ASSERT_STATUS(RtmGetEnumRoutes(me, in_any, &count, got), NO_ERROR);
    delete_route(me, first);
    delete_route(me, second);
    assert_enum_handles(me, in_view, RtmGetEnumRoutes, 2, NO_ROUTES);
    assert_enum_handles(me, in_any, RtmGetEnumRoutes, 2, ROUTES(second));
}

static void a_held_route_is_best_nowhere(void** state)
{
    RTM_NET_ADDRESS address = net(NET);
    RTM_VIEW_SET best = 77;
    route_info info = make_route(NULL, 5, 5, UCAST);

    (void)state;
    hold(UCAST, UCAST, LONG_HOLD);
    ASSERT_STATUS(RtmIsBestRoute(scene.me, scene.route, &best), NO_ERROR);
    assert_int_equal(best, 0);
    ASSERT_STATUS(
        RtmGetExactMatchRoute(scene.me, &address, RTM_MATCH_NONE, &info.info, 0, UCAST, NULL),
        ERROR_NOT_FOUND);
    ASSERT_STATUS(
        RtmGetExactMatchRoute(scene.me, &address, RTM_MATCH_NONE, &info.info, 0, ANY, NULL),
        ERROR_NOT_FOUND);
}

static void a_held_route_cannot_be_deleted_again(void** state)
{
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    hold(UCAST, UCAST, LONG_HOLD);
    ASSERT_STATUS(RtmReferenceHandles(scene.me, 1, &scene.route), NO_ERROR);
    ASSERT_STATUS(RtmDeleteRouteToDest(scene.me, scene.route, &flags), ERROR_NOT_FOUND);
    assert_ptr_equal(held_in(scene.me, scene.net, UCAST), scene.route);
    assert_int_equal(drain_route(scene.me, scene.route), 1); /* a failure consumes nothing */
}

static void a_held_route_cannot_be_updated(void** state)
{
    route_info info = make_route(NULL, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    hold(UCAST, UCAST, LONG_HOLD);
    ASSERT_STATUS(try_add_route(scene.me, &scene.route, NET, &info.info, INFINITE, &flags),
                  ERROR_NOT_FOUND);
    assert_null(best_in(scene.me, scene.net, UCAST));
}

static void another_protocol_sees_the_held_route_too(void** state)
{
    dest_info info;

    (void)state;
    hold(UCAST, UCAST, LONG_HOLD);
    get_dest(scene.me, scene.net, 4321, UCAST, &info);
    assert_null(view_at(&info, 0)->Route);
    assert_ptr_equal(view_at(&info, 0)->HoldRoute, scene.route);
    ASSERT_STATUS(RtmReleaseDestInfo(scene.me, &info.info), NO_ERROR);
}

/* ---- when it starts ---- */

static void not_before_the_last_route(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE best = add_route(me, NET, NULL, 1, 1, UCAST);
    RTM_ROUTE_HANDLE last = add_route(other, NET, NULL, 9, 9, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);

    (void)state;
    arm(me, destination, UCAST, LONG_HOLD);
    delete_route(me, best);
    assert_null(held_in(me, destination, UCAST));
    assert_true(is_dead_route(me, best));
    delete_route(other, last);
    assert_ptr_equal(held_in(me, destination, UCAST), last);
}

static void in_the_armed_views_only(void** state)
{
    (void)state;
    hold(BOTH, UCAST, LONG_HOLD);
    assert_ptr_equal(held_in(scene.me, scene.net, UCAST), scene.route);
    assert_null(held_in(scene.me, scene.net, MCAST));
}

static void in_the_views_of_the_route_only(void** state)
{
    (void)state;
    hold(MCAST, BOTH, LONG_HOLD);
    assert_null(held_in(scene.me, scene.net, UCAST));
    assert_ptr_equal(held_in(scene.me, scene.net, MCAST), scene.route);
}

static void each_view_has_its_own_last_route(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE both = add_route(me, NET, next_hop(me, "10.0.0.1", 1), 5, 5, BOTH);
    RTM_ROUTE_HANDLE mcast = add_route(me, NET, next_hop(me, "10.0.0.1", 2), 5, 5, MCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);

    (void)state;
    arm(me, destination, BOTH, LONG_HOLD);
    delete_route(me, both);
    assert_ptr_equal(held_in(me, destination, UCAST), both);
    assert_null(held_in(me, destination, MCAST));
    assert_ptr_equal(best_in(me, destination, MCAST), mcast);
    assert_false(is_there(me, NET, UCAST));
    assert_true(is_there(me, NET, MCAST));
    delete_route(me, mcast);
    assert_ptr_equal(held_in(me, destination, UCAST), both);
    assert_ptr_equal(held_in(me, destination, MCAST), mcast);
}

static void not_by_a_move_to_another_view(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 5, 5, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);
    route_info info = make_route(NULL, 5, 5, MCAST);

    (void)state;
    arm(me, destination, UCAST, LONG_HOLD);
    update_route(me, route, NET, &info.info, INFINITE);
    assert_null(held_in(me, destination, UCAST));
    /* It is still armed. */
    info = make_route(NULL, 5, 5, UCAST);
    update_route(me, route, NET, &info.info, INFINITE);
    delete_route(me, route);
    assert_ptr_equal(held_in(me, destination, UCAST), route);
}

static void expiry_starts_it(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 5, 5, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);
    route_info info = make_route(NULL, 5, 5, UCAST);

    (void)state;
    arm(me, destination, UCAST, LONG_HOLD);
    update_route(me, route, NET, &info.info, 0);
    AWAIT(held_in(me, destination, UCAST));
    assert_ptr_equal(held_in(me, destination, UCAST), route);
    assert_int_equal(state_of(me, route), RTM_ROUTE_STATE_DELETING);
}

static void leaving_of_the_owner_starts_it(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), viewer = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, next_hop(me, "10.0.0.1", 1), 5, 5, UCAST);
    RTM_DEST_HANDLE destination = dest(viewer, NET);
    RTM_ENTITY_INFO owner;
    route_info info;

    (void)state;
    arm(me, destination, UCAST, LONG_HOLD);
    leave(me);
    assert_ptr_equal(held_in(viewer, destination, UCAST), route);
    get_route(viewer, route, &info);
    assert_int_equal(info.info.State, RTM_ROUTE_STATE_DELETING);
    ASSERT_STATUS(RtmGetEntityInfo(viewer, info.info.RouteOwner, &owner), NO_ERROR);
    assert_int_equal(owner.EntityId.EntityProtocolId, 1);
    ASSERT_STATUS(RtmReleaseRouteInfo(viewer, &info.info), NO_ERROR);
}

/* It does not wait for locks. */
static void a_lock_does_not_delay_it(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), quiet = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(quiet, NET, NULL, 5, 5, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);
    route_info info = make_route(NULL, 5, 5, UCAST);

    (void)state;
    arm(me, destination, UCAST, SHORT_HOLD);
    update_route(quiet, route, NET, &info.info, 2 * SHORT_HOLD);
    ASSERT_STATUS(RtmLockDestination(me, destination, TRUE, TRUE), NO_ERROR);
    AWAIT(is_gone(me, route));
    AWAIT(!held_in(me, destination, UCAST));
    ASSERT_STATUS(RtmLockDestination(me, destination, TRUE, FALSE), NO_ERROR);
}

/* ---- newer routes ---- */

static void a_newer_route_stands_beside_it(void** state)
{
    RTM_ROUTE_HANDLE newer = NULL;
    route_info info = make_route(NULL, 7, 7, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    hold(UCAST, UCAST, LONG_HOLD);
    ASSERT_STATUS(try_add_route(scene.me, &newer, NET, &info.info, INFINITE, &flags), NO_ERROR);
    assert_int_equal(flags, RTM_ROUTE_CHANGE_NEW | RTM_ROUTE_CHANGE_BEST);
    assert_ptr_not_equal(newer, scene.route); /* same neighbour, yet another */
    assert_ptr_equal(best_in(scene.me, scene.net, UCAST), newer);
    assert_ptr_equal(held_in(scene.me, scene.net, UCAST), scene.route);
    assert_true(is_there(scene.me, NET, UCAST));
}

/* Arming is for one time. */
static void the_next_last_route_is_not_held(void** state)
{
    RTM_ROUTE_HANDLE newer;

    (void)state;
    hold(UCAST, UCAST, LONG_HOLD);
    newer = add_route(scene.me, NET, NULL, 7, 7, UCAST);
    delete_route(scene.me, newer);
    assert_true(is_dead_route(scene.me, newer));
    assert_null(best_in(scene.me, scene.net, UCAST));
    assert_ptr_equal(held_in(scene.me, scene.net, UCAST), scene.route);
}

static void other_views_stay_armed(void** state)
{
    RTM_ROUTE_HANDLE mcast;

    (void)state;
    hold(UCAST, BOTH, LONG_HOLD);
    mcast = add_route(scene.me, NET, NULL, 7, 7, MCAST);
    delete_route(scene.me, mcast);
    assert_ptr_equal(held_in(scene.me, scene.net, UCAST), scene.route);
    assert_ptr_equal(held_in(scene.me, scene.net, MCAST), mcast);
}

static void armed_again_after_the_end(void** state)
{
    RTM_ROUTE_HANDLE newer;

    (void)state;
    hold(UCAST, UCAST, SHORT_HOLD);
    AWAIT(!held_in(scene.me, scene.net, UCAST));
    newer = add_route(scene.me, NET, NULL, 7, 7, UCAST);
    delete_route(scene.me, newer);
    assert_null(held_in(scene.me, scene.net, UCAST));
    newer = add_route(scene.me, NET, NULL, 7, 7, UCAST);
    arm(scene.me, scene.net, UCAST, LONG_HOLD);
    delete_route(scene.me, newer);
    assert_ptr_equal(held_in(scene.me, scene.net, UCAST), newer);
}

/* Which of the two is shown is open, but one is, and it ends. */
static void armed_again_while_held(void** state)
{
    RTM_ROUTE_HANDLE newer, held;

    (void)state;
    hold(UCAST, UCAST, 4 * SHORT_HOLD);
    newer = add_route(scene.me, NET, NULL, 7, 7, UCAST);
    arm(scene.me, scene.net, UCAST, 4 * SHORT_HOLD);
    delete_route(scene.me, newer);
    held = held_in(scene.me, scene.net, UCAST);
    assert_true(!held || held == newer || held == scene.route);
    AWAIT(!held_in(scene.me, scene.net, UCAST));
    assert_true(is_dead_route(scene.me, newer));
    assert_true(is_dead_route(scene.me, scene.route));
}

/* ---- when it ends ---- */

static void it_ends_after_its_time(void** state)
{
    (void)state;
    hold(BOTH, BOTH, SHORT_HOLD);
    AWAIT(!held_in(scene.me, scene.net, UCAST));
    assert_null(held_in(scene.me, scene.net, MCAST)); /* all views at once */
    assert_true(is_dead_route(scene.me, scene.route));
    release_dest(scene.me, scene.net);
    assert_false(is_there(scene.me, NET, ANY));
    assert_dests(scene.me, ANY, 0, NULL, "");
}

static void the_destination_goes_with_it(void** state)
{
    (void)state;
    hold(UCAST, UCAST, SHORT_HOLD);
    release_dest(scene.me, scene.net);
    AWAIT(!is_there(scene.me, NET, ANY));
    assert_true(is_dead_route(scene.me, scene.route));
}

static void a_reference_outlives_it(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 5, 5, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);

    (void)state;
    ASSERT_STATUS(RtmReferenceHandles(me, 1, &route), NO_ERROR);
    arm(me, destination, UCAST, SHORT_HOLD);
    delete_route(me, route);
    AWAIT(state_of(me, route) != RTM_ROUTE_STATE_DELETING);
    assert_int_equal(state_of(me, route), RTM_ROUTE_STATE_DELETED);
    assert_null(held_in(me, destination, UCAST));
    release_route(me, route);
    assert_true(is_dead_route(me, route));
}

static void it_lasts_as_long_as_asked_for(void** state)
{
    LARGE_INTEGER before, after, frequency;

    (void)state;
    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&before);
    hold(UCAST, UCAST, 200);
    AWAIT(!held_in(scene.me, scene.net, UCAST));
    QueryPerformanceCounter(&after);
    assert_true((after.QuadPart - before.QuadPart) * 1000 >= frequency.QuadPart * 180);
}

static void the_longest_time_counts(void** state)
{
    static const ULONG times[][2] = {{LONG_HOLD, 1}, {1, LONG_HOLD}};

    (void)state;
    for (UINT i = 0; i < 2; i++) {
        RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
        RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 5, 5, BOTH);
        RTM_DEST_HANDLE destination = dest(me, NET);

        arm(me, destination, UCAST, times[i][0]);
        arm(other, destination, MCAST, times[i][1]); /* of anybody, for any view */
        delete_route(me, route);
        Sleep(WATCH_MS);
        assert_ptr_equal(held_in(me, destination, UCAST), route);
        assert_ptr_equal(held_in(me, destination, MCAST), route);
        leave(me);
        leave(other);
    }
}

static void a_very_long_time(void** state)
{
    (void)state;
    hold(UCAST, UCAST, 0xffffffff);
    Sleep(WATCH_MS);
    assert_ptr_equal(held_in(scene.me, scene.net, UCAST), scene.route);
}

static void leaving_of_who_armed_does_not_end_it(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), armer = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 5, 5, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);

    (void)state;
    arm(armer, destination, UCAST, LONG_HOLD);
    leave(armer);
    delete_route(me, route);
    assert_ptr_equal(held_in(me, destination, UCAST), route);
}

static void the_end_of_the_table_ends_it(void** state)
{
    (void)state;
    for (UINT i = 0; i < 20; i++) {
        hold(BOTH, BOTH, i % 2 ? LONG_HOLD : 1);
        leave(scene.me);
    }
    scene.me = join(1, 1, NULL);
    assert_false(is_there(scene.me, NET, ANY));
}

static void a_thousand_destinations_are_held(void** state)
{
    enum { TOTAL = 1000 };
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    random_numbers numbers = {8};

    (void)state;
    for (UINT i = 0; i < TOTAL; i++) {
        char text[32];
        RTM_ROUTE_HANDLE route;
        RTM_DEST_HANDLE destination;

        snprintf(text, sizeof(text), "10.%u.%u.0/24", i / 256, i % 256);
        route = add_route(me, text, NULL, 5, 5, UCAST);
        destination = dest(me, text);
        arm(me, destination, UCAST, 1 + next_random(&numbers) % 300);
        delete_route(me, route);
        release_dest(me, destination);
    }
    for (UINT i = 0; i < TOTAL; i++) {
        char text[32];

        snprintf(text, sizeof(text), "10.%u.%u.0/24", i / 256, i % 256);
        AWAIT(!is_there(me, text, ANY));
    }
    assert_dests(me, ANY, 0, NULL, "");
}

/* ---- watchers ---- */

/* The types of a watched view that have a change pending, which are then forgotten. */
static DWORD changed(RTM_ENTITY_HANDLE me, const RTM_NOTIFY_HANDLE* notify,
                     RTM_DEST_HANDLE destination)
{
    DWORD types = 0;

    for (UINT i = 0; i < 3; i++) {
        if (has_change(me, notify[i], destination))
            types |= 1u << i;
        ASSERT_STATUS(RtmIgnoreChangedDests(me, notify[i], 1, &destination), NO_ERROR);
    }
    return types;
}

static void start_and_end_are_changes(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), watcher = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 5, 5, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);
    RTM_NOTIFY_HANDLE notify[3];

    (void)state;
    for (UINT i = 0; i < 3; i++)
        notify[i] = watch(watcher, UCAST, 1u << i);
    arm(me, destination, UCAST, 10 * SHORT_HOLD);
    assert_int_equal(changed(watcher, notify, destination), 0);
    delete_route(me, route);
    assert_int_equal(changed(watcher, notify, destination), ALL_TYPES);
    AWAIT(!held_in(me, destination, UCAST));
    AWAIT(has_change(watcher, notify[1], destination));
    assert_int_equal(changed(watcher, notify, destination),
                     RTM_CHANGE_TYPE_ALL | RTM_CHANGE_TYPE_BEST);
    assert_int_equal(changed(watcher, notify, destination), 0);
}

static void the_end_is_a_change_beside_a_newer_route(void** state)
{
    RTM_NOTIFY_HANDLE notify[3];

    (void)state;
    hold(UCAST, UCAST, 10 * SHORT_HOLD);
    add_route(scene.me, NET, NULL, 7, 7, UCAST);
    for (UINT i = 0; i < 3; i++)
        notify[i] = watch(scene.me, UCAST, 1u << i);
    AWAIT(has_change(scene.me, notify[0], scene.net));
    AWAIT(has_change(scene.me, notify[1], scene.net));
    assert_int_equal(changed(scene.me, notify, scene.net),
                     RTM_CHANGE_TYPE_ALL | RTM_CHANGE_TYPE_BEST);
}

static void a_callback_tells_of_the_end(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), watcher = join(2, 2, notice_recorder);
    RTM_NOTIFY_HANDLE notify;
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 5, 5, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);
    dest_batch batch;
    UINT count = 1;

    (void)state;
    arm(me, destination, UCAST, 10 * SHORT_HOLD);
    release_dest(me, destination);
    notify = watch(watcher, UCAST, RTM_CHANGE_TYPE_BEST);
    delete_route(me, route);
    await_notices(notify, 1);
    PAINT(batch);
    ASSERT_STATUS(RtmGetChangedDests(watcher, notify, &count, &batch.first), NO_ERROR);
    assert_null(entry_view(&batch, 0, 0)->Route);
    if (entry_view(&batch, 0, 0)->HoldRoute) /* else this was slow */
        assert_ptr_equal(entry_view(&batch, 0, 0)->HoldRoute, route);
    ASSERT_STATUS(RtmReleaseChangedDests(watcher, notify, 1, &batch.first), NO_ERROR);
    await_notices(notify, 2);
    count = 1;
    ASSERT_STATUS(RtmGetChangedDests(watcher, notify, &count, &batch.first), NO_ERROR);
    assert_net(&entry_at(&batch, 0)->DestAddress, NET);
    assert_null(entry_view(&batch, 0, 0)->HoldRoute);
    ASSERT_STATUS(RtmReleaseChangedDests(watcher, notify, 1, &batch.first), NO_ERROR);
    assert_false(is_there(me, NET, ANY));
}

static void other_views_are_not_told(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, NET, NULL, 5, 5, UCAST);
    RTM_DEST_HANDLE destination = dest(me, NET);
    RTM_NOTIFY_HANDLE notify = watch(me, MCAST, ALL_TYPES);

    (void)state;
    arm(me, destination, UCAST, SHORT_HOLD);
    delete_route(me, route);
    AWAIT(!held_in(me, destination, UCAST));
    assert_changes(me, notify, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NOTICE_TEST(arming_changes_nothing),
        NOTICE_TEST(a_time_of_zero_is_refused),
        NOTICE_TEST(views_must_be_supported),
        NOTICE_TEST(handles_must_be_live),
        NOTICE_TEST(without_arming_nothing_is_held),
        NOTICE_TEST(anybody_may_arm),
        NOTICE_TEST(arming_keeps_nothing),
        NOTICE_TEST(arming_before_there_are_routes),
        NOTICE_TEST(the_last_route_is_held),
        NOTICE_TEST(hold_routes_are_referenced),
        NOTICE_TEST(a_held_destination_is_found_in_any_view_only),
        NOTICE_TEST(a_held_destination_is_enumerated_in_any_view_only),
        NOTICE_TEST(held_routes_are_enumerated_in_any_view_only),
        NOTICE_TEST(a_route_that_is_held_between_batches),
        NOTICE_TEST(a_held_route_is_best_nowhere),
        NOTICE_TEST(a_held_route_cannot_be_deleted_again),
        NOTICE_TEST(a_held_route_cannot_be_updated),
        NOTICE_TEST(another_protocol_sees_the_held_route_too),
        NOTICE_TEST(not_before_the_last_route),
        NOTICE_TEST(in_the_armed_views_only),
        NOTICE_TEST(in_the_views_of_the_route_only),
        NOTICE_TEST(each_view_has_its_own_last_route),
        NOTICE_TEST(not_by_a_move_to_another_view),
        NOTICE_TEST(expiry_starts_it),
        NOTICE_TEST(leaving_of_the_owner_starts_it),
        NOTICE_TEST(a_lock_does_not_delay_it),
        NOTICE_TEST(a_newer_route_stands_beside_it),
        NOTICE_TEST(the_next_last_route_is_not_held),
        NOTICE_TEST(other_views_stay_armed),
        NOTICE_TEST(armed_again_after_the_end),
        NOTICE_TEST(armed_again_while_held),
        NOTICE_TEST(it_ends_after_its_time),
        NOTICE_TEST(the_destination_goes_with_it),
        NOTICE_TEST(a_reference_outlives_it),
        NOTICE_TEST(it_lasts_as_long_as_asked_for),
        NOTICE_TEST(the_longest_time_counts),
        NOTICE_TEST(a_very_long_time),
        NOTICE_TEST(leaving_of_who_armed_does_not_end_it),
        NOTICE_TEST(the_end_of_the_table_ends_it),
        NOTICE_TEST(a_thousand_destinations_are_held),
        NOTICE_TEST(start_and_end_are_changes),
        NOTICE_TEST(the_end_is_a_change_beside_a_newer_route),
        NOTICE_TEST(a_callback_tells_of_the_end),
        NOTICE_TEST(other_views_are_not_told),
    };

    return CLIENT_MAIN(tests);
}
