/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Eight threads register, list, invoke, block, refer and leave at random (fixed seeds) in one
 * table. Nothing is timed; what is checked holds in every order of things.
 */
#include "client.h"

#define THREADS 8
#define ROUNDS 1200

static LONG methods_run, entries_returned, rounds_done;

static VOID WINAPI counted(RTM_ENTITY_HANDLE caller, RTM_ENTITY_HANDLE callee,
                           RTM_ENTITY_METHOD_INPUT* input, RTM_ENTITY_METHOD_OUTPUT* output)
{
    RTM_ENTITY_INFO info;
    DWORD status = RtmGetEntityInfo(callee, callee, &info);

    (void)caller;
    InterlockedIncrement(&methods_run);
    if (status != NO_ERROR) /* it has begun to leave, and RtmDeregisterEntity waits for us */
        CHECK_STATUS(status, ERROR_INVALID_HANDLE);
    output->OutputSize = input->InputSize;
    if (input->InputSize == 1)
        output->OutputData[0] = input->InputData[0];
}

/* ---- events ---- */

enum { UNKNOWN, PRESENT, GONE };

/* Per receiver: what it was last told of each identity. Its own thread clears it before it
 * registers, when no callback can run; callbacks do not overlap. */
static struct watch {
    LONG registered; /* whether callbacks may come */
    LONG leaving;    /* whether RtmDeregisterEntity has been called */
    LONG inside;
    UCHAR told[THREADS];
} watches[THREADS];

static DWORD watch_event(UINT receiver_index, RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type,
                         PVOID context1, const RTM_ENTITY_INFO* subject)
{
    struct watch* watch = &watches[receiver_index];
    RTM_ENTITY_INFO info;
    ULONG from = subject->EntityId.EntityInstanceId;
    DWORD status;

    CHECK(InterlockedIncrement(&watch->inside) == 1);
    CHECK(InterlockedCompareExchange(&watch->registered, 0, 0));
    status = RtmGetEntityInfo(receiver, context1, &info);
    if (status == NO_ERROR) {
        CHECK(same_info(&info, subject));
    } else { /* RtmDeregisterEntity waits for us, and takes no more calls */
        CHECK_STATUS(status, ERROR_INVALID_HANDLE);
        CHECK(InterlockedCompareExchange(&watch->leaving, 0, 0));
    }
    if (CHECK(subject->EntityId.EntityProtocolId == 50 && from < THREADS)) {
        CHECK(from != receiver_index);
        if (type == RTM_ENTITY_REGISTERED) {
            CHECK(watch->told[from] != PRESENT);
            watch->told[from] = PRESENT;
        } else {
            CHECK(type == RTM_ENTITY_DEREGISTERED);
            /* One of which it was told nothing was there before it. */
            CHECK(watch->told[from] != GONE);
            watch->told[from] = GONE;
        }
    }
    InterlockedDecrement(&watch->inside);
    return NO_ERROR;
}

#define WATCHER(n)                                                                                 \
    static DWORD WINAPI watcher_##n(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type,               \
                                    PVOID context1, PVOID context2)                                \
    {                                                                                              \
        return watch_event(n, receiver, type, context1, context2);                                 \
    }
WATCHER(0)
WATCHER(1)
WATCHER(2)
WATCHER(3)
WATCHER(4)
WATCHER(5)
WATCHER(6)
WATCHER(7)

static const RTM_EVENT_CALLBACK watchers[THREADS] = {watcher_0, watcher_1, watcher_2, watcher_3,
                                                     watcher_4, watcher_5, watcher_6, watcher_7};

/* ---- a life ---- */

