/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * RtmCreateDestEnum, RtmCreateRouteEnum, RtmCreateNextHopEnum, what the Get functions hand out for
 * them, the release functions, and RtmDeleteEnumHandle; also while the table changes.
 */
#include "batches.h"

#define UCAST RTM_VIEW_MASK_UCAST
#define MCAST RTM_VIEW_MASK_MCAST
#define BOTH RTM_VIEW_MASK_BOTH
#define ANY RTM_VIEW_MASK_ANY

/* Routes of `me` without next hops to a list of prefixes. Their handles are released. */
static void add_routes(RTM_ENTITY_HANDLE me, const char* prefixes, ULONG metric, RTM_VIEW_SET views)
{
    char text[64];

    while (next_prefix(&prefixes, text))
        release_route(me, add_route(me, text, NULL, 10, metric, views));
}

static RTM_ENUM_HANDLE dest_enum(RTM_ENTITY_HANDLE me, RTM_VIEW_SET views, ULONG protocol)
{
    RTM_ENUM_HANDLE made = NULL;

    ASSERT_STATUS(RtmCreateDestEnum(me, views, RTM_ENUM_START, NULL, protocol, &made), NO_ERROR);
    return made;
}

static RTM_ENUM_HANDLE route_enum(RTM_ENTITY_HANDLE me, RTM_DEST_HANDLE destination,
                                  RTM_VIEW_SET views)
{
    RTM_ENUM_HANDLE made = NULL;

    ASSERT_STATUS(RtmCreateRouteEnum(me, destination, views, RTM_ENUM_START, NULL, RTM_MATCH_NONE,
                                     NULL, 0, &made),
                  NO_ERROR);
    return made;
}

static RTM_ENUM_HANDLE hop_enum(RTM_ENTITY_HANDLE me)
{
    RTM_ENUM_HANDLE made = NULL;

    ASSERT_STATUS(RtmCreateNextHopEnum(me, RTM_ENUM_START, NULL, &made), NO_ERROR);
    return made;
}

static void delete_enum(RTM_ENTITY_HANDLE me, RTM_ENUM_HANDLE enumeration)
{
    ASSERT_STATUS(RtmDeleteEnumHandle(me, enumeration), NO_ERROR);
}

/* One batch of at most `capacity` destinations; returns their number. */
static UINT next_dests(RTM_ENTITY_HANDLE me, RTM_ENUM_HANDLE enumeration, UINT capacity,
                       dest_batch* batch)
{
    UINT count = capacity;
    DWORD status;

    PAINT(*batch);
    status = RtmGetEnumDests(me, enumeration, &count, &batch->first);
    ASSERT_STATUS(status, count ? NO_ERROR : ERROR_NO_MORE_ITEMS);
    return count;
}

static UINT next_routes(RTM_ENTITY_HANDLE me, RTM_ENUM_HANDLE enumeration, UINT capacity,
                        RTM_ROUTE_HANDLE* routes)
{
    UINT count = capacity;
    DWORD status = RtmGetEnumRoutes(me, enumeration, &count, routes);

    ASSERT_STATUS(status, count ? NO_ERROR : ERROR_NO_MORE_ITEMS);
    return count;
}

/* ---- destinations: which and in which order ---- */

static void an_empty_table_has_no_destinations(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    assert_dests(me, ANY, RTM_ENUM_START, NULL, "");
    assert_dests(me, BOTH, RTM_ENUM_START, NULL, "");
    assert_dests(me, ANY, RTM_ENUM_NEXT, "0.0.0.0/0", "");
    assert_dests(me, ANY, RTM_ENUM_RANGE, "0.0.0.0/0", "");
    assert_dests(me, ANY, RTM_ENUM_OWN_DESTS, NULL, "");
}

static void the_end_is_told_again_and_again(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ENUM_HANDLE dests, routes, hops;
    dest_batch batch;
    RTM_ROUTE_HANDLE handles[4];

    (void)state;
    release_route(me, add_route(me, "10.0.0.0/8", next_hop(me, "10.0.0.1", 1), 1, 1, UCAST));
    dests = dest_enum(me, UCAST, RTM_BEST_PROTOCOL);
    routes = route_enum(me, NULL, UCAST);
    hops = hop_enum(me);
    assert_int_equal(next_dests(me, dests, 4, &batch), 1);
    assert_int_equal(next_routes(me, routes, 4, handles), 1);
    for (UINT i = 0; i < 3; i++) {
        UINT count = 4;

        if (i == 0)
            ASSERT_STATUS(RtmGetEnumNextHops(me, hops, &count, handles), NO_ERROR);
        count = 4;
        ASSERT_STATUS(RtmGetEnumDests(me, dests, &count, &batch.first), ERROR_NO_MORE_ITEMS);
        assert_int_equal(count, 0);
        ASSERT_STATUS(RtmReleaseDests(me, count, &batch.first), NO_ERROR);
        count = 4;
        ASSERT_STATUS(RtmGetEnumRoutes(me, routes, &count, handles), ERROR_NO_MORE_ITEMS);
        assert_int_equal(count, 0);
        ASSERT_STATUS(RtmReleaseRoutes(me, count, handles), NO_ERROR);
        count = 4;
        ASSERT_STATUS(RtmGetEnumNextHops(me, hops, &count, handles), ERROR_NO_MORE_ITEMS);
        assert_int_equal(count, 0);
        ASSERT_STATUS(RtmReleaseNextHops(me, count, handles), NO_ERROR);
    }
    delete_enum(me, dests);
    delete_enum(me, routes);
    delete_enum(me, hops);
}

#define SOME_PREFIXES                                                                              \
    "0.0.0.0/0 9.255.255.255/32 10.0.0.0/7 10.0.0.0/8 10.0.0.0/9 10.0.0.0/24 10.0.0.0/32 "         \
    "10.0.0.1/32 10.1.0.0/16 10.1.2.0/24 10.128.0.0/9 11.0.0.0/8 128.0.0.0/1 255.255.255.255/32"

static void destinations_come_by_address_then_length(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    add_routes(me,
               "10.0.0.0/24 255.255.255.255/32 10.0.0.0/8 11.0.0.0/8 10.0.0.1/32 10.0.0.0/32 "
               "128.0.0.0/1 10.1.2.0/24 0.0.0.0/0 10.128.0.0/9 9.255.255.255/32 10.0.0.0/7 "
               "10.1.0.0/16 10.0.0.0/9",
               1, UCAST);
    assert_dests(me, UCAST, RTM_ENUM_START, NULL, SOME_PREFIXES);
    assert_dests(me, ANY, RTM_ENUM_START, NULL, SOME_PREFIXES);
}

static void destinations_of_ipv6_come_by_address_then_length(void** state)
{
    static const char sorted[] = "::/0 ::1/128 2001:db8::/32 2001:db8::/48 2001:db8::/128 "
                                 "2001:db8:0:1::/64 2001:db8:8000::/33 ff00::/8 "
                                 "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128";
    RTM_ENTITY_INFO info = make_info(0, AF_INET6, 1, 1);
    RTM_ENTITY_HANDLE me = join_as(&info, NULL, NULL);

    (void)state;
    add_routes(me,
               "2001:db8:8000::/33 2001:db8::/128 ff00::/8 ::1/128 2001:db8:0:1::/64 ::/0 "
               "2001:db8::/48 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128 2001:db8::/32",
               1, UCAST);
    assert_dests(me, UCAST, RTM_ENUM_START, NULL, sorted);
    assert_dests(me, UCAST, RTM_ENUM_RANGE, "2001:db8::/33",
                 "2001:db8::/48 2001:db8::/128 2001:db8:0:1::/64");
    assert_dests(me, UCAST, RTM_ENUM_NEXT, "2001:db8:0:1::/64",
                 "2001:db8:0:1::/64 2001:db8:8000::/33 ff00::/8 "
                 "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128");
}

static void next_starts_with_the_given_prefix(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    add_routes(me, SOME_PREFIXES, 1, UCAST);
    assert_dests(me, UCAST, RTM_ENUM_NEXT, "0.0.0.0/0", SOME_PREFIXES);
    assert_dests(me, UCAST, RTM_ENUM_NEXT, "10.1.2.0/24",
                 "10.1.2.0/24 10.128.0.0/9 11.0.0.0/8 128.0.0.0/1 255.255.255.255/32");
    /* One that is not there, one between two lengths, the last, one after the last. */
    assert_dests(me, UCAST, RTM_ENUM_NEXT, "10.64.0.0/10",
                 "10.128.0.0/9 11.0.0.0/8 128.0.0.0/1 255.255.255.255/32");
    assert_dests(me, UCAST, RTM_ENUM_NEXT, "10.0.0.0/25",
                 "10.0.0.0/32 10.0.0.1/32 10.1.0.0/16 10.1.2.0/24 10.128.0.0/9 11.0.0.0/8 "
                 "128.0.0.0/1 255.255.255.255/32");
    assert_dests(me, UCAST, RTM_ENUM_NEXT, "255.255.255.255/32", "255.255.255.255/32");
    assert_dests(me, UCAST, RTM_ENUM_NEXT, "200.0.0.0/32", "255.255.255.255/32");
    add_routes(me, "255.255.255.255/31", 1, UCAST);
    assert_dests(me, UCAST, RTM_ENUM_NEXT, "255.255.255.254/32", "255.255.255.255/32");
}

static void range_is_the_given_prefix_and_all_inside(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    add_routes(me, SOME_PREFIXES, 1, UCAST);
    assert_dests(me, UCAST, RTM_ENUM_RANGE, "0.0.0.0/0", SOME_PREFIXES);
    assert_dests(me, UCAST, RTM_ENUM_RANGE, "10.0.0.0/8",
                 "10.0.0.0/8 10.0.0.0/9 10.0.0.0/24 10.0.0.0/32 10.0.0.1/32 10.1.0.0/16 "
                 "10.1.2.0/24 10.128.0.0/9");
    assert_dests(me, UCAST, RTM_ENUM_RANGE, "10.0.0.0/7",
                 "10.0.0.0/7 10.0.0.0/8 10.0.0.0/9 10.0.0.0/24 10.0.0.0/32 10.0.0.1/32 "
                 "10.1.0.0/16 10.1.2.0/24 10.128.0.0/9 11.0.0.0/8");
    /* Prefixes that are not there, with and without something inside. */
    assert_dests(me, UCAST, RTM_ENUM_RANGE, "10.0.0.0/31", "10.0.0.0/32 10.0.0.1/32");
    assert_dests(me, UCAST, RTM_ENUM_RANGE, "128.0.0.0/2", "");
    assert_dests(me, UCAST, RTM_ENUM_RANGE, "10.0.0.1/32", "10.0.0.1/32");
    assert_dests(me, UCAST, RTM_ENUM_RANGE, "10.0.0.2/32", "");
    assert_dests(me, UCAST, RTM_ENUM_RANGE, "255.255.255.0/24", "255.255.255.255/32");
}

static void start_does_not_look_at_the_address(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NET_ADDRESS nonsense = {77, 999, {1, 2, 3}};
    RTM_ENUM_HANDLE enumeration = NULL;
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);

    (void)state;
    ASSERT_STATUS(
        RtmCreateDestEnum(me, UCAST, RTM_ENUM_START, &nonsense, RTM_BEST_PROTOCOL, &enumeration),
        NO_ERROR);
    assert_enum_dests(me, enumeration, 2, "10.0.0.0/8");
    delete_enum(me, enumeration);
    ASSERT_STATUS(RtmCreateRouteEnum(me, NULL, UCAST, RTM_ENUM_START, &nonsense, RTM_MATCH_NONE,
                                     NULL, 0, &enumeration),
                  NO_ERROR);
    assert_enum_handles(me, enumeration, RtmGetEnumRoutes, 2, ROUTES(route));
    delete_enum(me, enumeration);
    ASSERT_STATUS(RtmCreateNextHopEnum(me, RTM_ENUM_START, &nonsense, &enumeration), NO_ERROR);
    assert_enum_handles(me, enumeration, RtmGetEnumNextHops, 2, NO_ROUTES);
    delete_enum(me, enumeration);
}

