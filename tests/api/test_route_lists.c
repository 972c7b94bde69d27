/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * RtmCreateRouteList, RtmInsertInRouteList, RtmCreateRouteListEnum, RtmGetListEnumRoutes and
 * RtmDeleteRouteList, and the list arguments of RtmAddRouteToDest and RtmUpdateAndUnlockRoute.
 */
#include "batches.h"

#define UCAST RTM_VIEW_MASK_UCAST

static RTM_ROUTE_LIST_HANDLE new_list(RTM_ENTITY_HANDLE me)
{
    RTM_ROUTE_LIST_HANDLE made = NULL;

    ASSERT_STATUS(RtmCreateRouteList(me, &made), NO_ERROR);
    assert_non_null(made);
    return made;
}

static RTM_ENUM_HANDLE list_enum(RTM_ENTITY_HANDLE me, RTM_ROUTE_LIST_HANDLE list)
{
    RTM_ENUM_HANDLE made = NULL;

    ASSERT_STATUS(RtmCreateRouteListEnum(me, list, &made), NO_ERROR);
    assert_non_null(made);
    return made;
}

static void delete_enum(RTM_ENTITY_HANDLE me, RTM_ENUM_HANDLE enumeration)
{
    ASSERT_STATUS(RtmDeleteEnumHandle(me, enumeration), NO_ERROR);
}

/* What a list holds, in order, in batches of several sizes. */
static void assert_list(RTM_ENTITY_HANDLE me, RTM_ROUTE_LIST_HANDLE list,
                        RTM_ROUTE_HANDLE* expected, UINT total)
{
    static const UINT capacities[] = {1, 2, 3, MOST_ITEMS};

    for (UINT i = 0; i < COUNT_OF(capacities); i++) {
        RTM_ENUM_HANDLE enumeration = list_enum(me, list);

        assert_enum_handles(me, enumeration, RtmGetListEnumRoutes, capacities[i], expected, total);
        delete_enum(me, enumeration);
    }
}

static void insert(RTM_ENTITY_HANDLE me, RTM_ROUTE_LIST_HANDLE list, RTM_ROUTE_HANDLE* routes,
                   UINT count)
{
    ASSERT_STATUS(RtmInsertInRouteList(me, list, count, routes), NO_ERROR);
}

/* Routes r[0], r[1], ... of `me`, each to a destination of its own. */
static void make_routes(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE* routes, UINT count)
{
    for (UINT i = 0; i < count; i++) {
        char text[32];

        snprintf(text, sizeof(text), "10.%u.%u.0/24", i / 256, i % 256);
        routes[i] = add_route(me, text, NULL, 1, 1, UCAST);
    }
}

static DWORD add_to_list(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE* route, const char* prefix,
                         ULONG metric, RTM_ROUTE_LIST_HANDLE list)
{
    RTM_NET_ADDRESS address = net(prefix);
    route_info info = make_route(NULL, 1, metric, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    return RtmAddRouteToDest(me, route, &address, &info.info, INFINITE, list, 0, NULL, &flags);
}

/* One batch; returns its number of routes. */
static UINT next_routes(RTM_ENTITY_HANDLE me, RTM_ENUM_HANDLE enumeration, UINT capacity,
                        RTM_ROUTE_HANDLE* routes)
{
    UINT count = capacity;

    ASSERT_STATUS(RtmGetListEnumRoutes(me, enumeration, &count, routes), NO_ERROR);
    assert_in_range(count, 0, capacity);
    return count;
}

/* ---- what is in a list ---- */

static void a_new_list_is_empty(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE a = new_list(me), b = new_list(me);

    (void)state;
    assert_ptr_not_equal(a, b);
    assert_list(me, a, NO_ROUTES);
    ASSERT_STATUS(RtmDeleteRouteList(me, a), NO_ERROR);
    assert_list(me, b, NO_ROUTES);
    ASSERT_STATUS(RtmDeleteRouteList(me, b), NO_ERROR);
}

static void routes_come_in_the_order_of_insertion(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me);
    RTM_ROUTE_HANDLE r[5];

    (void)state;
    make_routes(me, r, 5);
    insert(me, list, (RTM_ROUTE_HANDLE[]){r[3], r[0]}, 2);
    insert(me, list, (RTM_ROUTE_HANDLE[]){r[4], r[1]}, 2);
    assert_list(me, list, ROUTES(r[3], r[0], r[4], r[1]));
}

