/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Destinations: what is told of them, how they are found, what they outlive.
 * "Reading" marks what the documentation leaves open and this project has decided.
 */
#include "table.h"

#define ANY RTM_VIEW_MASK_ANY

/* ---- layout, as programs have it compiled in ---- */

#ifdef _WIN64
#define PLACE(wide, narrow) (wide)
#else
#define PLACE(wide, narrow) (narrow)
#endif
_Static_assert(sizeof(RTM_DEST_INFO) == PLACE(88, 64), "size");
_Static_assert(FIELD_OFFSET(RTM_DEST_INFO, DestAddress) == PLACE(8, 4), "DestAddress");
_Static_assert(FIELD_OFFSET(RTM_DEST_INFO, LastChanged) == PLACE(28, 24), "LastChanged");
_Static_assert(FIELD_OFFSET(RTM_DEST_INFO, BelongsToViews) == PLACE(36, 32), "BelongsToViews");
_Static_assert(FIELD_OFFSET(RTM_DEST_INFO, NumberOfViews) == PLACE(40, 36), "NumberOfViews");
_Static_assert(FIELD_OFFSET(RTM_DEST_INFO, ViewInfo) == PLACE(48, 40), "ViewInfo");
_Static_assert(FIELD_OFFSET(RTM_DEST_INFO, ViewInfo[0].Route) == PLACE(56, 48), "Route");
_Static_assert(FIELD_OFFSET(RTM_DEST_INFO, ViewInfo[0].HoldRoute) == PLACE(80, 60), "HoldRoute");
_Static_assert(RTM_SIZE_OF_DEST_INFO(0) == PLACE(48, 40), "no views");
_Static_assert(RTM_SIZE_OF_DEST_INFO(1) == PLACE(88, 64), "one view");
_Static_assert(RTM_SIZE_OF_DEST_INFO(2) == PLACE(128, 88), "two views");

/* ---- short forms ---- */

static DWORD exact(RTM_ENTITY_HANDLE me, const char* prefix, RTM_VIEW_SET views, dest_info* got)
{
    RTM_NET_ADDRESS address = net(prefix);

    PAINT(*got);
    return RtmGetExactMatchDestination(me, &address, RTM_BEST_PROTOCOL, views, &got->info);
}

static DWORD most_specific(RTM_ENTITY_HANDLE me, const char* prefix, RTM_VIEW_SET views,
                           dest_info* got)
{
    RTM_NET_ADDRESS address = net(prefix);

    PAINT(*got);
    return RtmGetMostSpecificDestination(me, &address, RTM_BEST_PROTOCOL, views, &got->info);
}

static DWORD less_specific(RTM_ENTITY_HANDLE me, RTM_DEST_HANDLE from, RTM_VIEW_SET views,
                           dest_info* got)
{
    PAINT(*got);
    return RtmGetLessSpecificDestination(me, from, RTM_BEST_PROTOCOL, views, &got->info);
}

/* Number of views in a set that are supported. */
static UINT views_in(RTM_VIEW_SET views)
{
    return !!(views & UCAST) + !!(views & MCAST);
}

/* What a search finds: `expected`, or nothing (NULL) and then nothing is written. */
static void assert_found(RTM_ENTITY_HANDLE me, DWORD status, dest_info* got, RTM_VIEW_SET views,
                         const char* expected)
{
    if (!expected) {
        ASSERT_STATUS(status, ERROR_NOT_FOUND);
        ASSERT_PAINTED(*got);
        return;
    }
    ASSERT_STATUS(status, NO_ERROR);
    assert_net(&got->info.DestAddress, expected);
    assert_int_equal(got->info.NumberOfViews, views_in(views));
    assert_dest_guard(got, views_in(views));
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got->info), NO_ERROR);
}

static void assert_exact(RTM_ENTITY_HANDLE me, const char* prefix, RTM_VIEW_SET views, BOOL there)
{
    dest_info got;
    DWORD status = exact(me, prefix, views, &got);

    assert_found(me, status, &got, views, there ? prefix : NULL);
}

static void assert_most_specific(RTM_ENTITY_HANDLE me, const char* prefix, RTM_VIEW_SET views,
                                 const char* expected)
{
    dest_info got;
    DWORD status = most_specific(me, prefix, views, &got);

    assert_found(me, status, &got, views, expected);
}

static void assert_less_specific(RTM_ENTITY_HANDLE me, RTM_DEST_HANDLE from, RTM_VIEW_SET views,
                                 const char* expected)
{
    dest_info got;
    DWORD status = less_specific(me, from, views, &got);

    assert_found(me, status, &got, views, expected);
}

static void assert_view(const view_info* got, RTM_VIEW_ID id, UINT routes, RTM_ROUTE_HANDLE route,
                        RTM_ENTITY_HANDLE owner, DWORD flags)
{
    assert_int_equal(got->ViewId, id);
    assert_int_equal(got->NumRoutes, routes);
    assert_ptr_equal(got->Route, route);
    assert_ptr_equal(got->Owner, owner);
    assert_int_equal(got->DestFlags, flags);
    assert_null(got->HoldRoute);
}

static RTM_ROUTE_HANDLE add_with_flags(RTM_ENTITY_HANDLE me, const char* prefix, ULONG metric,
                                       RTM_VIEW_SET views, USHORT route_flags)
{
    route_info info = make_route(NULL, 1, metric, views);
    RTM_ROUTE_CHANGE_FLAGS flags = RTM_ROUTE_CHANGE_NEW;
    RTM_ROUTE_HANDLE route = NULL;

    info.info.Flags = route_flags;
    ASSERT_STATUS(try_add_route(me, &route, prefix, &info.info, INFINITE, &flags), NO_ERROR);
    return route;
}

/* ---- information ---- */

static void information_of_both_views(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE first = add_with_flags(me, "10.0.0.0/8", 2, UCAST, 0x10);
    RTM_ROUTE_HANDLE second = add_with_flags(other, "10.0.0.0/8", 1, BOTH, 0x20);
    RTM_DEST_HANDLE destination = dest(me, "10.0.0.0/8");
    dest_info got;

    (void)state;
    get_dest(me, destination, RTM_BEST_PROTOCOL, BOTH, &got);
    assert_ptr_equal(got.info.DestHandle, destination);
    assert_net(&got.info.DestAddress, "10.0.0.0/8");
    assert_int_equal(got.info.BelongsToViews, BOTH);
    assert_int_equal(got.info.NumberOfViews, 2);
    assert_view(view_at(&got, 0), RTM_VIEW_ID_UCAST, 2, second, other, 0x20);
    assert_view(view_at(&got, 1), RTM_VIEW_ID_MCAST, 1, second, other, 0x20);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
    delete_route(other, second);
    get_dest(me, destination, RTM_BEST_PROTOCOL, BOTH, &got);
    assert_int_equal(got.info.BelongsToViews, UCAST);
    assert_int_equal(got.info.NumberOfViews, 2);
    assert_view(view_at(&got, 0), RTM_VIEW_ID_UCAST, 1, first, me, 0x10);
    /* A view without routes has its entry, too. */
    assert_view(view_at(&got, 1), RTM_VIEW_ID_MCAST, 0, NULL, NULL, 0);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
}

