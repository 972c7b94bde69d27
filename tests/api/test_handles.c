/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Any value may be passed as any handle: what is not a live handle of the right kind and table
 * gives ERROR_INVALID_HANDLE, writes nothing and changes nothing. And RtmReferenceHandles.
 */
#include "client.h"

/* Live, of one table; `other` exports a method, `third` is only there. */
static RTM_ENTITY_HANDLE own, other, third;

static VOID WINAPI never_called(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                                RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    (void)caller, (void)callee, (void)input, (void)output;
    CHECK(!"a method ran for a bad handle");
}

/* ---- a probe per function and handle argument ---- */

static DWORD probe_deregister(HANDLE bad)
{
    return RtmDeregisterEntity(bad);
}

static DWORD probe_list(HANDLE bad)
{
    RTM_ENTITY_HANDLE handles[4];
    RTM_ENTITY_INFO infos[4];
    UINT count = 4;
    DWORD status;

    paint(handles, sizeof(handles));
    paint(infos, sizeof(infos));
    status = RtmGetRegisteredEntities(bad, &count, handles, infos);
    assert_int_equal(count, 4);
    assert_true(painted(handles, sizeof(handles)));
    assert_true(painted(infos, sizeof(infos)));
    return status;
}

static DWORD probe_release_reg(HANDLE bad)
{
    return RtmReleaseEntities(bad, 1, &other);
}

static DWORD probe_release(HANDLE bad)
{
    return RtmReleaseEntities(own, 1, &bad);
}

static DWORD probe_release_among(HANDLE bad)
{
    RTM_ENTITY_HANDLE handles[] = {other, bad, own};

    return RtmReleaseEntities(own, 3, handles);
}

static DWORD info_of(HANDLE reg, HANDLE entity)
{
    RTM_ENTITY_INFO info;
    DWORD status;

    paint(&info, sizeof(info));
    status = RtmGetEntityInfo(reg, entity, &info);
    if (status != NO_ERROR)
        assert_true(painted(&info, sizeof(info)));
    return status;
}

static DWORD probe_info_reg(HANDLE bad)
{
    return info_of(bad, other);
}

static DWORD probe_info(HANDLE bad)
{
    return info_of(own, bad);
}

static DWORD probe_info_both(HANDLE bad)
{
    return info_of(bad, bad);
}

static DWORD probe_release_info(HANDLE bad)
{
    RTM_ENTITY_INFO info;
    DWORD status;

    paint(&info, sizeof(info));
    status = RtmReleaseEntityInfo(bad, &info);
    assert_true(painted(&info, sizeof(info)));
    return status;
}

static DWORD methods_of(HANDLE reg, HANDLE entity)
{
    RTM_ENTITY_EXPORT_METHOD got[2];
    UINT count = 2;
    DWORD status;

    paint(got, sizeof(got));
    status = RtmGetEntityMethods(reg, entity, &count, got);
    assert_int_equal(count, 2);
    assert_true(painted(got, sizeof(got)));
    return status;
}

static DWORD probe_methods_reg(HANDLE bad)
{
    return methods_of(bad, other);
}

static DWORD probe_methods(HANDLE bad)
{
    return methods_of(own, bad);
}

static DWORD invocation(HANDLE reg, HANDLE entity)
{
    RTM_ENTITY_METHOD_INPUT input = {METHOD_TYPE_ALL_METHODS, 0, {0}};
    RTM_ENTITY_METHOD_OUTPUT output;
    UINT size = sizeof(output);
    DWORD status;

    paint(&output, sizeof(output));
    status = RtmInvokeMethod(reg, entity, &input, &size, &output);
    assert_int_equal(size, sizeof(output));
    assert_true(painted(&output, sizeof(output)));
    return status;
}

static DWORD probe_invoke_reg(HANDLE bad)
{
    return invocation(bad, other);
}

static DWORD probe_invoke(HANDLE bad)
{
    return invocation(own, bad);
}

