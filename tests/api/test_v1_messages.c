/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * RTMv1: change messages and events.
 * "Reading" marks what the documentation leaves open and this project has decided.
 */
#include "v1.h"

/* A manual-reset event, as the pages have it reset by the call that fetches the last message. */
typedef struct watcher {
    HANDLE event;
    HANDLE client;
} watcher;

static watcher watch(DWORD family, DWORD protocol)
{
    watcher made;

    made.event = CreateEventA(NULL, TRUE, FALSE, NULL);
    assert_non_null(made.event);
    made.client = v1_join(family, protocol, made.event, 0);
    return made;
}

static void stop(watcher* watching)
{
    v1_leave(watching->client);
    CloseHandle(watching->event);
}

/* ---- what is told ---- */

static void messages_say_what_happened(void** state)
{
    DWORD family = FAMILY(state);
    watcher watching = watch(family, 8);
    HANDLE client = v1_join(family, 13, NULL, 0);
    any_route route = make(family, 1, 1, 1, 5);

    put(client, &route, RTM_ROUTE_ADDED);
    set_metric(family, &route, 7);
    put(client, &route, RTM_ROUTE_CHANGED);
    drop(client, &route, RTM_ROUTE_DELETED);
    assert_message(watching.client, family, ERROR_MORE_MESSAGES, 1, RTM_ROUTE_ADDED, 0, 5);
    assert_message(watching.client, family, ERROR_MORE_MESSAGES, 1, RTM_ROUTE_CHANGED, 5, 7);
    assert_message(watching.client, family, NO_ERROR, 1, RTM_ROUTE_DELETED, 7, 0);
    assert_no_message(watching.client);
    stop(&watching);
}

static void routes_in_messages_are_whole(void** state)
{
    DWORD family = FAMILY(state), flags = 0;
    watcher watching = watch(family, 8);
    HANDLE client = v1_join(family, 13, NULL, 0);
    any_route first = make(family, 1, 1, 1, 5), second = make(family, 1, 2, 2, 3), now, before;

    put(client, &first, RTM_ROUTE_ADDED);
    put(client, &second, RTM_ROUTE_CHANGED);
    ASSERT_STATUS(RtmDequeueRouteChangeMessage(watching.client, &flags, NULL, NULL),
                  ERROR_MORE_MESSAGES);
    assert_int_equal(flags, RTM_ROUTE_ADDED);
    ASSERT_STATUS(RtmDequeueRouteChangeMessage(watching.client, &flags, &now, &before), NO_ERROR);
    assert_int_equal(flags, RTM_ROUTE_CHANGED);
    assert_same_route(family, &now, &second, 13);
    assert_same_route(family, &before, &first, 13);
    stop(&watching);
}

static void what_is_not_significant_is_not_told(void** state)
{
    DWORD family = FAMILY(state);
    watcher watching = watch(family, 8);
    HANDLE client = v1_join(family, 13, NULL, 0);
    any_route route = make(family, 1, 1, 1, 5), worse = make(family, 1, 1, 2, 9);

    put(client, &route, RTM_ROUTE_ADDED);
    assert_message(watching.client, family, NO_ERROR, 1, RTM_ROUTE_ADDED, 0, 5);
    put(client, &route, RTM_NO_CHANGE);
    route.ip.RR_ProtocolSpecificData.PSD_Data[0]++;
    put(client, &route, RTM_NO_CHANGE);
    put(client, &worse, RTM_NO_CHANGE);
    drop(client, &worse, RTM_NO_CHANGE);
    assert_false(is_set(watching.event));
    assert_no_message(watching.client);
    stop(&watching);
}

/* ---- the event ---- */

