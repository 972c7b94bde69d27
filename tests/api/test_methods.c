/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Methods: what is exported, which run, what they get and give. */

#include "recorded_methods.h"

/* ---- RtmGetEntityMethods ---- */

static void sample_obtains_and_calls(void** state)
{
    methods exported = make_methods(1, sample_method);
    RTM_ENTITY_HANDLE entity = join_with_methods(1, 1, &exported);
    RTM_ENTITY_EXPORT_METHOD got[1] = {NULL};
    RTM_ENTITY_METHOD_INPUT input = {METHOD_TYPE_ALL_METHODS, 1, {0}};
    buffer memory;
    UINT count = 0, size = HEAD + 4;

    (void)state;
    ASSERT_STATUS(RtmGetEntityMethods(entity, entity, &count, NULL), NO_ERROR);
    assert_int_equal(count, 1);
    ASSERT_STATUS(RtmGetEntityMethods(entity, entity, &count, got), NO_ERROR);
    assert_int_equal(count, 1);
    assert_true(got[0] == sample_method);
    paint(&memory, sizeof(memory));
    ASSERT_STATUS(RtmInvokeMethod(entity, entity, &input, &size, &memory.output), NO_ERROR);
    assert_int_equal(size, HEAD + 4);
    assert_int_equal(memory.output.MethodType, 1);
    assert_int_equal(memory.output.MethodStatus, NO_ERROR);
    assert_int_equal(memory.output.OutputSize, 4);
    assert_memory_equal(memory.bytes + HEAD, "\x11\x22\x33\x44", 4);
    assert_true(painted(memory.bytes + HEAD + 4, sizeof(memory) - HEAD - 4));
}

static void methods_are_listed(void** state)
{
    methods exported = make_methods(5, silent, echo, NULL, empty, liar);
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join_with_methods(2, 2, &exported);
    RTM_ENTITY_HANDLE found = find_entity(first, 2, 2);
    RTM_ENTITY_EXPORT_METHOD expected[] = {silent, echo, NULL, empty, liar}, got[8];
    UINT count;

    (void)state;
    memset(&exported, 0xff, sizeof(exported)); /* the table was copied */
    paint(got, sizeof(got));
    count = 0;
    ASSERT_STATUS(RtmGetEntityMethods(first, found, &count, got), NO_ERROR);
    assert_int_equal(count, 5);
    assert_true(painted(got, sizeof(got)));
    for (UINT room = 1; room <= 8; room++) {
        UINT filled = room < 5 ? room : 5;

        count = room;
        paint(got, sizeof(got));
        ASSERT_STATUS(RtmGetEntityMethods(first, found, &count, got),
                      room < 5 ? ERROR_INSUFFICIENT_BUFFER : NO_ERROR);
        assert_int_equal(count, filled);
        assert_memory_equal(got, expected, filled * sizeof(got[0]));
        assert_true(painted(got + filled, (8 - filled) * sizeof(got[0])));
    }
    count = 5;
    ASSERT_STATUS(RtmGetEntityMethods(first, found, &count, NULL), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmGetEntityMethods(first, found, NULL, got), ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmReleaseEntities(first, 1, &found), NO_ERROR);
    leave(second);
}

static void an_entity_without_methods(void** state)
{
    RTM_ENTITY_HANDLE entity = join(1, 1, NULL);
    RTM_ENTITY_EXPORT_METHOD got[2];

    (void)state;
    paint(got, sizeof(got));
    for (UINT room = 0; room < 3; room++) {
        UINT count = room;

        ASSERT_STATUS(RtmGetEntityMethods(entity, entity, &count, got), NO_ERROR);
        assert_int_equal(count, 0);
    }
    assert_true(painted(got, sizeof(got)));
    ASSERT_STATUS(invoke(entity, entity, METHOD_TYPE_ALL_METHODS), NO_ERROR);
}

/* ---- RtmInvokeMethod: which methods, what they get ---- */