static void information_of_one_view(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE unicast = add_with_flags(me, "10.0.0.0/8", 1, UCAST, 1);
    RTM_ROUTE_HANDLE multicast = add_with_flags(me, "10.0.0.0/8", 2, MCAST, 2);
    RTM_DEST_HANDLE destination = dest(me, "10.0.0.0/8");
    dest_info got;

    (void)state;
    get_dest(me, destination, RTM_BEST_PROTOCOL, UCAST, &got);
    assert_int_equal(got.info.NumberOfViews, 1);
    assert_dest_guard(&got, 1); /* a plain RTM_DEST_INFO is enough */
    assert_int_equal(got.info.BelongsToViews, BOTH);
    assert_view(view_at(&got, 0), RTM_VIEW_ID_UCAST, 1, unicast, me, 1);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
    get_dest(me, destination, RTM_BEST_PROTOCOL, MCAST, &got);
    assert_int_equal(got.info.NumberOfViews, 1);
    assert_view(view_at(&got, 0), RTM_VIEW_ID_MCAST, 1, multicast, me, 2);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
}

static void information_of_no_view(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, MCAST);
    dest_info got;

    (void)state;
    get_dest(me, dest(me, "10.0.0.0/8"), RTM_BEST_PROTOCOL, ANY, &got);
    assert_int_equal(got.info.NumberOfViews, 0);
    assert_int_equal(got.info.BelongsToViews, MCAST);
    assert_dest_guard(&got, 0);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
    assert_int_equal(drain_route(me, route), 1); /* no route was handed out */
}

/* Reading: there is nothing to tell of views that are not supported. */
static void other_views_are_ignored(void** state)
{
    static const struct {
        RTM_VIEW_SET asked;
        UINT entries;
    } sets[] = {{RTM_VIEW_MASK_ALL, 2},
                {UCAST | 0x100, 1},
                {MCAST | 0x80000000, 1},
                {0x80000000, 0},
                {4, 0},
                {0xfffffffc, 0}};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_DEST_HANDLE destination;
    dest_info got;

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, BOTH);
    destination = dest(me, "10.0.0.0/8");
    for (UINT i = 0; i < COUNT_OF(sets); i++) {
        get_dest(me, destination, RTM_BEST_PROTOCOL, sets[i].asked, &got);
        assert_int_equal(got.info.NumberOfViews, sets[i].entries);
        for (UINT j = 0; j < sets[i].entries; j++)
            assert_int_equal(view_at(&got, j)->NumRoutes, 1);
        ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
        /* Searches find what is in a view asked for. */
        assert_exact(me, "10.0.0.0/8", sets[i].asked, sets[i].entries > 0);
        assert_most_specific(me, "10.1.0.0/16", sets[i].asked,
                             sets[i].entries ? "10.0.0.0/8" : NULL);
    }
}

static void views_follow_the_routes(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_DEST_HANDLE destination = dest(me, "10.0.0.0/8");
    dest_info got;

    (void)state;
    for (RTM_VIEW_SET views = UCAST; views <= BOTH; views++) {
        add_route(me, "10.0.0.0/8", NULL, 1, 1, views);
        get_dest(me, destination, RTM_BEST_PROTOCOL, BOTH, &got);
        assert_int_equal(got.info.BelongsToViews, views);
        for (UINT i = 0; i < 2; i++) {
            BOOL in = (views >> i) & 1;

            assert_view(view_at(&got, i), (RTM_VIEW_ID)i, in, in ? route : NULL, in ? me : NULL, 0);
        }
        ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
    }
}

static void flags_are_those_of_the_route_told(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE best = add_with_flags(me, "10.0.0.0/8", 1, UCAST, 0xbeef);
    RTM_ROUTE_HANDLE others = add_with_flags(other, "10.0.0.0/8", 2, UCAST, 0x1234);
    RTM_DEST_HANDLE destination = dest(me, "10.0.0.0/8");
    dest_info got;

    (void)state;
    get_dest(me, destination, RTM_BEST_PROTOCOL, UCAST, &got);
    assert_view(view_at(&got, 0), RTM_VIEW_ID_UCAST, 2, best, me, 0xbeef);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
    get_dest(me, destination, 2, UCAST, &got);
    assert_view(view_at(&got, 0), RTM_VIEW_ID_UCAST, 1, others, other, 0x1234);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
}

static ULONGLONG as_number(FILETIME time)
{
    return (ULONGLONG)time.dwHighDateTime << 32 | time.dwLowDateTime;
}

static void last_change_is_a_system_time(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    ULONGLONG slack = 1000 * 10000; /* a second, for clocks of other resolution */
    FILETIME before, after;
    dest_info got;
    ULONGLONG first;

    (void)state;
    GetSystemTimeAsFileTime(&before);
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    GetSystemTimeAsFileTime(&after);
    get_dest(me, dest(me, "10.0.0.0/8"), RTM_BEST_PROTOCOL, ANY, &got);
    first = as_number(got.info.LastChanged);
    assert_true(first + slack >= as_number(before) && first <= as_number(after) + slack);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
    Sleep(100);
    get_dest(me, got.info.DestHandle, RTM_BEST_PROTOCOL, UCAST, &got);
    assert_true(as_number(got.info.LastChanged) == first); /* reading is no change */
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
    add_route(me, "10.0.0.0/8", NULL, 1, 2, UCAST);
    get_dest(me, got.info.DestHandle, RTM_BEST_PROTOCOL, UCAST, &got);
    assert_true(as_number(got.info.LastChanged) > first);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
}

/* ---- whose route is told ---- */