static void adding_a_route_puts_it_into_a_list(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me);
    RTM_ROUTE_HANDLE a = NULL, b = NULL, c;

    (void)state;
    ASSERT_STATUS(add_to_list(me, &b, "20.0.0.0/8", 1, list), NO_ERROR);
    ASSERT_STATUS(add_to_list(me, &a, "10.0.0.0/8", 1, list), NO_ERROR);
    c = add_route(me, "30.0.0.0/8", NULL, 1, 1, UCAST);
    assert_list(me, list, ROUTES(b, a));
    assert_routes(me, NULL, UCAST, 0, NULL, ROUTES(a, b, c));
}

static void inserting_moves_a_route(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE first = new_list(me), second = new_list(me);
    RTM_ROUTE_HANDLE r[4];

    (void)state;
    make_routes(me, r, 4);
    insert(me, first, r, 4);
    insert(me, second, (RTM_ROUTE_HANDLE[]){r[2], r[0]}, 2);
    assert_list(me, first, ROUTES(r[1], r[3]));
    assert_list(me, second, ROUTES(r[2], r[0]));
    insert(me, first, &r[2], 1);
    assert_list(me, first, ROUTES(r[1], r[3], r[2]));
    assert_list(me, second, ROUTES(r[0]));
}

static void no_list_takes_routes_out(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE first = new_list(me), second = new_list(me);
    RTM_ROUTE_HANDLE r[4];

    (void)state;
    make_routes(me, r, 4);
    insert(me, first, r, 2);
    insert(me, second, r + 2, 1);
    insert(me, NULL, (RTM_ROUTE_HANDLE[]){r[0], r[2], r[3]}, 3); /* r[3] is in none */
    assert_list(me, first, ROUTES(r[1]));
    assert_list(me, second, NO_ROUTES);
    assert_false(is_gone(me, r[0]));
}

static void inserting_into_the_same_list_changes_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me);
    RTM_ROUTE_HANDLE r[3], again;

    (void)state;
    make_routes(me, r, 3);
    insert(me, list, (RTM_ROUTE_HANDLE[]){r[0], r[1], r[1], r[2]}, 4);
    assert_list(me, list, ROUTES(r[0], r[1], r[2]));
    insert(me, list, (RTM_ROUTE_HANDLE[]){r[1], r[0]}, 2);
    assert_list(me, list, ROUTES(r[0], r[1], r[2]));
    again = r[0];
    ASSERT_STATUS(add_to_list(me, &again, "10.0.0.0/24", 7, list), NO_ERROR);
    assert_list(me, list, ROUTES(r[0], r[1], r[2]));
}

static void updating_by_add_moves_or_leaves(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE first = new_list(me), second = new_list(me);
    RTM_ROUTE_HANDLE a = NULL, b = NULL;

    (void)state;
    ASSERT_STATUS(add_to_list(me, &a, "10.0.0.0/8", 1, first), NO_ERROR);
    ASSERT_STATUS(add_to_list(me, &b, "20.0.0.0/8", 1, first), NO_ERROR);
    ASSERT_STATUS(add_to_list(me, &a, "10.0.0.0/8", 2, NULL), NO_ERROR); /* by handle */
    ASSERT_STATUS(add_to_list(me, NULL, "20.0.0.0/8", 2, NULL), NO_ERROR);
    assert_list(me, first, ROUTES(a, b));
    ASSERT_STATUS(add_to_list(me, &a, "10.0.0.0/8", 2, second), NO_ERROR);
    assert_list(me, first, ROUTES(b));
    assert_list(me, second, ROUTES(a));
    ASSERT_STATUS(add_to_list(me, NULL, "20.0.0.0/8", 2, second), NO_ERROR);
    assert_list(me, first, NO_ROUTES);
    assert_list(me, second, ROUTES(a, b));
}