static void a_view_shows_destinations_with_live_routes_in_it(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE moved;
    route_info info;

    (void)state;
    add_routes(me, "10.0.0.0/8 30.0.0.0/8", 1, UCAST);
    add_routes(me, "20.0.0.0/8", 1, MCAST);
    add_routes(me, "25.0.0.0/8", 1, BOTH);
    assert_dests(me, UCAST, 0, NULL, "10.0.0.0/8 25.0.0.0/8 30.0.0.0/8");
    assert_dests(me, MCAST, 0, NULL, "20.0.0.0/8 25.0.0.0/8");
    assert_dests(me, BOTH, 0, NULL, "10.0.0.0/8 20.0.0.0/8 25.0.0.0/8 30.0.0.0/8");
    assert_dests(me, RTM_VIEW_MASK_ALL, 0, NULL, "10.0.0.0/8 20.0.0.0/8 25.0.0.0/8 30.0.0.0/8");
    assert_dests(me, ANY, 0, NULL, "10.0.0.0/8 20.0.0.0/8 25.0.0.0/8 30.0.0.0/8");
    moved = add_route(me, "40.0.0.0/8", NULL, 1, 1, UCAST);
    info = make_route(NULL, 1, 1, MCAST);
    update_route(me, moved, "40.0.0.0/8", &info.info, INFINITE);
    assert_dests(me, UCAST, RTM_ENUM_NEXT, "35.0.0.0/8", "");
    assert_dests(me, MCAST, RTM_ENUM_NEXT, "35.0.0.0/8", "40.0.0.0/8");
}

static void only_any_view_shows_destinations_without_routes(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_DEST_HANDLE kept;
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, BOTH);

    (void)state;
    kept = dest(me, "10.0.0.0/8");
    delete_route(me, route);
    assert_dests(me, UCAST, 0, NULL, "");
    assert_dests(me, BOTH, 0, NULL, "");
    assert_dests(me, RTM_VIEW_MASK_ALL, 0, NULL, "");
    assert_dests(me, ANY, 0, NULL, "10.0.0.0/8");
    release_dest(me, kept);
    assert_dests(me, ANY, 0, NULL, "");
    /* A deleted route that somebody refers to keeps its destination. */
    route = add_route(me, "20.0.0.0/8", NULL, 1, 1, BOTH);
    ASSERT_STATUS(RtmReferenceHandles(me, 1, &route), NO_ERROR);
    delete_route(me, route);
    assert_dests(me, BOTH, 0, NULL, "");
    assert_dests(me, ANY, 0, NULL, "20.0.0.0/8");
    release_route(me, route);
    assert_dests(me, ANY, 0, NULL, "");
}

static void own_destinations_have_the_callers_route_as_best(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE better;

    (void)state;
    add_routes(me, "10.0.0.0/8 20.0.0.0/8 30.0.0.0/8", 5, BOTH);
    better = add_route(other, "20.0.0.0/8", NULL, 10, 1, UCAST);
    add_routes(other, "30.0.0.0/8", 9, BOTH);
    add_routes(other, "40.0.0.0/8", 1, BOTH);
    assert_dests(me, UCAST, RTM_ENUM_OWN_DESTS, NULL, "10.0.0.0/8 30.0.0.0/8");
    assert_dests(me, MCAST, RTM_ENUM_OWN_DESTS, NULL, "10.0.0.0/8 20.0.0.0/8 30.0.0.0/8");
    assert_dests(me, BOTH, RTM_ENUM_OWN_DESTS, NULL, "10.0.0.0/8 20.0.0.0/8 30.0.0.0/8");
    assert_dests(me, ANY, RTM_ENUM_OWN_DESTS, NULL, "10.0.0.0/8 20.0.0.0/8 30.0.0.0/8");
    assert_dests(other, UCAST, RTM_ENUM_OWN_DESTS, NULL, "20.0.0.0/8 40.0.0.0/8");
    assert_dests(other, BOTH, RTM_ENUM_OWN_DESTS | RTM_ENUM_RANGE, "40.0.0.0/8", "40.0.0.0/8");
    assert_dests(me, BOTH, RTM_ENUM_OWN_DESTS | RTM_ENUM_NEXT, "15.0.0.0/8",
                 "20.0.0.0/8 30.0.0.0/8");
    delete_route(other, better);
    assert_dests(me, UCAST, RTM_ENUM_OWN_DESTS, NULL, "10.0.0.0/8 20.0.0.0/8 30.0.0.0/8");
    assert_dests(other, UCAST, RTM_ENUM_OWN_DESTS, NULL, "40.0.0.0/8");
}

/* ---- destinations: what is told of them ---- */

static void entries_tell_of_each_view_asked_for(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE first, second;
    RTM_ENUM_HANDLE enumeration;
    dest_batch batch;
    route_info info = make_route(NULL, 4, 1, BOTH);
    RTM_ROUTE_CHANGE_FLAGS flags = RTM_ROUTE_CHANGE_NEW;

    (void)state;
    first = add_route(me, "10.0.0.0/8", NULL, 3, 1, UCAST);
    second = NULL;
    info.info.Flags = RTM_ROUTE_FLAGS_REMOTE;
    ASSERT_STATUS(try_add_route(me, &second, "10.0.0.0/8", &info.info, INFINITE, &flags), NO_ERROR);
    add_routes(me, "20.0.0.0/8", 1, MCAST);
    enumeration = dest_enum(me, BOTH, RTM_BEST_PROTOCOL);
    assert_int_equal(next_dests(me, enumeration, 5, &batch), 2);
    assert_batch_guard(&batch, 2, 2);
    for (UINT i = 0; i < 2; i++) {
        assert_int_equal(entry_at(&batch, i)->NumberOfViews, 2);
        assert_int_equal(entry_view(&batch, i, 0)->ViewId, RTM_VIEW_ID_UCAST);
        assert_int_equal(entry_view(&batch, i, 1)->ViewId, RTM_VIEW_ID_MCAST);
        assert_null(entry_view(&batch, i, 0)->HoldRoute);
        assert_null(entry_view(&batch, i, 1)->HoldRoute);
    }
    assert_int_equal(entry_at(&batch, 0)->BelongsToViews, BOTH);
    assert_int_equal(entry_view(&batch, 0, 0)->NumRoutes, 2);
    assert_ptr_equal(entry_view(&batch, 0, 0)->Route, first);
    assert_ptr_equal(entry_view(&batch, 0, 0)->Owner, me);
    assert_int_equal(entry_view(&batch, 0, 0)->DestFlags, 0);
    assert_int_equal(entry_view(&batch, 0, 1)->NumRoutes, 1);
    assert_ptr_equal(entry_view(&batch, 0, 1)->Route, second);
    assert_ptr_equal(entry_view(&batch, 0, 1)->Owner, me);
    assert_int_equal(entry_view(&batch, 0, 1)->DestFlags, RTM_ROUTE_FLAGS_REMOTE);
    assert_int_equal(entry_at(&batch, 1)->BelongsToViews, MCAST);
    assert_int_equal(entry_view(&batch, 1, 0)->NumRoutes, 0);
    assert_null(entry_view(&batch, 1, 0)->Route);
    assert_null(entry_view(&batch, 1, 0)->Owner);
    assert_int_equal(entry_view(&batch, 1, 0)->DestFlags, 0);
    assert_int_equal(entry_view(&batch, 1, 1)->NumRoutes, 1);
    ASSERT_STATUS(RtmReleaseDests(me, 2, &batch.first), NO_ERROR);
    delete_enum(me, enumeration);
}

static void entries_of_one_view_keep_the_distance_of_all(void** state)
{
    static const RTM_VIEW_SET views[] = {UCAST, MCAST, ANY};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    limits();
    add_routes(me, "10.0.0.0/8 20.0.0.0/8 30.0.0.0/8", 1, BOTH);
    for (UINT v = 0; v < COUNT_OF(views); v++) {
        RTM_ENUM_HANDLE enumeration = dest_enum(me, views[v], RTM_BEST_PROTOCOL);
        UINT entries = views[v] == ANY ? 0 : 1;
        dest_batch batch;

        assert_int_equal(next_dests(me, enumeration, 5, &batch), 3);
        assert_batch_guard(&batch, 3, entries);
        for (UINT i = 0; i < 3; i++) {
            assert_int_equal(entry_at(&batch, i)->NumberOfViews, entries);
            assert_int_equal(entry_at(&batch, i)->BelongsToViews, BOTH);
            if (!entries)
                continue;
            assert_int_equal(entry_view(&batch, i, 0)->ViewId,
                             views[v] == UCAST ? RTM_VIEW_ID_UCAST : RTM_VIEW_ID_MCAST);
            assert_int_equal(entry_view(&batch, i, 0)->NumRoutes, 1);
        }
        assert_net(&entry_at(&batch, 2)->DestAddress, "30.0.0.0/8");
        ASSERT_STATUS(RtmReleaseDests(me, 3, &batch.first), NO_ERROR);
        delete_enum(me, enumeration);
    }
}