static void protocols_choose_the_route(void** state)
{
    RTM_ENTITY_HANDLE rip = join(8, 1, NULL), ospf = join(13, 1, NULL), viewer = join(99, 1, NULL);
    RTM_ROUTE_HANDLE best = add_route(ospf, "10.0.0.0/8", NULL, 1, 1, BOTH);
    RTM_ROUTE_HANDLE ours = add_route(rip, "10.0.0.0/8", NULL, 5, 5, UCAST), worse;
    RTM_DEST_HANDLE destination = dest(viewer, "10.0.0.0/8");
    dest_info got;

    (void)state;
    worse = add_route(rip, "10.0.0.0/8", next_hop(rip, "10.0.0.1", 1), 6, 6, UCAST);
    get_dest(viewer, destination, RTM_BEST_PROTOCOL, BOTH, &got);
    assert_view(view_at(&got, 0), RTM_VIEW_ID_UCAST, 3, best, ospf, 0);
    assert_view(view_at(&got, 1), RTM_VIEW_ID_MCAST, 1, best, ospf, 0);
    ASSERT_STATUS(RtmReleaseDestInfo(viewer, &got.info), NO_ERROR);
    /* Of one protocol: its best, and how many it has. */
    get_dest(viewer, destination, 8, BOTH, &got);
    assert_view(view_at(&got, 0), RTM_VIEW_ID_UCAST, 2, ours, rip, 0);
    assert_view(view_at(&got, 1), RTM_VIEW_ID_MCAST, 0, NULL, NULL, 0);
    assert_int_equal(got.info.BelongsToViews, BOTH);
    ASSERT_STATUS(RtmReleaseDestInfo(viewer, &got.info), NO_ERROR);
    /* Of the caller's. */
    get_dest(rip, destination, RTM_THIS_PROTOCOL, BOTH, &got);
    assert_view(view_at(&got, 0), RTM_VIEW_ID_UCAST, 2, ours, rip, 0);
    ASSERT_STATUS(RtmReleaseDestInfo(rip, &got.info), NO_ERROR);
    /* Of one without routes. */
    get_dest(viewer, destination, RTM_THIS_PROTOCOL, BOTH, &got);
    assert_view(view_at(&got, 0), RTM_VIEW_ID_UCAST, 0, NULL, NULL, 0);
    assert_view(view_at(&got, 1), RTM_VIEW_ID_MCAST, 0, NULL, NULL, 0);
    ASSERT_STATUS(RtmReleaseDestInfo(viewer, &got.info), NO_ERROR);
    delete_route(rip, ours);
    get_dest(viewer, destination, 8, UCAST, &got);
    assert_view(view_at(&got, 0), RTM_VIEW_ID_UCAST, 1, worse, rip, 0);
    ASSERT_STATUS(RtmReleaseDestInfo(viewer, &got.info), NO_ERROR);
}

/* Reading: all instances of the protocol. */
static void this_protocol_is_the_protocol_id(void** state)
{
    RTM_ENTITY_HANDLE first = join(8, 1, NULL), second = join(8, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(second, "10.0.0.0/8", NULL, 1, 1, UCAST);
    dest_info got;

    (void)state;
    get_dest(first, dest(first, "10.0.0.0/8"), RTM_THIS_PROTOCOL, UCAST, &got);
    assert_view(view_at(&got, 0), RTM_VIEW_ID_UCAST, 1, route, second, 0);
    ASSERT_STATUS(RtmReleaseDestInfo(first, &got.info), NO_ERROR);
}

/* The protocol chooses what is told, not what is found. */
static void searches_find_routes_of_any_protocol(void** state)
{
    RTM_ENTITY_HANDLE me = join(8, 1, NULL), other = join(13, 1, NULL);
    RTM_NET_ADDRESS wide = net("10.0.0.0/8"), narrow = net("10.1.0.0/16"), host = net("10.1.2.3");
    RTM_ROUTE_HANDLE mine = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    dest_info got, next;

    (void)state;
    add_route(other, "10.1.0.0/16", NULL, 1, 1, UCAST);
    PAINT(got);
    ASSERT_STATUS(RtmGetMostSpecificDestination(me, &host, RTM_THIS_PROTOCOL, UCAST, &got.info),
                  NO_ERROR);
    assert_net(&got.info.DestAddress, "10.1.0.0/16");
    assert_view(view_at(&got, 0), RTM_VIEW_ID_UCAST, 0, NULL, NULL, 0);
    PAINT(next);
    ASSERT_STATUS(RtmGetLessSpecificDestination(me, got.info.DestHandle, RTM_THIS_PROTOCOL, UCAST,
                                                &next.info),
                  NO_ERROR);
    assert_view(view_at(&next, 0), RTM_VIEW_ID_UCAST, 1, mine, me, 0);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &next.info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
    ASSERT_STATUS(RtmGetExactMatchDestination(me, &narrow, RTM_THIS_PROTOCOL, UCAST, &got.info),
                  NO_ERROR);
    assert_null(view_at(&got, 0)->Route);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
    ASSERT_STATUS(RtmGetExactMatchDestination(me, &wide, 13, UCAST, &got.info), NO_ERROR);
    assert_view(view_at(&got, 0), RTM_VIEW_ID_UCAST, 0, NULL, NULL, 0);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
}

/* ---- references ---- */

static void information_refers_to_its_handles(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, BOTH);
    RTM_DEST_HANDLE destination = dest(other, "10.0.0.0/8");
    RTM_ENTITY_INFO entity;
    dest_info got[3];

    (void)state;
    for (UINT i = 0; i < 3; i++)
        get_dest(other, destination, RTM_BEST_PROTOCOL, BOTH, &got[i]);
    ASSERT_STATUS(RtmReleaseDestInfo(other, &got[2].info), NO_ERROR);
    /* Two are left with two views each: the route four times, the destination twice and once. */
    leave(me);
    for (UINT i = 0; i < 2; i++)
        ASSERT_STATUS(RtmGetEntityInfo(other, view_at(&got[i], 0)->Owner, &entity), NO_ERROR);
    ASSERT_STATUS(RtmReleaseDestInfo(other, &got[0].info), NO_ERROR);
    assert_int_equal(drain_route(other, route), 3); /* with that of adding */
    assert_int_equal(drain_dest(other, destination), 2);
    assert_false(dest_is_live(other, destination));
}

static void each_search_gives_references(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_DEST_HANDLE destination = dest(me, "10.0.0.0/8"), start;
    dest_info got;

    (void)state;
    add_route(me, "10.1.0.0/16", NULL, 1, 1, UCAST);
    start = dest(me, "10.1.0.0/16");
    ASSERT_STATUS(exact(me, "10.0.0.0/8", UCAST, &got), NO_ERROR);
    ASSERT_STATUS(most_specific(me, "10.2.0.0/16", UCAST, &got), NO_ERROR);
    ASSERT_STATUS(less_specific(me, start, UCAST, &got), NO_ERROR);
    assert_int_equal(drain_dest(me, start), 1); /* the start is not referenced */
    assert_int_equal(drain_dest(me, destination), 4);
    assert_int_equal(drain_route(me, route), 4);
    assert_true(dest_is_live(me, destination)); /* it has a route */
}

static void releases_are_all_or_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, BOTH);
    RTM_DEST_HANDLE destination = dest(me, "10.0.0.0/8");
    HANDLE bad = (HANDLE)(ULONG_PTR)0xdead0;
    dest_info got, broken;

    (void)state;
    get_dest(me, destination, RTM_BEST_PROTOCOL, BOTH, &got);
    release_route(me, route); /* so that it is held twice, by the structure */
    for (UINT i = 0; i < 6; i++) {
        broken = got;
        if (i == 0)
            broken.info.DestHandle = bad;
        else if (i == 1)
            view_at(&broken, 0)->Route = bad;
        else if (i == 2)
            view_at(&broken, 1)->Owner = bad;
        else if (i == 3)
            view_at(&broken, 1)->HoldRoute = bad;
        else if (i == 4)
            view_at(&broken, 1)->Route = destination; /* of another kind */
        else
            view_at(&broken, 1)->HoldRoute = route; /* once more than it was handed out */
        ASSERT_STATUS(RtmReleaseDestInfo(me, &broken.info), ERROR_INVALID_HANDLE);
    }
    broken = got;
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
    assert_memory_equal(&got, &broken, sizeof(got)); /* a release leaves the memory alone */
    assert_int_equal(drain_route(me, route), 0);
    assert_int_equal(drain_dest(me, destination), 1);
}