static void the_event_is_set_while_messages_wait(void** state)
{
    DWORD family = FAMILY(state);
    watcher watching = watch(family, 8);
    HANDLE client = v1_join(family, 13, NULL, 0);

    assert_false(is_set(watching.event));
    for (USHORT n = 1; n <= 3; n++) {
        any_route route = make(family, n, 1, 1, 5);

        put(client, &route, RTM_ROUTE_ADDED);
        assert_true(is_set(watching.event));
    }
    for (USHORT n = 1; n <= 3; n++) {
        assert_true(is_set(watching.event));
        assert_message(watching.client, family, n < 3 ? ERROR_MORE_MESSAGES : NO_ERROR, n,
                       RTM_ROUTE_ADDED, 0, 5);
    }
    assert_false(is_set(watching.event));
    SetEvent(watching.event); /* by the client; an empty queue resets it, too */
    assert_no_message(watching.client);
    assert_false(is_set(watching.event));
    stop(&watching);
}

static void an_event_that_resets_itself_will_do(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE event = CreateEventA(NULL, FALSE, FALSE, NULL), watching = v1_join(family, 8, event, 0);
    HANDLE client = v1_join(family, 13, NULL, 0);
    any_route route = make(family, 1, 1, 1, 5);

    put(client, &route, RTM_ROUTE_ADDED);
    await(event);
    assert_message(watching, family, NO_ERROR, 1, RTM_ROUTE_ADDED, 0, 5);
    drop(client, &route, RTM_ROUTE_DELETED);
    await(event);
    assert_message(watching, family, NO_ERROR, 1, RTM_ROUTE_DELETED, 5, 0);
    v1_leave(watching);
    CloseHandle(event);
}

static void a_client_without_an_event_has_no_queue(void** state)
{
    DWORD family = FAMILY(state), flags = 0xdead;
    HANDLE client = v1_join(family, 8, NULL, 0);

    ASSERT_STATUS(RtmDequeueRouteChangeMessage(client, &flags, NULL, NULL), ERROR_INVALID_HANDLE);
    assert_int_equal(flags, 0xdead);
}

static void flags_are_not_optional(void** state)
{
    DWORD family = FAMILY(state);
    watcher watching = watch(family, 8);
    HANDLE client = v1_join(family, 13, NULL, 0);
    any_route route = make(family, 1, 1, 1, 5);

    put(client, &route, RTM_ROUTE_ADDED);
    ASSERT_STATUS(RtmDequeueRouteChangeMessage(watching.client, NULL, NULL, NULL),
                  ERROR_INVALID_PARAMETER);
    assert_message(watching.client, family, NO_ERROR, 1, RTM_ROUTE_ADDED, 0, 5);
    stop(&watching);
}

/* ---- who is told ---- */

static void the_caller_is_not_told_but_all_others(void** state)
{
    DWORD family = FAMILY(state);
    watcher one = watch(family, 8), two = watch(family, 13), three = watch(family, 14);
    any_route route = make(family, 1, 1, 1, 5);

    put(one.client, &route, RTM_ROUTE_ADDED);
    assert_false(is_set(one.event));
    assert_no_message(one.client);
    assert_message(two.client, family, NO_ERROR, 1, RTM_ROUTE_ADDED, 0, 5);
    assert_message(three.client, family, NO_ERROR, 1, RTM_ROUTE_ADDED, 0, 5);
    drop(one.client, &route, RTM_ROUTE_DELETED);
    assert_no_message(one.client);
    assert_message(two.client, family, NO_ERROR, 1, RTM_ROUTE_DELETED, 5, 0);
    assert_message(three.client, family, NO_ERROR, 1, RTM_ROUTE_DELETED, 5, 0);
    stop(&one), stop(&two), stop(&three);
}

/* A queue in which messages of others and of own calls take turns. */
static void own_changes_are_left_out_of_a_queue(void** state)
{
    DWORD family = FAMILY(state);
    watcher one = watch(family, 77), two = watch(family, 78);

    for (USHORT n = 1; n <= 20; n++) {
        any_route route = make(family, n, 1, 1, n);

        put(n % 3 ? one.client : two.client, &route, RTM_ROUTE_ADDED);
    }
    for (USHORT n = 1; n <= 20; n++)
        if (n % 3)
            assert_message(two.client, family, n == 20 ? NO_ERROR : ERROR_MORE_MESSAGES, n,
                           RTM_ROUTE_ADDED, 0, n);
        else
            assert_message(one.client, family, n == 18 ? NO_ERROR : ERROR_MORE_MESSAGES, n,
                           RTM_ROUTE_ADDED, 0, n);
    assert_no_message(one.client);
    assert_no_message(two.client);
    stop(&one), stop(&two);
}