static DWORD probe_block(HANDLE bad)
{
    return RtmBlockMethods(bad, NULL, 0, RTM_BLOCK_METHODS);
}

static DWORD probe_block_target(HANDLE bad)
{
    return RtmBlockMethods(other, bad, 1, RTM_BLOCK_METHODS);
}

static DWORD probe_reference_reg(HANDLE bad)
{
    return RtmReferenceHandles(bad, 1, &other);
}

static DWORD probe_reference(HANDLE bad)
{
    return RtmReferenceHandles(own, 1, &bad);
}

static DWORD probe_reference_among(HANDLE bad)
{
    HANDLE handles[] = {other, bad, own};

    return RtmReferenceHandles(own, 3, handles);
}

static const struct probe {
    const char* name;
    DWORD (*call)(HANDLE bad);
    BOOL lone_registration; /* where a live registration of any table is right */
    BOOL null_is_good;
} probes[] = {
    {"RtmDeregisterEntity", probe_deregister, TRUE, FALSE},
    {"RtmGetRegisteredEntities", probe_list, TRUE, FALSE},
    {"RtmReleaseEntities, registration", probe_release_reg, FALSE, FALSE},
    {"RtmReleaseEntities, entity", probe_release, FALSE, FALSE},
    {"RtmReleaseEntities, entity among others", probe_release_among, FALSE, FALSE},
    {"RtmGetEntityInfo, registration", probe_info_reg, FALSE, FALSE},
    {"RtmGetEntityInfo, entity", probe_info, FALSE, FALSE},
    {"RtmGetEntityInfo, both", probe_info_both, TRUE, FALSE},
    {"RtmReleaseEntityInfo", probe_release_info, TRUE, FALSE},
    {"RtmGetEntityMethods, registration", probe_methods_reg, FALSE, FALSE},
    {"RtmGetEntityMethods, entity", probe_methods, FALSE, FALSE},
    {"RtmInvokeMethod, registration", probe_invoke_reg, FALSE, FALSE},
    {"RtmInvokeMethod, entity", probe_invoke, FALSE, FALSE},
    {"RtmBlockMethods, registration", probe_block, TRUE, FALSE},
    {"RtmBlockMethods, target", probe_block_target, FALSE, TRUE},
    {"RtmReferenceHandles, registration", probe_reference_reg, FALSE, FALSE},
    {"RtmReferenceHandles, handle", probe_reference, FALSE, FALSE},
    {"RtmReferenceHandles, handle among others", probe_reference_among, FALSE, FALSE},
};

static RTM_ENTITY_HANDLE foreign; /* live, of another table, or NULL */

/* Passes one value as every handle argument there is. */
static void probe_all(HANDLE bad)
{
    if (bad == own || bad == other || bad == third)
        return; /* a random value that is a live one after all */
    for (UINT i = 0; i < COUNT_OF(probes); i++) {
        DWORD status;

        if ((!bad && probes[i].null_is_good) ||
            (bad && bad == foreign && probes[i].lone_registration))
            continue;
        status = probes[i].call(bad);
        if (status != ERROR_INVALID_HANDLE)
            fail_msg("%s with handle %p gives %lu", probes[i].name, bad, status);
    }
}

/* The table as it is, before and after. */
static RTM_ENTITY_INFO before[8];
static UINT before_count;

static UINT snapshot(RTM_ENTITY_INFO* infos)
{
    UINT count = 8;

    ASSERT_STATUS(RtmGetRegisteredEntities(own, &count, NULL, infos), NO_ERROR);
    return count;
}

static int handles_setup(void** state)
{
    methods exported = make_methods(1, never_called);
    HANDLE held;

    client_setup(state);
    foreign = NULL;
    third = join(3, 3, NULL);
    other = join_with_methods(2, 2, &exported);
    own = join(1, 1, NULL);
    /* `own` holds one reference each of itself and of `other`, for the probes to leave alone. */
    held = other;
    ASSERT_STATUS(RtmReferenceHandles(own, 1, &held), NO_ERROR);
    held = own;
    ASSERT_STATUS(RtmReferenceHandles(own, 1, &held), NO_ERROR);
    before_count = snapshot(before);
    return 0;
}

