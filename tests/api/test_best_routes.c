/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Which route of a destination is the best in each view, and what RTM_ROUTE_CHANGE_BEST says.
 * "Reading" marks what the documentation leaves open and this project has decided.
 */
#include "table.h"

#define NEW RTM_ROUTE_CHANGE_NEW
#define BEST RTM_ROUTE_CHANGE_BEST

#define HERE "10.0.0.0/8"

/* Best route of HERE in one view, NULL if there is none. Nothing stays referenced. */
static RTM_ROUTE_HANDLE best_of(RTM_ENTITY_HANDLE viewer, RTM_VIEW_SET view)
{
    RTM_NET_ADDRESS address = net(HERE);
    dest_info got;
    DWORD status;

    PAINT(got);
    status = RtmGetExactMatchDestination(viewer, &address, RTM_BEST_PROTOCOL, view, &got.info);
    if (status == ERROR_NOT_FOUND)
        return NULL;
    ASSERT_STATUS(status, NO_ERROR);
    ASSERT_STATUS(RtmReleaseDestInfo(viewer, &got.info), NO_ERROR);
    return got.info.ViewInfo[0].Route;
}

/* Best route of HERE of one protocol in one view. Nothing stays referenced. */
static RTM_ROUTE_HANDLE best_of_protocol(RTM_ENTITY_HANDLE viewer, ULONG protocol,
                                         RTM_VIEW_SET view)
{
    RTM_NET_ADDRESS address = net(HERE);
    dest_info got;

    PAINT(got);
    ASSERT_STATUS(RtmGetExactMatchDestination(viewer, &address, protocol, view, &got.info),
                  NO_ERROR);
    ASSERT_STATUS(RtmReleaseDestInfo(viewer, &got.info), NO_ERROR);
    return got.info.ViewInfo[0].Route;
}

/* Updates a route by its handle; what it says. */
static RTM_ROUTE_CHANGE_FLAGS update(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route, ULONG preference,
                                     ULONG metric, RTM_VIEW_SET views)
{
    route_info info = make_route(NULL, preference, metric, views);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    ASSERT_STATUS(try_add_route(me, &route, HERE, &info.info, INFINITE, &flags), NO_ERROR);
    return flags;
}

/* Adds a route beside all others; stores the handle if it is wanted; what it says. */
static RTM_ROUTE_CHANGE_FLAGS add(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE* route, ULONG preference,
                                  ULONG metric, RTM_VIEW_SET views)
{
    route_info info = make_route(NULL, preference, metric, views);
    RTM_ROUTE_CHANGE_FLAGS flags = NEW;

    *route = NULL;
    ASSERT_STATUS(try_add_route(me, route, HERE, &info.info, INFINITE, &flags), NO_ERROR);
    return flags;
}

static RTM_ROUTE_CHANGE_FLAGS take_away(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route)
{
    RTM_ROUTE_CHANGE_FLAGS flags;

    PAINT(flags);
    ASSERT_STATUS(RtmDeleteRouteToDest(me, route, &flags), NO_ERROR);
    return flags;
}

/* ---- rank ---- */

static void lower_preference_is_better(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE worse, better;

    (void)state;
    assert_int_equal(add(me, &worse, 2, 0, BOTH), NEW | BEST);
    assert_int_equal(add(other, &better, 1, 0xffffffff, BOTH), NEW | BEST);
    assert_int_equal(best_views(me, worse), 0);
    assert_int_equal(best_views(me, better), BOTH);
    assert_int_equal(best_views(other, better), BOTH);
    assert_ptr_equal(best_of(me, UCAST), better);
    assert_ptr_equal(best_of(me, MCAST), better);
}

static void metric_decides_between_equal_preferences(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE first, second, third;

    (void)state;
    add(me, &first, 7, 100, UCAST);
    assert_int_equal(add(other, &second, 7, 99, UCAST), NEW | BEST);
    assert_int_equal(add(me, &third, 7, 101, UCAST), NEW);
    assert_ptr_equal(best_of(me, UCAST), second);
}

static void numbers_are_unsigned(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE first, second, third;

    (void)state;
    add(me, &first, 0xffffffff, 1, UCAST);
    assert_int_equal(add(me, &second, 0x7fffffff, 0xffffffff, UCAST), NEW | BEST);
    assert_int_equal(add(me, &third, 0x7fffffff, 0x7fffffff, UCAST), NEW | BEST);
    assert_ptr_equal(best_of(me, UCAST), third);
    take_away(me, third);
    assert_ptr_equal(best_of(me, UCAST), second);
}

