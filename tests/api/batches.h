/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Arrays of destinations and of routes as enumerations and change notifications fill them, and what
 * they ought to hold. Lists of prefixes are written "10.0.0.0/8 10.1.0.0/16", in order. */
#ifndef RTM_TESTS_API_BATCHES_H
#define RTM_TESTS_API_BATCHES_H

#include "table.h"

/* MaxHandlesInEnum and NumberOfViews where the registry does not say otherwise. */
#define MOST_ITEMS 64
#define DEST_STRIDE RTM_SIZE_OF_DEST_INFO(2)

typedef union dest_batch {
    RTM_DEST_INFO first;
    UCHAR bytes[DEST_STRIDE * MOST_ITEMS + GUARD_SIZE];
} dest_batch;

typedef struct route_batch {
    RTM_ROUTE_HANDLE routes[MOST_ITEMS];
    UCHAR guard[GUARD_SIZE];
} route_batch;

/* The i-th entry, and the i-th view of it. */
static inline RTM_DEST_INFO* entry_at(dest_batch* batch, UINT i)
{
    return (RTM_DEST_INFO*)(batch->bytes + i * DEST_STRIDE);
}

static inline view_info* entry_view(dest_batch* batch, UINT i, UINT view)
{
    return &((view_info*)((UCHAR*)entry_at(batch, i) + RTM_BASIC_DEST_INFO_SIZE))[view];
}

/* Nothing was written after `count` entries, and in these nothing after `views` views. */
static inline void assert_batch_guard(dest_batch* batch, UINT count, UINT views)
{
    const UINT used = RTM_SIZE_OF_DEST_INFO(views);

    for (UINT i = 0; i < count; i++)
        assert_true(painted((UCHAR*)entry_at(batch, i) + used, DEST_STRIDE - used));
    assert_true(
        painted(batch->bytes + count * DEST_STRIDE, sizeof(batch->bytes) - count * DEST_STRIDE));
}

/* Takes the next prefix off a list; FALSE at its end. */
static inline BOOL next_prefix(const char** list, char text[64])
{
    size_t length;

    while (**list == ' ')
        ++*list;
    length = strcspn(*list, " ");
    assert_true(length < 64);
    memcpy(text, *list, length);
    text[length] = 0;
    *list += length;
    return length != 0;
}

static inline void assert_next_prefix(const char** list, const RTM_NET_ADDRESS* got)
{
    char text[64];

    if (next_prefix(list, text))
        assert_net(got, text);
    else
        fail_msg("%u.%u.%u.%u/%u is one too many", got->AddrBits[0], got->AddrBits[1],
                 got->AddrBits[2], got->AddrBits[3], got->NumBits);
}

static inline void assert_no_more_prefixes(const char* list)
{
    char text[64];

    if (next_prefix(&list, text))
        fail_msg("%s is missing", text);
}

/* ---- destinations ---- */

/* Runs an enumeration of destinations in batches of `capacity` and asserts what it gives, how it
 * ends, and that it writes nothing else. */
static inline void assert_enum_dests(RTM_ENTITY_HANDLE me, RTM_ENUM_HANDLE enumeration,
                                     UINT capacity, const char* expected)
{
    dest_batch batch;
    BOOL last = FALSE;

    for (;;) {
        UINT count = capacity;
        DWORD status;

        PAINT(batch);
        status = RtmGetEnumDests(me, enumeration, &count, &batch.first);
        if (status != NO_ERROR) {
            ASSERT_STATUS(status, ERROR_NO_MORE_ITEMS);
            assert_int_equal(count, 0);
            ASSERT_PAINTED(batch);
            break;
        }
        assert_in_range(count, 1, capacity);
        assert_false(last); /* a batch that is not full is the last */
        last = count < capacity;
        for (UINT i = 0; i < count; i++)
            assert_next_prefix(&expected, &entry_at(&batch, i)->DestAddress);
        assert_batch_guard(&batch, count, entry_at(&batch, 0)->NumberOfViews);
        ASSERT_STATUS(RtmReleaseDests(me, count, &batch.first), NO_ERROR);
    }
    assert_no_more_prefixes(expected);
}

/* Creates, runs and deletes an enumeration of destinations; `start` may be NULL. */
static inline void assert_dests(RTM_ENTITY_HANDLE me, RTM_VIEW_SET views, RTM_ENUM_FLAGS flags,
                                const char* start, const char* expected)
{
    static const UINT capacities[] = {1, 2, 3, MOST_ITEMS};

    for (UINT i = 0; i < COUNT_OF(capacities); i++) {
        RTM_ENUM_HANDLE enumeration = NULL;
        RTM_NET_ADDRESS from;

        if (start)
            from = net(start);
        ASSERT_STATUS(RtmCreateDestEnum(me, views, flags, start ? &from : NULL, RTM_BEST_PROTOCOL,
                                        &enumeration),
                      NO_ERROR);
        assert_non_null(enumeration);
        assert_enum_dests(me, enumeration, capacities[i], expected);
        ASSERT_STATUS(RtmDeleteEnumHandle(me, enumeration), NO_ERROR);
    }
}

/* ---- routes ---- */

/* Arguments for a list of routes. */
#define ROUTES(...)                                                                                \
    (RTM_ROUTE_HANDLE[]){__VA_ARGS__},                                                             \
        sizeof((RTM_ROUTE_HANDLE[]){__VA_ARGS__}) / sizeof(RTM_ROUTE_HANDLE)
#define NO_ROUTES NULL, 0

typedef DWORD(WINAPI* get_handles)(RTM_ENTITY_HANDLE me, RTM_ENUM_HANDLE enumeration, PUINT count,
                                   HANDLE* handles);