static void too_much_is_not_released(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_DEST_HANDLE destination;
    dest_info got;

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    destination = dest(me, "10.0.0.0/8");
    get_dest(me, destination, RTM_BEST_PROTOCOL, ANY, &got);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR); /* that of dest */
    for (UINT i = 0; i < 3; i++)
        ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), ERROR_INVALID_HANDLE);
    assert_true(dest_is_live(me, destination));
}

static void lone_destination_can_be_released(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_DEST_HANDLE destination = dest(me, "10.0.0.0/8");

    (void)state;
    ASSERT_STATUS(RtmReferenceHandles(me, 1, &destination), NO_ERROR);
    release_dest(other, destination); /* through another registration */
    delete_route(me, route);
    assert_true(dest_is_live(me, destination));
    release_dest(me, destination);
    assert_false(dest_is_live(me, destination));
}

/* ---- memory ---- */

static void buffers_may_end_with_the_last_view(void** state)
{
    static const RTM_VIEW_SET sets[] = {ANY, UCAST, MCAST, BOTH, RTM_VIEW_MASK_ALL};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NET_ADDRESS* address = allocate_exact(sizeof(*address));
    RTM_DEST_HANDLE destination;

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, BOTH);
    add_route(me, "10.0.0.0/9", NULL, 1, 1, BOTH);
    destination = dest(me, "10.0.0.0/9");
    *address = net("10.0.0.0/8");
    for (UINT i = 0; i < COUNT_OF(sets); i++) {
        RTM_DEST_INFO* info = allocate_exact(RTM_SIZE_OF_DEST_INFO(views_in(sets[i])));

        ASSERT_STATUS(RtmGetDestInfo(me, destination, RTM_BEST_PROTOCOL, sets[i], info), NO_ERROR);
        ASSERT_STATUS(RtmReleaseDestInfo(me, info), NO_ERROR);
        ASSERT_STATUS(RtmGetExactMatchDestination(me, address, RTM_BEST_PROTOCOL, sets[i], info),
                      NO_ERROR);
        ASSERT_STATUS(RtmReleaseDestInfo(me, info), NO_ERROR);
        ASSERT_STATUS(RtmGetMostSpecificDestination(me, address, RTM_BEST_PROTOCOL, sets[i], info),
                      NO_ERROR);
        ASSERT_STATUS(RtmReleaseDestInfo(me, info), NO_ERROR);
        ASSERT_STATUS(
            RtmGetLessSpecificDestination(me, destination, RTM_BEST_PROTOCOL, sets[i], info),
            NO_ERROR);
        ASSERT_STATUS(RtmReleaseDestInfo(me, info), NO_ERROR);
        free_exact(info);
    }
    free_exact(address);
}

/* Entries of arrays lie as far apart as the profile's number of views takes. */
static void arrays_have_room_for_all_views(void** state)
{
    static const RTM_VIEW_SET sets[] = {ANY, UCAST, MCAST, BOTH};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, BOTH);
    add_route(me, "10.0.0.0/9", NULL, 1, 1, BOTH);
    add_route(me, "20.0.0.0/8", NULL, 1, 1, BOTH);
    for (UINT i = 0; i < COUNT_OF(sets); i++) {
        static const char* const prefixes[] = {"10.0.0.0/8", "10.0.0.0/9", "20.0.0.0/8"};
        UCHAR* array = allocate_exact(3 * RTM_SIZE_OF_DEST_INFO(2));
        RTM_ENUM_HANDLE enumeration = NULL;
        UINT count = 3;

        ASSERT_STATUS(
            RtmCreateDestEnum(me, sets[i], RTM_ENUM_START, NULL, RTM_BEST_PROTOCOL, &enumeration),
            NO_ERROR);
        ASSERT_STATUS(RtmGetEnumDests(me, enumeration, &count, (RTM_DEST_INFO*)array), NO_ERROR);
        assert_int_equal(count, 3);
        for (UINT j = 0; j < 3; j++) {
            RTM_DEST_INFO* info = (RTM_DEST_INFO*)(array + j * RTM_SIZE_OF_DEST_INFO(2));

            assert_net(&info->DestAddress, prefixes[j]);
            assert_int_equal(info->NumberOfViews, views_in(sets[i]));
            assert_ptr_equal(info->DestHandle, dest(me, prefixes[j]));
        }
        ASSERT_STATUS(RtmReleaseDests(me, 3, (RTM_DEST_INFO*)array), NO_ERROR);
        ASSERT_STATUS(RtmDeleteEnumHandle(me, enumeration), NO_ERROR);
        free_exact(array);
    }
}

/* What a failed call leaves on a client's stack. */
static void garbage_is_not_released(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_DEST_INFO* info = allocate_exact(RTM_SIZE_OF_DEST_INFO(2));
    DWORD status;

    (void)state;
    ASSERT_STATUS(RtmReleaseDestInfo(me, info), ERROR_INVALID_HANDLE);
    /* Only the number of views is wrong. */
    add_route(me, "10.0.0.0/8", NULL, 1, 1, BOTH);
    memset(info, 0, RTM_SIZE_OF_DEST_INFO(2));
    info->DestHandle = dest(me, "10.0.0.0/8");
    info->NumberOfViews = 0xffffffff;
    status = RtmReleaseDestInfo(me, info);
    assert_true(status == ERROR_INVALID_HANDLE || status == ERROR_INVALID_PARAMETER);
    assert_int_equal(drain_dest(me, info->DestHandle), 1);
    free_exact(info);
}

/* ---- life ---- */

static void destination_goes_with_its_last_route(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_HANDLE first = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_ROUTE_HANDLE second = add_route(other, "10.0.0.0/8", NULL, 1, 1, UCAST);
    RTM_DEST_HANDLE destination = dest(me, "10.0.0.0/8");

    (void)state;
    release_dest(me, destination);
    delete_route(me, first);
    assert_exact(me, "10.0.0.0/8", ANY, TRUE);
    assert_true(dest_is_live(me, destination));
    delete_route(other, second);
    assert_exact(me, "10.0.0.0/8", ANY, FALSE);
    assert_false(dest_is_live(me, destination));
}

