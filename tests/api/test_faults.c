/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * What a client sees when memory or system resources run out: RTM_FAIL_ALLOCATION=N and
 * RTM_FAIL_RESOURCE=N make the Nth request fail, counted from the moment the process's first
 * entity registers. Each is tried from the first request on until everything works.
 */
#include "client.h"

#define MOST_REQUESTS 2000

static VOID WINAPI no_method(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                             RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    (void)caller, (void)callee, (void)input, (void)output;
}

static void arm(const char* variable, UINT nth)
{
    char text[16];

    snprintf(text, sizeof(text), "%u", nth);
    assert_true(SetEnvironmentVariableA(variable, nth ? text : NULL));
}

static int faults_setup(void** state)
{
    client_setup(state);
    arm("RTM_FAIL_ALLOCATION", 0);
    arm("RTM_FAIL_RESOURCE", 0);
    return 0;
}

static int faults_teardown(void** state)
{
    arm("RTM_FAIL_ALLOCATION", 0);
    arm("RTM_FAIL_RESOURCE", 0);
    return client_teardown(state);
}

#define FAULT_TEST(function)                                                                       \
    cmocka_unit_test_setup_teardown(function, faults_setup, faults_teardown)

static DWORD register_all(ULONG id, RTM_ENTITY_HANDLE* entity)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, 1, id);
    methods exported = make_methods(3, no_method, NULL, no_method);
    RTM_REGN_PROFILE profile;
    DWORD status;

    paint(&profile, sizeof(profile));
    paint(entity, sizeof(*entity));
    status = RtmRegisterEntity(&info, &exported.set, recorder, TRUE, &profile, entity);
    if (status != NO_ERROR) {
        assert_true(painted(&profile, sizeof(profile)));
        assert_true(painted(entity, sizeof(*entity)));
    }
    return status;
}

/* All works with the variables removed, and nothing is left of what failed. */
static void expect_health(void)
{
    RTM_ENTITY_HANDLE first = NULL, second = NULL;

    ASSERT_STATUS(register_all(1, &first), NO_ERROR);
    assert_int_equal(count_entities(first), 1);
    ASSERT_STATUS(register_all(2, &second), NO_ERROR);
    assert_int_equal(count_entities(first), 2);
    ASSERT_STATUS(RtmDeregisterEntity(second), NO_ERROR);
    ASSERT_STATUS(RtmDeregisterEntity(first), NO_ERROR);
}

/* Fails each request of a process's first registration in turn. Returns how many there were. */
static UINT fail_first_registration(const char* variable, DWORD expected)
{
    for (UINT nth = 1; nth < MOST_REQUESTS; nth++) {
        RTM_ENTITY_HANDLE entity;
        DWORD status;

        arm(variable, nth);
        status = register_all(1, &entity);
        arm(variable, 0);
        if (status == NO_ERROR) {
            ASSERT_STATUS(RtmDeregisterEntity(entity), NO_ERROR);
            return nth - 1;
        }
        if (status != expected)
            fail_msg("%s=%u: registration gives %lu", variable, nth, status);
        expect_health();
    }
    fail_msg("%s: registration never works", variable);
    return 0;
}

static void memory_of_the_first_registration(void** state)
{
    (void)state;
    assert_true(fail_first_registration("RTM_FAIL_ALLOCATION", ERROR_NOT_ENOUGH_MEMORY) > 0);
}

static void resources_of_the_first_registration(void** state)
{
    (void)state;
    assert_true(fail_first_registration("RTM_FAIL_RESOURCE", ERROR_NO_SYSTEM_RESOURCES) > 0);
}

/* An entity lives on while others try to register, list, refer and leave; what it is told of
 * them is what happened. Returns whether a call failed. */
static BOOL run_scenario(const char* variable, UINT nth, DWORD expected)
{
    RTM_ENTITY_HANDLE first, second, handles[2];
    BOOL failed = FALSE;
    UINT count = 2, events = 0;
    DWORD status;

    arm(variable, nth);
    status = register_all(1, &first);
    arm(variable, 0);
    if (status != NO_ERROR) {
        ASSERT_STATUS(status, expected);
        return TRUE;
    }
    for (ULONG id = 2; id < 10; id++) {
        status = register_all(id, &second);
        if (status != NO_ERROR) {
            ASSERT_STATUS(status, expected);
            failed = TRUE;
            assert_int_equal(count_entities(first), 1);
            continue;
        }
        assert_int_equal(count_entities(first), 2);
        status = RtmGetRegisteredEntities(first, &count, handles, NULL);
        if (status == NO_ERROR) {
            assert_int_equal(count, 2);
            ASSERT_STATUS(RtmReleaseEntities(first, 2, handles), NO_ERROR);
            ASSERT_STATUS(RtmReleaseEntities(first, 1, &handles[1]), ERROR_INVALID_HANDLE);
        } else {
            ASSERT_STATUS(status, expected);
            failed = TRUE;
            count = 2;
        }
        status = RtmReferenceHandles(first, 1, &second);
        if (status == NO_ERROR) {
            ASSERT_STATUS(RtmReleaseEntities(first, 1, &second), NO_ERROR);
        } else {
            ASSERT_STATUS(status, expected);
            failed = TRUE;
        }
        ASSERT_STATUS(RtmDeregisterEntity(second), NO_ERROR); /* leaving always works */
        await_events(first, events + 2);
        assert_event(first, events, RTM_ENTITY_REGISTERED, 1, id);
        assert_event(first, events + 1, RTM_ENTITY_DEREGISTERED, 1, id);
        events += 2;
    }
    ASSERT_STATUS(RtmDeregisterEntity(first), NO_ERROR);
    assert_int_equal(events_of(first), events);
    return failed;
}

static void fail_scenario(const char* variable, DWORD expected)
{
    UINT quiet = 0, failures = 0;

    /* A failure may pass unseen (a request that can be made again), so go on for a while. */
    for (UINT nth = 1; nth < MOST_REQUESTS && quiet < 10; nth++) {
        if (run_scenario(variable, nth, expected)) {
            failures++;
            quiet = 0;
        } else {
            quiet++;
        }
    }
    assert_int_equal(quiet, 10);
    assert_true(failures > 0);
    expect_health();
}

static void memory_of_a_life(void** state)
{
    (void)state;
    fail_scenario("RTM_FAIL_ALLOCATION", ERROR_NOT_ENOUGH_MEMORY);
}

static void resources_of_a_life(void** state)
{
    (void)state;
    fail_scenario("RTM_FAIL_RESOURCE", ERROR_NO_SYSTEM_RESOURCES);
}

/* Not numbers, or 0: nothing fails. */
static void other_values_do_nothing(void** state)
{
    static const char* const values[] = {"0", "", "abc", "-1", "4294967295"};

    (void)state;
    for (UINT i = 0; i < COUNT_OF(values); i++) {
        assert_true(SetEnvironmentVariableA("RTM_FAIL_ALLOCATION", values[i]));
        assert_true(SetEnvironmentVariableA("RTM_FAIL_RESOURCE", values[i]));
        expect_health();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FAULT_TEST(memory_of_the_first_registration),
        FAULT_TEST(resources_of_the_first_registration),
        FAULT_TEST(memory_of_a_life),
        FAULT_TEST(resources_of_a_life),
        FAULT_TEST(other_values_do_nothing),
    };

    return CLIENT_MAIN(tests);
}