static void updating_in_place_moves_or_leaves(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE first = new_list(me), second = new_list(me);
    RTM_ROUTE_HANDLE r[2];
    RTM_ROUTE_CHANGE_FLAGS flags;

    (void)state;
    make_routes(me, r, 2);
    insert(me, first, r, 2);
    ASSERT_STATUS(RtmLockRoute(me, r[0], TRUE, TRUE, NULL), NO_ERROR);
    ASSERT_STATUS(RtmUpdateAndUnlockRoute(me, r[0], INFINITE, NULL, 0, NULL, &flags), NO_ERROR);
    assert_list(me, first, ROUTES(r[0], r[1]));
    ASSERT_STATUS(RtmLockRoute(me, r[0], TRUE, TRUE, NULL), NO_ERROR);
    ASSERT_STATUS(RtmUpdateAndUnlockRoute(me, r[0], INFINITE, second, 0, NULL, &flags), NO_ERROR);
    assert_list(me, first, ROUTES(r[1]));
    assert_list(me, second, ROUTES(r[0]));
}

static void a_bad_list_fails_the_update_in_place(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me), stale = new_list(me);
    RTM_ROUTE_LIST_HANDLE bad[] = {stale, new_list(other), me, (HANDLE)(ULONG_PTR)0xbad0};
    RTM_ROUTE_HANDLE route;
    RTM_ROUTE_CHANGE_FLAGS flags;

    (void)state;
    ASSERT_STATUS(RtmDeleteRouteList(me, stale), NO_ERROR);
    make_routes(me, &route, 1);
    insert(me, list, &route, 1);
    ASSERT_STATUS(RtmLockRoute(me, route, TRUE, TRUE, NULL), NO_ERROR);
    for (UINT i = 0; i < COUNT_OF(bad); i++)
        ASSERT_STATUS(RtmUpdateAndUnlockRoute(me, route, INFINITE, bad[i], 0, NULL, &flags),
                      ERROR_INVALID_HANDLE);
    /* It is still locked. */
    ASSERT_STATUS(RtmLockRoute(me, route, TRUE, FALSE, NULL), NO_ERROR);
    assert_list(me, list, ROUTES(route));
}

static void a_deleted_route_leaves_its_list(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me);
    RTM_ROUTE_HANDLE r[3];

    (void)state;
    make_routes(me, r, 3);
    insert(me, list, r, 3);
    delete_route(me, r[1]);
    assert_list(me, list, ROUTES(r[0], r[2]));
    /* The list is no reason to keep a route. */
    assert_true(is_dead_route(me, r[1]));
    ASSERT_STATUS(RtmReferenceHandles(me, 1, &r[0]), NO_ERROR);
    delete_route(me, r[0]);
    assert_list(me, list, ROUTES(r[2]));
    release_route(me, r[0]);
}

static void an_expired_route_leaves_its_list(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me);
    RTM_ROUTE_HANDLE stays = NULL, goes = NULL;
    RTM_NET_ADDRESS address = net("20.0.0.0/8");
    route_info info = make_route(NULL, 1, 1, UCAST);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    (void)state;
    ASSERT_STATUS(RtmAddRouteToDest(me, &goes, &address, &info.info, 1, list, 0, NULL, &flags),
                  NO_ERROR);
    ASSERT_STATUS(add_to_list(me, &stays, "10.0.0.0/8", 1, list), NO_ERROR);
    AWAIT(is_gone(me, goes));
    assert_list(me, list, ROUTES(stays));
}

static void re_ranking_a_route_leaves_the_list_as_it_is(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me);
    RTM_ROUTE_HANDLE a = add_route(me, "10.0.0.0/8", next_hop(me, "10.0.0.1", 1), 5, 5, UCAST);
    RTM_ROUTE_HANDLE b = add_route(me, "10.0.0.0/8", next_hop(me, "10.0.0.1", 2), 5, 6, UCAST);
    route_info info = make_route(next_hop(me, "10.0.0.1", 2), 5, 1, UCAST);

    (void)state;
    insert(me, list, (RTM_ROUTE_HANDLE[]){a, b}, 2);
    update_route(me, b, "10.0.0.0/8", &info.info, INFINITE);
    assert_routes(me, NULL, UCAST, 0, NULL, ROUTES(b, a));
    assert_list(me, list, ROUTES(a, b));
}

static void inserting_no_routes_is_fine(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me);
    RTM_ROUTE_HANDLE route;

    (void)state;
    make_routes(me, &route, 1);
    insert(me, list, &route, 1);
    insert(me, list, NULL, 0);
    insert(me, list, &route, 0);
    insert(me, NULL, &route, 0);
    insert(me, NULL, NULL, 0);
    assert_list(me, list, ROUTES(route));
}