static int handles_teardown(void** state)
{
    RTM_ENTITY_INFO after[8];
    RTM_ENTITY_HANDLE held[] = {own, other};

    assert_int_equal(snapshot(after), before_count);
    for (UINT i = 0; i < before_count; i++)
        assert_info_equal(&after[i], &before[i]);
    ASSERT_STATUS(RtmReleaseEntities(own, 2, held), NO_ERROR);
    for (UINT i = 0; i < 2; i++)
        ASSERT_STATUS(RtmReleaseEntities(own, 1, &held[i]), ERROR_INVALID_HANDLE);
    return client_teardown(state);
}

#define PROBE_TEST(function)                                                                       \
    cmocka_unit_test_setup_teardown(function, handles_setup, handles_teardown)

static void null_and_small_numbers(void** state)
{
    (void)state;
    probe_all(NULL);
    probe_all(INVALID_HANDLE_VALUE);
    probe_all((HANDLE)(ULONG_PTR)(LONG_PTR)-2);
    for (ULONG_PTR i = 1; i <= 64; i++)
        probe_all((HANDLE)i);
    for (UINT bit = 0; bit < 8 * sizeof(HANDLE); bit++)
        probe_all((HANDLE)((ULONG_PTR)1 << bit));
}

static void random_values(void** state)
{
    random_numbers numbers = {20260101};

    (void)state;
    for (UINT i = 0; i < 5000; i++) {
        uint64_t value = ((uint64_t)next_random(&numbers) << 32) | next_random(&numbers);

        if (i % 4 == 1)
            value &= 0xffff;
        else if (i % 4 == 2)
            value &= 0xffffffff;
        else if (i % 4 == 3)
            value &= 0x7fffffffff8u; /* what pointers look like */
        probe_all((HANDLE)(ULONG_PTR)value);
    }
}

/* Values next to live handles. */
static void live_handles_with_changes(void** state)
{
    (void)state;
    for (UINT which = 0; which < 2; which++) {
        ULONG_PTR good = (ULONG_PTR)(which ? own : other);

        for (UINT bit = 0; bit < 8 * sizeof(HANDLE); bit++)
            probe_all((HANDLE)(good ^ ((ULONG_PTR)1 << bit)));
        for (ULONG_PTR i = 1; i <= 3; i++) {
            probe_all((HANDLE)(good + i));
            probe_all((HANDLE)(good - i));
        }
        probe_all((HANDLE)~good);
    }
}

static void stale_handles(void** state)
{
    RTM_ENTITY_HANDLE stale[50];

    (void)state;
    for (UINT i = 0; i < 50; i++) {
        stale[i] = join(5, i, NULL);
        if (i % 2)
            leave(stale[i]);
    }
    for (UINT i = 0; i < 50; i += 2)
        leave(stale[i]);
    for (UINT i = 0; i < 50; i++)
        probe_all(stale[i]);
}

static void handles_of_other_tables(void** state)
{
    RTM_ENTITY_INFO places[] = {make_info(0, AF_INET6, 1, 1), make_info(1, AF_INET, 1, 1)};

    (void)state;
    for (UINT i = 0; i < 2; i++) {
        foreign = join_as(&places[i], NULL, NULL);
        probe_all(foreign);
        assert_int_equal(count_entities(foreign), 1);
        leave(foreign);
    }
}