/* A protocol says whose route is shown, not which destinations. */
static void a_protocol_chooses_the_route_that_is_told(void** state)
{
    RTM_ENTITY_HANDLE me = join(7, 1, NULL), twin = join(7, 2, NULL), other = join(8, 1, NULL);
    RTM_ROUTE_HANDLE best = add_route(other, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_ROUTE_HANDLE mine = add_route(me, "10.0.0.0/8", NULL, 5, 5, UCAST);
    RTM_ROUTE_HANDLE twins = add_route(twin, "10.0.0.0/8", NULL, 4, 5, UCAST);
    struct {
        ULONG protocol;
        RTM_ROUTE_HANDLE route;
        RTM_ENTITY_HANDLE owner;
        UINT routes;
    } rows[] = {
        {RTM_BEST_PROTOCOL, best, other, 3},
        {RTM_THIS_PROTOCOL, twins, twin, 2},
        {7, twins, twin, 2},
        {8, best, other, 1},
        {9, NULL, NULL, 0},
    };

    (void)state, (void)mine;
    add_routes(other, "20.0.0.0/8", 1, UCAST);
    for (UINT i = 0; i < COUNT_OF(rows); i++) {
        RTM_ENUM_HANDLE enumeration = dest_enum(me, UCAST, rows[i].protocol);
        dest_batch batch;

        assert_int_equal(next_dests(me, enumeration, 5, &batch), 2);
        assert_ptr_equal(entry_view(&batch, 0, 0)->Route, rows[i].route);
        assert_ptr_equal(entry_view(&batch, 0, 0)->Owner, rows[i].owner);
        assert_int_equal(entry_view(&batch, 0, 0)->NumRoutes, rows[i].routes);
        ASSERT_STATUS(RtmReleaseDests(me, 2, &batch.first), NO_ERROR);
        delete_enum(me, enumeration);
    }
}

/* ---- destinations: references ---- */

static void entries_carry_references(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(other, "10.0.0.0/8", NULL, 1, 1, UCAST), shown;
    RTM_ENUM_HANDLE enumeration = dest_enum(me, UCAST, RTM_BEST_PROTOCOL);
    RTM_ENTITY_INFO info;
    RTM_ENTITY_HANDLE owner;
    dest_batch batch;

    (void)state;
    assert_int_equal(next_dests(me, enumeration, 1, &batch), 1);
    delete_enum(me, enumeration);
    shown = entry_view(&batch, 0, 0)->Route;
    owner = entry_view(&batch, 0, 0)->Owner;
    assert_ptr_equal(shown, route);
    delete_route(other, route); /* and the reference of add_route */
    assert_false(is_dead_route(me, shown));
    assert_true(is_gone(me, shown));
    assert_true(is_there(me, "10.0.0.0/8", ANY));
    leave(other);
    ASSERT_STATUS(RtmGetEntityInfo(me, owner, &info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseDests(me, 1, &batch.first), NO_ERROR);
    assert_true(is_dead_route(me, shown));
    assert_false(is_there(me, "10.0.0.0/8", ANY));
    ASSERT_STATUS(RtmGetEntityInfo(me, owner, &info), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReleaseDests(me, 1, &batch.first), ERROR_INVALID_HANDLE);
}

static void releasing_destinations_does_all_or_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ENUM_HANDLE enumeration;
    dest_batch batch;
    HANDLE good;

    (void)state;
    add_routes(me, "10.0.0.0/8 20.0.0.0/8 30.0.0.0/8", 1, UCAST);
    enumeration = dest_enum(me, UCAST, RTM_BEST_PROTOCOL);
    assert_int_equal(next_dests(me, enumeration, 3, &batch), 3);
    /* A bad destination, a bad route, a bad owner, each in the last entry. */
    good = entry_at(&batch, 2)->DestHandle;
    entry_at(&batch, 2)->DestHandle = (HANDLE)(ULONG_PTR)0xbad0;
    ASSERT_STATUS(RtmReleaseDests(me, 3, &batch.first), ERROR_INVALID_HANDLE);
    entry_at(&batch, 2)->DestHandle = good;
    good = entry_view(&batch, 2, 0)->Route;
    entry_view(&batch, 2, 0)->Route = entry_at(&batch, 0)->DestHandle;
    ASSERT_STATUS(RtmReleaseDests(me, 3, &batch.first), ERROR_INVALID_HANDLE);
    entry_view(&batch, 2, 0)->Route = good;
    good = entry_view(&batch, 2, 0)->Owner;
    entry_view(&batch, 2, 0)->Owner = entry_at(&batch, 0)->DestHandle;
    ASSERT_STATUS(RtmReleaseDests(me, 3, &batch.first), ERROR_INVALID_HANDLE);
    entry_view(&batch, 2, 0)->Owner = good;
    /* All is there still, once. */
    ASSERT_STATUS(RtmReleaseDests(me, 3, &batch.first), NO_ERROR);
    ASSERT_STATUS(RtmReleaseDests(me, 1, &batch.first), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReleaseDests(me, 0, &batch.first), NO_ERROR);
    ASSERT_STATUS(RtmReleaseDests(me, 0, NULL), NO_ERROR);
    ASSERT_STATUS(RtmReleaseDests(me, 1, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmReleaseDests(NULL, 0, &batch.first), ERROR_INVALID_HANDLE);
    delete_enum(me, enumeration);
}

static void releasing_routes_does_all_or_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE a = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_ROUTE_HANDLE b = add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    wrong_handles wrong = make_wrong_handles(me, ROUTE_HANDLE);
    HANDLE handles[2] = {a, NULL}, twice[2] = {b, b};

    (void)state;
    for (UINT i = 0; i < wrong.count; i++) {
        handles[1] = wrong.handles[i];
        ASSERT_STATUS(RtmReleaseRoutes(me, 2, handles), ERROR_INVALID_HANDLE);
    }
    handles[1] = NULL;
    ASSERT_STATUS(RtmReleaseRoutes(me, 2, handles), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReleaseRoutes(me, 2, twice), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReleaseRoutes(me, 0, NULL), NO_ERROR);
    ASSERT_STATUS(RtmReleaseRoutes(me, 0, handles), NO_ERROR);
    ASSERT_STATUS(RtmReleaseRoutes(me, 1, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmReleaseRoutes(a, 1, &a), ERROR_INVALID_HANDLE);
    assert_int_equal(drain_route(me, a), 1);
    assert_int_equal(drain_route(me, b), 1);
}

static void releasing_next_hops_does_all_or_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE a = next_hop(me, "10.0.0.1", 1), b = next_hop(me, "10.0.0.2", 1);
    wrong_handles wrong = make_wrong_handles(me, NEXT_HOP_HANDLE);
    HANDLE handles[2] = {a, NULL}, twice[2] = {b, b};

    (void)state;
    for (UINT i = 0; i < wrong.count; i++) {
        handles[1] = wrong.handles[i];
        ASSERT_STATUS(RtmReleaseNextHops(me, 2, handles), ERROR_INVALID_HANDLE);
    }
    handles[1] = NULL;
    ASSERT_STATUS(RtmReleaseNextHops(me, 2, handles), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReleaseNextHops(me, 2, twice), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReleaseNextHops(me, 0, NULL), NO_ERROR);
    ASSERT_STATUS(RtmReleaseNextHops(me, 1, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmReleaseNextHops(a, 1, &a), ERROR_INVALID_HANDLE);
    assert_int_equal(drain_next_hop(me, a), 1);
    assert_int_equal(drain_next_hop(me, b), 1);
}

/* ---- routes: which and in which order ---- */

static void routes_come_by_destination_then_rank(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_NEXTHOP_HANDLE h1 = next_hop(me, "10.0.0.1", 1), h2 = next_hop(me, "10.0.0.2", 1);
    RTM_ROUTE_HANDLE far_away = add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_ROUTE_HANDLE d = add_route(me, "10.0.0.0/8", NULL, 9, 0, UCAST);
    RTM_ROUTE_HANDLE c = add_route(other, "10.0.0.0/8", NULL, 3, 8, UCAST);
    RTM_ROUTE_HANDLE a = add_route(me, "10.0.0.0/8", h1, 2, 9, UCAST);
    RTM_ROUTE_HANDLE b = add_route(me, "10.0.0.0/8", h2, 3, 7, UCAST);
    RTM_ROUTE_HANDLE inside = add_route(other, "10.0.0.0/16", NULL, 1, 1, UCAST);

    (void)state;
    assert_routes(me, NULL, UCAST, 0, NULL, ROUTES(a, b, c, d, inside, far_away));
    assert_routes(me, NULL, ANY, 0, NULL, ROUTES(a, b, c, d, inside, far_away));
    assert_routes(me, NULL, UCAST, RTM_ENUM_RANGE, "10.0.0.0/8", ROUTES(a, b, c, d, inside));
    assert_routes(me, NULL, UCAST, RTM_ENUM_RANGE, "10.0.0.0/9", ROUTES(inside));
    assert_routes(me, NULL, UCAST, RTM_ENUM_NEXT, "10.0.0.0/9", ROUTES(inside, far_away));
    assert_routes(me, NULL, UCAST, RTM_ENUM_NEXT, "10.0.0.0/8",
                  ROUTES(a, b, c, d, inside, far_away));
    assert_routes(me, NULL, UCAST, RTM_ENUM_NEXT, "20.0.0.0/9", NO_ROUTES);
}

/* One that is new or becomes better goes behind its equals, one that becomes worse before them. */
static void equal_routes_keep_their_order(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE r[4];
    RTM_NEXTHOP_HANDLE hops[4];
    route_info info;

    (void)state;
    for (UINT i = 0; i < 4; i++) {
        hops[i] = next_hop(me, "10.0.0.1", i);
        r[i] = add_route(me, "10.0.0.0/8", hops[i], 5, i < 3 ? 5 : 9, UCAST);
    }
    assert_routes(me, NULL, UCAST, 0, NULL, ROUTES(r[0], r[1], r[2], r[3]));
    info = make_route(hops[3], 5, 5, UCAST); /* better: last of the equals */
    update_route(me, r[3], "10.0.0.0/8", &info.info, INFINITE);
    assert_routes(me, NULL, UCAST, 0, NULL, ROUTES(r[0], r[1], r[2], r[3]));
    info = make_route(hops[0], 5, 4, UCAST);
    update_route(me, r[0], "10.0.0.0/8", &info.info, INFINITE);
    info = make_route(hops[1], 5, 3, UCAST);
    update_route(me, r[1], "10.0.0.0/8", &info.info, INFINITE);
    info = make_route(hops[1], 5, 4, UCAST); /* worse: first of the equals */
    update_route(me, r[1], "10.0.0.0/8", &info.info, INFINITE);
    assert_routes(me, NULL, UCAST, 0, NULL, ROUTES(r[1], r[0], r[2], r[3]));
}

static void a_destination_limits_the_routes(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE mine = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_ROUTE_HANDLE theirs = add_route(other, "10.0.0.0/8", NULL, 2, 1, BOTH);
    RTM_ROUTE_HANDLE inside = add_route(me, "10.0.0.0/16", NULL, 2, 1, UCAST);
    RTM_DEST_HANDLE outer = dest(me, "10.0.0.0/8"), inner = dest(me, "10.0.0.0/16");

    (void)state;
    assert_routes(me, outer, UCAST, 0, NULL, ROUTES(mine, theirs));
    assert_routes(me, inner, UCAST, 0, NULL, ROUTES(inside));
    assert_routes(me, outer, ANY, 0, NULL, ROUTES(mine, theirs));
    assert_routes(me, outer, MCAST, 0, NULL, ROUTES(theirs));
    assert_routes(me, inner, MCAST, 0, NULL, NO_ROUTES);
    /* OWN counts, where to start does not. */
    assert_routes(me, outer, UCAST, RTM_ENUM_OWN_ROUTES, NULL, ROUTES(mine));
    assert_routes(me, outer, UCAST, RTM_ENUM_NEXT, "200.0.0.0/8", ROUTES(mine, theirs));
    assert_routes(me, outer, UCAST, RTM_ENUM_RANGE, "10.0.0.0/16", ROUTES(mine, theirs));
    delete_route(me, inside);
    assert_routes(me, inner, ANY, 0, NULL, NO_ROUTES);
}

static void an_enumeration_outlives_its_destination(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_DEST_HANDLE destination = dest(me, "10.0.0.0/8");
    RTM_ENUM_HANDLE enumeration = route_enum(me, destination, UCAST);

    (void)state;
    release_dest(me, destination);
    delete_route(me, route);
    assert_enum_handles(me, enumeration, RtmGetEnumRoutes, 3, NO_ROUTES);
    delete_enum(me, enumeration);
    assert_false(is_there(me, "10.0.0.0/8", ANY));
}

static void own_routes_are_the_callers(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), twin = join(1, 2, NULL);
    RTM_ROUTE_HANDLE mine = add_route(me, "10.0.0.0/8", NULL, 9, 1, UCAST), more;

    (void)state;
    release_route(twin, add_route(twin, "10.0.0.0/8", NULL, 1, 1, UCAST));
    release_route(twin, add_route(twin, "15.0.0.0/8", NULL, 1, 1, UCAST));
    more = add_route(me, "20.0.0.0/8", NULL, 9, 1, MCAST);
    assert_routes(me, NULL, BOTH, RTM_ENUM_OWN_ROUTES, NULL, ROUTES(mine, more));
    assert_routes(me, NULL, UCAST, RTM_ENUM_OWN_ROUTES, NULL, ROUTES(mine));
    assert_routes(me, NULL, ANY, RTM_ENUM_OWN_ROUTES | RTM_ENUM_NEXT, "10.0.0.0/9", ROUTES(more));
    assert_routes(me, NULL, ANY, RTM_ENUM_OWN_ROUTES | RTM_ENUM_RANGE, "10.0.0.0/7", ROUTES(mine));
}

static void a_route_of_two_views_comes_once(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE both = add_route(me, "10.0.0.0/8", NULL, 2, 2, BOTH);
    RTM_ROUTE_HANDLE ucast = add_route(me, "10.0.0.0/8", hop, 1, 1, UCAST);
    RTM_ROUTE_HANDLE mcast = add_route(me, "20.0.0.0/8", NULL, 1, 1, MCAST);

    (void)state;
    assert_routes(me, NULL, BOTH, 0, NULL, ROUTES(ucast, both, mcast));
    assert_routes(me, NULL, RTM_VIEW_MASK_ALL, 0, NULL, ROUTES(ucast, both, mcast));
    assert_routes(me, NULL, ANY, 0, NULL, ROUTES(ucast, both, mcast));
    assert_routes(me, NULL, UCAST, 0, NULL, ROUTES(ucast, both));
    assert_routes(me, NULL, MCAST, 0, NULL, ROUTES(both, mcast));
}

static void deleted_routes_are_not_enumerated(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 2, 2, BOTH);

    (void)state;
    ASSERT_STATUS(RtmReferenceHandles(me, 1, &route), NO_ERROR);
    delete_route(me, route);
    assert_routes(me, NULL, ANY, 0, NULL, NO_ROUTES);
    assert_routes(me, NULL, BOTH, 0, NULL, NO_ROUTES);
    release_route(me, route);
}

