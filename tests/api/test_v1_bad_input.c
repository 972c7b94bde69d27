/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * RTMv1 on bad input, and when memory or system resources run out: the documented code, and nothing
 * has changed.
 */
#include "table.h"
#include "v1.h"

/* ---- handles ---- */

static void assert_no_client(HANDLE handle, DWORD family)
{
    any_route route = make(family, 1, 1, 1, 1);
    DWORD flags = 0xdead;

    ASSERT_STATUS(RtmAddRoute(handle, &route, 1, &flags, NULL, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmAddRoute(handle, NULL, 1, NULL, NULL, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeleteRoute(handle, &route, &flags, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeleteRoute(handle, NULL, NULL, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmBlockDeleteRoutes(handle, 0, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmBlockDeleteRoutes(handle, ~0u, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDequeueRouteChangeMessage(handle, &flags, NULL, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDequeueRouteChangeMessage(handle, NULL, NULL, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmDeregisterClient(handle), ERROR_INVALID_HANDLE);
    assert_int_equal(flags, 0xdead);
}

static void assert_no_enumeration(HANDLE handle)
{
    any_route route;

    ASSERT_STATUS(RtmEnumerateGetNextRoute(handle, &route), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmEnumerateGetNextRoute(handle, NULL), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmCloseEnumerationHandle(handle), ERROR_INVALID_HANDLE);
}

static void what_is_no_handle_is_refused(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE client = v1_join(family, 8, NULL, 0), walk;
    RTM_ENTITY_HANDLE entity = join(1, 1, NULL);
    any_route route = make(family, 1, 1, 1, 1);
    wrong_handles wrong = make_wrong_handles(entity, OTHER_HANDLE);
    random_numbers numbers = {7};

    put(client, &route, RTM_ROUTE_ADDED);
    walk = RtmCreateEnumerationHandle(family, 0, NULL);
    assert_non_null(walk);
    for (UINT i = 0; i < wrong.count; i++) {
        assert_no_client(wrong.handles[i], family);
        assert_no_enumeration(wrong.handles[i]);
    }
    for (UINT i = 0; i < 20000; i++) {
        ULONG_PTR value = next_random(&numbers);

        if (sizeof(value) > 4)
            value = value << 16 << 16 | next_random(&numbers);
        if ((HANDLE)value == client || (HANDLE)value == walk)
            continue;
        ASSERT_STATUS(RtmDeregisterClient((HANDLE)value), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmCloseEnumerationHandle((HANDLE)value), ERROR_INVALID_HANDLE);
    }
    for (UINT bit = 0; bit < 8 * sizeof(HANDLE); bit++) {
        assert_no_client((HANDLE)((ULONG_PTR)client ^ (ULONG_PTR)1 << bit), family);
        assert_no_enumeration((HANDLE)((ULONG_PTR)walk ^ (ULONG_PTR)1 << bit));
    }
    assert_no_client(NULL, family);
    assert_no_client(INVALID_HANDLE_VALUE, family);
    assert_no_enumeration(NULL);
    assert_no_client(walk, family);
    assert_no_enumeration(client);
    ASSERT_STATUS(RtmCloseEnumerationHandle(walk), NO_ERROR);
    assert_best(family, 1, 8, 1);
}

static void stale_handles_stay_stale(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE first = RtmRegisterClient(family, 8, NULL, 0);

    ASSERT_STATUS(RtmDeregisterClient(first), NO_ERROR);
    for (UINT i = 0; i < 500; i++) {
        HANDLE next = RtmRegisterClient(family, 8, NULL, 0);

        assert_ptr_not_equal(next, first);
        ASSERT_STATUS(RtmDeregisterClient(first), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmDeregisterClient(next), NO_ERROR);
    }
}

/* ---- pointers ---- */

static void pointers_that_are_needed(void** state)
{
    DWORD family = FAMILY(state), flags = 0xdead;
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route route = make(family, 1, 1, 1, 1);

    ASSERT_STATUS(RtmAddRoute(client, NULL, 1, &flags, NULL, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmAddRoute(client, &route, 1, NULL, NULL, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmDeleteRoute(client, NULL, &flags, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmDeleteRoute(client, &route, NULL, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmBlockDeleteRoutes(client, RTM_ONLY_THIS_NETWORK, NULL),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmBlockDeleteRoutes(client, 16, &route), ERROR_INVALID_PARAMETER);
    assert_int_equal(flags, 0xdead);
    assert_int_equal(RtmGetNetworkCount(family), 0);
}

/* No call reads or writes beyond the structure of its family. */
static void structures_are_no_longer_than_they_are(void** state)
{
    DWORD family = FAMILY(state), flags;
    size_t size = family == IP ? sizeof(RTM_IP_ROUTE) : sizeof(RTM_IPX_ROUTE);
    HANDLE client = v1_join(family, 8, NULL, 0), walk;
    any_route route = make(family, 1, 1, 1, 1);
    void* exact[3] = {allocate_exact(size), allocate_exact(size), allocate_exact(size)};

    memcpy(exact[0], &route, size);
    ASSERT_STATUS(RtmAddRoute(client, exact[0], INFINITE, &flags, exact[1], exact[2]), NO_ERROR);
    set_metric(family, &route, 2);
    memcpy(exact[0], &route, size);
    ASSERT_STATUS(RtmAddRoute(client, exact[0], INFINITE, &flags, exact[1], exact[2]), NO_ERROR);
    assert_int_equal(flags, RTM_ROUTE_CHANGED);
    walk = RtmCreateEnumerationHandle(family, RTM_ONLY_THIS_NETWORK, exact[0]);
    ASSERT_STATUS(RtmEnumerateGetNextRoute(walk, exact[1]), NO_ERROR);
    ASSERT_STATUS(RtmCloseEnumerationHandle(walk), NO_ERROR);
    ASSERT_STATUS(RtmGetFirstRoute(family, RTM_ONLY_THIS_NETWORK, exact[0]), NO_ERROR);
    ASSERT_STATUS(RtmGetNextRoute(family, RTM_ONLY_THIS_NETWORK, exact[0]), ERROR_NO_ROUTES);
    assert_true(RtmIsRoute(family, network_of(family, exact[0]), exact[1]));
    assert_true(RtmGetRouteAge(exact[1]) <= 1);
    ASSERT_STATUS(RtmBlockDeleteRoutes(client, RTM_ONLY_THIS_NETWORK, exact[0]), NO_ERROR);
    for (UINT i = 0; i < 3; i++)
        free_exact(exact[i]);
}

static void structures_need_not_be_aligned(void** state)
{
    DWORD family = FAMILY(state), flags;
    HANDLE client = v1_join(family, 8, NULL, 0);
    any_route route = make(family, 1, 1, 1, 1), found;
    char room[sizeof(any_route) + 1];

    memcpy(room + 1, &route, sizeof(route));
    ASSERT_STATUS(RtmAddRoute(client, room + 1, INFINITE, &flags, room + 1, NULL), NO_ERROR);
    memcpy(&found, room + 1, sizeof(found));
    assert_same_route(family, &found, &route, 8);
    ASSERT_STATUS(RtmDeleteRoute(client, room + 1, &flags, NULL), NO_ERROR);
}

/* Routes of garbage are stored or refused, and walked over in order. */
static void garbage_in_routes(void** state)
{
    DWORD family = FAMILY(state), flags;
    HANDLE client = v1_join(family, 8, NULL, 0);
    random_numbers numbers = {99};
    UINT stored = 0;

    for (UINT i = 0; i < 3000; i++) {
        any_route route;
        DWORD status;

        for (UINT word = 0; word < sizeof(route) / 4; word++)
            ((DWORD*)&route)[word] = next_random(&numbers);
        if (family == IP && i % 2)
            route.ip.RR_Network.N_NetMask = 0x00ffffff;
        status = RtmAddRoute(client, &route, INFINITE, &flags, NULL, NULL);
        if (status == NO_ERROR)
            stored += flags == RTM_ROUTE_ADDED;
        else
            assert_int_equal(status, ERROR_INVALID_PARAMETER);
    }
    assert_true(stored > 1000);
    assert_int_equal(RtmGetNetworkCount(family), stored);
    assert_int_equal(count_walk(family, RTM_ONLY_BEST_ROUTES, NULL), stored);
    ASSERT_STATUS(RtmBlockDeleteRoutes(client, 0, NULL), NO_ERROR);
    assert_int_equal(RtmGetNetworkCount(family), 0);
}

/* ---- shortages ---- */

static void arm(const char* variable, UINT nth)
{
    char text[16];

    snprintf(text, sizeof(text), "%u", nth);
    assert_true(SetEnvironmentVariableA(variable, nth ? text : NULL));
}

typedef struct shortage {
    const char* variable;
    DWORD code;
    BOOL failed;
} shortage;

/* NO_ERROR, or the code of the shortage, which is noted. */
static BOOL worked(shortage* what, DWORD status)
{
    if (status == what->code) {
        what->failed = TRUE;
        return FALSE;
    }
    ASSERT_STATUS(status, NO_ERROR);
    return TRUE;
}

/* A story that each request may fail in; what has failed is as if it had not been tried. */
static void live(shortage* what, DWORD family, UINT nth, BOOL listens)
{
    HANDLE event = new_event(), client, watching = NULL, walk;
    any_route route = make(family, 1, 1, 1, 5), better = make(family, 1, 1, 2, 3);
    DWORD flags = 0;
    UINT count = 0;

    arm(what->variable, nth);
    client = RtmRegisterClient(family, 8, listens ? event : NULL, 0);
    arm(what->variable, 0);
    if (!client) {
        assert_true(!worked(what, GetLastError()));
        CloseHandle(event);
        return;
    }
    count += worked(what, RtmAddRoute(client, &route, INFINITE, &flags, NULL, NULL));
    assert_int_equal(count_walk(family, 0, NULL), count);
    watching = RtmRegisterClient(family, 13, event, 0);
    if (!watching)
        assert_true(!worked(what, GetLastError()));
    /* Without a reserve for messages, deleting needs memory for the first. */
    if (count) {
        DWORD status = RtmBlockDeleteRoutes(client, 0, NULL);

        if (worked(what, status))
            count = 0;
        assert_int_equal(count_walk(family, 0, NULL), count);
    }
    count += worked(what, RtmAddRoute(client, &better, 1000, &flags, NULL, NULL));
    assert_int_equal(count_walk(family, 0, NULL), count);
    walk = count ? RtmCreateEnumerationHandle(family, 0, NULL) : NULL;
    if (walk)
        ASSERT_STATUS(RtmCloseEnumerationHandle(walk), NO_ERROR);
    else if (count)
        assert_true(!worked(what, GetLastError()));
    if (watching)
        ASSERT_STATUS(RtmDeregisterClient(watching), NO_ERROR);
    ASSERT_STATUS(RtmDeregisterClient(client), NO_ERROR);
    assert_int_equal(RtmGetNetworkCount(family), 0);
    CloseHandle(event);
}

static void run_short_of(const char* variable, DWORD code, DWORD family)
{
    UINT failures = 0, quiet = 0;

    for (UINT nth = 1; quiet < 20; nth++) {
        shortage what = {variable, code, FALSE};

        assert_true(nth < 1000);
        live(&what, family, nth, FALSE);
        live(&what, family, nth, TRUE);
        failures += what.failed;
        quiet = what.failed ? 0 : quiet + 1;
    }
    assert_true(failures > 0);
}

static void memory_runs_out(void** state)
{
    run_short_of("RTM_FAIL_ALLOCATION", ERROR_NOT_ENOUGH_MEMORY, FAMILY(state));
}

static void resources_run_out(void** state)
{
    run_short_of("RTM_FAIL_RESOURCE", ERROR_NO_SYSTEM_RESOURCES, FAMILY(state));
}

/* Of what nobody has asked for, nothing is lost while a reserve lasts. */
static void messages_survive_a_failure(void** state)
{
    DWORD family = FAMILY(state), flags;
    any_route route = make(family, 1, 1, 1, 5);

    for (UINT nth = 1; nth < 60; nth++) {
        HANDLE event = new_event(), owner, watching;

        arm("RTM_FAIL_ALLOCATION", nth);
        owner = RtmRegisterClient(family, 8, NULL, 0);
        arm("RTM_FAIL_ALLOCATION", 0);
        watching = owner ? RtmRegisterClient(family, 13, event, 0) : NULL;
        if (watching && RtmAddRoute(owner, &route, INFINITE, &flags, NULL, NULL) == NO_ERROR) {
            ASSERT_STATUS(RtmDeregisterClient(owner), NO_ERROR);
            owner = NULL;
            assert_message(watching, family, ERROR_MORE_MESSAGES, 1, RTM_ROUTE_ADDED, 0, 5);
            assert_message(watching, family, NO_ERROR, 1, RTM_ROUTE_DELETED, 5, 0);
        }
        if (owner)
            ASSERT_STATUS(RtmDeregisterClient(owner), NO_ERROR);
        if (watching)
            ASSERT_STATUS(RtmDeregisterClient(watching), NO_ERROR);
        CloseHandle(event);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        V1_TEST(what_is_no_handle_is_refused),
        V1_TEST(stale_handles_stay_stale),
        V1_TEST(pointers_that_are_needed),
        V1_TEST(structures_are_no_longer_than_they_are),
        V1_TEST(structures_need_not_be_aligned),
        V1_TEST(garbage_in_routes),
        V1_TEST(memory_runs_out),
        V1_TEST(resources_run_out),
        V1_TEST(messages_survive_a_failure),
    };

    return CLIENT_MAIN(tests);
}