static void reference_keeps_a_destination(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, BOTH);
    RTM_DEST_HANDLE destination = dest(me, "10.0.0.0/8");
    dest_info got;

    (void)state;
    delete_route(me, route);
    get_dest(me, destination, RTM_BEST_PROTOCOL, BOTH, &got);
    assert_net(&got.info.DestAddress, "10.0.0.0/8");
    assert_int_equal(got.info.BelongsToViews, 0);
    assert_view(view_at(&got, 0), RTM_VIEW_ID_UCAST, 0, NULL, NULL, 0);
    assert_view(view_at(&got, 1), RTM_VIEW_ID_MCAST, 0, NULL, NULL, 0);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
    /* It is in no view, but there. */
    assert_exact(me, "10.0.0.0/8", BOTH, FALSE);
    assert_exact(me, "10.0.0.0/8", ANY, TRUE);
    assert_most_specific(me, "10.1.0.0/16", BOTH, NULL);
    assert_most_specific(me, "10.1.0.0/16", ANY, "10.0.0.0/8");
    /* Found again under the same handle, and the same when it has a route again. */
    assert_ptr_equal(dest(me, "10.0.0.0/8"), destination);
    route = add_route(me, "10.0.0.0/8", NULL, 1, 1, BOTH);
    assert_ptr_equal(dest(me, "10.0.0.0/8"), destination);
    get_dest(me, destination, RTM_BEST_PROTOCOL, UCAST, &got);
    assert_ptr_equal(view_at(&got, 0)->Route, route);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
    delete_route(me, route);
    assert_int_equal(drain_dest(me, destination), 3);
    assert_exact(me, "10.0.0.0/8", ANY, FALSE);
}

static void deleted_route_keeps_its_destination(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, BOTH);
    RTM_DEST_HANDLE destination = dest(me, "10.0.0.0/8");

    (void)state;
    release_dest(me, destination);
    add_route(me, "10.0.0.0/8", NULL, 1, 1, BOTH); /* a second reference */
    delete_route(me, route);
    assert_exact(me, "10.0.0.0/8", ANY, TRUE);
    assert_exact(me, "10.0.0.0/8", UCAST, FALSE);
    release_route(me, route);
    assert_exact(me, "10.0.0.0/8", ANY, FALSE);
}

static void stale_handle_is_not_that_of_a_successor(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_DEST_HANDLE old = NULL;

    (void)state;
    for (UINT i = 0; i < 200; i++) {
        RTM_ROUTE_HANDLE route = add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
        RTM_DEST_HANDLE destination = dest(me, "10.0.0.0/8");

        assert_ptr_not_equal(destination, old);
        if (old)
            assert_false(dest_is_live(me, old));
        release_dest(me, destination);
        delete_route(me, route);
        old = destination;
    }
}

/* ---- exact matches ---- */

static void exact_match_is_of_address_and_length(void** state)
{
    static const char* const others[] = {"10.0.0.0/7",   "10.0.0.0/9", "10.0.0.0/32",
                                         "11.0.0.0/8",   "2.0.0.0/8",  "138.0.0.0/8",
                                         "10.128.0.0/9", "0.0.0.0/0",  "10.0.0.1"};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    assert_exact(me, "10.0.0.0/8", ANY, FALSE);
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    for (UINT i = 0; i < 30; i++) /* other garbage after the prefix each time */
        assert_exact(me, "10.0.0.0/8", UCAST, TRUE);
    for (UINT i = 0; i < COUNT_OF(others); i++)
        assert_exact(me, others[i], ANY, FALSE);
}

static void exact_match_is_in_a_view_asked_for(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    add_route(me, "20.0.0.0/8", NULL, 1, 1, MCAST);
    assert_exact(me, "10.0.0.0/8", UCAST, TRUE);
    assert_exact(me, "10.0.0.0/8", MCAST, FALSE);
    assert_exact(me, "10.0.0.0/8", BOTH, TRUE);
    assert_exact(me, "10.0.0.0/8", ANY, TRUE);
    assert_exact(me, "20.0.0.0/8", UCAST, FALSE);
    assert_exact(me, "20.0.0.0/8", MCAST, TRUE);
}

/* A host address of IPv4 or IPv6 that covers all bytes. */
static const char* host_of(BOOL ipv6)
{
    return ipv6 ? "a5c3:5aa5:3c96:69f0:1234:5678:9abc:def1" : "165.195.90.165";
}

static void prefix_text(char* text, size_t size, BOOL ipv6, UINT length)
{
    snprintf(text, size, "%s/%u", host_of(ipv6), length);
}

static void every_prefix_length(void** state)
{
    (void)state;
    for (UINT ipv6 = 0; ipv6 < 2; ipv6++) {
        RTM_ENTITY_INFO place = make_info(0, ipv6 ? AF_INET6 : AF_INET, 1, 1);
        RTM_ENTITY_HANDLE me = join_as(&place, NULL, NULL);
        UINT most = ipv6 ? 128 : 32;
        RTM_ROUTE_HANDLE routes[129];
        char text[64], shorter[64];

        /* Nested prefixes of one address, each found by itself and as the longest so far. */
        for (UINT length = 0; length <= most; length++) {
            prefix_text(text, sizeof(text), ipv6, length);
            assert_exact(me, text, ANY, FALSE);
            routes[length] = add_route(me, text, NULL, 1, 1, UCAST);
            assert_exact(me, text, UCAST, TRUE);
            assert_most_specific(me, host_of(ipv6), UCAST, text);
        }
        for (UINT length = 0; length <= most; length++) {
            RTM_DEST_HANDLE destination;

            prefix_text(text, sizeof(text), ipv6, length);
            assert_most_specific(me, text, UCAST, text);
            destination = dest(me, text);
            if (length)
                prefix_text(shorter, sizeof(shorter), ipv6, length - 1);
            assert_less_specific(me, destination, UCAST, length ? shorter : NULL);
            release_dest(me, destination);
        }
        /* And without every other one. */
        for (UINT length = 1; length <= most; length += 2)
            delete_route(me, routes[length]);
        for (UINT length = 0; length <= most; length++) {
            prefix_text(text, sizeof(text), ipv6, length);
            prefix_text(shorter, sizeof(shorter), ipv6, length & ~1u);
            assert_exact(me, text, UCAST, !(length & 1));
            assert_most_specific(me, text, UCAST, shorter);
        }
        leave(me);
    }
}

/* Prefixes that differ in their last bit only. */
static void every_last_bit(void** state)
{
    (void)state;
    for (UINT ipv6 = 0; ipv6 < 2; ipv6++) {
        RTM_ENTITY_INFO place = make_info(0, ipv6 ? AF_INET6 : AF_INET, 1, 1);
        RTM_ENTITY_HANDLE me = join_as(&place, NULL, NULL);
        route_info info = make_route(NULL, 1, 1, UCAST);
        RTM_ROUTE_CHANGE_FLAGS flags = 0;
        UINT most = ipv6 ? 128 : 32;

        for (UINT length = 1; length <= most; length++) {
            RTM_NET_ADDRESS address = net(host_of(ipv6)), other;
            dest_info got;

            address.NumBits = (USHORT)length;
            other = address;
            other.AddrBits[(length - 1) / 8] ^= (UCHAR)(0x80 >> ((length - 1) % 8));
            ASSERT_STATUS(
                RtmAddRouteToDest(me, NULL, &address, &info.info, INFINITE, NULL, 0, NULL, &flags),
                NO_ERROR);
            flags = 0;
            ASSERT_STATUS(
                RtmGetExactMatchDestination(me, &other, RTM_BEST_PROTOCOL, UCAST, &got.info),
                ERROR_NOT_FOUND);
            ASSERT_STATUS(
                RtmGetExactMatchDestination(me, &address, RTM_BEST_PROTOCOL, UCAST, &got.info),
                NO_ERROR);
            ASSERT_STATUS(RtmReleaseDestInfo(me, &got.info), NO_ERROR);
        }
        leave(me);
    }
}