static void method_gets_handles_input_and_presets(void** state)
{
    static const char text[] = "any bytes";
    methods exported = make_methods(3, silent, echo, silent);
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join_with_methods(2, 2, &exported);
    RTM_ENTITY_HANDLE found = find_entity(first, 2, 2);
    RTM_ENTITY_INFO info;
    union {
        RTM_ENTITY_METHOD_INPUT input;
        UCHAR bytes[64];
    } in, before;
    buffer memory;
    UINT size = 200;

    (void)state;
    paint(&memory, sizeof(memory));
    paint(&in, sizeof(in));
    in.input.MethodType = 2;
    in.input.InputSize = sizeof(text);
    memcpy(in.input.InputData, text, sizeof(text));
    before = in;
    ASSERT_STATUS(RtmInvokeMethod(first, found, &in.input, &size, &memory.output), NO_ERROR);
    assert_memory_equal(&in, &before, sizeof(in));

    assert_int_equal(call_count, 1);
    assert_ptr_equal(calls[0].input, &in.input);
    assert_ptr_equal(calls[0].output, &memory.output);
    assert_int_equal(calls[0].thread, GetCurrentThreadId());
    assert_ptr_equal(calls[0].caller, first);
    ASSERT_STATUS(RtmGetEntityInfo(first, calls[0].callee, &info), NO_ERROR);
    assert_int_equal(info.EntityId.EntityProtocolId, 2);
    assert_int_equal(calls[0].preset.MethodType, 2);
    assert_int_equal(calls[0].preset.MethodStatus, NO_ERROR);
    assert_int_equal(calls[0].preset.OutputSize, 200 - HEAD);

    assert_int_equal(size, HEAD + sizeof(text));
    assert_int_equal(memory.output.MethodType, 2);
    assert_int_equal(memory.output.MethodStatus, 1000 + sizeof(text));
    assert_int_equal(memory.output.OutputSize, sizeof(text));
    assert_memory_equal(memory.bytes + HEAD, text, sizeof(text));
    ASSERT_STATUS(RtmReleaseEntities(first, 1, &found), NO_ERROR);
    leave(second);
}

/* The callee's handle is one that the callee can use as its own. */
static void callee_handle_is_the_registration(void** state)
{
    methods exported = make_methods(1, empty);
    RTM_ENTITY_HANDLE first = join(1, 1, NULL), second = join_with_methods(2, 2, &exported);

    (void)state;
    ASSERT_STATUS(invoke(first, second, 1), NO_ERROR);
    assert_ptr_equal(calls[0].caller, first);
    assert_int_equal(count_entities(calls[0].callee), 2);
}

static void methods_run_by_ascending_bit(void** state)
{
    methods exported = make_methods(6, echo, NULL, echo, echo, NULL, empty);
    RTM_ENTITY_HANDLE entity = join_with_methods(1, 1, &exported);
    static const DWORD bits[] = {1, 4, 8, 32};
    RTM_ENTITY_METHOD_INPUT input = {METHOD_TYPE_ALL_METHODS, 1, {0x77}};
    buffer memory;
    UINT size = sizeof(memory), offset = 0;

    (void)state;
    paint(&memory, sizeof(memory));
    ASSERT_STATUS(RtmInvokeMethod(entity, entity, &input, &size, &memory.output), NO_ERROR);
    assert_int_equal(call_count, 4);
    for (UINT i = 0; i < 4; i++) {
        RTM_ENTITY_METHOD_OUTPUT head = head_at(&memory, offset);

        assert_ptr_equal(calls[i].output, entry_at(&memory, offset));
        assert_int_equal(calls[i].preset.MethodType, bits[i]);
        assert_int_equal(calls[i].preset.OutputSize, sizeof(memory) - offset - HEAD);
        assert_int_equal(calls[i].preset.MethodStatus, NO_ERROR);
        assert_ptr_equal(calls[i].input, &input);
        assert_int_equal(head.MethodType, bits[i]);
        assert_int_equal(head.OutputSize, i < 3 ? 1 : 0);
        if (i < 3)
            assert_int_equal(memory.bytes[offset + HEAD], 0x77);
        offset += HEAD + head.OutputSize;
    }
    assert_int_equal(size, offset);
    assert_true(painted(memory.bytes + offset, sizeof(memory) - offset));
}