/* ---- enumerating ---- */

static void a_full_batch_comes_while_enough_remain(void** state)
{
    enum { TOTAL = 3 * MOST_ITEMS };
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me);
    static RTM_ROUTE_HANDLE r[TOTAL];

    (void)state;
    limits();
    make_routes(me, r, TOTAL);
    insert(me, list, r, TOTAL);
    assert_list(me, list, r, TOTAL);
}

static void the_end_is_told_again_and_again(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me);
    RTM_ENUM_HANDLE enumeration = list_enum(me, list);
    RTM_ROUTE_HANDLE route, got[2];

    (void)state;
    make_routes(me, &route, 1);
    insert(me, list, &route, 1);
    assert_int_equal(next_routes(me, enumeration, 2, got), 1);
    for (UINT i = 0; i < 3; i++) {
        assert_int_equal(next_routes(me, enumeration, 2, got), 0);
        ASSERT_STATUS(RtmReleaseRoutes(me, 0, got), NO_ERROR);
    }
    delete_enum(me, enumeration);
}

static void capacity_must_be_one_to_the_limit(void** state)
{
    static const UINT bad[] = {0, MOST_ITEMS + 1, 0x7fffffff, 0xffffffff};
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me);
    RTM_ENUM_HANDLE enumeration = list_enum(me, list);
    RTM_ROUTE_HANDLE route;
    route_batch batch;

    (void)state;
    limits();
    make_routes(me, &route, 1);
    insert(me, list, &route, 1);
    PAINT(batch);
    for (UINT i = 0; i < COUNT_OF(bad); i++) {
        UINT count = bad[i];

        ASSERT_STATUS(RtmGetListEnumRoutes(me, enumeration, &count, batch.routes),
                      ERROR_INVALID_PARAMETER);
        assert_int_equal(count, 0);
    }
    ASSERT_PAINTED(batch);
    assert_enum_handles(me, enumeration, RtmGetListEnumRoutes, MOST_ITEMS, ROUTES(route));
}

static void handles_carry_references(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me);
    RTM_ENUM_HANDLE enumeration;
    RTM_ROUTE_HANDLE route, got[1];

    (void)state;
    make_routes(me, &route, 1);
    insert(me, list, &route, 1); /* consumes and takes none */
    enumeration = list_enum(me, list);
    assert_int_equal(next_routes(me, enumeration, 1, got), 1);
    delete_enum(me, enumeration);
    assert_int_equal(drain_route(me, route), 2);
    assert_list(me, list, ROUTES(route));
}

/* The documentation's sample: each batch goes to another list in the middle of the enumeration. */
static void batches_may_be_moved_away(void** state)
{
    enum { TOTAL = 10 };

    (void)state;
    for (UINT capacity = 1; capacity <= TOTAL + 1; capacity++) {
        RTM_ENTITY_HANDLE me = join(1, 1, NULL);
        RTM_ROUTE_LIST_HANDLE first = new_list(me), second = new_list(me);
        RTM_ENUM_HANDLE enumeration;
        RTM_ROUTE_HANDLE r[TOTAL], got[TOTAL + 1];
        UINT count;

        make_routes(me, r, TOTAL);
        insert(me, first, r, TOTAL);
        enumeration = list_enum(me, first);
        do {
            count = next_routes(me, enumeration, capacity, got);
            insert(me, second, got, count);
            ASSERT_STATUS(RtmReleaseRoutes(me, count, got), NO_ERROR);
        } while (count == capacity);
        delete_enum(me, enumeration);
        assert_list(me, first, NO_ROUTES);
        assert_list(me, second, r, TOTAL);
        ASSERT_STATUS(RtmDeleteRouteList(me, first), NO_ERROR);
        ASSERT_STATUS(RtmDeleteRouteList(me, second), NO_ERROR);
        assert_routes(me, NULL, UCAST, 0, NULL, r, TOTAL);
        leave(me);
    }
}

