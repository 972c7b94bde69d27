/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Methods and threads: blocking and resuming, leaving while methods run, circles of waiting. */

#include "recorded_methods.h"

static RTM_ENTITY_HANDLE players[2];

/* ---- threads ---- */

typedef struct task {
    RTM_ENTITY_HANDLE caller, callee;
    DWORD bits;
} task;

static DWORD WINAPI invoke_thread(void* argument)
{
    task* work = argument;

    return invoke(work->caller, work->callee, work->bits);
}

static DWORD WINAPI block_thread(void* entity)
{
    return RtmBlockMethods(entity, NULL, 0, RTM_BLOCK_METHODS);
}

static DWORD WINAPI deregister_thread(void* entity)
{
    return RtmDeregisterEntity(entity);
}

static HANDLE entered, gate;
static LONG finished;

/* Waits until the gate opens. */
static VOID WINAPI gated(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                         RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    (void)caller, (void)callee, (void)input;
    SetEvent(entered);
    awaited(gate);
    set_head(output, NO_ERROR, 0);
    InterlockedIncrement(&finished);
}

static void new_gate(void)
{
    finished = 0;
    entered = new_event();
    gate = new_event();
}

static void close_gate(void)
{
    CloseHandle(entered);
    CloseHandle(gate);
}

static void block(RTM_ENTITY_HANDLE entity)
{
    ASSERT_STATUS(RtmBlockMethods(entity, NULL, 0, RTM_BLOCK_METHODS), NO_ERROR);
}

static void resume(RTM_ENTITY_HANDLE entity)
{
    ASSERT_STATUS(RtmBlockMethods(entity, NULL, 0, RTM_RESUME_METHODS), NO_ERROR);
}

static void invocation_waits_for_the_resume(void** state)
{
    methods exported = make_methods(1, empty);
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join_with_methods(2, 2, &exported);
    RTM_ENTITY_HANDLE other = join_with_methods(3, 3, &exported);
    task work = {first, second, 1};
    HANDLE threads[3];

    (void)state;
    block(second);
    for (UINT i = 0; i < 3; i++)
        threads[i] = start(invoke_thread, &work);
    for (UINT i = 0; i < 3; i++)
        assert_true(stays_quiet(threads[i]));
    assert_int_equal(call_count, 0);
    ASSERT_STATUS(invoke(first, other, 1), NO_ERROR); /* other entities are not blocked */
    assert_int_equal(call_count, 1);
    resume(second);
    for (UINT i = 0; i < 3; i++)
        ASSERT_STATUS(join_thread(threads[i]), NO_ERROR);
    assert_int_equal(call_count, 4);
}

/* Reading: a state, not a count. */
static void blocks_do_not_nest(void** state)
{
    methods exported = make_methods(1, empty);
    RTM_ENTITY_HANDLE entity = join_with_methods(1, 1, &exported);
    task work = {entity, entity, 1};

    (void)state;
    resume(entity); /* harmless */
    block(entity);
    block(entity);
    resume(entity);
    ASSERT_STATUS(join_thread(start(invoke_thread, &work)), NO_ERROR);
    resume(entity);
    resume(entity);
    block(entity); /* surplus resumes are not kept */
    {
        HANDLE thread = start(invoke_thread, &work);

        assert_true(stays_quiet(thread));
        resume(entity);
        ASSERT_STATUS(join_thread(thread), NO_ERROR);
    }
}

static void block_checks_its_arguments(void** state)
{
    methods exported = make_methods(1, empty);
    RTM_ENTITY_HANDLE entity = join_with_methods(1, 1, &exported);
    task work = {entity, entity, 1};

    (void)state;
    ASSERT_STATUS(RtmBlockMethods(entity, NULL, 0, 2), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmBlockMethods(entity, NULL, 0, 0xffffffff), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmBlockMethods(entity, (HANDLE)(ULONG_PTR)0x1234, 1, RTM_BLOCK_METHODS),
                  ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmBlockMethods(entity, INVALID_HANDLE_VALUE, 3, RTM_BLOCK_METHODS),
                  ERROR_INVALID_HANDLE);
    ASSERT_STATUS(join_thread(start(invoke_thread, &work)), NO_ERROR); /* not blocked */
}