static void all_32_methods(void** state)
{
    methods exported;
    RTM_ENTITY_HANDLE entity;
    RTM_ENTITY_EXPORT_METHOD* entries = exported.set.Methods;
    RTM_ENTITY_METHOD_INPUT input = {METHOD_TYPE_ALL_METHODS, 0, {0}};
    buffer memory;
    UINT size = 32 * HEAD;

    (void)state;
    memset(&exported, 0, sizeof(exported));
    exported.set.NumMethods = 32;
    for (UINT i = 0; i < 32; i++)
        entries[i] = empty;
    entity = join_with_methods(1, 1, &exported);
    ASSERT_STATUS(RtmInvokeMethod(entity, entity, &input, &size, &memory.output), NO_ERROR);
    assert_int_equal(call_count, 32);
    assert_int_equal(size, 32 * HEAD);
    for (UINT i = 0; i < 32; i++)
        assert_int_equal(head_at(&memory, i * HEAD).MethodType, 1u << i);
    call_count = 0;
    input.MethodType = 0x80000000;
    ASSERT_STATUS(RtmInvokeMethod(entity, entity, &input, &size, &memory.output), NO_ERROR);
    assert_int_equal(call_count, 1);
    assert_int_equal(memory.output.MethodType, 0x80000000u);
    assert_int_equal(size, HEAD);
}

static void bits_without_method_are_skipped(void** state)
{
    methods exported = make_methods(3, NULL, empty, NULL);
    RTM_ENTITY_HANDLE entity = join_with_methods(1, 1, &exported);
    static const DWORD bits[] = {0, 1, 4, 8, 0x80000000, 0xfffffffd};

    (void)state;
    for (UINT i = 0; i < COUNT_OF(bits); i++) {
        RTM_ENTITY_METHOD_INPUT input = {bits[i], 0, {0}};
        buffer memory;
        UINT size = sizeof(memory);

        paint(&memory, sizeof(memory));
        ASSERT_STATUS(RtmInvokeMethod(entity, entity, &input, &size, &memory.output), NO_ERROR);
        assert_int_equal(size, 0);
        assert_true(painted(&memory, sizeof(memory)));
    }
    assert_int_equal(call_count, 0);
}

