/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Methods that record their calls, and what invokes them; for the tests of methods. */

#pragma once

#include "client.h"

#define HEAD FIELD_OFFSET(RTM_ENTITY_METHOD_OUTPUT, OutputData)

typedef union buffer {
    RTM_ENTITY_METHOD_OUTPUT output;
    UCHAR bytes[1024];
} buffer;

static inline RTM_ENTITY_METHOD_OUTPUT* entry_at(buffer* memory, UINT offset)
{
    return (RTM_ENTITY_METHOD_OUTPUT*)(memory->bytes + offset);
}

/* A copy of the entry at any offset: entries follow each other without padding. */
static inline RTM_ENTITY_METHOD_OUTPUT head_at(buffer* memory, UINT offset)
{
    RTM_ENTITY_METHOD_OUTPUT head;

    memset(&head, 0, sizeof(head));
    memcpy(&head, memory->bytes + offset, HEAD);
    return head;
}

static inline DWORD invoke(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee, DWORD bits)
{
    RTM_ENTITY_METHOD_INPUT input = {bits, 0, {0}};
    buffer memory;
    UINT size = sizeof(memory);

    return RtmInvokeMethod(caller, callee, &input, &size, &memory.output);
}

/* ---- methods that record ---- */

static struct call {
    RTM_ENTITY_HANDLE caller, callee;
    RTM_ENTITY_METHOD_INPUT* input;
    RTM_ENTITY_METHOD_OUTPUT* output;
    RTM_ENTITY_METHOD_OUTPUT preset;
    DWORD thread;
} calls[64];
static LONG call_count;

static inline void record_call(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                               RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    LONG index = InterlockedIncrement(&call_count) - 1;

    if (!CHECK(index < (LONG)COUNT_OF(calls)))
        return;
    calls[index].caller = caller;
    calls[index].callee = callee;
    calls[index].input = input;
    calls[index].output = output;
    memcpy(&calls[index].preset, output, HEAD);
    calls[index].thread = GetCurrentThreadId();
}

static inline void set_head(RTM_ENTITY_METHOD_OUTPUT* output, DWORD status, UINT size)
{
    memcpy((UCHAR*)output + FIELD_OFFSET(RTM_ENTITY_METHOD_OUTPUT, MethodStatus), &status, 4);
    memcpy((UCHAR*)output + FIELD_OFFSET(RTM_ENTITY_METHOD_OUTPUT, OutputSize), &size, 4);
}

/* Leaves everything as preset. */
static inline VOID WINAPI silent(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                                 RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    record_call(caller, callee, input, output);
}

/* Returns its input and the number of its bytes as status. */
static inline VOID WINAPI echo(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                               RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    UINT room;

    record_call(caller, callee, input, output);
    memcpy(&room, (UCHAR*)output + FIELD_OFFSET(RTM_ENTITY_METHOD_OUTPUT, OutputSize), 4);
    if (input->InputSize <= room) {
        memcpy((UCHAR*)output + HEAD, input->InputData, input->InputSize);
        set_head(output, 1000 + input->InputSize, input->InputSize);
    } else {
        set_head(output, ERROR_INSUFFICIENT_BUFFER, 0);
    }
}

static inline VOID WINAPI empty(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                                RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    record_call(caller, callee, input, output);
    set_head(output, NO_ERROR, 0);
}

/* The sample's method: writes data, sets neither size nor status. */
static inline VOID WINAPI sample_method(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                                        RTM_ENTITY_METHOD_INPUT* input,
                                        RTM_ENTITY_METHOD_OUTPUT* output)
{
    (void)caller, (void)callee, (void)input;
    memcpy((UCHAR*)output + HEAD, "\x11\x22\x33\x44", 4);
}

static inline VOID WINAPI liar(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                               RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    record_call(caller, callee, input, output);
    set_head(output, NO_ERROR, 0xffffffff);
}

static inline int methods_setup(void** state)
{
    call_count = 0;
    memset(calls, 0, sizeof(calls));
    return client_setup(state);
}

#define METHOD_TEST(function)                                                                      \
    cmocka_unit_test_setup_teardown(function, methods_setup, client_teardown)