/* ---- longest matches ---- */

static void longest_cover_is_found(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    assert_most_specific(me, "10.1.2.3", UCAST, NULL);
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    add_route(me, "10.1.0.0/16", NULL, 9, 9, UCAST); /* rank does not matter */
    add_route(me, "10.1.2.0/24", NULL, 5, 5, UCAST);
    assert_most_specific(me, "10.1.2.3", UCAST, "10.1.2.0/24");
    assert_most_specific(me, "10.1.2.0/24", UCAST, "10.1.2.0/24"); /* itself */
    assert_most_specific(me, "10.1.3.3", UCAST, "10.1.0.0/16");
    assert_most_specific(me, "10.2.2.3", UCAST, "10.0.0.0/8");
    assert_most_specific(me, "11.1.2.3", UCAST, NULL);
    add_route(me, "0.0.0.0/0", NULL, 1, 1, UCAST);
    assert_most_specific(me, "11.1.2.3", UCAST, "0.0.0.0/0");
    assert_most_specific(me, "10.1.2.3", UCAST, "10.1.2.0/24");
    assert_most_specific(me, "0.0.0.0/0", UCAST, "0.0.0.0/0");
}

static void longer_prefixes_are_no_match(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    add_route(me, "10.1.0.0/16", NULL, 1, 1, UCAST);
    assert_most_specific(me, "10.0.0.0/8", UCAST, NULL);
    assert_most_specific(me, "10.1.0.0/15", UCAST, NULL);
    add_route(me, "10.0.0.0/7", NULL, 1, 1, UCAST);
    assert_most_specific(me, "10.0.0.0/8", UCAST, "10.0.0.0/7");
    assert_most_specific(me, "10.1.128.0/17", UCAST, "10.1.0.0/16");
}

/* Reading: what is not in the views does not hide what is. */
static void other_views_are_passed_over(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE gone;
    RTM_DEST_HANDLE held;

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    add_route(me, "10.1.0.0/16", NULL, 1, 1, MCAST);
    gone = add_route(me, "10.1.2.0/24", NULL, 1, 1, BOTH);
    held = dest(me, "10.1.2.0/24");
    delete_route(me, gone);
    assert_most_specific(me, "10.1.2.3", UCAST, "10.0.0.0/8");
    assert_most_specific(me, "10.1.2.3", MCAST, "10.1.0.0/16");
    assert_most_specific(me, "10.1.2.3", BOTH, "10.1.0.0/16");
    assert_most_specific(me, "10.1.2.3", ANY, "10.1.2.0/24");
    assert_most_specific(me, "10.2.2.3", MCAST, NULL);
    assert_less_specific(me, held, UCAST, "10.0.0.0/8");
    assert_less_specific(me, held, BOTH, "10.1.0.0/16");
    assert_less_specific(me, held, ANY, "10.1.0.0/16");
}

/* ---- shorter matches ---- */

/* The documentation's sample: two buffers that alternate. */
static void sample_walks_up(void** state)
{
    static const char* const prefixes[] = {"10.1.2.128/25", "10.1.2.0/24", "10.0.0.0/8",
                                           "0.0.0.0/0"};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    dest_info infos[2];
    DWORD status;
    UINT at = 0;

    (void)state;
    for (UINT i = 0; i < COUNT_OF(prefixes); i++)
        add_route(me, prefixes[i], NULL, 1, 1, UCAST);
    add_route(me, "10.1.3.0/24", NULL, 1, 1, UCAST); /* beside the way */
    add_route(me, "10.1.2.192/26", NULL, 1, 1, UCAST);
    status = most_specific(me, "10.1.2.130", UCAST, &infos[0]);
    while (status == NO_ERROR) {
        dest_info* info = &infos[at % 2];

        assert_true(at < COUNT_OF(prefixes));
        assert_net(&info->info.DestAddress, prefixes[at]);
        assert_int_equal(view_at(info, 0)->ViewId, RTM_VIEW_ID_UCAST);
        status = less_specific(me, info->info.DestHandle, UCAST, &infos[(at + 1) % 2]);
        ASSERT_STATUS(RtmReleaseDestInfo(me, &info->info), NO_ERROR);
        at++;
    }
    ASSERT_STATUS(status, ERROR_NOT_FOUND);
    ASSERT_PAINTED(infos[at % 2]);
    assert_int_equal(at, COUNT_OF(prefixes));
}

static void walk_starts_where_routes_are_gone(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route = add_route(me, "10.1.0.0/16", NULL, 1, 1, UCAST);
    RTM_DEST_HANDLE start = dest(me, "10.1.0.0/16");

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    delete_route(me, route);
    assert_less_specific(me, start, UCAST, "10.0.0.0/8");
    release_dest(me, start);
}

static void nothing_is_less_specific_than_everything(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);

    (void)state;
    add_route(me, "0.0.0.0/0", NULL, 1, 1, BOTH);
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    assert_less_specific(me, dest(me, "0.0.0.0/0"), UCAST, NULL);
    assert_less_specific(me, dest(me, "0.0.0.0/0"), ANY, NULL);
    assert_less_specific(me, dest(me, "10.0.0.0/8"), UCAST, "0.0.0.0/0");
    assert_less_specific(me, dest(me, "10.0.0.0/8"), MCAST, "0.0.0.0/0");
}

/* ---- arguments ---- */

static void null_arguments_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NET_ADDRESS address = net("10.0.0.0/8");
    RTM_DEST_HANDLE destination;
    dest_info got;

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    destination = dest(me, "10.0.0.0/8");
    PAINT(got);
    ASSERT_STATUS(RtmGetDestInfo(me, destination, RTM_BEST_PROTOCOL, UCAST, NULL),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmReleaseDestInfo(me, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetExactMatchDestination(me, NULL, RTM_BEST_PROTOCOL, UCAST, &got.info),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetExactMatchDestination(me, &address, RTM_BEST_PROTOCOL, UCAST, NULL),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetMostSpecificDestination(me, NULL, RTM_BEST_PROTOCOL, UCAST, &got.info),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetMostSpecificDestination(me, &address, RTM_BEST_PROTOCOL, UCAST, NULL),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetLessSpecificDestination(me, destination, RTM_BEST_PROTOCOL, UCAST, NULL),
                  ERROR_INVALID_PARAMETER);
    ASSERT_PAINTED(got);
    assert_int_equal(drain_dest(me, destination), 1);
}