static void pointers_to_own_memory(void** state)
{
    static char fixed[256];
    char stack[256];
    char* heap = malloc(65536);

    (void)state;
    assert_non_null(heap);
    paint(stack, sizeof(stack));
    memset(heap, 0, 65536);
    for (UINT i = 0; i < 256; i += 8) {
        probe_all(fixed + i);
        probe_all(stack + i);
        probe_all(heap + i * 256);
    }
    probe_all((HANDLE)(ULONG_PTR)probe_all);
    probe_all((HANDLE)(ULONG_PTR)GetModuleHandleA("rtm.dll"));
    probe_all((HANDLE)(ULONG_PTR)RtmRegisterEntity);
    probe_all(&own);
    free(heap);
}

static void kernel_handles(void** state)
{
    HANDLE event = new_event();

    (void)state;
    probe_all(event);
    probe_all(GetCurrentThread());
    CloseHandle(event);
    probe_all(event);
}

/* ---- stale handles over a long time ---- */

#define CYCLES 100000

static void stale_handles_never_pass_again(void** state)
{
    RTM_ENTITY_HANDLE keeper = join(1, 1, NULL), stale[8];
    RTM_ENTITY_INFO info = make_info(0, AF_INET, 2, 2), got;
    RTM_REGN_PROFILE profile;

    (void)state;
    for (UINT i = 0; i < COUNT_OF(stale); i++) {
        stale[i] = join(2, 2, NULL);
        leave(stale[i]);
    }
    for (UINT cycle = 0; cycle < CYCLES; cycle++) {
        RTM_ENTITY_HANDLE entity = NULL;
        DWORD status = RtmRegisterEntity(&info, NULL, NULL, FALSE, &profile, &entity);

        if (status != NO_ERROR)
            fail_msg("cycle %u: registration gives %lu", cycle, status);
        for (UINT i = 0; i < COUNT_OF(stale); i++) {
            if (entity == stale[i])
                fail_msg("cycle %u: handle %p comes again", cycle, entity);
        }
        if (cycle % 97 == 0) {
            for (UINT i = 0; i < COUNT_OF(stale); i++) {
                UINT count = 0;

                ASSERT_STATUS(RtmGetEntityInfo(keeper, stale[i], &got), ERROR_INVALID_HANDLE);
                ASSERT_STATUS(RtmGetRegisteredEntities(stale[i], &count, NULL, NULL),
                              ERROR_INVALID_HANDLE);
                ASSERT_STATUS(RtmReferenceHandles(keeper, 1, &stale[i]), ERROR_INVALID_HANDLE);
                ASSERT_STATUS(RtmDeregisterEntity(stale[i]), ERROR_INVALID_HANDLE);
            }
            assert_int_equal(count_entities(keeper), 2);
        }
        status = RtmDeregisterEntity(entity);
        if (status != NO_ERROR)
            fail_msg("cycle %u: deregistration gives %lu", cycle, status);
    }
}

/* The same with the table itself coming and going. */
static void stale_handles_of_former_tables(void** state)
{
    RTM_ENTITY_HANDLE stale = join(2, 2, NULL);
    RTM_ENTITY_INFO got;

    (void)state;
    leave(stale);
    for (UINT cycle = 0; cycle < 1000; cycle++) {
        RTM_ENTITY_HANDLE entity = join(2, 2, NULL);

        assert_ptr_not_equal(entity, stale);
        ASSERT_STATUS(RtmGetEntityInfo(entity, stale, &got), ERROR_INVALID_HANDLE);
        ASSERT_STATUS(RtmDeregisterEntity(stale), ERROR_INVALID_HANDLE);
        leave(entity);
    }
}

static void live_handles_are_different(void** state)
{
    RTM_ENTITY_HANDLE entities[300];

    (void)state;
    for (UINT i = 0; i < COUNT_OF(entities); i++) {
        RTM_ENTITY_INFO info = make_info((USHORT)(i % 2), i % 3 ? AF_INET : AF_INET6, 1, i);

        entities[i] = join_as(&info, NULL, NULL);
        for (UINT j = 0; j < i; j++)
            assert_ptr_not_equal(entities[i], entities[j]);
    }
}

/* ---- RtmReferenceHandles ---- */

