/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Not a test: prints what calls of the entity functions cost, ns per call, median of rounds.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIN32_LEAN_AND_MEAN
#include <winsock2.h>

#include <windows.h>

#include <rtmv2.h>

#define ROUNDS 15

static RTM_ENTITY_HANDLE own, other, stale;
static HANDLE garbage[256];

static DWORD WINAPI nothing(RTM_ENTITY_HANDLE reg, RTM_ENTITY_HANDLE entity, PRTM_ENTITY_INFO info)
{
    (void)reg, (void)entity, (void)info;
    return NO_ERROR;
}

static DWORD(WINAPI* volatile empty_call)(RTM_ENTITY_HANDLE, RTM_ENTITY_HANDLE,
                                          PRTM_ENTITY_INFO) = nothing;

static VOID WINAPI empty_method(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                                RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    (void)caller, (void)callee, (void)input;
    output->OutputSize = 0;
}

static void must_be(DWORD status, DWORD expected, const char* what)
{
    if (status != expected) {
        fprintf(stderr, "%s gives %lu, not %lu\n", what, status, expected);
        exit(1);
    }
}

static RTM_ENTITY_HANDLE join(ULONG protocol, PRTM_ENTITY_EXPORT_METHODS methods)
{
    RTM_ENTITY_INFO info;
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entity = NULL;

    memset(&info, 0, sizeof(info));
    info.AddressFamily = AF_INET;
    info.EntityId.EntityProtocolId = protocol;
    must_be(RtmRegisterEntity(&info, methods, NULL, FALSE, &profile, &entity), NO_ERROR,
            "register");
    return entity;
}

static DWORD run_empty(UINT i)
{
    RTM_ENTITY_INFO info;

    (void)i;
    return empty_call(own, other, &info);
}

static DWORD run_info_good(UINT i)
{
    RTM_ENTITY_INFO info;

    (void)i;
    return RtmGetEntityInfo(own, other, &info);
}

static DWORD run_info_stale(UINT i)
{
    RTM_ENTITY_INFO info;

    (void)i;
    return RtmGetEntityInfo(own, stale, &info);
}

static DWORD run_info_null(UINT i)
{
    RTM_ENTITY_INFO info;

    (void)i;
    return RtmGetEntityInfo(own, NULL, &info);
}

static DWORD run_info_garbage(UINT i)
{
    RTM_ENTITY_INFO info;

    return RtmGetEntityInfo(own, garbage[i % 256], &info);
}

static DWORD run_invoke(UINT i)
{
    RTM_ENTITY_METHOD_INPUT input = {1, 0, {0}};
    RTM_ENTITY_METHOD_OUTPUT output;
    UINT size = sizeof(output);

    (void)i;
    return RtmInvokeMethod(own, other, &input, &size, &output);
}

static DWORD run_register(UINT i)
{
    (void)i;
    return RtmDeregisterEntity(join(3, NULL));
}

static int ascending(const void* a, const void* b)
{
    double x = *(const double*)a, y = *(const double*)b;

    return (x > y) - (x < y);
}

static void measure(const char* name, DWORD (*run)(UINT), DWORD expected, UINT calls)
{
    LARGE_INTEGER frequency, begin, end;
    double ns[ROUNDS];

    QueryPerformanceFrequency(&frequency);
    for (UINT round = 0; round < ROUNDS; round++) {
        UINT wrong = 0;

        QueryPerformanceCounter(&begin);
        for (UINT i = 0; i < calls; i++)
            wrong += run(i) != expected;
        QueryPerformanceCounter(&end);
        must_be(wrong, 0, name);
        ns[round] =
            (double)(end.QuadPart - begin.QuadPart) * 1e9 / (double)frequency.QuadPart / calls;
    }
    qsort(ns, ROUNDS, sizeof(ns[0]), ascending);
    printf("%-36s %9.1f ns  (%.1f .. %.1f)\n", name, ns[ROUNDS / 2], ns[0], ns[ROUNDS - 1]);
}

int main(void)
{
    RTM_ENTITY_EXPORT_METHODS methods = {1, {empty_method}};
    uint64_t seed = 42;

    own = join(1, NULL);
    other = join(2, &methods);
    stale = join(4, NULL);
    must_be(RtmDeregisterEntity(stale), NO_ERROR, "deregister");
    for (UINT i = 0; i < 256; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        garbage[i] = (HANDLE)(ULONG_PTR)((seed >> 29) | 1);
    }
    measure("empty call by pointer", run_empty, NO_ERROR, 1000000);
    measure("RtmGetEntityInfo, good handle", run_info_good, NO_ERROR, 200000);
    measure("RtmGetEntityInfo, stale handle", run_info_stale, ERROR_INVALID_HANDLE, 200000);
    measure("RtmGetEntityInfo, NULL", run_info_null, ERROR_INVALID_HANDLE, 200000);
    measure("RtmGetEntityInfo, random garbage", run_info_garbage, ERROR_INVALID_HANDLE, 200000);
    measure("RtmInvokeMethod, empty method", run_invoke, NO_ERROR, 100000);
    measure("register + deregister", run_register, NO_ERROR, 5000);
    RtmDeregisterEntity(other);
    RtmDeregisterEntity(own);
    return 0;
}