static void each_view_has_a_best_route(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE unicast, multicast, both;

    (void)state;
    assert_int_equal(add(me, &unicast, 10, 1, UCAST), NEW | BEST);
    assert_int_equal(add(me, &multicast, 20, 1, MCAST), NEW | BEST);
    assert_int_equal(add(me, &both, 15, 1, BOTH), NEW | BEST);
    assert_int_equal(best_views(me, unicast), UCAST);
    assert_int_equal(best_views(me, multicast), 0);
    assert_int_equal(best_views(me, both), MCAST);
    assert_ptr_equal(best_of(me, UCAST), unicast);
    assert_ptr_equal(best_of(me, MCAST), both);
    assert_int_equal(take_away(me, both), BEST);
    assert_int_equal(best_views(me, multicast), MCAST);
    assert_int_equal(take_away(me, unicast), BEST);
    assert_null(best_of(me, UCAST));
    assert_int_equal(best_views(me, multicast), MCAST);
}

static void moving_out_of_a_view_changes_its_best(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE better, worse;

    (void)state;
    add(me, &better, 1, 1, BOTH);
    add(me, &worse, 2, 2, BOTH);
    assert_int_equal(update(me, better, 1, 1, MCAST), BEST);
    assert_int_equal(best_views(me, better), MCAST);
    assert_int_equal(best_views(me, worse), UCAST);
    assert_int_equal(update(me, better, 1, 1, UCAST), BEST);
    assert_int_equal(best_views(me, better), UCAST);
    assert_int_equal(best_views(me, worse), MCAST);
    assert_int_equal(update(me, better, 1, 1, BOTH), BEST);
    assert_int_equal(best_views(me, worse), 0);
}

