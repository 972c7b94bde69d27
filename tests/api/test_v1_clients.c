/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * RTMv1: registering and leaving.
 * "Reading" marks what the documentation leaves open and this project has decided.
 */
#include "v1.h"

static void assert_refused(DWORD family, DWORD protocol, HANDLE event, DWORD flags, DWORD code)
{
    SetLastError(0xdead);
    assert_null(RtmRegisterClient(family, protocol, event, flags));
    assert_int_equal(GetLastError(), code);
}

static void a_protocol_has_one_client(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE first = v1_join(family, 8, NULL, 0), second = v1_join(family, 13, NULL, 0);

    assert_ptr_not_equal(first, second);
    assert_refused(family, 8, NULL, 0, ERROR_CLIENT_ALREADY_EXISTS);
    assert_refused(family, 8, NULL, RTM_PROTOCOL_SINGLE_ROUTE, ERROR_CLIENT_ALREADY_EXISTS);
    v1_leave(first);
    v1_join(family, 8, NULL, RTM_PROTOCOL_SINGLE_ROUTE);
}

static void families_know_nothing_of_each_other(void** state)
{
    HANDLE ip = v1_join(IP, 8, NULL, 0), ipx = v1_join(IPX, 8, NULL, 0);
    any_route route = make(IP, 1, 1, 1, 1);

    (void)state;
    put(ip, &route, RTM_ROUTE_ADDED);
    assert_int_equal(RtmGetNetworkCount(IP), 1);
    assert_int_equal(RtmGetNetworkCount(IPX), 0);
    v1_leave(ipx);
    assert_int_equal(RtmGetNetworkCount(IP), 1);
}

static void bad_registrations(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE event = new_event(), semaphore = CreateSemaphoreA(NULL, 0, 1, NULL);

    assert_refused(2, 8, NULL, 0, ERROR_INVALID_PARAMETER);
    assert_refused(~0u, 8, event, 0, ERROR_INVALID_PARAMETER);
    assert_refused(family, 8, NULL, 2, ERROR_INVALID_PARAMETER);
    assert_refused(family, 8, NULL, ~0u, ERROR_INVALID_PARAMETER);
    /* Reading: what is no event is a bad parameter. */
    assert_refused(family, 8, (HANDLE)(ULONG_PTR)0xbad0, 0, ERROR_INVALID_PARAMETER);
    assert_refused(family, 8, semaphore, 0, ERROR_INVALID_PARAMETER);
    CloseHandle(semaphore);
    CloseHandle(event);
    assert_refused(family, 8, event, 0, ERROR_INVALID_PARAMETER);
}

static void any_protocol_number_will_do(void** state)
{
    static const DWORD protocols[] = {0, 1, 10006, 0x7fffffff, 0xfffffffe, 0xffffffff};
    DWORD family = FAMILY(state);

    for (UINT i = 0; i < COUNT_OF(protocols); i++) {
        HANDLE client = v1_join(family, protocols[i], NULL, 0);
        any_route route = make(family, 1, 1, 1, 1), found;

        put(client, &route, RTM_ROUTE_ADDED);
        assert_true(best(family, 1, &found));
        assert_same_route(family, &found, &route, protocols[i]);
        v1_leave(client);
    }
}

static void leaving_takes_the_routes_along(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE leaving = v1_join(family, 8, NULL, 0), staying = v1_join(family, 13, NULL, 0);
    any_route routes[3] = {make(family, 1, 1, 1, 1), make(family, 1, 1, 2, 5),
                           make(family, 2, 1, 1, 1)};
    any_route other = make(family, 1, 1, 3, 9);

    for (UINT i = 0; i < 3; i++)
        ASSERT_STATUS(RtmAddRoute(leaving, &routes[i], INFINITE, &(DWORD){0}, NULL, NULL),
                      NO_ERROR);
    ASSERT_STATUS(RtmAddRoute(staying, &other, INFINITE, &(DWORD){0}, NULL, NULL), NO_ERROR);
    assert_int_equal(RtmGetNetworkCount(family), 2);
    v1_leave(leaving);
    assert_int_equal(RtmGetNetworkCount(family), 1);
    assert_int_equal(count_walk(family, 0, NULL), 1);
    assert_best(family, 1, 13, 9);
}