static void route_handles_carry_references(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 2, 2, BOTH), got[2];
    RTM_ENUM_HANDLE enumeration = route_enum(me, NULL, UCAST);

    (void)state;
    assert_int_equal(next_routes(me, enumeration, 2, got), 1);
    assert_ptr_equal(got[0], route);
    assert_int_equal(drain_route(me, route), 2);
    delete_enum(me, enumeration);
    enumeration = route_enum(me, NULL, UCAST);
    assert_int_equal(next_routes(me, enumeration, 2, got), 1);
    delete_enum(me, enumeration); /* releases nothing that was handed out */
    assert_int_equal(drain_route(me, route), 1);
    assert_false(is_gone(me, route));
}

/* ---- routes: criteria ---- */

static struct {
    RTM_ENTITY_HANDLE me, other;
    RTM_NEXTHOP_HANDLE h1, h2, theirs;
    RTM_ROUTE_HANDLE plain;   /* no neighbour, no next hop, preference 5, metric 5 */
    RTM_ROUTE_HANDLE one;     /* neighbour and next hop h1, 5, 6 */
    RTM_ROUTE_HANDLE many;    /* neighbour h2, next hops h1 and h2, 6, 6 */
    RTM_ROUTE_HANDLE foreign; /* the other's, neighbour and next hop theirs, 7, 5 */
} sample;

static void make_sample(void)
{
    route_info info;
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    sample.me = join(1, 1, NULL);
    sample.other = join(2, 2, NULL);
    sample.h1 = next_hop(sample.me, "10.0.0.1", 100);
    sample.h2 = next_hop(sample.me, "10.0.0.2", 200);
    sample.theirs = next_hop(sample.other, "10.0.0.1", 100);
    sample.plain = add_route(sample.me, "10.0.0.0/8", NULL, 5, 5, UCAST);
    sample.one = add_route(sample.me, "10.0.0.0/8", sample.h1, 5, 6, UCAST);
    info = make_route(sample.h2, 6, 6, UCAST);
    info.info.NextHopsList.NumNextHops = 2;
    *hop_at(&info, 0) = sample.h1;
    *hop_at(&info, 1) = sample.h2;
    sample.many = NULL;
    ASSERT_STATUS(
        try_add_route(sample.me, &sample.many, "10.0.0.0/8", &info.info, INFINITE, &flags),
        NO_ERROR);
    sample.foreign = add_route(sample.other, "10.0.0.0/8", sample.theirs, 7, 5, UCAST);
}

/* Enumerates with criteria, of the whole table and of the destination. The criteria are looked at
 * when the enumeration is made, and not later. */
static void assert_matches(RTM_MATCH_FLAGS match, const route_info* criteria, ULONG interface_index,
                           RTM_ROUTE_HANDLE* expected, UINT total)
{
    RTM_DEST_HANDLE destination = dest(sample.me, "10.0.0.0/8");

    for (UINT i = 0; i < 2; i++) {
        RTM_ENUM_HANDLE enumeration = NULL;
        route_info copy;

        if (criteria)
            copy = *criteria;
        ASSERT_STATUS(RtmCreateRouteEnum(sample.me, i ? destination : NULL, UCAST, RTM_ENUM_START,
                                         NULL, match, criteria ? &copy.info : NULL, interface_index,
                                         &enumeration),
                      NO_ERROR);
        PAINT(copy);
        assert_enum_handles(sample.me, enumeration, RtmGetEnumRoutes, 1 + i, expected, total);
        delete_enum(sample.me, enumeration);
    }
    release_dest(sample.me, destination);
}

static void no_criterion_matches_all(void** state)
{
    route_info nonsense;

    (void)state;
    make_sample();
    PAINT(nonsense);
    assert_matches(RTM_MATCH_NONE, NULL, 0,
                   ROUTES(sample.plain, sample.one, sample.many, sample.foreign));
    assert_matches(RTM_MATCH_NONE, &nonsense, 12345,
                   ROUTES(sample.plain, sample.one, sample.many, sample.foreign));
}

static void owner_matches(void** state)
{
    route_info criteria;

    (void)state;
    make_sample();
    criteria = make_route(NULL, 99, 99, MCAST);
    criteria.info.RouteOwner = sample.me;
    assert_matches(RTM_MATCH_OWNER, &criteria, 0, ROUTES(sample.plain, sample.one, sample.many));
    criteria.info.RouteOwner = sample.other;
    assert_matches(RTM_MATCH_OWNER, &criteria, 0, ROUTES(sample.foreign));
}

static void neighbour_matches(void** state)
{
    route_info criteria;

    (void)state;
    make_sample();
    criteria = make_route(sample.h1, 99, 99, MCAST);
    assert_matches(RTM_MATCH_NEIGHBOUR, &criteria, 0, ROUTES(sample.one));
    criteria.info.Neighbour = sample.h2;
    assert_matches(RTM_MATCH_NEIGHBOUR, &criteria, 0, ROUTES(sample.many));
    criteria.info.Neighbour = sample.theirs;
    assert_matches(RTM_MATCH_NEIGHBOUR, &criteria, 0, ROUTES(sample.foreign));
    criteria.info.Neighbour = NULL;
    assert_matches(RTM_MATCH_NEIGHBOUR, &criteria, 0, ROUTES(sample.plain));
}

static void preference_and_metric_match(void** state)
{
    route_info criteria;

    (void)state;
    make_sample();
    criteria = make_route(NULL, 5, 6, MCAST);
    assert_matches(RTM_MATCH_PREF, &criteria, 0, ROUTES(sample.one));
    criteria.info.PrefInfo.Metric = 5;
    assert_matches(RTM_MATCH_PREF, &criteria, 0, ROUTES(sample.plain));
    criteria.info.PrefInfo.Metric = 7;
    assert_matches(RTM_MATCH_PREF, &criteria, 0, NO_ROUTES);
}

static void next_hop_matches(void** state)
{
    route_info criteria;

    (void)state;
    make_sample();
    criteria = make_route(sample.h1, 99, 99, MCAST);
    criteria.info.Neighbour = NULL;
    assert_matches(RTM_MATCH_NEXTHOP, &criteria, 0, ROUTES(sample.one, sample.many));
    *hop_at(&criteria, 0) = sample.h2;
    assert_matches(RTM_MATCH_NEXTHOP, &criteria, 0, ROUTES(sample.many));
    *hop_at(&criteria, 0) = sample.theirs;
    assert_matches(RTM_MATCH_NEXTHOP, &criteria, 0, ROUTES(sample.foreign));
    /* The first counts. Without one: routes without one. */
    criteria.info.NextHopsList.NumNextHops = 2;
    *hop_at(&criteria, 0) = sample.h2;
    *hop_at(&criteria, 1) = sample.h1;
    assert_matches(RTM_MATCH_NEXTHOP, &criteria, 0, ROUTES(sample.many));
    criteria.info.NextHopsList.NumNextHops = 0;
    assert_matches(RTM_MATCH_NEXTHOP, &criteria, 0, ROUTES(sample.plain));
}

static void interface_matches(void** state)
{
    (void)state;
    make_sample();
    assert_matches(RTM_MATCH_INTERFACE, NULL, 100, ROUTES(sample.one, sample.many, sample.foreign));
    assert_matches(RTM_MATCH_INTERFACE, NULL, 200, ROUTES(sample.many));
    assert_matches(RTM_MATCH_INTERFACE, NULL, 300, NO_ROUTES);
}

static void all_criteria_must_match(void** state)
{
    route_info criteria;

    (void)state;
    make_sample();
    criteria = make_route(sample.h1, 5, 6, MCAST);
    criteria.info.RouteOwner = sample.me;
    assert_matches(RTM_MATCH_FULL, &criteria, 100, ROUTES(sample.one));
    assert_matches(RTM_MATCH_FULL, &criteria, 200, NO_ROUTES);
    criteria.info.Neighbour = sample.h2;
    criteria.info.PrefInfo.Preference = 6;
    assert_matches(RTM_MATCH_FULL, &criteria, 100, ROUTES(sample.many));
    assert_matches(RTM_MATCH_FULL, &criteria, 200, ROUTES(sample.many));
    criteria.info.RouteOwner = sample.other;
    assert_matches(RTM_MATCH_FULL, &criteria, 200, NO_ROUTES);
    assert_matches(RTM_MATCH_NEIGHBOUR | RTM_MATCH_INTERFACE, &criteria, 200, ROUTES(sample.many));
    criteria.info.RouteOwner = sample.me;
    assert_matches(RTM_MATCH_OWNER | RTM_MATCH_INTERFACE, &criteria, 100,
                   ROUTES(sample.one, sample.many));
    assert_matches(RTM_MATCH_OWNER | RTM_MATCH_NEXTHOP, &criteria, 0,
                   ROUTES(sample.one, sample.many));
    assert_matches(RTM_MATCH_OWNER | RTM_MATCH_PREF, &criteria, 0, ROUTES(sample.many));
}

static void own_routes_must_match_too(void** state)
{
    RTM_ENUM_HANDLE enumeration = NULL;

    (void)state;
    make_sample();
    ASSERT_STATUS(RtmCreateRouteEnum(sample.me, NULL, UCAST, RTM_ENUM_OWN_ROUTES, NULL,
                                     RTM_MATCH_INTERFACE, NULL, 100, &enumeration),
                  NO_ERROR);
    assert_enum_handles(sample.me, enumeration, RtmGetEnumRoutes, 5,
                        ROUTES(sample.one, sample.many));
    delete_enum(sample.me, enumeration);
}

/* A route that ceases to match may come or not; the others do. */
static void matching_may_change_between_batches(void** state)
{
    RTM_ENUM_HANDLE enumeration = NULL;
    UINT times[2] = {0, 0};
    route_info info;
    RTM_ROUTE_HANDLE got[2];

    (void)state;
    make_sample();
    ASSERT_STATUS(RtmCreateRouteEnum(sample.me, NULL, UCAST, RTM_ENUM_START, NULL,
                                     RTM_MATCH_INTERFACE, NULL, 100, &enumeration),
                  NO_ERROR);
    assert_int_equal(next_routes(sample.me, enumeration, 1, got), 1);
    assert_ptr_equal(got[0], sample.one);
    info = make_route(sample.h2, 6, 6, UCAST);
    update_route(sample.me, sample.many, "10.0.0.0/8", &info.info, INFINITE);
    while (next_routes(sample.me, enumeration, 1, got)) {
        assert_true(got[0] == sample.many || got[0] == sample.foreign);
        times[got[0] == sample.foreign]++;
    }
    assert_in_range(times[0], 0, 1);
    assert_int_equal(times[1], 1);
    delete_enum(sample.me, enumeration);
}

/* ---- next hops ---- */

static void assert_hops(RTM_ENTITY_HANDLE me, RTM_ENUM_FLAGS flags, const char* start,
                        HANDLE* expected, UINT total)
{
    for (UINT capacity = 1; capacity < 4; capacity++) {
        RTM_ENUM_HANDLE enumeration = NULL;
        RTM_NET_ADDRESS from;

        if (start)
            from = net(start);
        ASSERT_STATUS(RtmCreateNextHopEnum(me, flags, start ? &from : NULL, &enumeration),
                      NO_ERROR);
        assert_enum_handles(me, enumeration, RtmGetEnumNextHops, capacity, expected, total);
        delete_enum(me, enumeration);
    }
}

