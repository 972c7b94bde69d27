/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * RTMv1 with many routes, and from many threads.
 */
#include "v1.h"

#define MANY 100000

/* Route number `i` of MANY, over one of 16 interfaces and 200 next hops. */
static any_route numbered(DWORD family, UINT i)
{
    any_route route = make(family, (USHORT)i, i % 16, 1 + i % 200, 1 + i % 9);

    if (family == IP)
        route.ip.RR_Network.N_NetNumber += i >> 16 << 4; /* 26.0.0.0 and on */
    else
        route.ipx.RR_Network.N_NetNumber += i >> 16 << 20;
    return route;
}

static void check_walk(DWORD family, UINT expected)
{
    HANDLE walk = RtmCreateEnumerationHandle(family, 0, NULL);
    any_route route;
    UINT count = 0;

    assert_non_null(walk);
    while (RtmEnumerateGetNextRoute(walk, &route) == NO_ERROR)
        count++;
    ASSERT_STATUS(RtmCloseEnumerationHandle(walk), NO_ERROR);
    assert_int_equal(count, expected);
    assert_int_equal(count_walk(family, RTM_ONLY_BEST_ROUTES, NULL), expected);
}

static void drain(HANDLE watching, UINT expected)
{
    DWORD flags, status;
    UINT count = 0;

    do {
        status = RtmDequeueRouteChangeMessage(watching, &flags, NULL, NULL);
        count += status != ERROR_NO_MESSAGES;
    } while (status == ERROR_MORE_MESSAGES);
    assert_int_equal(count, expected);
}

static void a_hundred_thousand_routes(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE event = new_event(), watching = v1_join(family, 13, event, 0);
    HANDLE client = v1_join(family, 8, NULL, 0);
    ULONGLONG began = GetTickCount64(), filled, walked;
    any_route route, found;

    for (UINT i = 0; i < MANY; i++) {
        route = numbered(family, i);
        put(client, &route, RTM_ROUTE_ADDED);
    }
    filled = GetTickCount64();
    assert_int_equal(RtmGetNetworkCount(family), MANY);
    check_walk(family, MANY);
    walked = GetTickCount64();
    for (UINT i = 0; i < MANY; i += 7) {
        route = numbered(family, i);
        assert_true(RtmIsRoute(family, network_of(family, &route), &found));
        assert_same_route(family, &found, &route, 8);
    }
    drain(watching, MANY);
    for (UINT i = 0; i < MANY; i += 2) {
        route = numbered(family, i);
        drop(client, &route, RTM_ROUTE_DELETED);
    }
    assert_int_equal(RtmGetNetworkCount(family), MANY / 2);
    ASSERT_STATUS(RtmBlockDeleteRoutes(client, 0, NULL), NO_ERROR);
    assert_int_equal(RtmGetNetworkCount(family), 0);
    drain(watching, MANY);
    printf("%u routes: added in %llu ms, walked over twice in %llu ms\n", MANY, filled - began,
           walked - filled);
    CloseHandle(event);
}

static void many_age_out_or_leave(void** state)
{
    DWORD family = FAMILY(state), flags;
    HANDLE event = new_event(), watching = v1_join(family, 13, event, 0);
    HANDLE client = v1_join(family, 8, NULL, 0);

    for (UINT i = 0; i < MANY; i++) {
        any_route route = numbered(family, i);

        ASSERT_STATUS(RtmAddRoute(client, &route, i % 2 ? 1 : INFINITE, &flags, NULL, NULL),
                      NO_ERROR);
    }
    for (UINT waited = 0; RtmGetNetworkCount(family) != MANY / 2; waited += 20) {
        assert_true(waited < 2 * WAIT_MS);
        Sleep(20);
    }
    drain(watching, MANY + MANY / 2);
    v1_leave(client);
    assert_int_equal(RtmGetNetworkCount(family), 0);
    drain(watching, MANY / 2);
    CloseHandle(event);
}

/* ---- threads ---- */

#define NETWORKS 40

typedef struct world {
    DWORD family;
    volatile LONG done;
    HANDLE watching;
    BYTE seen[NETWORKS]; /* the watcher's mirror: metrics of best routes */
} world;

typedef struct worker {
    world* world;
    DWORD protocol;
} worker;