/* Reading: the flag is for forwarding, the route counts all the same. */
static void inactive_routes_can_be_best(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    route_info info = make_route(NULL, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_HANDLE route = NULL, other;

    (void)state;
    add(me, &other, 2, 1, UCAST);
    info.info.Flags = RTM_ROUTE_FLAGS_INACTIVE;
    flags = NEW;
    ASSERT_STATUS(try_add_route(me, &route, HERE, &info.info, INFINITE, &flags), NO_ERROR);
    assert_int_equal(flags, NEW | BEST);
    assert_ptr_equal(best_of(me, UCAST), route);
}

/* ---- equal routes ---- */

static void best_route_stays_among_equal_ones(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE first, second, third;

    (void)state;
    add(me, &first, 5, 5, BOTH);
    assert_int_equal(add(other, &second, 5, 5, BOTH), NEW);
    assert_int_equal(add(me, &third, 5, 5, BOTH), NEW);
    assert_int_equal(best_views(me, first), BOTH);
    assert_int_equal(update(me, third, 5, 5, BOTH), 0);
    assert_int_equal(update(me, first, 5, 5, BOTH), BEST);
    assert_int_equal(best_views(me, first), BOTH);
    /* Then the one that has been of that rank longest. */
    assert_int_equal(take_away(me, first), BEST);
    assert_int_equal(best_views(me, second), BOTH);
    assert_int_equal(take_away(other, second), BEST);
    assert_int_equal(best_views(me, third), BOTH);
}

/* Reading: the best of a protocol's routes is the best of all if that is one of them, also where
 * another one of them would be as good. */
static void best_of_a_protocol_is_the_best_of_all(void** state)
{
    RTM_ENTITY_HANDLE me = join(7, 1, NULL), second = join(7, 2, NULL), other = join(8, 1, NULL);
    RTM_ROUTE_HANDLE elsewhere, here, foreign;

    (void)state;
    add(me, &elsewhere, 5, 5, MCAST);
    add(second, &here, 5, 5, UCAST);
    add(other, &foreign, 6, 5, BOTH);
    assert_int_equal(update(me, elsewhere, 5, 5, BOTH) & BEST, BEST); /* in MCAST */
    assert_ptr_equal(best_of(me, UCAST), here);
    assert_ptr_equal(best_of(me, MCAST), elsewhere);
    for (UINT i = 0; i < 2; i++) {
        RTM_ENTITY_HANDLE viewer = i == 0 ? me : other;

        assert_ptr_equal(best_of_protocol(viewer, 7, UCAST), here);
        assert_ptr_equal(best_of_protocol(viewer, 7, MCAST), elsewhere);
        assert_ptr_equal(best_of_protocol(viewer, 8, UCAST), foreign);
    }
    assert_ptr_equal(best_of_protocol(me, RTM_THIS_PROTOCOL, UCAST), here);
}

static void one_that_becomes_worse_stays_before_those_it_equals(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE first, second, third;

    (void)state;
    add(me, &first, 1, 1, UCAST);
    add(me, &second, 1, 2, UCAST);
    add(me, &third, 1, 2, UCAST);
    assert_int_equal(update(me, first, 1, 2, UCAST), BEST);
    assert_ptr_equal(best_of(me, UCAST), first);
    assert_int_equal(take_away(me, first), BEST);
    assert_ptr_equal(best_of(me, UCAST), second);
}

static void one_that_becomes_better_goes_behind_those_it_equals(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE first, second, third;

    (void)state;
    add(me, &first, 1, 2, UCAST);
    add(me, &second, 1, 2, UCAST);
    add(me, &third, 1, 3, UCAST);
    assert_int_equal(update(me, third, 1, 2, UCAST), 0);
    assert_int_equal(take_away(me, first), BEST);
    assert_ptr_equal(best_of(me, UCAST), second);
    assert_int_equal(take_away(me, second), BEST);
    assert_ptr_equal(best_of(me, UCAST), third);
}

/* ---- what is said ---- */

static void additions_say_best_when_they_are(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE first, second, third;

    (void)state;
    assert_int_equal(add(me, &first, 5, 1, UCAST), NEW | BEST);
    assert_int_equal(add(me, &second, 6, 1, UCAST), NEW);
    assert_int_equal(add(me, &third, 6, 1, BOTH), NEW | BEST); /* of the other view */
}

static void updates_say_best_before_and_after(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE first, second;

    (void)state;
    add(me, &first, 5, 1, UCAST);
    add(me, &second, 6, 1, UCAST);
    assert_int_equal(update(me, first, 5, 1, UCAST), BEST);  /* is, and was, nothing changed */
    assert_int_equal(update(me, first, 4, 1, UCAST), BEST);  /* is and was */
    assert_int_equal(update(me, second, 7, 1, UCAST), 0);    /* neither */
    assert_int_equal(update(me, first, 8, 1, UCAST), BEST);  /* was */
    assert_int_equal(update(me, first, 9, 1, UCAST), 0);     /* neither */
    assert_int_equal(update(me, first, 1, 1, UCAST), BEST);  /* is */
    assert_int_equal(update(me, second, 7, 1, MCAST), BEST); /* is, in another view */
    assert_int_equal(update(me, second, 7, 1, UCAST), BEST); /* was, in another view */
}

static void deletions_say_best_when_they_were(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE first, second, third;

    (void)state;
    add(me, &first, 5, 1, UCAST);
    add(me, &second, 6, 1, UCAST);
    add(me, &third, 7, 1, BOTH);
    assert_int_equal(take_away(me, second), 0);
    assert_int_equal(take_away(me, third), BEST);
    assert_int_equal(take_away(me, first), BEST);
}

/* ---- default preferences ---- */

static void preference_0_is_that_of_the_protocol(void** state)
{
    static const struct {
        ULONG protocol, preference;
    } defaults[] = {
        {2, 1},       {10006, 3},    {10007, 5},        {10002, 7}, {3, 10},
        {13, 110},    {14, 115},     {8, 120},          {1, 127},   {0, 127},
        {4, 127},     {0xffff, 127}, {0xffffffff, 127}, {12, 127},  {5, 127},
        {9, 127},     {10, 127},     {11, 127},         {15, 127},  {10001, 127},
        {10003, 127},
    };

    (void)state;
    for (UINT i = 0; i < COUNT_OF(defaults); i++) {
        RTM_ENTITY_HANDLE me = join(defaults[i].protocol, 1, NULL);
        RTM_ROUTE_HANDLE route;
        route_info got;

        add(me, &route, 0, 1, UCAST);
        get_route(me, route, &got);
        ASSERT_STATUS(RtmReleaseRouteInfo(me, &got.info), NO_ERROR);
        if (got.info.PrefInfo.Preference != defaults[i].preference)
            fail_msg("protocol %lu has preference %lu, not %lu", defaults[i].protocol,
                     got.info.PrefInfo.Preference, defaults[i].preference);
        assert_int_equal(got.info.PrefInfo.Metric, 1);
        leave(me);
    }
}

static void defaults_rank_routes(void** state)
{
    RTM_ENTITY_HANDLE rip = join(8, 1, NULL), ospf = join(13, 1, NULL), local = join(2, 1, NULL);
    RTM_ROUTE_HANDLE routes[3];

    (void)state;
    assert_int_equal(add(rip, &routes[0], 0, 1, UCAST), NEW | BEST);
    assert_int_equal(add(ospf, &routes[1], 0, 1000, UCAST), NEW | BEST);
    assert_int_equal(add(local, &routes[2], 0, 1000000, UCAST), NEW | BEST);
    assert_ptr_equal(best_of(rip, UCAST), routes[2]);
    take_away(local, routes[2]);
    assert_ptr_equal(best_of(rip, UCAST), routes[1]);
    /* One that is given is honoured. */
    assert_int_equal(update(rip, routes[0], 109, 1, UCAST), BEST);
    assert_ptr_equal(best_of(rip, UCAST), routes[0]);
    /* 0 is the default again. */
    assert_int_equal(update(rip, routes[0], 0, 1, UCAST), BEST);
    assert_ptr_equal(best_of(rip, UCAST), routes[1]);
}

/* ---- RtmIsBestRoute ---- */

static void arguments_are_checked(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), gone = join(2, 2, NULL);
    wrong_handles wrong = make_wrong_handles(me, ROUTE_HANDLE);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, UCAST);
    HANDLE registrations[] = {NULL, INVALID_HANDLE_VALUE, route, gone};
    RTM_VIEW_SET best;

    (void)state;
    leave(gone);
    PAINT(best);
    for (UINT i = 0; i < wrong.count; i++)
        ASSERT_STATUS(RtmIsBestRoute(me, wrong.handles[i], &best), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmIsBestRoute(me, NULL, &best), ERROR_INVALID_HANDLE);
    for (UINT i = 0; i < COUNT_OF(registrations); i++)
        ASSERT_STATUS(RtmIsBestRoute(registrations[i], route, &best), ERROR_INVALID_HANDLE);
    ASSERT_PAINTED(best);
    ASSERT_STATUS(RtmIsBestRoute(me, route, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(drain_route(me, route), 1);
}

static void deleted_routes_are_not_best(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, HERE, NULL, 1, 1, BOTH);

    (void)state;
    add_route(me, HERE, NULL, 1, 1, BOTH); /* a second reference */
    assert_int_equal(best_views(me, route), BOTH);
    assert_int_equal(take_away(me, route), BEST);
    assert_int_equal(best_views(me, route), 0);
}