static void addresses_are_checked(void** state)
{
    static const USHORT families[] = {0, 1, 10, AF_INET6, 0x0200, 0xffff};
    static const USHORT lengths[] = {33, 34, 64, 128, 129, 0x2000, 0x8000, 0xffff};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_NET_ADDRESS address;
    dest_info got;

    (void)state;
    add_route(me, "0.0.0.0/0", NULL, 1, 1, UCAST);
    PAINT(got);
    for (UINT i = 0; i < COUNT_OF(families) + COUNT_OF(lengths); i++) {
        address = net("10.0.0.0/8");
        if (i < COUNT_OF(families))
            address.AddressFamily = families[i];
        else
            address.NumBits = lengths[i - COUNT_OF(families)];
        ASSERT_STATUS(RtmGetExactMatchDestination(me, &address, RTM_BEST_PROTOCOL, ANY, &got.info),
                      ERROR_INVALID_PARAMETER);
        ASSERT_STATUS(
            RtmGetMostSpecificDestination(me, &address, RTM_BEST_PROTOCOL, ANY, &got.info),
            ERROR_INVALID_PARAMETER);
    }
    ASSERT_PAINTED(got);
}

static void wrong_handles_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    wrong_handles wrong = make_wrong_handles(me, DEST_HANDLE);
    dest_info got, lone;

    (void)state;
    for (UINT i = 0; i <= wrong.count; i++) {
        HANDLE bad = i < wrong.count ? wrong.handles[i] : NULL;
        DWORD status;

        PAINT(got);
        ASSERT_STATUS(RtmGetDestInfo(me, bad, RTM_BEST_PROTOCOL, UCAST, &got.info),
                      ERROR_INVALID_HANDLE);
        status = RtmGetLessSpecificDestination(me, bad, RTM_BEST_PROTOCOL, UCAST, &got.info);
        assert_true(status == ERROR_INVALID_HANDLE || status == ERROR_INVALID_PARAMETER);
        ASSERT_PAINTED(got);
        PAINT(lone);
        lone.info.DestHandle = bad;
        lone.info.NumberOfViews = 0;
        if (bad)
            ASSERT_STATUS(RtmReleaseDestInfo(me, &lone.info), ERROR_INVALID_HANDLE);
    }
}

static void wrong_registrations_are_refused(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), gone = join(2, 2, NULL);
    RTM_NET_ADDRESS address = net("10.0.0.0/8");
    RTM_DEST_HANDLE destination;
    HANDLE wrong[4];
    dest_info got, held;

    (void)state;
    leave(gone);
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    destination = dest(me, "10.0.0.0/8");
    get_dest(me, destination, RTM_BEST_PROTOCOL, UCAST, &held);
    wrong[0] = NULL;
    wrong[1] = INVALID_HANDLE_VALUE;
    wrong[2] = destination;
    wrong[3] = gone;
    PAINT(got);
    for (UINT i = 0; i < COUNT_OF(wrong); i++) {
        ASSERT_STATUS(RtmGetDestInfo(wrong[i], destination, RTM_BEST_PROTOCOL, UCAST, &got.info),
                      ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmReleaseDestInfo(wrong[i], &held.info), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(
            RtmGetExactMatchDestination(wrong[i], &address, RTM_BEST_PROTOCOL, UCAST, &got.info),
            ERROR_INVALID_HANDLE);
        ASSERT_STATUS(
            RtmGetMostSpecificDestination(wrong[i], &address, RTM_BEST_PROTOCOL, UCAST, &got.info),
            ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmGetLessSpecificDestination(wrong[i], destination, RTM_BEST_PROTOCOL, UCAST,
                                                    &got.info),
                      ERROR_INVALID_HANDLE);
    }
    ASSERT_PAINTED(got);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &held.info), NO_ERROR);
}

/* ---- tables ---- */

static void tables_are_separate(void** state)
{
    RTM_ENTITY_INFO place = make_info(1, AF_INET, 1, 1);
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), elsewhere = join_as(&place, NULL, NULL);

    (void)state;
    add_route(me, "10.0.0.0/8", NULL, 1, 1, UCAST);
    assert_exact(elsewhere, "10.0.0.0/8", ANY, FALSE);
    assert_most_specific(elsewhere, "10.1.0.0/16", ANY, NULL);
    add_route(elsewhere, "10.0.0.0/8", NULL, 1, 1, UCAST);
    assert_ptr_not_equal(dest(elsewhere, "10.0.0.0/8"), dest(me, "10.0.0.0/8"));
    leave(me);
    assert_exact(elsewhere, "10.0.0.0/8", UCAST, TRUE);
}

static void ipv6_destinations(void** state)
{
    RTM_ENTITY_INFO place = make_info(0, AF_INET6, 1, 1);
    RTM_ENTITY_HANDLE me = join_as(&place, NULL, NULL);

    (void)state;
    add_route(me, "2001:db8::/32", NULL, 1, 1, UCAST);
    add_route(me, "2001:db8:1::/48", NULL, 1, 1, UCAST);
    add_route(me, "2001:db8:1::5", NULL, 1, 1, UCAST);
    assert_most_specific(me, "2001:db8:1::5", UCAST, "2001:db8:1::5");
    assert_most_specific(me, "2001:db8:1::6", UCAST, "2001:db8:1::/48");
    assert_most_specific(me, "2001:db8:2::6", UCAST, "2001:db8::/32");
    assert_most_specific(me, "2001:db9::", UCAST, NULL);
    add_route(me, "::/0", NULL, 1, 1, UCAST);
    assert_most_specific(me, "2001:db9::", UCAST, "::/0");
    assert_less_specific(me, dest(me, "2001:db8:1::5"), UCAST, "2001:db8:1::/48");
    assert_less_specific(me, dest(me, "2001:db8::/32"), UCAST, "::/0");
}

/* ---- against a model ---- */

#define MODEL_SIZE 300

struct model_dest {
    RTM_NET_ADDRESS address; /* zero beyond the prefix */
    RTM_ROUTE_HANDLE route;
    RTM_VIEW_SET views; /* 0: not there */
};
static struct model_dest model[MODEL_SIZE];

static BOOL covers(const RTM_NET_ADDRESS* prefix, const RTM_NET_ADDRESS* address)
{
    if (prefix->NumBits > address->NumBits)
        return FALSE;
    for (UINT bit = 0; bit < prefix->NumBits; bit++) {
        UCHAR mask = (UCHAR)(0x80 >> (bit % 8));

        if ((prefix->AddrBits[bit / 8] ^ address->AddrBits[bit / 8]) & mask)
            return FALSE;
    }
    return TRUE;
}