static void a_block_delete_tells_the_caller_too(void** state)
{
    DWORD family = FAMILY(state);
    watcher one = watch(family, 8), two = watch(family, 13);
    any_route routes[3] = {make(family, 1, 1, 1, 5), make(family, 1, 1, 2, 6),
                           make(family, 2, 1, 1, 7)};

    for (UINT i = 0; i < 3; i++)
        put(one.client, &routes[i], i == 1 ? RTM_NO_CHANGE : RTM_ROUTE_ADDED);
    assert_message(two.client, family, ERROR_MORE_MESSAGES, 1, RTM_ROUTE_ADDED, 0, 5);
    assert_message(two.client, family, NO_ERROR, 2, RTM_ROUTE_ADDED, 0, 7);
    ASSERT_STATUS(RtmBlockDeleteRoutes(one.client, 0, NULL), NO_ERROR);
    for (UINT i = 0; i < 2; i++) {
        HANDLE client = i ? one.client : two.client;

        assert_message(client, family, ERROR_MORE_MESSAGES, 1, RTM_ROUTE_CHANGED, 5, 6);
        assert_message(client, family, ERROR_MORE_MESSAGES, 1, RTM_ROUTE_DELETED, 6, 0);
        assert_message(client, family, NO_ERROR, 2, RTM_ROUTE_DELETED, 7, 0);
    }
    stop(&one), stop(&two);
}

/* Reading: nobody has called, so everybody is told. */
static void ageing_tells_the_owner_too(void** state)
{
    DWORD family = FAMILY(state), flags;
    watcher one = watch(family, 8), two = watch(family, 13);
    any_route route = make(family, 1, 1, 1, 5);

    ASSERT_STATUS(RtmAddRoute(one.client, &route, 0, &flags, NULL, NULL), NO_ERROR);
    await(one.event);
    assert_message(one.client, family, NO_ERROR, 1, RTM_ROUTE_DELETED, 5, 0);
    assert_message(two.client, family, ERROR_MORE_MESSAGES, 1, RTM_ROUTE_ADDED, 0, 5);
    assert_message(two.client, family, NO_ERROR, 1, RTM_ROUTE_DELETED, 5, 0);
    stop(&one), stop(&two);
}

/* Reading: a best route that goes with its client is a change like any other. */
static void leaving_is_told(void** state)
{
    DWORD family = FAMILY(state);
    watcher watching = watch(family, 8);
    HANDLE client = v1_join(family, 77, NULL, 0), other = v1_join(family, 78, NULL, 0);
    any_route good = make(family, 1, 1, 1, 5), bad = make(family, 1, 1, 1, 9);
    any_route only = make(family, 2, 1, 1, 5);

    put(other, &bad, RTM_ROUTE_ADDED);
    put(client, &good, RTM_ROUTE_CHANGED);
    assert_message(watching.client, family, ERROR_MORE_MESSAGES, 1, RTM_ROUTE_ADDED, 0, 9);
    assert_message(watching.client, family, NO_ERROR, 1, RTM_ROUTE_CHANGED, 9, 5);
    v1_leave(client);
    assert_message(watching.client, family, NO_ERROR, 1, RTM_ROUTE_CHANGED, 5, 9);
    put(other, &only, RTM_ROUTE_ADDED);
    assert_message(watching.client, family, NO_ERROR, 2, RTM_ROUTE_ADDED, 0, 5);
    v1_leave(other);
    for (UINT i = 0; i < 2; i++) /* in whatever order */
        ASSERT_STATUS(RtmDequeueRouteChangeMessage(watching.client, &(DWORD){0}, NULL, NULL),
                      i ? NO_ERROR : ERROR_MORE_MESSAGES);
    stop(&watching);
}