static void next_hops_come_by_address_length_interface(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_NEXTHOP_HANDLE e = next_hop(me, "10.0.0.2", 1), d = next_hop(me, "10.0.0.1", 70000);
    RTM_NEXTHOP_HANDLE a = next_hop(me, "10.0.0.0/8", 9), c = next_hop(me, "10.0.0.1", 300);
    RTM_NEXTHOP_HANDLE b = next_hop(me, "10.0.0.1", 2), f = next_hop(me, "11.0.0.0/8", 1);

    (void)state;
    next_hop(other, "10.0.0.1", 1);
    assert_hops(me, RTM_ENUM_START, NULL, ROUTES(a, b, c, d, e, f));
    assert_hops(me, RTM_ENUM_NEXT, "0.0.0.0/0", ROUTES(a, b, c, d, e, f));
    assert_hops(me, RTM_ENUM_NEXT, "10.0.0.1", ROUTES(b, c, d, e, f));
    assert_hops(me, RTM_ENUM_NEXT, "10.0.0.0/9", ROUTES(b, c, d, e, f));
    assert_hops(me, RTM_ENUM_NEXT, "12.0.0.0/8", NO_ROUTES);
    assert_hops(me, RTM_ENUM_RANGE, "10.0.0.0/8", ROUTES(a, b, c, d, e));
    assert_hops(me, RTM_ENUM_RANGE, "10.0.0.0/9", ROUTES(b, c, d, e));
    assert_hops(me, RTM_ENUM_RANGE, "10.0.0.1", ROUTES(b, c, d));
    assert_hops(me, RTM_ENUM_RANGE, "0.0.0.0/0", ROUTES(a, b, c, d, e, f));
    assert_hops(me, RTM_ENUM_RANGE, "10.0.0.3", NO_ROUTES);
    assert_hops(other, RTM_ENUM_RANGE, "11.0.0.0/8", NO_ROUTES);
}

static void deleted_next_hops_are_not_enumerated(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE a = next_hop(me, "10.0.0.1", 1), b = next_hop(me, "10.0.0.2", 1);

    (void)state;
    release_route(me, add_route(me, "10.0.0.0/8", a, 1, 1, UCAST)); /* keeps it alive */
    ASSERT_STATUS(RtmDeleteNextHop(me, a, NULL), NO_ERROR);
    assert_hops(me, RTM_ENUM_START, NULL, ROUTES(b));
}

static void next_hop_handles_carry_references(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1), got[2];
    RTM_ENUM_HANDLE enumeration = hop_enum(me);
    RTM_NEXTHOP_INFO info;
    UINT count = 2;

    (void)state;
    ASSERT_STATUS(RtmGetEnumNextHops(me, enumeration, &count, got), NO_ERROR);
    assert_int_equal(count, 1);
    delete_enum(me, enumeration);
    ASSERT_STATUS(RtmDeleteNextHop(me, hop, NULL), NO_ERROR);
    ASSERT_STATUS(RtmGetNextHopInfo(me, hop, &info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseNextHopInfo(me, &info), NO_ERROR);
    assert_int_equal(drain_next_hop(me, hop), 1);
    ASSERT_STATUS(RtmGetNextHopInfo(me, hop, &info), ERROR_INVALID_HANDLE);
}

static void next_hops_may_change_between_batches(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hops[6], got[6];
    RTM_ENUM_HANDLE enumeration;
    UINT count = 2;

    (void)state;
    for (UINT i = 0; i < 6; i++)
        hops[i] = next_hop(me, "10.0.0.1", 10 * i);
    enumeration = hop_enum(me);
    ASSERT_STATUS(RtmGetEnumNextHops(me, enumeration, &count, got), NO_ERROR);
    assert_int_equal(count, 2);
    /* The last one seen and the next go, one comes before and one after them. */
    ASSERT_STATUS(RtmDeleteNextHop(me, hops[1], NULL), NO_ERROR);
    ASSERT_STATUS(RtmReleaseNextHops(me, 2, got), NO_ERROR);
    ASSERT_STATUS(RtmDeleteNextHop(me, hops[2], NULL), NO_ERROR);
    next_hop(me, "10.0.0.1", 5);
    hops[2] = next_hop(me, "10.0.0.1", 25);
    count = 6;
    ASSERT_STATUS(RtmGetEnumNextHops(me, enumeration, &count, got), NO_ERROR);
    assert_int_equal(count, 4);
    for (UINT i = 0; i < 4; i++)
        assert_ptr_equal(got[i], hops[2 + i]);
    delete_enum(me, enumeration);
}

/* ---- capacity ---- */

static void capacity_must_be_one_to_the_limit(void** state)
{
    static const UINT bad[] = {0, MOST_ITEMS + 1, 0x7fffffff, 0xffffffff};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ENUM_HANDLE dests, routes, hops;
    RTM_NEXTHOP_HANDLE hop = next_hop(me, "10.0.0.1", 1);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", hop, 1, 1, UCAST);
    dest_batch batch;
    route_batch handles;

    (void)state;
    limits();
    dests = dest_enum(me, UCAST, RTM_BEST_PROTOCOL);
    routes = route_enum(me, NULL, UCAST);
    hops = hop_enum(me);
    PAINT(batch);
    PAINT(handles);
    for (UINT i = 0; i < COUNT_OF(bad); i++) {
        UINT count = bad[i];

        ASSERT_STATUS(RtmGetEnumDests(me, dests, &count, &batch.first), ERROR_INVALID_PARAMETER);
        assert_int_equal(count, 0);
        count = bad[i];
        ASSERT_STATUS(RtmGetEnumRoutes(me, routes, &count, handles.routes),
                      ERROR_INVALID_PARAMETER);
        assert_int_equal(count, 0);
        count = bad[i];
        ASSERT_STATUS(RtmGetEnumNextHops(me, hops, &count, handles.routes),
                      ERROR_INVALID_PARAMETER);
        assert_int_equal(count, 0);
    }
    ASSERT_PAINTED(batch);
    ASSERT_PAINTED(handles);
    /* They go on as if nothing had been. */
    assert_enum_dests(me, dests, MOST_ITEMS, "10.0.0.0/8");
    assert_enum_handles(me, routes, RtmGetEnumRoutes, MOST_ITEMS, ROUTES(route));
    assert_enum_handles(me, hops, RtmGetEnumNextHops, MOST_ITEMS, ROUTES(hop));
    delete_enum(me, dests);
    delete_enum(me, routes);
    delete_enum(me, hops);
}

static void batches_of_the_limit(void** state)
{
    enum { TOTAL = 3 * MOST_ITEMS };
    static RTM_ROUTE_HANDLE expected[TOTAL];
    static char text[24 * TOTAL];
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    size_t used = 0;

    (void)state;
    for (UINT i = 0; i < TOTAL; i++) {
        char prefix[32];

        snprintf(prefix, sizeof(prefix), "10.%u.%u.0/24", i / 256, i % 256);
        expected[i] = add_route(me, prefix, NULL, 1, 1, UCAST);
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s ", prefix);
    }
    assert_dests(me, UCAST, 0, NULL, text);
    assert_routes(me, NULL, UCAST, 0, NULL, expected, TOTAL);
}

/* ---- bad arguments ---- */

