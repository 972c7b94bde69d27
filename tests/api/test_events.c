/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * RTM_ENTITY_REGISTERED and RTM_ENTITY_DEREGISTERED: who is told what, in which order, on which
 * thread, and how callbacks and RtmDeregisterEntity get along.
 *
 * That nothing comes is shown by a later event that does: each entity gets its events in order.
 */
#include "client.h"

/* ---- who is told what ---- */

static void others_are_told_in_order(void** state)
{
    RTM_ENTITY_HANDLE first = join(1, 1, recorder), second, third, mute;

    (void)state;
    second = join(2, 2, recorder);
    mute = join(3, 3, NULL);
    third = join(4, 4, recorder);
    leave(mute);
    leave(second);
    leave(third);

    await_events(first, 6);
    assert_event(first, 0, RTM_ENTITY_REGISTERED, 2, 2);
    assert_event(first, 1, RTM_ENTITY_REGISTERED, 3, 3);
    assert_event(first, 2, RTM_ENTITY_REGISTERED, 4, 4);
    assert_event(first, 3, RTM_ENTITY_DEREGISTERED, 3, 3);
    assert_event(first, 4, RTM_ENTITY_DEREGISTERED, 2, 2);
    assert_event(first, 5, RTM_ENTITY_DEREGISTERED, 4, 4);
    for (UINT i = 0; i < 6; i++) {
        event_record event = event_at(first, i);

        assert_int_equal(event.info.RtmInstanceId, 0);
        assert_int_equal(event.info.AddressFamily, AF_INET);
        assert_true(event.thread != GetCurrentThreadId());
        assert_ptr_not_equal(event.subject, first);
    }
    leave(first);
    assert_int_equal(events_of(first), 6);
}

static void nobody_is_told_of_itself_or_of_earlier_ones(void** state)
{
    RTM_ENTITY_HANDLE early = join(1, 1, NULL), receiver = join(2, 2, recorder), fence;

    (void)state;
    fence = join(3, 3, NULL);
    await_events(receiver, 1);
    assert_event(receiver, 0, RTM_ENTITY_REGISTERED, 3, 3);
    /* Of an earlier one's end it is told. */
    leave(early);
    await_events(receiver, 2);
    assert_event(receiver, 1, RTM_ENTITY_DEREGISTERED, 1, 1);
    leave(receiver);
    assert_int_equal(events_of(receiver), 2);
    leave(fence);
}

static void other_tables_are_not_told(void** state)
{
    RTM_ENTITY_INFO places[] = {make_info(0, AF_INET, 1, 0), make_info(0, AF_INET6, 1, 1),
                                make_info(1, AF_INET, 1, 2), make_info(1, AF_INET6, 1, 3)};
    RTM_ENTITY_HANDLE receivers[4];

    (void)state;
    for (UINT i = 0; i < 4; i++)
        receivers[i] = join_as(&places[i], NULL, recorder);
    for (UINT i = 0; i < 4; i++) {
        RTM_ENTITY_INFO info = places[i];

        info.EntityId.EntityProtocolId = 9;
        leave(join_as(&info, NULL, NULL));
    }
    for (UINT i = 0; i < 4; i++)
        await_events(receivers[i], 2);
    for (UINT i = 0; i < 4; i++) {
        assert_event(receivers[i], 0, RTM_ENTITY_REGISTERED, 9, i);
        assert_event(receivers[i], 1, RTM_ENTITY_DEREGISTERED, 9, i);
        leave(receivers[i]);
        assert_int_equal(events_of(receivers[i]), 2);
    }
}

static void failed_registrations_are_not_told(void** state)
{
    RTM_ENTITY_HANDLE receiver = join(1, 1, recorder), entity = NULL;
    RTM_ENTITY_INFO info = make_info(0, AF_INET, 1, 1);
    RTM_REGN_PROFILE profile;

    (void)state;
    ASSERT_STATUS(RtmRegisterEntity(&info, NULL, recorder, FALSE, &profile, &entity),
                  ERROR_ALREADY_EXISTS);
    leave(join(2, 2, NULL));
    await_events(receiver, 2);
    assert_event(receiver, 0, RTM_ENTITY_REGISTERED, 2, 2);
    assert_event(receiver, 1, RTM_ENTITY_DEREGISTERED, 2, 2);
}