static void block_waits_for_running_methods(void** state)
{
    methods exported = make_methods(2, gated, empty);
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join_with_methods(2, 2, &exported);
    task work = {first, second, 1};
    HANDLE running, blocking;

    (void)state;
    new_gate();
    running = start(invoke_thread, &work);
    await(entered);
    blocking = start(block_thread, second);
    assert_true(stays_quiet(blocking));
    SetEvent(gate);
    ASSERT_STATUS(join_thread(blocking), NO_ERROR);
    assert_int_equal(finished, 1);
    ASSERT_STATUS(join_thread(running), NO_ERROR);
    resume(second);
    ASSERT_STATUS(invoke(first, second, 2), NO_ERROR);
    close_gate();
}

/* Blocks, or resumes, its own entity from inside. */
static VOID WINAPI blocks_itself(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                                 RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    (void)caller, (void)input;
    set_head(output, RtmBlockMethods(callee, NULL, 0, RTM_BLOCK_METHODS), 0);
}

static void block_does_not_wait_for_its_own_thread(void** state)
{
    methods exported = make_methods(2, blocks_itself, empty);
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join_with_methods(2, 2, &exported);
    task work = {first, second, 1}, next = {first, second, 2};
    HANDLE thread;

    (void)state;
    ASSERT_STATUS(join_thread(start(invoke_thread, &work)), NO_ERROR);
    thread = start(invoke_thread, &next);
    assert_true(stays_quiet(thread)); /* the block outlives the method */
    resume(second);
    ASSERT_STATUS(join_thread(thread), NO_ERROR);
    assert_int_equal(call_count, 1);
}