static void change(HANDLE client, random_numbers* numbers, DWORD family)
{
    DWORD flags, what = next_random(numbers) % 16;
    any_route route = make(family, next_random(numbers) % NETWORKS, next_random(numbers) % 3,
                           next_random(numbers) % 3, 1 + next_random(numbers) % 9);

    if (what < 10) {
        DWORD life = what == 0 ? 0 : INFINITE;

        CHECK_STATUS(RtmAddRoute(client, &route, life, &flags, NULL, NULL), NO_ERROR);
    } else if (what < 15) {
        DWORD status = RtmDeleteRoute(client, &route, &flags, NULL);

        CHECK(status == NO_ERROR || status == ERROR_NO_SUCH_ROUTE);
    } else {
        DWORD status = RtmBlockDeleteRoutes(client, RTM_ONLY_THIS_NETWORK, &route);

        CHECK(status == NO_ERROR || status == ERROR_NO_ROUTES);
    }
}

static DWORD WINAPI write_routes(void* argument)
{
    worker* me = argument;
    random_numbers numbers = {me->protocol};

    for (UINT round = 0; round < 30; round++) {
        DWORD flags = me->protocol % 2 ? RTM_PROTOCOL_SINGLE_ROUTE : 0;
        HANDLE client = RtmRegisterClient(me->world->family, me->protocol, NULL, flags);

        CHECK(client != NULL);
        for (UINT i = 0; i < 300; i++)
            change(client, &numbers, me->world->family);
        CHECK_STATUS(RtmDeregisterClient(client), NO_ERROR);
    }
    return 0;
}

static DWORD WINAPI read_routes(void* argument)
{
    world* shared = argument;
    DWORD family = shared->family;

    while (!shared->done) {
        any_route route, wanted = network(family, 3);
        HANDLE walk = RtmCreateEnumerationHandle(family, 0, NULL);
        UINT count = 0;

        while (walk && RtmEnumerateGetNextRoute(walk, &route) == NO_ERROR)
            count++;
        CHECK(count < NETWORKS * 40);
        if (walk)
            CHECK_STATUS(RtmCloseEnumerationHandle(walk), NO_ERROR);
        if (RtmIsRoute(family, network_of(family, &wanted), &route))
            CHECK(metric_of(family, &route) >= 1 && metric_of(family, &route) <= 9);
        RtmGetNetworkCount(family);
    }
    return 0;
}

static UINT number_of(DWORD family, const any_route* route)
{
    return family == IP ? route->ip.RR_Network.N_NetNumber >> 8 & 0xff
                        : route->ipx.RR_Network.N_NetNumber - 0x100;
}

/* Every message goes on where the last one of its network ended. */
static BOOL follow_one(world* shared)
{
    DWORD family = shared->family, flags, status;
    any_route now, before;
    BYTE* seen;

    status = RtmDequeueRouteChangeMessage(shared->watching, &flags, &now, &before);
    if (status == ERROR_NO_MESSAGES)
        return FALSE;
    seen = &shared->seen[number_of(family, flags & RTM_CURRENT_BEST_ROUTE ? &now : &before)];
    CHECK(*seen == (flags & RTM_PREVIOUS_BEST_ROUTE ? metric_of(family, &before) : 0));
    *seen = flags & RTM_CURRENT_BEST_ROUTE ? (BYTE)metric_of(family, &now) : 0;
    return TRUE;
}

static DWORD WINAPI follow(void* argument)
{
    world* shared = argument;

    while (!shared->done)
        if (!follow_one(shared))
            Sleep(1);
    while (follow_one(shared))
        ;
    return 0;
}

static void writers_readers_and_a_watcher(void** state)
{
    world shared = {.family = FAMILY(state)};
    worker workers[4];
    HANDLE event = new_event(), threads[COUNT_OF(workers)], reader, watcher;

    shared.watching = v1_join(shared.family, 1000, event, 0);
    reader = start(read_routes, &shared);
    watcher = start(follow, &shared);
    for (UINT i = 0; i < COUNT_OF(workers); i++) {
        workers[i] = (worker){&shared, 100 + i};
        threads[i] = start(write_routes, &workers[i]);
    }
    for (UINT i = 0; i < COUNT_OF(workers); i++) {
        assert_int_equal(WaitForSingleObject(threads[i], 60000), WAIT_OBJECT_0);
        CloseHandle(threads[i]);
    }
    InterlockedExchange(&shared.done, 1);
    join_thread(reader);
    join_thread(watcher);
    assert_int_equal(RtmGetNetworkCount(shared.family), 0);
    for (UINT n = 0; n < NETWORKS; n++)
        assert_int_equal(shared.seen[n], 0);
    CloseHandle(event);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        V1_TEST(a_hundred_thousand_routes),
        V1_TEST(many_age_out_or_leave),
        V1_TEST(writers_readers_and_a_watcher),
    };

    return CLIENT_MAIN(tests);
}