/* ---- what a callback may do with its arguments ---- */

static DWORD WINAPI referencing(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                                PVOID context2)
{
    RTM_ENTITY_INFO info, self;
    HANDLE subject = context1;

    CHECK_STATUS(RtmGetEntityInfo(receiver, receiver, &self), NO_ERROR);
    CHECK(self.EntityId.EntityProtocolId == 1);
    if (CHECK_STATUS(RtmGetEntityInfo(receiver, subject, &info), NO_ERROR))
        CHECK(same_info(&info, context2));
    CHECK_STATUS(RtmReleaseEntityInfo(receiver, &info), NO_ERROR);
    CHECK_STATUS(RtmReferenceHandles(receiver, 1, &subject), NO_ERROR);
    record_event(receiver, type, context1, context2);
    return NO_ERROR;
}

/* Context1 is lent and can be kept by a reference, for an entity that came and for one that went.
 */
static void subject_can_be_kept(void** state)
{
    RTM_ENTITY_HANDLE receiver = join(1, 1, referencing), other = join(2, 2, NULL);
    RTM_ENTITY_HANDLE subject;
    RTM_ENTITY_INFO info, expected = make_info(0, AF_INET, 2, 2);

    (void)state;
    await_events(receiver, 1);
    leave(other);
    join(3, 3, NULL); /* its event comes after the callback for `other` has returned */
    await_events(receiver, 3);
    for (UINT i = 0; i < 2; i++) {
        subject = event_at(receiver, i).subject;
        ASSERT_STATUS(RtmGetEntityInfo(receiver, subject, &info), NO_ERROR);
        assert_info_equal(&info, &expected);
        ASSERT_STATUS(RtmReleaseEntities(receiver, 1, &subject), NO_ERROR);
    }
    ASSERT_STATUS(RtmGetEntityInfo(receiver, subject, &info), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReleaseEntities(receiver, 1, &subject), ERROR_INVALID_HANDLE);
}

/* Unkept handles of the same kind die with the callback, if the entity is gone. */
static void subject_is_only_lent(void** state)
{
    RTM_ENTITY_HANDLE receiver = join(1, 1, recorder), other = join(2, 2, NULL), subject;
    RTM_ENTITY_INFO info;

    (void)state;
    leave(other);
    leave(join(3, 3, NULL)); /* its events come after the callback for `other` has returned */
    await_events(receiver, 4);
    subject = event_at(receiver, 1).subject;
    ASSERT_STATUS(RtmReleaseEntities(receiver, 1, &subject), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmGetEntityInfo(receiver, subject, &info), ERROR_INVALID_HANDLE);
}

/* ---- one at a time, each at its own pace ---- */

static HANDLE entered, gate;
static LONG inside, finished, overlaps;

/* Waits in its first call until the gate opens. */
static DWORD WINAPI gated(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                          PVOID context2)
{
    if (InterlockedIncrement(&inside) != 1)
        InterlockedIncrement(&overlaps);
    SetEvent(entered);
    awaited(gate);
    record_event(receiver, type, context1, context2);
    InterlockedIncrement(&finished);
    InterlockedDecrement(&inside);
    return NO_ERROR;
}

static void new_gate(void)
{
    inside = finished = overlaps = 0;
    entered = new_event();
    gate = new_event();
}

static void close_gate(void)
{
    CloseHandle(entered);
    CloseHandle(gate);
}

#define MANY 150

static void many_events_wait_for_a_slow_client(void** state)
{
    RTM_ENTITY_HANDLE slow, others[MANY];

    (void)state;
    new_gate();
    slow = join(1, 1, gated);
    for (UINT i = 0; i < MANY; i++)
        others[i] = join(2, i, NULL);
    await(entered);
    for (UINT i = 0; i < MANY; i++)
        leave(others[i]);
    assert_int_equal(events_of(slow), 0);
    SetEvent(gate);
    await_events(slow, 2 * MANY);
    for (UINT i = 0; i < MANY; i++) {
        assert_event(slow, i, RTM_ENTITY_REGISTERED, 2, i);
        assert_event(slow, MANY + i, RTM_ENTITY_DEREGISTERED, 2, i);
    }
    leave(slow);
    assert_int_equal(events_of(slow), 2 * MANY);
    assert_int_equal(overlaps, 0);
    close_gate();
}