static void handles_end_with_the_registration(void** state)
{
    DWORD family = FAMILY(state), flags;
    HANDLE event = new_event(), client = v1_join(family, 8, event, 0);
    any_route route = make(family, 1, 1, 1, 1);

    v1_leave(client);
    ASSERT_STATUS(RtmDeregisterClient(client), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmAddRoute(client, &route, 1, &flags, NULL, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeleteRoute(client, &route, &flags, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmBlockDeleteRoutes(client, 0, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDequeueRouteChangeMessage(client, &flags, NULL, NULL), ERROR_INVALID_HANDLE);
    v1_join(family, 8, event, 0);
    ASSERT_STATUS(RtmDeregisterClient(client), ERROR_INVALID_HANDLE);
    CloseHandle(event);
}

/* The client may close its event as it likes. */
static void events_are_the_clients(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE event = new_event(), client = v1_join(family, 8, event, 0);
    HANDLE other = v1_join(family, 13, NULL, 0);
    any_route route = make(family, 1, 1, 1, 1);

    CloseHandle(event);
    put(other, &route, RTM_ROUTE_ADDED);
    assert_message(client, family, NO_ERROR, 1, RTM_ROUTE_ADDED, 0, 1);
    v1_leave(client);
}

/* ---- many at once ---- */

typedef struct race {
    DWORD family;
    volatile LONG joined;
} race;

static DWORD WINAPI join_and_leave(void* argument)
{
    race* shared = argument;

    for (UINT i = 0; i < 200; i++) {
        HANDLE client = RtmRegisterClient(shared->family, 8, NULL, 0);

        if (client) {
            CHECK(InterlockedIncrement(&shared->joined) == 1);
            CHECK(InterlockedDecrement(&shared->joined) == 0);
            CHECK_STATUS(RtmDeregisterClient(client), NO_ERROR);
        } else {
            CHECK(GetLastError() == ERROR_CLIENT_ALREADY_EXISTS);
        }
    }
    return 0;
}

static void a_protocol_has_one_client_at_any_time(void** state)
{
    race shared = {FAMILY(state), 0};
    HANDLE threads[4];

    for (UINT i = 0; i < COUNT_OF(threads); i++)
        threads[i] = start(join_and_leave, &shared);
    for (UINT i = 0; i < COUNT_OF(threads); i++)
        join_thread(threads[i]);
}

static DWORD WINAPI leave_once(void* client)
{
    return RtmDeregisterClient(client);
}

static void of_several_threads_one_leaves(void** state)
{
    DWORD family = FAMILY(state);

    for (UINT round = 0; round < 50; round++) {
        HANDLE client = RtmRegisterClient(family, 8, NULL, 0), threads[3];
        UINT left = 0;

        assert_non_null(client);
        for (UINT i = 0; i < COUNT_OF(threads); i++)
            threads[i] = start(leave_once, client);
        for (UINT i = 0; i < COUNT_OF(threads); i++)
            left += join_thread(threads[i]) == NO_ERROR;
        assert_int_equal(left, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        V1_TEST(a_protocol_has_one_client),
        IP_TEST(families_know_nothing_of_each_other),
        V1_TEST(bad_registrations),
        V1_TEST(any_protocol_number_will_do),
        V1_TEST(leaving_takes_the_routes_along),
        V1_TEST(handles_end_with_the_registration),
        V1_TEST(events_are_the_clients),
        V1_TEST(a_protocol_has_one_client_at_any_time),
        V1_TEST(of_several_threads_one_leaves),
    };

    return CLIENT_MAIN(tests);
}