/* Runs an enumeration of handles (RtmGetEnumRoutes, RtmGetListEnumRoutes, RtmGetEnumNextHops) and
 * asserts what it gives, how it ends, and that it writes nothing else. */
static inline void assert_enum_handles(RTM_ENTITY_HANDLE me, RTM_ENUM_HANDLE enumeration,
                                       get_handles get, UINT capacity, HANDLE* expected, UINT total)
{
    route_batch batch;
    UINT done = 0;
    BOOL is_list = get == RtmGetListEnumRoutes;

    for (;;) {
        UINT count = capacity;
        DWORD status;

        PAINT(batch);
        status = get(me, enumeration, &count, batch.routes);
        if (status != NO_ERROR || (is_list && !count)) {
            ASSERT_STATUS(status, is_list ? NO_ERROR : ERROR_NO_MORE_ITEMS);
            assert_int_equal(count, 0);
            ASSERT_PAINTED(batch);
            break;
        }
        if (done + count > total)
            fail_msg("%u items, not %u", done + count, total);
        /* Only the last batch is not full. */
        assert_int_equal(count, min(capacity, total - done));
        for (UINT i = 0; i < count; i++, done++) {
            if (batch.routes[i] != expected[done])
                fail_msg("item %u is %p, not %p", done, batch.routes[i], expected[done]);
        }
        assert_true(painted(&batch.routes[count], sizeof(batch) - count * sizeof(batch.routes[0])));
        if (get == RtmGetEnumNextHops)
            ASSERT_STATUS(RtmReleaseNextHops(me, count, batch.routes), NO_ERROR);
        else
            ASSERT_STATUS(RtmReleaseRoutes(me, count, batch.routes), NO_ERROR);
    }
    assert_int_equal(done, total);
}

/* Creates, runs and deletes an enumeration of routes, without criteria; `destination` and `start`
 * may be NULL. */
static inline void assert_routes(RTM_ENTITY_HANDLE me, RTM_DEST_HANDLE destination,
                                 RTM_VIEW_SET views, RTM_ENUM_FLAGS flags, const char* start,
                                 RTM_ROUTE_HANDLE* expected, UINT total)
{
    static const UINT capacities[] = {1, 2, 3, MOST_ITEMS};

    for (UINT i = 0; i < COUNT_OF(capacities); i++) {
        RTM_ENUM_HANDLE enumeration = NULL;
        RTM_NET_ADDRESS from;

        if (start)
            from = net(start);
        ASSERT_STATUS(RtmCreateRouteEnum(me, destination, views, flags, start ? &from : NULL,
                                         RTM_MATCH_NONE, NULL, 0, &enumeration),
                      NO_ERROR);
        assert_non_null(enumeration);
        assert_enum_handles(me, enumeration, RtmGetEnumRoutes, capacities[i], expected, total);
        ASSERT_STATUS(RtmDeleteEnumHandle(me, enumeration), NO_ERROR);
    }
}

/* ---- odds and ends ---- */

/* The limits that an entity of instance 0, AF_INET gets. */
static inline RTM_REGN_PROFILE limits(void)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, 0x11a1, 0x11a1);
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entity = NULL;

    ASSERT_STATUS(RtmRegisterEntity(&info, NULL, NULL, FALSE, &profile, &entity), NO_ERROR);
    ASSERT_STATUS(RtmDeregisterEntity(entity), NO_ERROR);
    assert_int_equal(profile.MaxHandlesInEnum, MOST_ITEMS);
    assert_int_equal(profile.NumberOfViews, 2);
    return profile;
}

/* Waits on the test's own thread until something holds. */
#define AWAIT(condition)                                                                           \
    do {                                                                                           \
        ULONGLONG until_ = GetTickCount64() + WAIT_MS;                                             \
        while (!(condition)) {                                                                     \
            if (GetTickCount64() >= until_)                                                        \
                fail_msg("not within %u ms: %s", WAIT_MS, #condition);                             \
            Sleep(2);                                                                              \
        }                                                                                          \
    } while (0)

/* Whether a route is none of the table's (any more): its handle may still be good. */
static inline BOOL is_gone(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route)
{
    route_info buffer;
    DWORD status = RtmGetRouteInfo(me, route, &buffer.info, NULL);
    BOOL gone;

    if (status == ERROR_INVALID_HANDLE)
        return TRUE;
    ASSERT_STATUS(status, NO_ERROR);
    gone = buffer.info.State != RTM_ROUTE_STATE_CREATED;
    ASSERT_STATUS(RtmReleaseRouteInfo(me, &buffer.info), NO_ERROR);
    return gone;
}

/* Whether a handle names nothing. */
static inline BOOL is_dead_route(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route)
{
    return RtmGetRouteInfo(me, route, NULL, NULL) == ERROR_INVALID_HANDLE;
}

/* Whether there is such a destination, of any views. */
static inline BOOL is_there(RTM_ENTITY_HANDLE me, const char* prefix, RTM_VIEW_SET views)
{
    RTM_NET_ADDRESS address = net(prefix);
    dest_info buffer;
    DWORD status =
        RtmGetExactMatchDestination(me, &address, RTM_BEST_PROTOCOL, views, &buffer.info);

    if (status == ERROR_NOT_FOUND)
        return FALSE;
    ASSERT_STATUS(status, NO_ERROR);
    ASSERT_STATUS(RtmReleaseDestInfo(me, &buffer.info), NO_ERROR);
    return TRUE;
}

/* Updates a route of the caller by its handle. What it did is returned. */
static inline RTM_ROUTE_CHANGE_FLAGS update_route(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route,
                                                  const char* prefix, RTM_ROUTE_INFO* info,
                                                  ULONG ttl)
{
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    ASSERT_STATUS(try_add_route(me, &route, prefix, info, ttl, &flags), NO_ERROR);
    return flags;
}

#endif