static void a_list_may_change_between_batches(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me), second = new_list(me);
    RTM_ENUM_HANDLE enumeration;
    RTM_ROUTE_HANDLE r[7], got[2];

    (void)state;
    make_routes(me, r, 7);
    insert(me, list, r, 6);
    enumeration = list_enum(me, list);
    assert_int_equal(next_routes(me, enumeration, 2, got), 2);
    ASSERT_STATUS(RtmReleaseRoutes(me, 2, got), NO_ERROR);
    delete_route(me, r[0]);
    insert(me, NULL, &r[1], 1);   /* the last one seen */
    insert(me, second, &r[2], 1); /* the next */
    delete_route(me, r[4]);
    insert(me, list, &r[6], 1); /* the last */
    assert_enum_handles(me, enumeration, RtmGetListEnumRoutes, 2, ROUTES(r[3], r[5], r[6]));
    delete_enum(me, enumeration);
}

static void an_enumeration_sees_routes_that_come_later(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me);
    RTM_ENUM_HANDLE early = list_enum(me, list);
    RTM_ROUTE_HANDLE r[2];

    (void)state;
    make_routes(me, r, 2);
    insert(me, list, r, 1);
    assert_enum_handles(me, early, RtmGetListEnumRoutes, 5, ROUTES(r[0]));
}

static void two_enumerations_of_a_list(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me);
    RTM_ENUM_HANDLE a, b;
    RTM_ROUTE_HANDLE r[4], got[3];

    (void)state;
    make_routes(me, r, 4);
    insert(me, list, r, 4);
    a = list_enum(me, list);
    b = list_enum(me, list);
    assert_int_equal(next_routes(me, a, 3, got), 3);
    assert_int_equal(next_routes(me, b, 1, got), 1);
    delete_route(me, r[1]); /* before one, behind the other */
    assert_enum_handles(me, b, RtmGetListEnumRoutes, 5, ROUTES(r[2], r[3]));
    delete_enum(me, b);
    assert_enum_handles(me, a, RtmGetListEnumRoutes, 5, ROUTES(r[3]));
    delete_enum(me, a);
}

/* ---- the end of a list ---- */

static void deleting_a_list_leaves_its_routes(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE first = new_list(me), second = new_list(me);
    RTM_ROUTE_HANDLE r[3];

    (void)state;
    make_routes(me, r, 3);
    insert(me, first, r, 3);
    ASSERT_STATUS(RtmDeleteRouteList(me, first), NO_ERROR);
    assert_routes(me, NULL, UCAST, 0, NULL, r, 3);
    insert(me, second, r, 2);
    assert_list(me, second, r, 2);
    insert(me, NULL, &r[2], 1);
}

static void a_deleted_list_is_gone(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me);
    RTM_ENUM_HANDLE made = (HANDLE)(ULONG_PTR)0x1234;
    RTM_ROUTE_HANDLE route, another = NULL;

    (void)state;
    make_routes(me, &route, 1);
    ASSERT_STATUS(RtmDeleteRouteList(me, list), NO_ERROR);
    ASSERT_STATUS(RtmDeleteRouteList(me, list), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmInsertInRouteList(me, list, 1, &route), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmInsertInRouteList(me, list, 0, &route), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmCreateRouteListEnum(me, list, &made), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(add_to_list(me, &another, "20.0.0.0/8", 1, list), ERROR_INVALID_HANDLE);
    assert_null(another);
    assert_ptr_equal(made, (HANDLE)(ULONG_PTR)0x1234);
    assert_false(is_there(me, "20.0.0.0/8", RTM_VIEW_MASK_ANY));
}

static void an_open_enumeration_of_a_deleted_list_ends(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me), second = new_list(me);
    RTM_ENUM_HANDLE unused, half;
    RTM_ROUTE_HANDLE r[3], got[2];

    (void)state;
    make_routes(me, r, 3);
    insert(me, list, r, 3);
    unused = list_enum(me, list);
    half = list_enum(me, list);
    assert_int_equal(next_routes(me, half, 2, got), 2);
    ASSERT_STATUS(RtmDeleteRouteList(me, list), NO_ERROR);
    insert(me, second, r, 3);
    assert_enum_handles(me, unused, RtmGetListEnumRoutes, 2, NO_ROUTES);
    assert_enum_handles(me, half, RtmGetListEnumRoutes, 2, NO_ROUTES);
    delete_enum(me, unused);
    delete_enum(me, half);
    ASSERT_STATUS(RtmReleaseRoutes(me, 2, got), NO_ERROR);
}