static DWORD WINAPI never_twice(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                                PVOID context2)
{
    if (InterlockedIncrement(&inside) != 1)
        InterlockedIncrement(&overlaps);
    SwitchToThread();
    Sleep(0);
    record_event(receiver, type, context1, context2);
    InterlockedDecrement(&inside);
    return NO_ERROR;
}

static DWORD WINAPI come_and_go(void* argument)
{
    ULONG protocol = 100 + (ULONG)(ULONG_PTR)argument;

    for (ULONG i = 0; i < 50; i++) {
        RTM_ENTITY_INFO info = make_info(0, AF_INET, protocol, i);
        RTM_REGN_PROFILE profile;
        RTM_ENTITY_HANDLE entity = NULL;

        CHECK_STATUS(RtmRegisterEntity(&info, NULL, NULL, FALSE, &profile, &entity), NO_ERROR);
        CHECK_STATUS(RtmDeregisterEntity(entity), NO_ERROR);
    }
    return 0;
}

static void callbacks_of_an_entity_never_overlap(void** state)
{
    RTM_ENTITY_HANDLE receiver;
    HANDLE threads[3];
    UINT next[3] = {0};

    (void)state;
    inside = overlaps = 0;
    receiver = join(1, 1, never_twice);
    for (UINT i = 0; i < 3; i++)
        threads[i] = start(come_and_go, (void*)(ULONG_PTR)i);
    for (UINT i = 0; i < 3; i++)
        join_thread(threads[i]);
    await_events(receiver, 300);
    assert_int_equal(overlaps, 0);
    for (UINT i = 0; i < 300; i++) { /* each thread's coming and going in its order */
        event_record event = event_at(receiver, i);
        ULONG from = event.info.EntityId.EntityProtocolId - 100;

        assert_in_range(from, 0, 2);
        assert_int_equal(event.type,
                         next[from] % 2 ? RTM_ENTITY_DEREGISTERED : RTM_ENTITY_REGISTERED);
        assert_int_equal(event.info.EntityId.EntityInstanceId, next[from] / 2);
        next[from]++;
    }
}

static void a_slow_client_delays_itself_alone(void** state)
{
    RTM_ENTITY_HANDLE slow, quick, other;

    (void)state;
    new_gate();
    slow = join(1, 1, gated);
    quick = join(2, 2, recorder);
    await(entered);
    other = join(3, 3, NULL);
    leave(other);
    await_events(quick, 2); /* while the slow one is still in its first callback */
    assert_int_equal(finished, 0);
    assert_event(quick, 0, RTM_ENTITY_REGISTERED, 3, 3);
    assert_event(quick, 1, RTM_ENTITY_DEREGISTERED, 3, 3);
    SetEvent(gate);
    await_events(slow, 3);
    leave(slow);
    close_gate();
}

/* Several callbacks that wait at the same time, more than there are processors. */
static void many_slow_clients_delay_nobody_else(void** state)
{
    RTM_ENTITY_HANDLE slow[16], quick;

    (void)state;
    new_gate();
    for (UINT i = 0; i < 16; i++)
        slow[i] = join(1, i, gated);
    quick = join(2, 2, recorder);
    leave(join(3, 3, NULL));
    await_events(quick, 2);
    assert_int_equal(finished, 0);
    SetEvent(gate);
    for (UINT i = 0; i < 16; i++) {
        await_events(slow[i], 15 - i + 1 + 2);
        assert_event(slow[i], 15 - i, RTM_ENTITY_REGISTERED, 2, 2);
    }
    for (UINT i = 0; i < 16; i++)
        leave(slow[i]);
    close_gate();
}

/* ---- leaving ---- */

static DWORD WINAPI deregister_thread(void* entity)
{
    return RtmDeregisterEntity(entity);
}