static void invoke_one(RTM_ENTITY_HANDLE own, RTM_ENTITY_HANDLE target, random_numbers* numbers)
{
    RTM_ENTITY_METHOD_INPUT input = {next_random(numbers) & 7, 1, {(UCHAR)next_random(numbers)}};
    union {
        RTM_ENTITY_METHOD_OUTPUT output;
        UCHAR bytes[128];
    } memory;
    const UINT each = FIELD_OFFSET(RTM_ENTITY_METHOD_OUTPUT, OutputData) + 1;
    UINT size = sizeof(memory), bits = 0;
    DWORD status;

    for (UINT bit = 0; bit < 2; bit++) /* two methods, 0 and 1 */
        bits += input.MethodType >> bit & 1;
    status = RtmInvokeMethod(own, target, &input, &size, &memory.output);
    if (status == NO_ERROR) {
        CHECK(size == bits * each);
        InterlockedExchangeAdd(&entries_returned, (LONG)bits);
        for (UINT i = 0; i < bits; i++)
            CHECK(memory.bytes[i * each + each - 1] == input.InputData[0]);
    } else if (CHECK_STATUS(status, ERROR_INVALID_HANDLE) && size != sizeof(memory)) {
        /* One of the two left between two methods: the size tells which have run. */
        CHECK(size % each == 0 && size < bits * each);
        InterlockedExchangeAdd(&entries_returned, (LONG)(size / each));
    }
}

static DWORD WINAPI live(void* argument)
{
    UINT index = (UINT)(ULONG_PTR)argument;
    random_numbers numbers = {1000 + index};
    methods exported = make_methods(2, counted, counted);

    for (UINT round = 0; round < ROUNDS; round++) {
        RTM_ENTITY_INFO info = make_info(0, AF_INET, 50, index), infos[THREADS + 1];
        RTM_ENTITY_HANDLE own = NULL, handles[THREADS + 1];
        RTM_REGN_PROFILE profile;
        BOOL watching = next_random(&numbers) % 4 != 0;
        UINT steps = next_random(&numbers) % 12;

        memset(watches[index].told, UNKNOWN, sizeof(watches[index].told));
        InterlockedExchange(&watches[index].leaving, 0);
        InterlockedExchange(&watches[index].registered, 1);
        if (!CHECK_STATUS(RtmRegisterEntity(&info, &exported.set, watching ? watchers[index] : NULL,
                                            next_random(&numbers) % 2, &profile, &own),
                          NO_ERROR))
            return 1;
        for (UINT step = 0; step < steps; step++) {
            UINT count = 1 + next_random(&numbers) % (THREADS + 1), room = count;
            DWORD status = RtmGetRegisteredEntities(own, &count, handles, infos);

            CHECK(status == NO_ERROR || status == ERROR_INSUFFICIENT_BUFFER);
            CHECK(count >= 1 && count <= room && count <= THREADS);
            CHECK((status == NO_ERROR) || count == room);
            for (UINT i = 0; i < count; i++) {
                RTM_ENTITY_INFO got;
                HANDLE twice[] = {handles[i], handles[i]};

                for (UINT j = 0; j < i; j++)
                    CHECK(!same_info(&infos[i], &infos[j]));
                /* Held: it answers, though it may have left. */
                if (CHECK_STATUS(RtmGetEntityInfo(own, handles[i], &got), NO_ERROR))
                    CHECK(same_info(&got, &infos[i]));
                switch (next_random(&numbers) % 4) {
                case 0:
                    if (CHECK_STATUS(RtmReferenceHandles(own, 2, twice), NO_ERROR))
                        CHECK_STATUS(RtmReleaseEntities(own, 2, twice), NO_ERROR);
                    break;
                case 1:
                case 2:
                    invoke_one(own, handles[i], &numbers);
                    break;
                default:
                    break;
                }
            }
            CHECK_STATUS(RtmReleaseEntities(own, count, handles), NO_ERROR);
            if (next_random(&numbers) % 4 == 0) {
                CHECK_STATUS(RtmBlockMethods(own, NULL, 0, RTM_BLOCK_METHODS), NO_ERROR);
                SwitchToThread();
                CHECK_STATUS(RtmBlockMethods(own, NULL, 0, RTM_RESUME_METHODS), NO_ERROR);
            }
        }
        if (next_random(&numbers) % 8 ==
            0) /* leave with methods blocked, and a handle unreleased */
        {
            HANDLE kept = own;

            CHECK_STATUS(RtmBlockMethods(own, NULL, 0, RTM_BLOCK_METHODS), NO_ERROR);
            CHECK_STATUS(RtmReferenceHandles(own, 1, &kept), NO_ERROR);
        }
        InterlockedExchange(&watches[index].leaving, 1);
        CHECK_STATUS(RtmDeregisterEntity(own), NO_ERROR);
        InterlockedExchange(&watches[index].registered, 0);
        CHECK_STATUS(RtmDeregisterEntity(own), ERROR_INVALID_HANDLE);
        InterlockedIncrement(&rounds_done);
    }
    return 0;
}