static void references_are_all_or_nothing(void** state)
{
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join(2, 2, NULL), later = join(3, 3, NULL);
    HANDLE good[] = {second, later}, mixed[3];

    (void)state;
    for (UINT bad = 0; bad < 3; bad++) {
        for (UINT i = 0, from = 0; i < 3; i++)
            mixed[i] = i == bad ? (HANDLE)(ULONG_PTR)0xbad0 : good[from++];
        ASSERT_STATUS(RtmReferenceHandles(first, 3, mixed), ERROR_INVALID_HANDLE);
    }
    for (UINT i = 0; i < 2; i++)
        ASSERT_STATUS(RtmReleaseEntities(first, 1, &good[i]), ERROR_INVALID_HANDLE);
    ASSERT_STATUS(RtmReferenceHandles(first, 2, good), NO_ERROR);
    ASSERT_STATUS(RtmReleaseEntities(first, 2, good), NO_ERROR);
    for (UINT i = 0; i < 2; i++)
        ASSERT_STATUS(RtmReleaseEntities(first, 1, &good[i]), ERROR_INVALID_HANDLE);
}

static void listed_twice_is_two_references(void** state)
{
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join(2, 2, NULL);
    HANDLE twice[] = {second, second};
    RTM_ENTITY_INFO info;

    (void)state;
    ASSERT_STATUS(RtmReferenceHandles(first, 2, twice), NO_ERROR);
    leave(second);
    ASSERT_STATUS(RtmReleaseEntities(first, 1, twice), NO_ERROR);
    ASSERT_STATUS(RtmGetEntityInfo(first, twice[0], &info), NO_ERROR);
    ASSERT_STATUS(RtmReleaseEntities(first, 1, twice), NO_ERROR);
    ASSERT_STATUS(RtmGetEntityInfo(first, twice[0], &info), ERROR_INVALID_HANDLE);
}

static void referencing_nothing_works(void** state)
{
    RTM_ENTITY_HANDLE entity = join(1, 1, NULL);
    HANDLE unused = (HANDLE)(ULONG_PTR)0x1234;

    (void)state;
    ASSERT_STATUS(RtmReferenceHandles(entity, 0, &unused), NO_ERROR);
    ASSERT_STATUS(RtmReferenceHandles(entity, 0, NULL), NO_ERROR);
    ASSERT_STATUS(RtmReferenceHandles(entity, 1, NULL), ERROR_INVALID_PARAMETER);
}

static void a_reference_keeps_the_entity(void** state)
{
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join(2, 2, NULL), held = second;
    RTM_ENTITY_INFO info, expected = make_info(0, AF_INET, 2, 2);

    (void)state;
    ASSERT_STATUS(RtmReferenceHandles(first, 1, &held), NO_ERROR);
    leave(second);
    ASSERT_STATUS(RtmGetEntityInfo(first, held, &info), NO_ERROR);
    assert_info_equal(&info, &expected);
    ASSERT_STATUS(RtmReleaseEntities(first, 1, &held), NO_ERROR);
    ASSERT_STATUS(RtmReferenceHandles(first, 1, &held), ERROR_INVALID_HANDLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROBE_TEST(null_and_small_numbers),
        PROBE_TEST(random_values),
        PROBE_TEST(live_handles_with_changes),
        PROBE_TEST(stale_handles),
        PROBE_TEST(handles_of_other_tables),
        PROBE_TEST(pointers_to_own_memory),
        PROBE_TEST(kernel_handles),
        CLIENT_TEST(stale_handles_never_pass_again),
        CLIENT_TEST(stale_handles_of_former_tables),
        CLIENT_TEST(live_handles_are_different),
        CLIENT_TEST(references_are_all_or_nothing),
        CLIENT_TEST(listed_twice_is_two_references),
        CLIENT_TEST(referencing_nothing_works),
        CLIENT_TEST(a_reference_keeps_the_entity),
    };

    return CLIENT_MAIN(tests);
}