static void leaving_target_releases_waiters(void** state)
{
    methods exported = make_methods(1, empty);
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join_with_methods(2, 2, &exported);
    RTM_ENTITY_HANDLE found = find_entity(first, 2, 2);
    task work = {first, second, 1};
    HANDLE threads[3], leaving;

    (void)state;
    block(second);
    for (UINT i = 0; i < 3; i++)
        threads[i] = start(invoke_thread, &work);
    assert_true(stays_quiet(threads[0]));
    forget(second);
    leaving = start(deregister_thread, second);
    for (UINT i = 0; i < 3; i++)
        ASSERT_STATUS(join_thread(threads[i]), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(join_thread(leaving), NO_ERROR);
    ASSERT_STATUS(invoke(first, found, 1), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReleaseEntities(first, 1, &found), NO_ERROR);
    assert_int_equal(call_count, 0);
}

static void leaving_caller_is_released(void** state)
{
    methods exported = make_methods(1, empty);
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join_with_methods(2, 2, &exported);
    task work = {first, second, 1};
    HANDLE thread, leaving;

    (void)state;
    block(second);
    thread = start(invoke_thread, &work);
    assert_true(stays_quiet(thread));
    forget(first);
    leaving = start(deregister_thread, first);
    ASSERT_STATUS(join_thread(thread), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(join_thread(leaving), NO_ERROR);
    resume(second);
    assert_int_equal(call_count, 0);
    ASSERT_STATUS(invoke(second, second, 1), NO_ERROR);
}

static void leaving_waits_for_running_methods(void** state)
{
    methods exported = make_methods(1, gated);
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join_with_methods(2, 2, &exported);
    task work = {first, second, 1};
    HANDLE running, leaving;

    (void)state;
    new_gate();
    running = start(invoke_thread, &work);
    await(entered);
    forget(second);
    leaving = start(deregister_thread, second);
    assert_true(stays_quiet(leaving));
    /* Meanwhile it is leaving: nothing new starts. */
    ASSERT_STATUS(join_thread(start(invoke_thread, &work)), ERROR_INVALID_HANDLE);
    SetEvent(gate);
    ASSERT_STATUS(join_thread(leaving), NO_ERROR);
    assert_int_equal(finished, 1);
    ASSERT_STATUS(join_thread(running), NO_ERROR); /* it ran to its end */
    close_gate();
}

static LONG inner_status;

static VOID WINAPI leaves_itself(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                                 RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    (void)caller, (void)input;
    set_head(output, NO_ERROR, 0);
    InterlockedExchange(&inner_status, (LONG)RtmDeregisterEntity(callee));
}

typedef struct sized_task {
    task work;
    UINT size;
} sized_task;

static DWORD WINAPI sized_invoke_thread(void* argument)
{
    sized_task* sized = argument;
    RTM_ENTITY_METHOD_INPUT input = {sized->work.bits, 0, {0}};
    buffer memory;

    sized->size = sizeof(memory);
    return RtmInvokeMethod(sized->work.caller, sized->work.callee, &input, &sized->size,
                           &memory.output);
}

/* Of several methods, those after the one that made its entity leave do not run. */
static void leaving_from_ones_own_method(void** state)
{
    methods exported = make_methods(3, empty, leaves_itself, empty);
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join_with_methods(2, 2, &exported);
    sized_task sized = {{first, second, 7}, 0};
    UINT count = 0;

    (void)state;
    inner_status = -1;
    forget(second);
    ASSERT_STATUS(join_thread(start(sized_invoke_thread, &sized)), ERROR_INVALID_HANDLE);
    assert_int_equal(sized.size, 2 * HEAD);
    assert_int_equal(call_count, 1);
    ASSERT_STATUS((DWORD)inner_status, NO_ERROR);
    ASSERT_STATUS(RtmGetRegisteredEntities(second, &count, NULL, NULL), ERROR_INVALID_HANDLE);
    assert_int_equal(count_entities(first), 1);
}

/* ---- two threads, each inside a method, each after the other's entity ---- */

static HANDLE both_inside[2];
static BOOL they_leave;
static LONG crossing_status[2];

static VOID WINAPI crossing(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                            RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    UINT own = callee == players[1];
    DWORD status;

    (void)caller, (void)input;
    set_head(output, NO_ERROR, 0);
    SetEvent(both_inside[own]);
    if (!awaited(both_inside[!own]))
        return;
    status = they_leave ? RtmDeregisterEntity(players[!own])
                        : RtmBlockMethods(players[!own], NULL, 0, RTM_BLOCK_METHODS);
    InterlockedExchange(&crossing_status[own], (LONG)status);
}

static void cross(BOOL leaving)
{
    methods exported = make_methods(1, crossing);
    RTM_ENTITY_HANDLE first = join(1, 1, NULL);

    they_leave = leaving;
    for (ULONG round = 0; round < 10; round++) {
        task work[2];
        HANDLE threads[2];

        for (UINT i = 0; i < 2; i++) {
            both_inside[i] = new_event();
            crossing_status[i] = -1;
            players[i] = join_with_methods(2, i, &exported);
            work[i] = (task){first, players[i], 1};
        }
        if (leaving) {
            forget(players[0]);
            forget(players[1]);
        }
        for (UINT i = 0; i < 2; i++)
            threads[i] = start(invoke_thread, &work[i]);
        for (UINT i = 0; i < 2; i++) {
            DWORD status = join_thread(threads[i]);

            assert_true(status == NO_ERROR || status == ERROR_INVALID_HANDLE);
        }
        for (UINT i = 0; i < 2; i++) {
            ASSERT_STATUS((DWORD)crossing_status[i], NO_ERROR);
            CloseHandle(both_inside[i]);
            if (!leaving) {
                resume(players[i]);
                leave(players[i]);
            }
        }
        assert_int_equal(count_entities(first), 1);
    }
}

static void methods_that_block_each_other(void** state)
{
    (void)state;
    cross(FALSE);
}

static void methods_that_end_each_other(void** state)
{
    (void)state;
    cross(TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        METHOD_TEST(invocation_waits_for_the_resume),
        METHOD_TEST(blocks_do_not_nest),
        METHOD_TEST(block_checks_its_arguments),
        METHOD_TEST(block_waits_for_running_methods),
        METHOD_TEST(block_does_not_wait_for_its_own_thread),
        METHOD_TEST(leaving_target_releases_waiters),
        METHOD_TEST(leaving_caller_is_released),
        METHOD_TEST(leaving_waits_for_running_methods),
        METHOD_TEST(leaving_from_ones_own_method),
        METHOD_TEST(methods_that_block_each_other),
        METHOD_TEST(methods_that_end_each_other),
    };

    return CLIENT_MAIN(tests);
}