/* The longest prefix in `views` that covers `address` and is of `most` bits or fewer. */
static const struct model_dest* model_match(const RTM_NET_ADDRESS* address, RTM_VIEW_SET views,
                                            int most)
{
    const struct model_dest* best = NULL;

    for (UINT i = 0; i < MODEL_SIZE; i++) {
        if (!(model[i].views & views) || (int)model[i].address.NumBits > most ||
            !covers(&model[i].address, address))
            continue;
        if (!best || model[i].address.NumBits > best->address.NumBits)
            best = &model[i];
    }
    return best;
}

static void assert_answer(RTM_ENTITY_HANDLE me, DWORD status, dest_info* got,
                          const struct model_dest* expected)
{
    if (!expected) {
        ASSERT_STATUS(status, ERROR_NOT_FOUND);
        return;
    }
    ASSERT_STATUS(status, NO_ERROR);
    assert_memory_equal(&got->info.DestAddress, &expected->address, sizeof(expected->address));
    assert_int_equal(got->info.BelongsToViews, expected->views);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &got->info), NO_ERROR);
}

/* An address near those of the others: few bits that matter, at both ends. */
static RTM_NET_ADDRESS random_address(random_numbers* numbers, USHORT family)
{
    UINT bytes = family == AF_INET6 ? 16 : 4;
    RTM_NET_ADDRESS made;

    memset(&made, 0, sizeof(made));
    made.AddressFamily = family;
    made.NumBits = (USHORT)(next_random(numbers) % (8 * bytes + 1));
    for (UINT i = 0; i < bytes; i++)
        made.AddrBits[i] = (UCHAR)(next_random(numbers) & next_random(numbers) & 0x81);
    return made;
}

static void clear_after_prefix(RTM_NET_ADDRESS* address)
{
    for (UINT bit = address->NumBits; bit < 128; bit++)
        address->AddrBits[bit / 8] &= (UCHAR) ~(0x80 >> (bit % 8));
}

static void random_prefixes(USHORT family)
{
    RTM_ENTITY_INFO place = make_info(0, family, 1, 1);
    RTM_ENTITY_HANDLE me = join_as(&place, NULL, NULL);
    random_numbers numbers = {20260303u + family};

    memset(model, 0, sizeof(model));
    for (UINT step = 0; step < 6000; step++) {
        struct model_dest* chosen = &model[next_random(&numbers) % MODEL_SIZE];
        RTM_NET_ADDRESS address = random_address(&numbers, family);
        RTM_VIEW_SET views = 1 + next_random(&numbers) % 3;
        const struct model_dest* expected;
        dest_info got, next;
        DWORD status;

        if (step % 3 == 0 && chosen->views) {
            delete_route(me, chosen->route);
            chosen->views = 0;
        } else if (step % 3 == 0) {
            route_info info = make_route(NULL, 1, 1, views);
            RTM_ROUTE_CHANGE_FLAGS flags = 0;
            RTM_NET_ADDRESS clean = address;

            clear_after_prefix(&clean);
            for (UINT i = 0; i < MODEL_SIZE; i++) { /* no prefix twice */
                if (model[i].views && !memcmp(&model[i].address, &clean, sizeof(clean)))
                    chosen = NULL;
            }
            if (!chosen)
                continue;
            chosen->address = clean;
            chosen->route = NULL;
            chosen->views = views;
            ASSERT_STATUS(RtmAddRouteToDest(me, &chosen->route, &address, &info.info, INFINITE,
                                            NULL, 0, NULL, &flags),
                          NO_ERROR);
            assert_int_equal(flags, RTM_ROUTE_CHANGE_NEW | RTM_ROUTE_CHANGE_BEST);
        }
        address = random_address(&numbers, family);
        expected = model_match(&address, views, 128);
        PAINT(got);
        status = RtmGetMostSpecificDestination(me, &address, RTM_BEST_PROTOCOL, views, &got.info);
        if (expected && status == NO_ERROR) {
            const struct model_dest* up =
                model_match(&expected->address, views, (int)expected->address.NumBits - 1);
            DWORD next_status = less_specific(me, got.info.DestHandle, views, &next);

            assert_answer(me, next_status, &next, up);
        }
        assert_answer(me, status, &got, expected);
        status = RtmGetExactMatchDestination(me, &address, RTM_BEST_PROTOCOL, views, &got.info);
        assert_answer(me, status, &got,
                      expected && expected->address.NumBits == address.NumBits ? expected : NULL);
    }
    leave(me);
}

static void random_ipv4_prefixes(void** state)
{
    (void)state;
    random_prefixes(AF_INET);
}

static void random_ipv6_prefixes(void** state)
{
    (void)state;
    random_prefixes(AF_INET6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(information_of_both_views),
        CLIENT_TEST(information_of_one_view),
        CLIENT_TEST(information_of_no_view),
        CLIENT_TEST(other_views_are_ignored),
        CLIENT_TEST(views_follow_the_routes),
        CLIENT_TEST(flags_are_those_of_the_route_told),
        CLIENT_TEST(last_change_is_a_system_time),
        CLIENT_TEST(protocols_choose_the_route),
        CLIENT_TEST(this_protocol_is_the_protocol_id),
        CLIENT_TEST(searches_find_routes_of_any_protocol),
        CLIENT_TEST(information_refers_to_its_handles),
        CLIENT_TEST(each_search_gives_references),
        CLIENT_TEST(releases_are_all_or_nothing),
        CLIENT_TEST(too_much_is_not_released),
        CLIENT_TEST(lone_destination_can_be_released),
        CLIENT_TEST(buffers_may_end_with_the_last_view),
        CLIENT_TEST(arrays_have_room_for_all_views),
        CLIENT_TEST(garbage_is_not_released),
        CLIENT_TEST(destination_goes_with_its_last_route),
        CLIENT_TEST(reference_keeps_a_destination),
        CLIENT_TEST(deleted_route_keeps_its_destination),
        CLIENT_TEST(stale_handle_is_not_that_of_a_successor),
        CLIENT_TEST(exact_match_is_of_address_and_length),
        CLIENT_TEST(exact_match_is_in_a_view_asked_for),
        CLIENT_TEST(every_prefix_length),
        CLIENT_TEST(every_last_bit),
        CLIENT_TEST(longest_cover_is_found),
        CLIENT_TEST(longer_prefixes_are_no_match),
        CLIENT_TEST(other_views_are_passed_over),
        CLIENT_TEST(sample_walks_up),
        CLIENT_TEST(walk_starts_where_routes_are_gone),
        CLIENT_TEST(nothing_is_less_specific_than_everything),
        CLIENT_TEST(null_arguments_are_refused),
        CLIENT_TEST(addresses_are_checked),
        CLIENT_TEST(wrong_handles_are_refused),
        CLIENT_TEST(wrong_registrations_are_refused),
        CLIENT_TEST(tables_are_separate),
        CLIENT_TEST(ipv6_destinations),
        CLIENT_TEST(random_ipv4_prefixes),
        CLIENT_TEST(random_ipv6_prefixes),
    };

    return CLIENT_MAIN(tests);
}