static void next_best_route_follows_who_leaves(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE mine, others;

    (void)state;
    add(other, &others, 1, 1, BOTH);
    add(me, &mine, 2, 2, UCAST);
    assert_int_equal(best_views(me, mine), 0);
    leave(other);
    assert_int_equal(best_views(me, mine), UCAST);
    assert_null(best_of(me, MCAST));
}

/* ---- against a model ---- */

#define MODEL_ROUTES 24

struct model_route {
    RTM_ENTITY_HANDLE owner;
    RTM_ROUTE_HANDLE route;
    ULONG preference, metric;
    RTM_VIEW_SET views;
};

/* By rank; equal ones in the order that decides between them. */
static struct model_route ranked[MODEL_ROUTES];
static UINT ranked_count;
static RTM_ROUTE_HANDLE model_best[2];

/* -1 if `a` is better, 1 if it is worse. */
static int compare(const struct model_route* a, const struct model_route* b)
{
    if (a->preference != b->preference)
        return a->preference < b->preference ? -1 : 1;
    if (a->metric != b->metric)
        return a->metric < b->metric ? -1 : 1;
    return 0;
}

static void insert(struct model_route made, BOOL before_equals)
{
    UINT at = 0;

    while (at < ranked_count && compare(&ranked[at], &made) < (before_equals ? 0 : 1))
        at++;
    memmove(&ranked[at + 1], &ranked[at], (ranked_count - at) * sizeof(made));
    ranked[at] = made;
    ranked_count++;
}

static struct model_route take(UINT at)
{
    struct model_route taken = ranked[at];

    ranked_count--;
    memmove(&ranked[at], &ranked[at + 1], (ranked_count - at) * sizeof(taken));
    return taken;
}

/* Chooses the best route of a view: the present one stays among equal ones. */
static void choose_model_best(UINT view)
{
    const struct model_route* first = NULL;

    for (UINT i = 0; i < ranked_count; i++) {
        if (!(ranked[i].views >> view & 1))
            continue;
        if (!first)
            first = &ranked[i];
        if (ranked[i].route == model_best[view] && compare(&ranked[i], first) == 0)
            return;
    }
    model_best[view] = first ? first->route : NULL;
}