static void what_was_before_a_client_is_not_told(void** state)
{
    DWORD family = FAMILY(state);
    HANDLE client = v1_join(family, 13, NULL, 0);
    any_route early = make(family, 1, 1, 1, 5), late = make(family, 2, 1, 1, 5);
    watcher watching;

    put(client, &early, RTM_ROUTE_ADDED);
    watching = watch(family, 8);
    assert_no_message(watching.client);
    put(client, &late, RTM_ROUTE_ADDED);
    assert_message(watching.client, family, NO_ERROR, 2, RTM_ROUTE_ADDED, 0, 5);
    stop(&watching);
}

/* Readers of different speed read all, and those who never do are in nobody's way. */
static void each_client_has_its_own_queue(void** state)
{
    DWORD family = FAMILY(state);
    watcher quick = watch(family, 8), slow = watch(family, 13), never = watch(family, 14);
    HANDLE client = v1_join(family, 77, NULL, 0);

    for (USHORT n = 1; n <= 50; n++) {
        any_route route = make(family, n, 1, 1, n);

        put(client, &route, RTM_ROUTE_ADDED);
        assert_message(quick.client, family, NO_ERROR, n, RTM_ROUTE_ADDED, 0, n);
    }
    stop(&never);
    for (USHORT n = 1; n <= 50; n++)
        assert_message(slow.client, family, n < 50 ? ERROR_MORE_MESSAGES : NO_ERROR, n,
                       RTM_ROUTE_ADDED, 0, n);
    stop(&quick), stop(&slow);
}

/* ---- the life of a protocol, as the pages tell it ---- */

typedef struct life {
    watcher me;
    DWORD family;
    UINT changes;
    HANDLE end;
} life;

static DWORD WINAPI follow(void* argument)
{
    life* protocol = argument;
    HANDLE events[2] = {protocol->me.event, protocol->end};

    while (WaitForMultipleObjects(2, events, FALSE, WAIT_MS) == WAIT_OBJECT_0) {
        DWORD status, flags;

        do {
            any_route now, before;

            status = RtmDequeueRouteChangeMessage(protocol->me.client, &flags, &now, &before);
            protocol->changes += status != ERROR_NO_MESSAGES;
        } while (status == ERROR_MORE_MESSAGES);
        CHECK(status == NO_ERROR || status == ERROR_NO_MESSAGES);
    }
    return 0;
}

static void a_protocol_lives_by_its_event(void** state)
{
    life protocol = {.family = FAMILY(state), .end = new_event()};
    HANDLE thread, other;

    protocol.me = watch(protocol.family, 8);
    other = v1_join(protocol.family, 13, NULL, 0);
    thread = start(follow, &protocol);
    for (USHORT n = 1; n <= 500; n++) {
        any_route route = make(protocol.family, n, 1, 1, 5);

        put(other, &route, RTM_ROUTE_ADDED);
    }
    v1_leave(other);
    while (is_set(protocol.me.event))
        Sleep(5);
    SetEvent(protocol.end);
    join_thread(thread);
    assert_int_equal(protocol.changes, 1000);
    stop(&protocol.me);
    CloseHandle(protocol.end);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        V1_TEST(messages_say_what_happened),
        V1_TEST(routes_in_messages_are_whole),
        V1_TEST(what_is_not_significant_is_not_told),
        V1_TEST(the_event_is_set_while_messages_wait),
        V1_TEST(an_event_that_resets_itself_will_do),
        V1_TEST(a_client_without_an_event_has_no_queue),
        V1_TEST(flags_are_not_optional),
        V1_TEST(the_caller_is_not_told_but_all_others),
        V1_TEST(own_changes_are_left_out_of_a_queue),
        V1_TEST(a_block_delete_tells_the_caller_too),
        V1_TEST(ageing_tells_the_owner_too),
        V1_TEST(leaving_is_told),
        V1_TEST(what_was_before_a_client_is_not_told),
        V1_TEST(each_client_has_its_own_queue),
        V1_TEST(a_protocol_lives_by_its_event),
    };

    return CLIENT_MAIN(tests);
}