static void leaving_waits_for_the_running_callback(void** state)
{
    RTM_ENTITY_HANDLE receiver, witness;
    HANDLE thread;

    (void)state;
    new_gate();
    receiver = join(1, 1, gated);
    witness = join(2, 2, recorder);
    await(entered);
    for (ULONG i = 0; i < 10; i++) /* these wait behind it and are dropped */
        leave(join(3, i, NULL));
    await_events(witness, 20);
    forget(receiver);
    thread = start(deregister_thread, receiver);
    assert_true(stays_quiet(thread));
    assert_int_equal(finished, 0);
    SetEvent(gate);
    ASSERT_STATUS(join_thread(thread), NO_ERROR);
    assert_int_equal(finished, 1);
    assert_int_equal(inside, 0);
    /* None comes after RtmDeregisterEntity. */
    leave(join(4, 4, NULL));
    await_events(witness, 23); /* its own 20, receiver's end, and the two of 4 */
    assert_int_equal(events_of(receiver), 1);
    assert_int_equal(finished, 1);
    close_gate();
}

static LONG live, late;

static DWORD WINAPI must_be_live(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                                 PVOID context2)
{
    (void)receiver, (void)type, (void)context1, (void)context2;
    if (!InterlockedCompareExchange(&live, 0, 0))
        InterlockedIncrement(&late);
    return NO_ERROR;
}

static void no_callback_after_leaving(void** state)
{
    HANDLE thread;

    (void)state;
    late = 0;
    join(1, 1, NULL);
    thread = start(come_and_go, NULL);
    for (ULONG i = 0; i < 200; i++) {
        RTM_ENTITY_HANDLE receiver;

        InterlockedExchange(&live, 1);
        receiver = join(2, i, must_be_live);
        leave(join(3, 3, NULL));
        leave(receiver);
        InterlockedExchange(&live, 0);
        leave(join(3, 3, NULL));
    }
    join_thread(thread);
    assert_int_equal(late, 0);
}

static HANDLE self_left;
static LONG self_status;

static DWORD WINAPI leaves_itself(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                                  PVOID context2)
{
    record_event(receiver, type, context1, context2);
    InterlockedExchange(&self_status, (LONG)RtmDeregisterEntity(receiver));
    SetEvent(self_left);
    return NO_ERROR;
}

/* The documentation forbids it. It shall do no harm. */
static void leaving_from_ones_own_callback(void** state)
{
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), receiver, others[3];
    UINT count = 0;

    (void)state;
    self_left = new_event();
    self_status = -1;
    receiver = join(2, 2, leaves_itself);
    forget(receiver);
    for (ULONG i = 0; i < 3; i++)
        others[i] = join(3, i, NULL);
    await(self_left);
    ASSERT_STATUS((DWORD)self_status, NO_ERROR);
    ASSERT_STATUS(RtmGetRegisteredEntities(receiver, &count, NULL, NULL), ERROR_INVALID_HANDLE);
    assert_int_equal(count_entities(first), 4);
    for (ULONG i = 0; i < 3; i++)
        leave(others[i]);
    assert_int_equal(events_of(receiver), 1);
    CloseHandle(self_left);
}

static RTM_ENTITY_HANDLE pair[2];
static HANDLE pair_inside[2], pair_done[2];
static LONG pair_status[2];

static DWORD WINAPI leaves_the_other(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type,
                                     PVOID context1, PVOID context2)
{
    const RTM_ENTITY_INFO* subject = context2;
    UINT own = receiver == pair[1];

    (void)context1;
    if (type != RTM_ENTITY_REGISTERED || subject->EntityId.EntityProtocolId != 3)
        return NO_ERROR;
    SetEvent(pair_inside[own]);
    if (awaited(pair_inside[!own]))
        InterlockedExchange(&pair_status[own], (LONG)RtmDeregisterEntity(pair[!own]));
    SetEvent(pair_done[own]);
    return NO_ERROR;
}

static void callbacks_that_end_each_other(void** state)
{
    (void)state;
    for (ULONG round = 0; round < 10; round++) {
        RTM_ENTITY_HANDLE trigger;
        UINT count = 0;

        for (UINT i = 0; i < 2; i++) {
            pair_inside[i] = new_event();
            pair_done[i] = new_event();
            pair_status[i] = -1;
            pair[i] = join(2, i, leaves_the_other);
        }
        forget(pair[0]);
        forget(pair[1]);
        trigger = join(3, round, NULL);
        for (UINT i = 0; i < 2; i++)
            await(pair_done[i]);
        for (UINT i = 0; i < 2; i++) {
            ASSERT_STATUS((DWORD)pair_status[i], NO_ERROR);
            ASSERT_STATUS(RtmGetRegisteredEntities(pair[i], &count, NULL, NULL),
                          ERROR_INVALID_HANDLE);
        }
        assert_int_equal(count_entities(trigger), 1);
        leave(trigger);
        for (UINT i = 0; i < 2; i++) {
            CloseHandle(pair_inside[i]);
            CloseHandle(pair_done[i]);
        }
    }
}