static void eight_threads(void** state)
{
    HANDLE threads[THREADS];
    RTM_ENTITY_HANDLE fresh;

    (void)state;
    methods_run = entries_returned = rounds_done = 0;
    memset(watches, 0, sizeof(watches));
    for (UINT i = 0; i < THREADS; i++)
        threads[i] = start(live, (void*)(ULONG_PTR)i);
    for (UINT i = 0; i < THREADS; i++) {
        /* The longest wait here is for all rounds of a thread: the watchdog bounds it. */
        WaitForSingleObject(threads[i], INFINITE);
        assert_int_equal(join_thread(threads[i]), 0);
    }
    assert_int_equal(rounds_done, THREADS * ROUNDS);
    assert_int_equal(methods_run, entries_returned);
    assert_true(methods_run > 0);
    fresh = join(50, 0, NULL);
    assert_int_equal(count_entities(fresh), 1);
}

/* ---- handles of others, thrown at the table from all sides ---- */

static volatile HANDLE shelf[32];

static DWORD WINAPI mix_handles(void* argument)
{
    UINT index = (UINT)(ULONG_PTR)argument;
    random_numbers numbers = {2000 + index};
    RTM_ENTITY_HANDLE own = NULL;
    RTM_REGN_PROFILE profile;

    for (UINT round = 0; round < 8 * ROUNDS; round++) {
        RTM_ENTITY_INFO info = make_info(0, AF_INET, 60, index), got;
        HANDLE picked = shelf[next_random(&numbers) % COUNT_OF(shelf)];
        UINT count = 0;
        DWORD status;

        if (!own) {
            if (!CHECK_STATUS(RtmRegisterEntity(&info, NULL, NULL, FALSE, &profile, &own),
                              NO_ERROR))
                return 1;
            shelf[next_random(&numbers) % COUNT_OF(shelf)] = own;
        }
        status = RtmGetEntityInfo(own, picked, &got);
        if (status == NO_ERROR)
            CHECK(got.EntityId.EntityProtocolId == 60 && got.EntityId.EntityInstanceId < THREADS);
        else
            CHECK_STATUS(status, ERROR_INVALID_HANDLE);
        status = RtmReferenceHandles(own, 1, &picked);
        if (status == NO_ERROR) {
            CHECK_STATUS(RtmGetEntityInfo(own, picked, &got), NO_ERROR);
            CHECK_STATUS(RtmReleaseEntities(own, 1, &picked), NO_ERROR);
        } else {
            CHECK_STATUS(status, ERROR_INVALID_HANDLE);
        }
        status = RtmGetRegisteredEntities(picked, &count, NULL, NULL);
        if (status == ERROR_INSUFFICIENT_BUFFER)
            CHECK(count >= 1 && count <= THREADS);
        else
            CHECK_STATUS(status, ERROR_INVALID_HANDLE);
        if (next_random(&numbers) % 8 == 0) {
            CHECK_STATUS(RtmDeregisterEntity(own), NO_ERROR);
            own = NULL;
        }
    }
    if (own)
        CHECK_STATUS(RtmDeregisterEntity(own), NO_ERROR);
    return 0;
}

static void handles_of_others(void** state)
{
    HANDLE threads[THREADS];

    (void)state;
    for (UINT i = 0; i < THREADS; i++)
        threads[i] = start(mix_handles, (void*)(ULONG_PTR)i);
    for (UINT i = 0; i < THREADS; i++) {
        WaitForSingleObject(threads[i], INFINITE);
        assert_int_equal(join_thread(threads[i]), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLIENT_TEST(eight_threads),
        CLIENT_TEST(handles_of_others),
    };

    return CLIENT_MAIN(tests);
}