/* Whether the table says of every route what the model says. */
static void compare_with_model(RTM_ENTITY_HANDLE viewer)
{
    RTM_NET_ADDRESS address = net(HERE);
    UINT counts[2] = {0, 0};
    dest_info got;
    DWORD status;

    for (UINT i = 0; i < ranked_count; i++) {
        RTM_VIEW_SET expected = 0;

        for (UINT view = 0; view < 2; view++) {
            counts[view] += (ranked[i].views >> view) & 1;
            if (model_best[view] == ranked[i].route)
                expected |= 1u << view;
        }
        assert_int_equal(best_views(viewer, ranked[i].route), expected);
    }
    PAINT(got);
    status = RtmGetExactMatchDestination(viewer, &address, RTM_BEST_PROTOCOL, BOTH, &got.info);
    if (!ranked_count) {
        ASSERT_STATUS(status, ERROR_NOT_FOUND);
        return;
    }
    ASSERT_STATUS(status, NO_ERROR);
    for (UINT view = 0; view < 2; view++) {
        assert_int_equal(view_at(&got, view)->NumRoutes, counts[view]);
        assert_ptr_equal(view_at(&got, view)->Route, model_best[view]);
    }
    ASSERT_STATUS(RtmReleaseDestInfo(viewer, &got.info), NO_ERROR);
}

/* Additions, updates and deletions by three entities, with few ranks so that many are equal. */
static void random_changes(void** state)
{
    RTM_ENTITY_HANDLE entities[] = {join(1, 1, NULL), join(1, 2, NULL), join(2, 1, NULL)};
    random_numbers numbers = {20260202};

    (void)state;
    ranked_count = 0;
    model_best[0] = model_best[1] = NULL;
    for (UINT step = 0; step < 4000; step++) {
        RTM_ROUTE_HANDLE before[2] = {model_best[0], model_best[1]}, route;
        UINT choice = next_random(&numbers) % 8;
        UINT at = ranked_count ? next_random(&numbers) % ranked_count : 0;
        RTM_ROUTE_CHANGE_FLAGS flags, expected = 0;
        struct model_route made;

        made.owner = entities[next_random(&numbers) % 3];
        made.preference = 1 + next_random(&numbers) % 2;
        made.metric = next_random(&numbers) % 3;
        made.views = 1 + next_random(&numbers) % 3;
        if (!ranked_count || (choice < 2 && ranked_count < MODEL_ROUTES)) {
            flags = add(made.owner, &made.route, made.preference, made.metric, made.views);
            insert(made, FALSE);
            route = made.route;
            expected = NEW;
        } else if (choice < 6) {
            struct model_route old = ranked[at];
            int change;

            made.owner = old.owner;
            made.route = route = old.route;
            flags = update(made.owner, route, made.preference, made.metric, made.views);
            change = compare(&made, &old);
            if (change == 0) {
                ranked[at] = made;
            } else {
                take(at);
                insert(made, change > 0);
            }
        } else {
            struct model_route old = take(at);

            route = old.route;
            flags = take_away(old.owner, route);
        }
        for (UINT view = 0; view < 2; view++) {
            choose_model_best(view);
            if (model_best[view] != before[view] || model_best[view] == route)
                expected |= BEST;
        }
        if (flags != expected)
            fail_msg("step %u says %lx, not %lx", step, flags, expected);
        compare_with_model(entities[step % 3]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(lower_preference_is_better),
        CLIENT_TEST(metric_decides_between_equal_preferences),
        CLIENT_TEST(numbers_are_unsigned),
        CLIENT_TEST(each_view_has_a_best_route),
        CLIENT_TEST(moving_out_of_a_view_changes_its_best),
        CLIENT_TEST(inactive_routes_can_be_best),
        CLIENT_TEST(best_route_stays_among_equal_ones),
        CLIENT_TEST(best_of_a_protocol_is_the_best_of_all),
        CLIENT_TEST(one_that_becomes_worse_stays_before_those_it_equals),
        CLIENT_TEST(one_that_becomes_better_goes_behind_those_it_equals),
        CLIENT_TEST(additions_say_best_when_they_are),
        CLIENT_TEST(updates_say_best_before_and_after),
        CLIENT_TEST(deletions_say_best_when_they_were),
        CLIENT_TEST(preference_0_is_that_of_the_protocol),
        CLIENT_TEST(defaults_rank_routes),
        CLIENT_TEST(arguments_are_checked),
        CLIENT_TEST(deleted_routes_are_not_best),
        CLIENT_TEST(next_best_route_follows_who_leaves),
        CLIENT_TEST(random_changes),
    };

    return CLIENT_MAIN(tests);
}