/* ---- bad arguments ---- */

static void bad_routes_move_nothing(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ROUTE_LIST_HANDLE from = new_list(me), to = new_list(me);
    RTM_ROUTE_HANDLE r[2], foreign, deleted;
    wrong_handles wrong = make_wrong_handles(me, ROUTE_HANDLE);

    (void)state;
    make_routes(me, r, 2);
    insert(me, from, r, 2);
    foreign = add_route(other, "30.0.0.0/8", NULL, 1, 1, UCAST);
    deleted = add_route(me, "40.0.0.0/8", NULL, 1, 1, UCAST);
    ASSERT_STATUS(RtmReferenceHandles(me, 1, &deleted), NO_ERROR);
    delete_route(me, deleted);
    for (UINT i = 0; i < wrong.count + 3; i++) {
        RTM_ROUTE_HANDLE bad = i < wrong.count        ? wrong.handles[i]
                               : i == wrong.count     ? foreign
                               : i == wrong.count + 1 ? deleted
                                                      : NULL;
        RTM_ROUTE_HANDLE handles[] = {r[0], bad, r[1]};

        ASSERT_STATUS(RtmInsertInRouteList(me, to, 3, handles), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmInsertInRouteList(me, NULL, 3, handles), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmInsertInRouteList(me, to, 1, &bad), ERROR_INVALID_HANDLE);
    }
    assert_list(me, from, r, 2);
    assert_list(me, to, NO_ROUTES);
}

static void lists_must_be_live_and_the_callers(void** state)
{
    RTM_ENTITY_INFO elsewhere = make_info(1, AF_INET, 1, 1);
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ENTITY_HANDLE far_away = join_as(&elsewhere, NULL, NULL);
    wrong_handles wrong = make_wrong_handles(me, OTHER_HANDLE);
    RTM_ENUM_HANDLE made = (HANDLE)(ULONG_PTR)0x1234, enumeration = NULL;
    RTM_ROUTE_HANDLE route, another = NULL;
    HANDLE bad[WRONG_HANDLES + 3];
    UINT count = wrong.count;

    (void)state;
    make_routes(me, &route, 1);
    memcpy(bad, wrong.handles, count * sizeof(HANDLE));
    bad[count++] = new_list(other);
    bad[count++] = new_list(far_away);
    ASSERT_STATUS(
        RtmCreateDestEnum(me, UCAST, RTM_ENUM_START, NULL, RTM_BEST_PROTOCOL, &enumeration),
        NO_ERROR);
    bad[count++] = enumeration;
    for (UINT i = 0; i < count; i++) {
        ASSERT_STATUS(RtmInsertInRouteList(me, bad[i], 1, &route), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmCreateRouteListEnum(me, bad[i], &made), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmDeleteRouteList(me, bad[i]), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(add_to_list(me, &another, "20.0.0.0/8", 1, bad[i]), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(add_to_list(me, &route, "10.0.0.0/24", 9, bad[i]), ERROR_INVALID_HANDLE);
    }
    ASSERT_STATUS(RtmCreateRouteListEnum(me, NULL, &made), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeleteRouteList(me, NULL), ERROR_INVALID_HANDLE);
    assert_null(another);
    assert_ptr_equal(made, (HANDLE)(ULONG_PTR)0x1234);
    assert_false(is_there(me, "20.0.0.0/8", RTM_VIEW_MASK_ANY));
    assert_list(other, bad[wrong.count], NO_ROUTES);
}

static void an_enumeration_of_a_list_is_of_the_entity_that_made_it(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), other = join(2, 2, NULL);
    RTM_ENUM_HANDLE enumeration = list_enum(me, new_list(me));
    RTM_ROUTE_HANDLE got[1];
    UINT count = 1;

    (void)state;
    ASSERT_STATUS(RtmGetListEnumRoutes(other, enumeration, &count, got), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeleteEnumHandle(other, enumeration), ERROR_INVALID_HANDLE);
    delete_enum(me, enumeration);
    count = 1;
    ASSERT_STATUS(RtmGetListEnumRoutes(me, enumeration, &count, got), ERROR_INVALID_HANDLE);
}

static void enumerations_of_lists_must_be_live(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    wrong_handles wrong = make_wrong_handles(me, OTHER_HANDLE);
    route_batch batch;
    UINT count;

    (void)state;
    PAINT(batch);
    for (UINT i = 0; i < wrong.count; i++) {
        count = 1;
        ASSERT_STATUS(RtmGetListEnumRoutes(me, wrong.handles[i], &count, batch.routes),
                      ERROR_INVALID_HANDLE);
    }
    count = 1;
    ASSERT_STATUS(RtmGetListEnumRoutes(me, NULL, &count, batch.routes), ERROR_INVALID_HANDLE);
    ASSERT_PAINTED(batch);
}

static void registrations_must_be_live(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL), gone = join(2, 2, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me), made = NULL;
    RTM_ENUM_HANDLE enumeration = list_enum(me, list);
    RTM_ENTITY_HANDLE bad[] = {NULL, INVALID_HANDLE_VALUE, (HANDLE)(ULONG_PTR)8, gone, list};
    RTM_ROUTE_HANDLE route;

    (void)state;
    make_routes(me, &route, 1);
    leave(gone);
    for (UINT i = 0; i < COUNT_OF(bad); i++) {
        RTM_ROUTE_HANDLE got;
        UINT count = 1;

        ASSERT_STATUS(RtmCreateRouteList(bad[i], &made), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmInsertInRouteList(bad[i], list, 1, &route), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmCreateRouteListEnum(bad[i], list, &made), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmGetListEnumRoutes(bad[i], enumeration, &count, &got),
                      ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmDeleteRouteList(bad[i], list), ERROR_INVALID_HANDLE);
    }
    assert_null(made);
    assert_list(me, list, NO_ROUTES);
}