static void invoke_needs_its_pointers(void** state)
{
    methods exported = make_methods(1, empty);
    RTM_ENTITY_HANDLE entity = join_with_methods(1, 1, &exported);
    RTM_ENTITY_METHOD_INPUT input = {1, 0, {0}};
    buffer memory;
    UINT size = sizeof(memory);

    (void)state;
    ASSERT_STATUS(RtmInvokeMethod(entity, entity, NULL, &size, &memory.output),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmInvokeMethod(entity, entity, &input, NULL, &memory.output),
                  ERROR_INVALID_PARAMETER);
    ASSERT_STATUS(RtmInvokeMethod(entity, entity, &input, &size, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(size, sizeof(memory));
    assert_int_equal(call_count, 0);
}

/* ---- RtmInvokeMethod: room for the output ---- */

/* Reading: ERROR_INSUFFICIENT_BUFFER and the bytes really used. */
static void small_output_buffers(void** state)
{
    methods exported = make_methods(3, echo, echo, echo);
    RTM_ENTITY_HANDLE entity = join_with_methods(1, 1, &exported);
    union {
        RTM_ENTITY_METHOD_INPUT input;
        UCHAR bytes[FIELD_OFFSET(RTM_ENTITY_METHOD_INPUT, InputData) + 5];
    } in;
    const UINT each = HEAD + 5;

    (void)state;
    memset(&in, 9, sizeof(in));
    in.input.MethodType = METHOD_TYPE_ALL_METHODS;
    in.input.InputSize = 5;
    for (UINT room = 0; room <= 3 * each + 4; room++) {
        buffer memory;
        UINT size = room, expected = 0, runs = 0;

        /* A method runs if its head fits; echo takes its 5 bytes if they fit too. */
        while (runs < 3 && room - expected >= HEAD) {
            expected += room - expected >= each ? each : HEAD;
            runs++;
        }
        call_count = 0;
        paint(&memory, sizeof(memory));
        ASSERT_STATUS(RtmInvokeMethod(entity, entity, &in.input, &size, &memory.output),
                      runs == 3 ? NO_ERROR : ERROR_INSUFFICIENT_BUFFER);
        assert_int_equal(call_count, runs);
        assert_int_equal(size, expected);
        assert_true(painted(memory.bytes + room, sizeof(memory) - room));
    }
}

static void lies_about_size_are_clamped(void** state)
{
    methods exported = make_methods(2, liar, empty);
    RTM_ENTITY_HANDLE entity = join_with_methods(1, 1, &exported);
    RTM_ENTITY_METHOD_INPUT input = {1, 0, {0}};
    buffer memory;
    UINT size = HEAD + 20;

    (void)state;
    paint(&memory, sizeof(memory));
    ASSERT_STATUS(RtmInvokeMethod(entity, entity, &input, &size, &memory.output), NO_ERROR);
    assert_int_equal(size, HEAD + 20);
    assert_int_equal(memory.output.OutputSize, 20);
    assert_true(painted(memory.bytes + HEAD, sizeof(memory) - HEAD));

    input.MethodType = 3; /* no room is left for the next */
    size = HEAD + 20;
    call_count = 0;
    ASSERT_STATUS(RtmInvokeMethod(entity, entity, &input, &size, &memory.output),
                  ERROR_INSUFFICIENT_BUFFER);
    assert_int_equal(size, HEAD + 20);
    assert_int_equal(call_count, 1);
    assert_true(painted(memory.bytes + HEAD, sizeof(memory) - HEAD));
}

/* ---- methods that call ---- */

static RTM_ENTITY_HANDLE players[2];
static LONG depth;

/* Invokes its caller's method 0, ten deep. */
static VOID WINAPI ping_pong(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                             RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    (void)input;
    set_head(output, NO_ERROR, 0);
    if (InterlockedIncrement(&depth) < 10)
        CHECK_STATUS(invoke(callee, caller, 1), NO_ERROR);
}

static void methods_may_invoke(void** state)
{
    methods exported = make_methods(1, ping_pong);

    (void)state;
    depth = 0;
    players[0] = join_with_methods(1, 1, &exported);
    players[1] = join_with_methods(2, 2, &exported);
    ASSERT_STATUS(invoke(players[0], players[1], 1), NO_ERROR);
    assert_int_equal(depth, 10);
    depth = 0;
    ASSERT_STATUS(invoke(players[0], players[0], 1), NO_ERROR);
    assert_int_equal(depth, 10);
}

static VOID WINAPI calls_everything(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                                    RTM_ENTITY_METHOD_INPUT* input,
                                    RTM_ENTITY_METHOD_OUTPUT* output)
{
    RTM_ENTITY_INFO infos[8], info = make_info(0, AF_INET, 99, 99);
    RTM_ENTITY_HANDLE handles[8], entity = NULL;
    RTM_ENTITY_EXPORT_METHOD got[2];
    RTM_REGN_PROFILE profile;
    UINT count = 8;

    (void)input;
    if (CHECK_STATUS(RtmGetRegisteredEntities(callee, &count, handles, infos), NO_ERROR))
        CHECK_STATUS(RtmReleaseEntities(callee, count, handles), NO_ERROR);
    CHECK_STATUS(RtmGetEntityInfo(callee, caller, infos), NO_ERROR);
    count = 2;
    CHECK_STATUS(RtmGetEntityMethods(callee, callee, &count, got), NO_ERROR);
    if (CHECK_STATUS(RtmRegisterEntity(&info, NULL, NULL, FALSE, &profile, &entity), NO_ERROR)) {
        CHECK_STATUS(RtmReferenceHandles(callee, 1, &entity), NO_ERROR);
        CHECK_STATUS(RtmDeregisterEntity(entity), NO_ERROR);
        CHECK_STATUS(RtmReleaseEntities(callee, 1, &entity), NO_ERROR);
    }
    set_head(output, 4711, 0);
}

static void methods_may_call_the_api(void** state)
{
    methods exported = make_methods(1, calls_everything);
    RTM_ENTITY_HANDLE first = join(1, 1, recorder), second = join_with_methods(2, 2, &exported);

    (void)state;
    for (UINT i = 0; i < 20; i++)
        ASSERT_STATUS(invoke(first, second, 1), NO_ERROR);
    await_events(first, 41);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        METHOD_TEST(sample_obtains_and_calls),
        METHOD_TEST(methods_are_listed),
        METHOD_TEST(an_entity_without_methods),
        METHOD_TEST(method_gets_handles_input_and_presets),
        METHOD_TEST(callee_handle_is_the_registration),
        METHOD_TEST(methods_run_by_ascending_bit),
        METHOD_TEST(all_32_methods),
        METHOD_TEST(bits_without_method_are_skipped),
        METHOD_TEST(invoke_needs_its_pointers),
        METHOD_TEST(small_output_buffers),
        METHOD_TEST(lies_about_size_are_clamped),
        METHOD_TEST(methods_may_invoke),
        METHOD_TEST(methods_may_call_the_api),
    };

    return CLIENT_MAIN(tests);
}