/* ---- callbacks that call ---- */

static VOID WINAPI answer_42(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                             RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    (void)caller, (void)callee, (void)input;
    if (output->OutputSize) {
        output->OutputData[0] = 42;
        output->OutputSize = 1;
    }
}

static RTM_ENTITY_HANDLE callee;

static DWORD WINAPI calls_everything(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type,
                                     PVOID context1, PVOID context2)
{
    RTM_ENTITY_METHOD_INPUT input = {METHOD_TYPE_ALL_METHODS, 0, {0}};
    RTM_ENTITY_METHOD_OUTPUT output;
    RTM_ENTITY_EXPORT_METHOD exported[4];
    RTM_ENTITY_HANDLE handles[16], entity = NULL;
    RTM_ENTITY_INFO infos[16], info = make_info(1, AF_INET6, 77, 77);
    RTM_REGN_PROFILE profile;
    UINT count = 4, size = sizeof(output);

    CHECK_STATUS(RtmGetEntityMethods(receiver, callee, &count, exported), NO_ERROR);
    CHECK(count == 1);
    CHECK_STATUS(RtmInvokeMethod(receiver, callee, &input, &size, &output), NO_ERROR);
    CHECK(output.OutputData[0] == 42);
    CHECK_STATUS(RtmBlockMethods(receiver, NULL, 0, RTM_BLOCK_METHODS), NO_ERROR);
    CHECK_STATUS(RtmBlockMethods(receiver, NULL, 0, RTM_RESUME_METHODS), NO_ERROR);
    /* Forbidden by the documentation; here they work. */
    count = 16;
    if (CHECK_STATUS(RtmGetRegisteredEntities(receiver, &count, handles, infos), NO_ERROR))
        CHECK_STATUS(RtmReleaseEntities(receiver, count, handles), NO_ERROR);
    if (CHECK_STATUS(RtmRegisterEntity(&info, NULL, NULL, FALSE, &profile, &entity), NO_ERROR))
        CHECK_STATUS(RtmDeregisterEntity(entity), NO_ERROR);
    record_event(receiver, type, context1, context2);
    return ERROR_GEN_FAILURE; /* ignored */
}

static void callbacks_may_call_back(void** state)
{
    methods exported = make_methods(1, answer_42);
    RTM_ENTITY_HANDLE receiver;

    (void)state;
    callee = join_with_methods(1, 1, &exported);
    receiver = join(2, 2, calls_everything);
    for (ULONG i = 0; i < 5; i++)
        leave(join(3, i, NULL));
    await_events(receiver, 10);
    for (UINT i = 0; i < 10; i++)
        assert_event(receiver, i, i % 2 ? RTM_ENTITY_DEREGISTERED : RTM_ENTITY_REGISTERED, 3,
                     i / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(others_are_told_in_order),
        CLIENT_TEST(nobody_is_told_of_itself_or_of_earlier_ones),
        CLIENT_TEST(other_tables_are_not_told),
        CLIENT_TEST(failed_registrations_are_not_told),
        CLIENT_TEST(subject_can_be_kept),
        CLIENT_TEST(subject_is_only_lent),
        CLIENT_TEST(many_events_wait_for_a_slow_client),
        CLIENT_TEST(callbacks_of_an_entity_never_overlap),
        CLIENT_TEST(a_slow_client_delays_itself_alone),
        CLIENT_TEST(many_slow_clients_delay_nobody_else),
        CLIENT_TEST(leaving_waits_for_the_running_callback),
        CLIENT_TEST(no_callback_after_leaving),
        CLIENT_TEST(leaving_from_ones_own_callback),
        CLIENT_TEST(callbacks_that_end_each_other),
        CLIENT_TEST(callbacks_may_call_back),
    };

    return CLIENT_MAIN(tests);
}