static void pointers_must_not_be_null(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me);
    RTM_ENUM_HANDLE enumeration = list_enum(me, list);
    RTM_ROUTE_HANDLE got;
    UINT count = 1;

    (void)state;
    ASSERT_STATUS(RtmCreateRouteList(me, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmInsertInRouteList(me, list, 1, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmInsertInRouteList(me, NULL, 1, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmCreateRouteListEnum(me, list, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetListEnumRoutes(me, enumeration, NULL, &got), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetListEnumRoutes(me, enumeration, &count, NULL), ERROR_INVALID_PARAMETER);
}

/* ---- at random, and many ---- */

#define LISTS 3
#define LISTED 40

/* A model of the lists: arrays in order. */
static struct {
    RTM_ROUTE_HANDLE routes[LISTED];
    UINT count;
} model[LISTS];

static void model_move(RTM_ROUTE_HANDLE route, UINT to)
{
    for (UINT i = 0; i < LISTS; i++) {
        for (UINT j = 0; j < model[i].count; j++) {
            if (model[i].routes[j] != route)
                continue;
            if (i == to)
                return;
            memmove(&model[i].routes[j], &model[i].routes[j + 1],
                    (model[i].count - j - 1) * sizeof(route));
            model[i].count--;
        }
    }
    if (to < LISTS)
        model[to].routes[model[to].count++] = route;
}

static void moves_at_random(void** state)
{
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE lists[LISTS + 1] = {new_list(me), new_list(me), new_list(me), NULL};
    random_numbers numbers = {99};
    RTM_ROUTE_HANDLE r[LISTED];

    (void)state;
    memset(model, 0, sizeof(model));
    make_routes(me, r, LISTED);
    for (UINT round = 0; round < 500; round++) {
        RTM_ROUTE_HANDLE some[5];
        UINT count = next_random(&numbers) % 6, to = next_random(&numbers) % (LISTS + 1);

        for (UINT i = 0; i < count; i++) {
            some[i] = r[next_random(&numbers) % LISTED];
            model_move(some[i], to);
        }
        insert(me, lists[to], some, count);
        to = next_random(&numbers) % LISTS;
        assert_list(me, lists[to], model[to].routes, model[to].count);
    }
}

static void lists_of_thousands(void** state)
{
    enum { TOTAL = 5000 };
    static RTM_ROUTE_HANDLE r[TOTAL];
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_LIST_HANDLE list = new_list(me);
    RTM_ENUM_HANDLE enumeration;

    (void)state;
    make_routes(me, r, TOTAL);
    insert(me, list, r, TOTAL);
    enumeration = list_enum(me, list);
    assert_enum_handles(me, enumeration, RtmGetListEnumRoutes, MOST_ITEMS, r, TOTAL);
    delete_enum(me, enumeration);
    for (UINT i = 1; i < TOTAL; i++)
        delete_route(me, r[i]);
    assert_list(me, list, r, 1);
}

static void thousands_of_lists(void** state)
{
    enum { MANY = 3000 };
    static RTM_ROUTE_LIST_HANDLE lists[MANY];
    RTM_ENTITY_HANDLE me = join(1, 1, NULL);
    RTM_ROUTE_HANDLE route;

    (void)state;
    make_routes(me, &route, 1);
    for (UINT i = 0; i < MANY; i++) {
        lists[i] = new_list(me);
        insert(me, lists[i], &route, 1);
    }
    assert_list(me, lists[MANY - 1], &route, 1);
    for (UINT i = 0; i < MANY; i += 2)
        ASSERT_STATUS(RtmDeleteRouteList(me, lists[i]), NO_ERROR);
    assert_list(me, lists[MANY - 1], &route, 1);
    leave(me); /* with the rest of them */
}

/* ---- memory that runs out ---- */

static BOOL make_list_and_enumeration(RTM_ENTITY_HANDLE me)
{
    RTM_ROUTE_LIST_HANDLE list = NULL;
    RTM_ENUM_HANDLE enumeration = NULL;
    DWORD status = RtmCreateRouteList(me, &list);

    if (status == ERROR_NOT_ENOUGH_MEMORY) {
        assert_null(list);
        return TRUE;
    }
    ASSERT_STATUS(status, NO_ERROR);
    status = RtmCreateRouteListEnum(me, list, &enumeration);
    if (status == ERROR_NOT_ENOUGH_MEMORY) {
        assert_null(enumeration);
        return TRUE;
    }
    ASSERT_STATUS(status, NO_ERROR);
    return FALSE;
}

static void making_lists_without_memory(void** state)
{
    (void)state;
    fail_allocations(make_list_and_enumeration);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(a_new_list_is_empty),
        CLIENT_TEST(routes_come_in_the_order_of_insertion),
        CLIENT_TEST(adding_a_route_puts_it_into_a_list),
        CLIENT_TEST(inserting_moves_a_route),
        CLIENT_TEST(no_list_takes_routes_out),
        CLIENT_TEST(inserting_into_the_same_list_changes_nothing),
        CLIENT_TEST(updating_by_add_moves_or_leaves),
        CLIENT_TEST(updating_in_place_moves_or_leaves),
        CLIENT_TEST(a_bad_list_fails_the_update_in_place),
        CLIENT_TEST(a_deleted_route_leaves_its_list),
        CLIENT_TEST(an_expired_route_leaves_its_list),
        CLIENT_TEST(re_ranking_a_route_leaves_the_list_as_it_is),
        CLIENT_TEST(inserting_no_routes_is_fine),
        CLIENT_TEST(a_full_batch_comes_while_enough_remain),
        CLIENT_TEST(the_end_is_told_again_and_again),
        CLIENT_TEST(capacity_must_be_one_to_the_limit),
        CLIENT_TEST(handles_carry_references),
        CLIENT_TEST(batches_may_be_moved_away),
        CLIENT_TEST(a_list_may_change_between_batches),
        CLIENT_TEST(an_enumeration_sees_routes_that_come_later),
        CLIENT_TEST(two_enumerations_of_a_list),
        CLIENT_TEST(deleting_a_list_leaves_its_routes),
        CLIENT_TEST(a_deleted_list_is_gone),
        CLIENT_TEST(an_open_enumeration_of_a_deleted_list_ends),
        CLIENT_TEST(bad_routes_move_nothing),
        CLIENT_TEST(lists_must_be_live_and_the_callers),
        CLIENT_TEST(an_enumeration_of_a_list_is_of_the_entity_that_made_it),
        CLIENT_TEST(enumerations_of_lists_must_be_live),
        CLIENT_TEST(registrations_must_be_live),
        CLIENT_TEST(pointers_must_not_be_null),
        CLIENT_TEST(moves_at_random),
        CLIENT_TEST(lists_of_thousands),
        CLIENT_TEST(thousands_of_lists),
        CLIENT_TEST(making_lists_without_memory),
    };

    return CLIENT_MAIN(tests);
}