static void flags_must_be_known(void** state)
{
    static const RTM_ENUM_FLAGS bad[] = {3, 4, 0x80000000, 0x02000000, 0x00020000};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NET_ADDRESS address = net("10.0.0.0/8");
    RTM_ENUM_HANDLE made = (HANDLE)(ULONG_PTR)0x1234;
    RTM_DEST_HANDLE destination;

    (void)state;
    add_routes(me, "10.0.0.0/8", 1, UCAST);
    destination = dest(me, "10.0.0.0/8");
    for (UINT i = 0; i < COUNT_OF(bad); i++) {
        ASSERT_STATUS(RtmCreateDestEnum(me, UCAST, bad[i], &address, RTM_BEST_PROTOCOL, &made),
                      ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(
            RtmCreateRouteEnum(me, NULL, UCAST, bad[i], &address, RTM_MATCH_NONE, NULL, 0, &made),
            ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(RtmCreateRouteEnum(me, destination, UCAST, bad[i], &address, RTM_MATCH_NONE,
                                         NULL, 0, &made),
                      ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(RtmCreateNextHopEnum(me, bad[i], &address, &made), ERROR_INVALID_PARAMETER);
    }
    /* Each has an OWN of its own, or none. */
    ASSERT_STATUS(RtmCreateDestEnum(me, UCAST, RTM_ENUM_OWN_ROUTES, NULL, RTM_BEST_PROTOCOL, &made),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmCreateRouteEnum(me, NULL, UCAST, RTM_ENUM_OWN_DESTS, NULL, RTM_MATCH_NONE,
                                     NULL, 0, &made),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmCreateNextHopEnum(me, RTM_ENUM_OWN_DESTS, NULL, &made),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmCreateNextHopEnum(me, RTM_ENUM_OWN_ROUTES, NULL, &made),
                  ERROR_INVALID_PARAMETER);
    assert_ptr_equal(made, (HANDLE)(ULONG_PTR)0x1234);
}

static void views_must_be_supported(void** state)
{
    static const RTM_VIEW_SET bad[] = {4, 7, 0x80000001, 0x7fffffff, 0xfffffffe, 0xfffffffc};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ENUM_HANDLE made = (HANDLE)(ULONG_PTR)0x1234;
    RTM_DEST_HANDLE destination;

    (void)state;
    add_routes(me, "10.0.0.0/8", 1, UCAST);
    destination = dest(me, "10.0.0.0/8");
    for (UINT i = 0; i < COUNT_OF(bad); i++) {
        ASSERT_STATUS(RtmCreateDestEnum(me, bad[i], RTM_ENUM_START, NULL, RTM_BEST_PROTOCOL, &made),
                      ERROR_NOT_SUPPORTED);
        ASSERT_STATUS(RtmCreateRouteEnum(me, NULL, bad[i], RTM_ENUM_START, NULL, RTM_MATCH_NONE,
                                         NULL, 0, &made),
                      ERROR_NOT_SUPPORTED);
        ASSERT_STATUS(RtmCreateRouteEnum(me, destination, bad[i], RTM_ENUM_START, NULL,
                                         RTM_MATCH_NONE, NULL, 0, &made),
                      ERROR_NOT_SUPPORTED);
    }
    assert_ptr_equal(made, (HANDLE)(ULONG_PTR)0x1234);
}

static void addresses_must_be_valid(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NET_ADDRESS wrong_family = net("2001:db8::/16"), too_long = net("10.0.0.0/32"), none;
    RTM_NET_ADDRESS* bad[] = {NULL, &wrong_family, &too_long, &none};
    RTM_ENUM_HANDLE made = (HANDLE)(ULONG_PTR)0x1234;

    (void)state;
    too_long.NumBits = 33;
    none = net("10.0.0.0/8");
    none.AddressFamily = AF_UNSPEC;
    for (UINT i = 0; i < COUNT_OF(bad); i++) {
        for (RTM_ENUM_FLAGS flags = RTM_ENUM_NEXT; flags <= RTM_ENUM_RANGE; flags++) {
            ASSERT_STATUS(RtmCreateDestEnum(me, UCAST, flags, bad[i], RTM_BEST_PROTOCOL, &made),
                          ERROR_INVALID_PARAMETER);
            ASSERT_STATUS(
                RtmCreateRouteEnum(me, NULL, UCAST, flags, bad[i], RTM_MATCH_NONE, NULL, 0, &made),
                ERROR_INVALID_PARAMETER);
            ASSERT_STATUS(RtmCreateNextHopEnum(me, flags, bad[i], &made), ERROR_INVALID_PARAMETER);
        }
    }
    assert_ptr_equal(made, (HANDLE)(ULONG_PTR)0x1234);
}

static void criteria_must_be_valid(void** state)
{
    static const RTM_MATCH_FLAGS need_a_route[] = {
        RTM_MATCH_OWNER,
        RTM_MATCH_NEIGHBOUR,
        RTM_MATCH_PREF,
        RTM_MATCH_NEXTHOP,
        RTM_MATCH_FULL,
        RTM_MATCH_INTERFACE | RTM_MATCH_PREF,
        RTM_MATCH_OWNER | RTM_MATCH_NEXTHOP,
    };
    static const RTM_MATCH_FLAGS unknown[] = {0x10000, 0x80000000, 0xffffffff, 0x10001};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    route_info criteria = make_route(NULL, 1, 1, UCAST);
    RTM_ENUM_HANDLE made = (HANDLE)(ULONG_PTR)0x1234;

    (void)state;
    criteria.info.RouteOwner = me;
    for (UINT i = 0; i < COUNT_OF(need_a_route); i++)
        ASSERT_STATUS(RtmCreateRouteEnum(me, NULL, UCAST, RTM_ENUM_START, NULL, need_a_route[i],
                                         NULL, 1, &made),
                      ERROR_INVALID_PARAMETER);
    for (UINT i = 0; i < COUNT_OF(unknown); i++)
        ASSERT_STATUS(RtmCreateRouteEnum(me, NULL, UCAST, RTM_ENUM_START, NULL, unknown[i],
                                         &criteria.info, 1, &made),
                      ERROR_INVALID_PARAMETER);
    assert_ptr_equal(made, (HANDLE)(ULONG_PTR)0x1234);
}

static void pointers_must_not_be_null(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ENUM_HANDLE dests = dest_enum(me, UCAST, RTM_BEST_PROTOCOL);
    RTM_ENUM_HANDLE routes = route_enum(me, NULL, UCAST), hops = hop_enum(me);
    HANDLE handle;
    dest_batch batch;
    UINT count = 1;

    (void)state;
    ASSERT_STATUS(RtmCreateDestEnum(me, UCAST, RTM_ENUM_START, NULL, RTM_BEST_PROTOCOL, NULL),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(
        RtmCreateRouteEnum(me, NULL, UCAST, RTM_ENUM_START, NULL, RTM_MATCH_NONE, NULL, 0, NULL),
        ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmCreateNextHopEnum(me, RTM_ENUM_START, NULL, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetEnumDests(me, dests, NULL, &batch.first), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetEnumDests(me, dests, &count, NULL), ERROR_INVALID_PARAMETER);
    count = 1;
    ASSERT_STATUS(RtmGetEnumRoutes(me, routes, NULL, &handle), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetEnumRoutes(me, routes, &count, NULL), ERROR_INVALID_PARAMETER);
    count = 1;
    ASSERT_STATUS(RtmGetEnumNextHops(me, hops, NULL, &handle), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetEnumNextHops(me, hops, &count, NULL), ERROR_INVALID_PARAMETER);
}

/* ---- handles ---- */

static void registrations_must_be_live(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), gone = join(2, 2, NULL);
    RTM_ENUM_HANDLE dests = dest_enum(me, UCAST, RTM_BEST_PROTOCOL), made = NULL;
    RTM_ENUM_HANDLE routes = route_enum(me, NULL, UCAST), hops = hop_enum(me);
    RTM_ENTITY_HANDLE bad[] = {NULL, INVALID_HANDLE_VALUE, (HANDLE)(ULONG_PTR)8, gone, dests};

    (void)state;
    leave(gone);
    for (UINT i = 0; i < COUNT_OF(bad); i++) {
        dest_batch batch;
        HANDLE handle = NULL;
        UINT count = 1;

        ASSERT_STATUS(
            RtmCreateDestEnum(bad[i], UCAST, RTM_ENUM_START, NULL, RTM_BEST_PROTOCOL, &made),
            ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmCreateRouteEnum(bad[i], NULL, UCAST, RTM_ENUM_START, NULL, RTM_MATCH_NONE,
                                         NULL, 0, &made),
                      ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmCreateNextHopEnum(bad[i], RTM_ENUM_START, NULL, &made),
                      ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmGetEnumDests(bad[i], dests, &count, &batch.first), ERROR_INVALID_HANDLE);
        count = 1;
        ASSERT_STATUS(RtmGetEnumRoutes(bad[i], routes, &count, &handle), ERROR_INVALID_HANDLE);
        count = 1;
        ASSERT_STATUS(RtmGetEnumNextHops(bad[i], hops, &count, &handle), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmDeleteEnumHandle(bad[i], dests), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmReleaseDests(bad[i], 0, &batch.first), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmReleaseRoutes(bad[i], 0, &handle), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmReleaseNextHops(bad[i], 0, &handle), ERROR_INVALID_HANDLE);
    }
    assert_null(made);
    delete_enum(me, dests);
    delete_enum(me, routes);
    delete_enum(me, hops);
}

/* All three Get functions refuse a handle and write nothing but, perhaps, the count. */
static void assert_no_enum(RTM_ENTITY_HANDLE me, RTM_ENUM_HANDLE bad, BOOL dests, BOOL routes,
                           BOOL hops, BOOL lists)
{
    dest_batch batch;
    UINT count = 1;

    PAINT(batch);
    if (!dests)
        ASSERT_STATUS(RtmGetEnumDests(me, bad, &count, &batch.first), ERROR_INVALID_HANDLE);
    count = 1;
    if (!routes)
        ASSERT_STATUS(RtmGetEnumRoutes(me, bad, &count, (HANDLE*)&batch), ERROR_INVALID_HANDLE);
    count = 1;
    if (!hops)
        ASSERT_STATUS(RtmGetEnumNextHops(me, bad, &count, (HANDLE*)&batch), ERROR_INVALID_HANDLE);
    count = 1;
    if (!lists)
        ASSERT_STATUS(RtmGetListEnumRoutes(me, bad, &count, (HANDLE*)&batch), ERROR_INVALID_HANDLE);
    ASSERT_PAINTED(batch);
}

static void enumerations_are_of_one_kind(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = NULL;
    RTM_ENUM_HANDLE dests = dest_enum(me, UCAST, RTM_BEST_PROTOCOL), in_list = NULL;
    RTM_ENUM_HANDLE routes = route_enum(me, NULL, UCAST), hops = hop_enum(me);

    (void)state;
    ASSERT_STATUS(RtmCreateRouteList(me, &list), NO_ERROR);
    ASSERT_STATUS(RtmCreateRouteListEnum(me, list, &in_list), NO_ERROR);
    assert_no_enum(me, dests, TRUE, FALSE, FALSE, FALSE);
    assert_no_enum(me, routes, FALSE, TRUE, FALSE, FALSE);
    assert_no_enum(me, hops, FALSE, FALSE, TRUE, FALSE);
    assert_no_enum(me, in_list, FALSE, FALSE, FALSE, TRUE);
    assert_no_enum(me, list, FALSE, FALSE, FALSE, FALSE);
    ASSERT_STATUS(RtmDeleteEnumHandle(me, list), ERROR_INVALID_HANDLE);
    delete_enum(me, in_list);
}

static void handles_of_other_things_are_no_enumerations(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    wrong_handles wrong = make_wrong_handles(me, OTHER_HANDLE);

    (void)state;
    for (UINT i = 0; i < wrong.count; i++) {
        assert_no_enum(me, wrong.handles[i], FALSE, FALSE, FALSE, FALSE);
        ASSERT_STATUS(RtmDeleteEnumHandle(me, wrong.handles[i]), ERROR_INVALID_HANDLE);
    }
    assert_no_enum(me, NULL, FALSE, FALSE, FALSE, FALSE);
    ASSERT_STATUS(RtmDeleteEnumHandle(me, NULL), ERROR_INVALID_HANDLE);
}

static void an_enumeration_is_of_the_entity_that_made_it(void** state)
{
    RTM_ENTITY_INFO elsewhere = make_info(1, AF_INET, 1, 1), ipv6 = make_info(0, AF_INET6, 1, 1);
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ENTITY_HANDLE others[] = {join(2, 2, NULL), join_as(&elsewhere, NULL, NULL),
                                  join_as(&ipv6, NULL, NULL)};
    RTM_ENUM_HANDLE made[] = {dest_enum(me, UCAST, RTM_BEST_PROTOCOL), route_enum(me, NULL, UCAST),
                              hop_enum(me)};

    (void)state;
    for (UINT o = 0; o < COUNT_OF(others); o++) {
        for (UINT i = 0; i < COUNT_OF(made); i++) {
            assert_no_enum(others[o], made[i], FALSE, FALSE, FALSE, FALSE);
            ASSERT_STATUS(RtmDeleteEnumHandle(others[o], made[i]), ERROR_INVALID_HANDLE);
        }
    }
    for (UINT i = 0; i < COUNT_OF(made); i++)
        delete_enum(me, made[i]);
}

static void a_deleted_enumeration_is_gone(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    for (UINT i = 0; i < 3; i++) {
        RTM_ENUM_HANDLE made = i == 0   ? dest_enum(me, UCAST, RTM_BEST_PROTOCOL)
                               : i == 1 ? route_enum(me, NULL, UCAST)
                                        : hop_enum(me);

        delete_enum(me, made);
        assert_no_enum(me, made, FALSE, FALSE, FALSE, FALSE);
        ASSERT_STATUS(RtmDeleteEnumHandle(me, made), ERROR_INVALID_HANDLE);
    }
}

static void destinations_of_route_enumerations_must_be_live(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    wrong_handles wrong = make_wrong_handles(me, DEST_HANDLE);
    RTM_ENUM_HANDLE made = (HANDLE)(ULONG_PTR)0x1234;

    (void)state;
    for (UINT i = 0; i < wrong.count; i++)
        ASSERT_STATUS(RtmCreateRouteEnum(me, wrong.handles[i], UCAST, RTM_ENUM_START, NULL,
                                         RTM_MATCH_NONE, NULL, 0, &made),
                      ERROR_INVALID_HANDLE);
    assert_ptr_equal(made, (HANDLE)(ULONG_PTR)0x1234);
}

static void an_unfinished_enumeration_may_be_deleted(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ENUM_HANDLE dests, routes;
    RTM_ROUTE_HANDLE got[1];
    dest_batch batch;

    (void)state;
    add_routes(me, SOME_PREFIXES, 1, UCAST);
    dests = dest_enum(me, UCAST, RTM_BEST_PROTOCOL);
    routes = route_enum(me, NULL, UCAST);
    assert_int_equal(next_dests(me, dests, 3, &batch), 3);
    assert_int_equal(next_routes(me, routes, 1, got), 1);
    delete_enum(me, dests);
    delete_enum(me, routes);
    /* What it handed out stays good. */
    assert_false(is_gone(me, got[0]));
    assert_false(is_gone(me, entry_view(&batch, 2, 0)->Route));
    ASSERT_STATUS(RtmReleaseDests(me, 3, &batch.first), NO_ERROR);
    release_route(me, got[0]);
}

static void enumerations_do_not_disturb_each_other(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ENUM_HANDLE first, second, third;
    dest_batch batch;

    (void)state;
    add_routes(me, "10.0.0.0/8 20.0.0.0/8 30.0.0.0/8", 1, UCAST);
    first = dest_enum(me, UCAST, RTM_BEST_PROTOCOL);
    second = dest_enum(me, UCAST, RTM_BEST_PROTOCOL);
    third = dest_enum(other, UCAST, RTM_BEST_PROTOCOL);
    assert_int_equal(next_dests(me, first, 2, &batch), 2);
    assert_int_equal(next_dests(me, second, 1, &batch), 1);
    assert_enum_dests(other, third, 2, "10.0.0.0/8 20.0.0.0/8 30.0.0.0/8");
    assert_enum_dests(me, first, 2, "30.0.0.0/8");
    delete_enum(me, first);
    assert_enum_dests(me, second, 2, "20.0.0.0/8 30.0.0.0/8");
}

/* Tables share nothing. */
static void an_enumeration_sees_its_own_table(void** state)
{
    RTM_ENTITY_INFO elsewhere = make_info(1, AF_INET, 1, 1);
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join_as(&elsewhere, NULL, NULL);

    (void)state;
    add_routes(me, "10.0.0.0/8", 1, UCAST);
    add_routes(other, "20.0.0.0/8", 1, UCAST);
    assert_dests(me, ANY, 0, NULL, "10.0.0.0/8");
    assert_dests(other, ANY, 0, NULL, "20.0.0.0/8");
}

/* ---- changes between batches ---- */

static void destinations_may_change_between_batches(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE seen, next;
    RTM_ENUM_HANDLE enumeration;
    dest_batch batch;

    (void)state;
    add_routes(me, "10.0.0.0/8 40.0.0.0/8 60.0.0.0/8", 1, UCAST);
    seen = add_route(me, "20.0.0.0/8", NULL, 1, 1, UCAST);
    next = add_route(me, "30.0.0.0/8", NULL, 1, 1, UCAST);
    enumeration = dest_enum(me, UCAST, RTM_BEST_PROTOCOL);
    assert_int_equal(next_dests(me, enumeration, 2, &batch), 2);
    ASSERT_STATUS(RtmReleaseDests(me, 2, &batch.first), NO_ERROR);
    /* The last one seen and the next go; some come before and some after them. */
    delete_route(me, seen);
    delete_route(me, next);
    add_routes(me, "5.0.0.0/8 10.0.0.0/9 19.0.0.0/8 20.0.0.0/16 50.0.0.0/8 70.0.0.0/8", 1, UCAST);
    assert_enum_dests(me, enumeration, 2,
                      "20.0.0.0/16 40.0.0.0/8 50.0.0.0/8 60.0.0.0/8 70.0.0.0/8");
    /* Nor does the end come before it is reached. */
    delete_enum(me, enumeration);
}

static void an_entry_tells_of_the_present(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE better;
    RTM_ENUM_HANDLE enumeration;
    dest_batch batch;

    (void)state;
    add_routes(me, "10.0.0.0/8 20.0.0.0/8", 1, UCAST);
    enumeration = dest_enum(me, UCAST, RTM_BEST_PROTOCOL);
    assert_int_equal(next_dests(me, enumeration, 1, &batch), 1);
    better = add_route(me, "20.0.0.0/8", next_hop(me, "10.0.0.1", 1), 1, 1, UCAST);
    assert_int_equal(next_dests(me, enumeration, 1, &batch), 1);
    assert_ptr_equal(entry_view(&batch, 0, 0)->Route, better);
    assert_int_equal(entry_view(&batch, 0, 0)->NumRoutes, 2);
    delete_enum(me, enumeration);
}

/* Deleted ones do not come; whether a new one of the same destination does is open. */
static void routes_may_change_between_batches(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE r[5], got[8], new_one;
    UINT count, seen = 0;
    RTM_ENUM_HANDLE enumeration;

    (void)state;
    for (UINT i = 0; i < 5; i++)
        r[i] = add_route(me, "10.0.0.0/8", next_hop(me, "10.0.0.1", i), 5, 10 * i, UCAST);
    enumeration = route_enum(me, NULL, UCAST);
    assert_int_equal(next_routes(me, enumeration, 2, got), 2);
    ASSERT_STATUS(RtmReleaseRoutes(me, 2, got), NO_ERROR);
    delete_route(me, r[1]);
    delete_route(me, r[2]);
    new_one = add_route(me, "10.0.0.0/8", next_hop(me, "10.0.0.1", 9), 5, 35, UCAST);
    while ((count = next_routes(me, enumeration, 1, got))) {
        if (got[0] == new_one)
            continue;
        assert_ptr_equal(got[0], r[3 + seen]);
        seen++;
        assert_in_range(seen, 1, 2);
    }
    assert_int_equal(seen, 2);
    delete_enum(me, enumeration);
}

/* A route that is better than before comes though its new place has been passed, one that is worse
 * does not come a second time. */
static void routes_that_change_rank_come_once(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NEXTHOP_HANDLE hops[4];
    RTM_ROUTE_HANDLE r[4], got[4];
    UINT times[4] = {0};
    RTM_ENUM_HANDLE enumeration;
    route_info info;

    (void)state;
    for (UINT i = 0; i < 4; i++) {
        hops[i] = next_hop(me, "10.0.0.1", i);
        r[i] = add_route(me, "10.0.0.0/8", hops[i], 5, 10 + i, UCAST);
    }
    enumeration = route_enum(me, NULL, UCAST);
    for (UINT batch = 0; batch < 8; batch++) {
        UINT count = next_routes(me, enumeration, 1, got);

        for (UINT i = 0; count && i < 4; i++)
            times[i] += r[i] == got[0];
        if (batch == 0) {
            info = make_route(hops[3], 5, 1, UCAST); /* the last becomes the first */
            update_route(me, r[3], "10.0.0.0/8", &info.info, INFINITE);
            info = make_route(hops[0], 5, 99, UCAST); /* the one seen becomes the last */
            update_route(me, r[0], "10.0.0.0/8", &info.info, INFINITE);
        }
    }
    for (UINT i = 0; i < 4; i++)
        assert_int_equal(times[i], 1);
    delete_enum(me, enumeration);
}

#define RANKED 24
#define COMING 12

/* Routes of one destination, some of which stay while others come and go, all change their ranks at
 * random. Those that stay come exactly once, no other more than once. */
static void change_ranks_at_random(RTM_VIEW_SET views, uint64_t seed)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    random_numbers numbers = {seed};
    RTM_NEXTHOP_HANDLE hops[RANKED + COMING];
    RTM_ROUTE_HANDLE routes[RANKED + COMING];
    UINT times[RANKED + COMING], batches = 0;
    RTM_DEST_HANDLE destination;
    RTM_ENUM_HANDLE enumeration;

    memset(times, 0, sizeof(times));
    for (UINT i = 0; i < RANKED + COMING; i++) {
        hops[i] = next_hop(me, "10.0.0.1", i);
        routes[i] = add_route(me, "10.0.0.0/8", hops[i], 5, next_random(&numbers) % 10, BOTH);
    }
    destination = dest(me, "10.0.0.0/8");
    enumeration = route_enum(me, next_random(&numbers) & 1 ? destination : NULL, views);
    for (;;) {
        RTM_ROUTE_HANDLE got[4];
        UINT count = next_routes(me, enumeration, 1 + next_random(&numbers) % 4, got);

        if (!count)
            break;
        assert_true(batches++ < 1000);
        for (UINT i = 0; i < count; i++) {
            for (UINT j = 0; j < RANKED + COMING; j++)
                times[j] += routes[j] == got[i];
        }
        ASSERT_STATUS(RtmReleaseRoutes(me, count, got), NO_ERROR);
        for (UINT i = 0; i < 8; i++) {
            UINT j = next_random(&numbers) % (RANKED + COMING);

            if (j >= RANKED && (next_random(&numbers) & 1)) { /* another one in its place */
                assert_in_range(times[j], 0, 1);
                delete_route(me, routes[j]);
                routes[j] =
                    add_route(me, "10.0.0.0/8", hops[j], 5, next_random(&numbers) % 10, BOTH);
                times[j] = 0;
            } else {
                route_info info = make_route(hops[j], 5, next_random(&numbers) % 10, BOTH);

                update_route(me, routes[j], "10.0.0.0/8", &info.info, INFINITE);
            }
        }
    }
    for (UINT i = 0; i < RANKED; i++) {
        if (times[i] != 1)
            fail_msg("seed %u: route %u came %u times", (UINT)seed, i, times[i]);
    }
    for (UINT i = RANKED; i < RANKED + COMING; i++)
        assert_in_range(times[i], 0, 1);
    delete_enum(me, enumeration);
    leave(me);
}

static void routes_that_change_rank_at_random_come_once(void** state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++)
        change_ranks_at_random(seed & 1 ? UCAST : ANY, seed);
}

/* ---- against a model ---- */

#define MODELLED 120

typedef struct prefix {
    ULONG address; /* host order */
    UINT length;
} prefix;

static int compare_prefixes(const void* a, const void* b)
{
    const prefix *x = a, *y = b;

    if (x->address != y->address)
        return x->address < y->address ? -1 : 1;
    return (int)x->length - (int)y->length;
}

/* Few addresses and all lengths, so that they nest. */
static prefix random_prefix(random_numbers* numbers)
{
    prefix made;

    made.length = next_random(numbers) % 33;
    made.address = (next_random(numbers) & 1 ? 0xffff0000 : 0) | (next_random(numbers) & 0x8181);
    made.address &= made.length ? ~(ULONG)0 << (32 - made.length) : 0;
    return made;
}

static void prefix_text(const prefix* from, char text[32])
{
    snprintf(text, 32, "%lu.%lu.%lu.%lu/%u", from->address >> 24, from->address >> 16 & 255,
             from->address >> 8 & 255, from->address & 255, from->length);
}

static void starts_and_ranges_at_random(void** state)
{
    static prefix all[MODELLED];
    static char expected[MODELLED * 20];
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    random_numbers numbers = {1234};
    UINT total = 0;

    (void)state;
    for (UINT i = 0; i < MODELLED; i++) {
        char text[32];
        BOOL known = FALSE;

        all[total] = random_prefix(&numbers);
        for (UINT j = 0; j < total; j++)
            known |= !compare_prefixes(&all[j], &all[total]);
        prefix_text(&all[total], text);
        add_routes(me, text, i, UCAST);
        total += !known;
    }
    qsort(all, total, sizeof(all[0]), compare_prefixes);
    for (UINT round = 0; round < 200; round++) {
        prefix from = random_prefix(&numbers);
        ULONG mask = from.length ? ~(ULONG)0 << (32 - from.length) : 0;
        RTM_ENUM_FLAGS flags = 1 + (round & 1);
        RTM_ENUM_HANDLE enumeration = NULL;
        RTM_NET_ADDRESS address;
        size_t used = 0;
        char text[32];

        expected[0] = 0;
        for (UINT i = 0; i < total; i++) {
            if (flags == RTM_ENUM_NEXT
                    ? compare_prefixes(&all[i], &from) < 0
                    : all[i].length < from.length || (all[i].address & mask) != from.address)
                continue;
            prefix_text(&all[i], text);
            used += (size_t)snprintf(expected + used, sizeof(expected) - used, "%s ", text);
        }
        prefix_text(&from, text);
        address = net(text);
        ASSERT_STATUS(
            RtmCreateDestEnum(me, UCAST, flags, &address, RTM_BEST_PROTOCOL, &enumeration),
            NO_ERROR);
        assert_enum_dests(me, enumeration, 1 + next_random(&numbers) % MOST_ITEMS, expected);
        delete_enum(me, enumeration);
    }
}

/* ---- changes by other threads ---- */

#define STAYING 100
#define CHANGERS 3

static LONG enough;
static RTM_ENTITY_HANDLE changing_entity[CHANGERS];

/* Adds, changes and deletes routes to destinations that come and go and to ones that stay. */
static DWORD WINAPI change_at_random(void* argument)
{
    UINT own = (UINT)(ULONG_PTR)argument;
    RTM_ENTITY_HANDLE me = changing_entity[own];
    random_numbers numbers = {own + 77};

    while (!InterlockedCompareExchange(&enough, 0, 0)) {
        char text[32];
        route_info info = make_route(NULL, 5, next_random(&numbers) % 100, UCAST);
        RTM_ROUTE_CHANGE_FLAGS flags = 0;
        RTM_ROUTE_HANDLE route = NULL;

        snprintf(text, sizeof(text), "10.%u.0.0/%u", next_random(&numbers) % STAYING,
                 16 + next_random(&numbers) % 3);
        if (CHECK_STATUS(try_add_route(me, &route, text, &info.info, INFINITE, &flags), NO_ERROR)) {
            if (next_random(&numbers) & 1)
                CHECK_STATUS(RtmDeleteRouteToDest(me, route, &flags), NO_ERROR);
            else
                CHECK_STATUS(RtmReleaseRoutes(me, 1, &route), NO_ERROR);
        }
    }
    return 0;
}

static void enumerations_beside_threads_that_change(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE staying[STAYING];
    HANDLE threads[CHANGERS];

    (void)state;
    enough = 0;
    for (UINT i = 0; i < STAYING; i++) {
        char text[32];

        snprintf(text, sizeof(text), "10.%u.0.0/16", i);
        staying[i] = add_route(me, text, NULL, 5, 50, UCAST);
    }
    for (UINT i = 0; i < CHANGERS; i++) {
        changing_entity[i] = join(2, i, NULL);
        threads[i] = start(change_at_random, (void*)(ULONG_PTR)i);
    }
    for (UINT round = 0; round < 60; round++) {
        UINT dest_times[STAYING] = {0}, route_times[STAYING] = {0}, count;
        RTM_ENUM_HANDLE dests = dest_enum(me, UCAST, RTM_BEST_PROTOCOL);
        RTM_ENUM_HANDLE routes = route_enum(me, NULL, UCAST);
        dest_batch batch;
        RTM_ROUTE_HANDLE got[MOST_ITEMS];

        while ((count = next_dests(me, dests, 1 + round % MOST_ITEMS, &batch))) {
            for (UINT i = 0; i < count; i++) {
                const RTM_DEST_INFO* info = entry_at(&batch, i);

                assert_int_equal(info->NumberOfViews, 1);
                if (info->DestAddress.NumBits == 16 && info->DestAddress.AddrBits[1] < STAYING)
                    dest_times[info->DestAddress.AddrBits[1]]++;
            }
            ASSERT_STATUS(RtmReleaseDests(me, count, &batch.first), NO_ERROR);
        }
        while ((count = next_routes(me, routes, 1 + round % MOST_ITEMS, got))) {
            for (UINT i = 0; i < count; i++) {
                for (UINT j = 0; j < STAYING; j++)
                    route_times[j] += got[i] == staying[j];
            }
            ASSERT_STATUS(RtmReleaseRoutes(me, count, got), NO_ERROR);
        }
        for (UINT i = 0; i < STAYING; i++) {
            assert_int_equal(dest_times[i], 1);
            assert_int_equal(route_times[i], 1);
        }
        delete_enum(me, dests);
        delete_enum(me, routes);
    }
    InterlockedExchange(&enough, 1);
    for (UINT i = 0; i < CHANGERS; i++)
        join_thread(threads[i]);
}

#define SHARED 500
#define SHARERS 3

static RTM_ENTITY_HANDLE sharing_entity;
static RTM_ENUM_HANDLE shared_dests, shared_routes;
static LONG shared_times[SHARED], shared_route_count, deletions;

static DWORD WINAPI take_share(void* argument)
{
    UINT capacity = 1 + (UINT)(ULONG_PTR)argument, count;
    RTM_ENTITY_HANDLE me = sharing_entity;
    RTM_ROUTE_HANDLE routes[8];
    dest_batch batch;

    do {
        count = capacity;
        if (RtmGetEnumDests(me, shared_dests, &count, &batch.first) != NO_ERROR)
            CHECK(count == 0);
        for (UINT i = 0; i < count; i++) {
            const UCHAR* bytes = entry_at(&batch, i)->DestAddress.AddrBits;
            UINT index = bytes[1] * 256 + bytes[2];

            if (CHECK(index < SHARED))
                InterlockedIncrement(&shared_times[index]);
        }
        CHECK_STATUS(RtmReleaseDests(me, count, &batch.first), NO_ERROR);
    } while (count);
    do {
        count = capacity;
        if (RtmGetEnumRoutes(me, shared_routes, &count, routes) != NO_ERROR)
            CHECK(count == 0);
        InterlockedExchangeAdd(&shared_route_count, (LONG)count);
        CHECK_STATUS(RtmReleaseRoutes(me, count, routes), NO_ERROR);
    } while (count);
    return 0;
}

static DWORD WINAPI delete_shared(void* argument)
{
    DWORD status = RtmDeleteEnumHandle(sharing_entity, argument);

    if (status == NO_ERROR)
        InterlockedIncrement(&deletions);
    else
        CHECK_STATUS(status, ERROR_INVALID_HANDLE);
    return 0;
}

/* Each gets a part, and together they get all, once. One of several deletions succeeds. */
static void threads_may_share_an_enumeration(void** state)
{
    HANDLE threads[SHARERS];
    RTM_ENTITY_HANDLE me = sharing_entity = join(1, 1, NULL);

    (void)state;
    memset(shared_times, 0, sizeof(shared_times));
    shared_route_count = deletions = 0;
    for (UINT i = 0; i < SHARED; i++) {
        char text[32];

        snprintf(text, sizeof(text), "10.%u.%u.0/24", i / 256, i % 256);
        add_routes(me, text, 1, UCAST);
    }
    shared_dests = dest_enum(me, UCAST, RTM_BEST_PROTOCOL);
    shared_routes = route_enum(me, NULL, UCAST);
    for (UINT i = 0; i < SHARERS; i++)
        threads[i] = start(take_share, (void*)(ULONG_PTR)i);
    for (UINT i = 0; i < SHARERS; i++)
        join_thread(threads[i]);
    for (UINT i = 0; i < SHARED; i++)
        assert_int_equal(shared_times[i], 1);
    assert_int_equal(shared_route_count, SHARED);
    for (UINT i = 0; i < SHARERS; i++)
        threads[i] = start(delete_shared, shared_dests);
    for (UINT i = 0; i < SHARERS; i++)
        join_thread(threads[i]);
    assert_int_equal(deletions, 1);
}

/* ---- memory that runs out ---- */

static BOOL make_enumerations(RTM_ENTITY_HANDLE me)
{
    RTM_ENUM_HANDLE made[3] = {NULL, NULL, NULL};
    DWORD status[3];
    BOOL failed = FALSE;

    status[0] = RtmCreateDestEnum(me, UCAST, RTM_ENUM_START, NULL, RTM_BEST_PROTOCOL, &made[0]);
    status[1] = RtmCreateRouteEnum(me, NULL, UCAST, RTM_ENUM_START, NULL, RTM_MATCH_NONE, NULL, 0,
                                   &made[1]);
    status[2] = RtmCreateNextHopEnum(me, RTM_ENUM_START, NULL, &made[2]);
    for (UINT i = 0; i < 3; i++) {
        if (status[i] == ERROR_NOT_ENOUGH_MEMORY) {
            assert_null(made[i]);
            failed = TRUE;
        } else {
            ASSERT_STATUS(status[i], NO_ERROR);
            delete_enum(me, made[i]);
        }
    }
    return failed;
}

static void making_enumerations_without_memory(void** state)
{
    (void)state;
    fail_allocations(make_enumerations);
}

/* A batch that fails is asked for again. */
static BOOL fetch_routes(RTM_ENTITY_HANDLE me)
{
    RTM_ENUM_HANDLE enumeration = NULL;
    RTM_ROUTE_HANDLE got[2];
    UINT seen = 0, failures = 0;
    DWORD status;

    for (UINT i = 0; i < 5; i++) {
        route_info info = make_route(NULL, 1, i, UCAST);
        RTM_ROUTE_CHANGE_FLAGS flags = RTM_ROUTE_CHANGE_NEW;

        status = try_add_route(me, NULL, "10.0.0.0/8", &info.info, INFINITE, &flags);
        if (status == ERROR_NOT_ENOUGH_MEMORY)
            return TRUE;
        ASSERT_STATUS(status, NO_ERROR);
    }
    status = RtmCreateRouteEnum(me, NULL, UCAST, RTM_ENUM_START, NULL, RTM_MATCH_NONE, NULL, 0,
                                &enumeration);
    if (status == ERROR_NOT_ENOUGH_MEMORY)
        return TRUE;
    ASSERT_STATUS(status, NO_ERROR);
    for (;;) {
        UINT count = 2;

        status = RtmGetEnumRoutes(me, enumeration, &count, got);
        if (status == ERROR_NO_MORE_ITEMS)
            break;
        if (status == ERROR_NOT_ENOUGH_MEMORY) {
            assert_int_equal(count, 0);
            assert_in_range(++failures, 1, 1);
            continue;
        }
        ASSERT_STATUS(status, NO_ERROR);
        for (UINT i = 0; i < count; i++) {
            route_info info;

            get_route(me, got[i], &info);
            assert_int_equal(info.info.PrefInfo.Metric, seen++);
            ASSERT_STATUS(RtmReleaseRouteInfo(me, &info.info), NO_ERROR);
        }
        ASSERT_STATUS(RtmReleaseRoutes(me, count, got), NO_ERROR);
    }
    assert_int_equal(seen, 5);
    return failures != 0;
}

static void fetching_routes_without_memory(void** state)
{
    (void)state;
    fail_allocations(fetch_routes);
}

/* ---- many ---- */

static void many_enumerations_at_once(void** state)
{
    enum { MANY = 2000 };
    static RTM_ENUM_HANDLE made[MANY];
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    add_routes(me, "10.0.0.0/8 20.0.0.0/8", 1, UCAST);
    for (UINT i = 0; i < MANY; i++)
        made[i] = dest_enum(me, UCAST, RTM_BEST_PROTOCOL);
    for (UINT i = 0; i < MANY; i++) {
        assert_enum_dests(me, made[i], 2, "10.0.0.0/8 20.0.0.0/8");
        if (i % 2)
            delete_enum(me, made[i]);
    }
    leave(me); /* with the rest of them */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(an_empty_table_has_no_destinations),
        CLIENT_TEST(the_end_is_told_again_and_again),
        CLIENT_TEST(destinations_come_by_address_then_length),
        CLIENT_TEST(destinations_of_ipv6_come_by_address_then_length),
        CLIENT_TEST(next_starts_with_the_given_prefix),
        CLIENT_TEST(range_is_the_given_prefix_and_all_inside),
        CLIENT_TEST(start_does_not_look_at_the_address),
        CLIENT_TEST(a_view_shows_destinations_with_live_routes_in_it),
        CLIENT_TEST(only_any_view_shows_destinations_without_routes),
        CLIENT_TEST(own_destinations_have_the_callers_route_as_best),
        CLIENT_TEST(entries_tell_of_each_view_asked_for),
        CLIENT_TEST(entries_of_one_view_keep_the_distance_of_all),
        CLIENT_TEST(a_protocol_chooses_the_route_that_is_told),
        CLIENT_TEST(entries_carry_references),
        CLIENT_TEST(releasing_destinations_does_all_or_nothing),
        CLIENT_TEST(releasing_routes_does_all_or_nothing),
        CLIENT_TEST(releasing_next_hops_does_all_or_nothing),
        CLIENT_TEST(routes_come_by_destination_then_rank),
        CLIENT_TEST(equal_routes_keep_their_order),
        CLIENT_TEST(a_destination_limits_the_routes),
        CLIENT_TEST(an_enumeration_outlives_its_destination),
        CLIENT_TEST(own_routes_are_the_callers),
        CLIENT_TEST(a_route_of_two_views_comes_once),
        CLIENT_TEST(deleted_routes_are_not_enumerated),
        CLIENT_TEST(route_handles_carry_references),
        CLIENT_TEST(no_criterion_matches_all),
        CLIENT_TEST(owner_matches),
        CLIENT_TEST(neighbour_matches),
        CLIENT_TEST(preference_and_metric_match),
        CLIENT_TEST(next_hop_matches),
        CLIENT_TEST(interface_matches),
        CLIENT_TEST(all_criteria_must_match),
        CLIENT_TEST(own_routes_must_match_too),
        CLIENT_TEST(matching_may_change_between_batches),
        CLIENT_TEST(next_hops_come_by_address_length_interface),
        CLIENT_TEST(deleted_next_hops_are_not_enumerated),
        CLIENT_TEST(next_hop_handles_carry_references),
        CLIENT_TEST(next_hops_may_change_between_batches),
        CLIENT_TEST(capacity_must_be_one_to_the_limit),
        CLIENT_TEST(batches_of_the_limit),
        CLIENT_TEST(flags_must_be_known),
        CLIENT_TEST(views_must_be_supported),
        CLIENT_TEST(addresses_must_be_valid),
        CLIENT_TEST(criteria_must_be_valid),
        CLIENT_TEST(pointers_must_not_be_null),
        CLIENT_TEST(registrations_must_be_live),
        CLIENT_TEST(enumerations_are_of_one_kind),
        CLIENT_TEST(handles_of_other_things_are_no_enumerations),
        CLIENT_TEST(an_enumeration_is_of_the_entity_that_made_it),
        CLIENT_TEST(a_deleted_enumeration_is_gone),
        CLIENT_TEST(destinations_of_route_enumerations_must_be_live),
        CLIENT_TEST(an_unfinished_enumeration_may_be_deleted),
        CLIENT_TEST(enumerations_do_not_disturb_each_other),
        CLIENT_TEST(an_enumeration_sees_its_own_table),
        CLIENT_TEST(destinations_may_change_between_batches),
        CLIENT_TEST(an_entry_tells_of_the_present),
        CLIENT_TEST(routes_may_change_between_batches),
        CLIENT_TEST(routes_that_change_rank_come_once),
        CLIENT_TEST(routes_that_change_rank_at_random_come_once),
        CLIENT_TEST(starts_and_ranges_at_random),
        CLIENT_TEST(enumerations_beside_threads_that_change),
        CLIENT_TEST(threads_may_share_an_enumeration),
        CLIENT_TEST(making_enumerations_without_memory),
        CLIENT_TEST(fetching_routes_without_memory),
        CLIENT_TEST(many_enumerations_at_once),
    };

    return CLIENT_MAIN(tests);
}
