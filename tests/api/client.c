/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#include "client.h"

/* ---- the build under test ---- */

const char* loaded_build(void)
{
    static char build[64];
    static const WCHAR key[] = L"PrivateBuild";
    HMODULE module = GetModuleHandleA("rtm.dll");
    HRSRC found;
    HGLOBAL loaded;
    const WCHAR *text, *end;

    build[0] = 0;
    if (!module)
        return build;
    found = FindResourceA(module, MAKEINTRESOURCEA(1), MAKEINTRESOURCEA(16 /* RT_VERSION */));
    if (!found || !(loaded = LoadResource(module, found)) || !(text = LockResource(loaded)))
        return build;
    end = text + SizeofResource(module, found) / sizeof(WCHAR);
    for (const WCHAR* at = text; at + COUNT_OF(key) < end; at++) {
        size_t length = 0;

        if (memcmp(at, key, sizeof(key)))
            continue;
        at += COUNT_OF(key);
        if ((at - text) & 1) /* values begin at a multiple of 4 bytes */
            at++;
        while (at + length < end && at[length] && length < sizeof(build) - 1) {
            build[length] = (char)at[length];
            length++;
        }
        build[length] = 0;
        break;
    }
    return build;
}

/* ---- checks ---- */

static CRITICAL_SECTION lock;
static CONDITION_VARIABLE recorded;
static LONG failed_checks;
static char first_failure[512];

BOOL check_at(BOOL good, const char* text, const char* file, int line)
{
    if (!good && InterlockedIncrement(&failed_checks) == 1)
        snprintf(first_failure, sizeof(first_failure), "%s:%d: %s", file, line, text);
    return good;
}

BOOL check_status_at(DWORD status, DWORD expected, const char* text, const char* file, int line)
{
    char message[400];

    if (status == expected)
        return TRUE;
    snprintf(message, sizeof(message), "%s gives %lu, not %lu", text, status, expected);
    return check_at(FALSE, message, file, line);
}

/* ---- the watchdog ---- */

static volatile LONG64 deadline;

static DWORD WINAPI watch(void* argument)
{
    (void)argument;
    for (;;) {
        LONG64 until = InterlockedCompareExchange64(&deadline, 0, 0);

        Sleep(500);
        if (until && (LONG64)GetTickCount64() > until &&
            until == InterlockedCompareExchange64(&deadline, 0, 0)) {
            fprintf(stderr, "a test hangs, giving up; first failed check: %s\n",
                    first_failure[0] ? first_failure : "none");
            fflush(NULL);
            TerminateProcess(GetCurrentProcess(), 3);
        }
    }
    return 0;
}

/* ---- the frame ---- */

static RTM_ENTITY_HANDLE joined[2048];
static UINT joined_count;

static event_record* records;
static UINT record_count, record_room;

int client_group_setup(void** state)
{
    char expected[64];
    DWORD length = GetEnvironmentVariableA("RTM_EXPECT_BUILD", expected, sizeof(expected));

    (void)state;
    InitializeCriticalSection(&lock);
    InitializeConditionVariable(&recorded);
    setvbuf(stdout, NULL, _IONBF, 0);
    if (!GetModuleHandleA("rtm.dll")) {
        fprintf(stderr, "rtm.dll is not loaded\n");
        return -1;
    }
    if (length && length < sizeof(expected) && strcmp(expected, loaded_build())) {
        fprintf(stderr, "wrong build loaded: \"%s\", not \"%s\"\n", loaded_build(), expected);
        return -1;
    }
    CloseHandle(CreateThread(NULL, 0, watch, NULL, 0, NULL));
    return 0;
}

/* Wine 8 now and then crashes (SIGSEGV, 2 of 100 runs) when a 32-bit process ends right after a
 * thread pool was closed, while the pool's threads are going; seen without rtm.dll, too. They get
 * the time to go. */
int client_group_teardown(void** state)
{
    (void)state;
    if (sizeof(void*) == 4)
        Sleep(200);
    return 0;
}

int client_setup(void** state)
{
    (void)state;
    failed_checks = 0;
    first_failure[0] = 0;
    while (joined_count) /* left by a teardown that failed */
        RtmDeregisterEntity(joined[--joined_count]);
    EnterCriticalSection(&lock);
    record_count = 0;
    LeaveCriticalSection(&lock);
    InterlockedExchange64(&deadline, (LONG64)GetTickCount64() + 6 * WAIT_MS);
    return 0;
}

int client_teardown(void** state)
{
    static const USHORT families[] = {AF_INET, AF_INET6};

    (void)state;
    while (joined_count)
        RtmDeregisterEntity(joined[--joined_count]);
    for (USHORT instance = 0; instance < USED_INSTANCES; instance++) {
        for (UINT f = 0; f < COUNT_OF(families); f++) {
            RTM_ENTITY_INFO info = make_info(instance, families[f], 0x7e57, 0x7e57);
            RTM_REGN_PROFILE profile;
            RTM_ENTITY_HANDLE witness = NULL;
            UINT count;
            DWORD status = RtmRegisterEntity(&info, NULL, NULL, FALSE, &profile, &witness);

            if (status != NO_ERROR)
                fail_msg("registration after the test gives %lu", status);
            count = count_entities(witness);
            RtmDeregisterEntity(witness);
            if (count != 1)
                fail_msg("the test left %u entities in instance %u, family %u", count - 1, instance,
                         families[f]);
        }
    }
    InterlockedExchange64(&deadline, 0);
    if (failed_checks)
        fail_msg("%ld checks failed, the first: %s", failed_checks, first_failure);
    return 0;
}

/* ---- entities ---- */

RTM_ENTITY_INFO make_info(USHORT instance, USHORT family, ULONG protocol, ULONG id)
{
    static unsigned char garbage = 0x5a;
    RTM_ENTITY_INFO info;

    memset(&info, garbage, sizeof(info));
    garbage = (unsigned char)(garbage * 5 + 1);
    info.RtmInstanceId = instance;
    info.AddressFamily = family;
    info.EntityId.EntityProtocolId = protocol;
    info.EntityId.EntityInstanceId = id;
    return info;
}

BOOL same_info(const RTM_ENTITY_INFO* a, const RTM_ENTITY_INFO* b)
{
    return a->RtmInstanceId == b->RtmInstanceId && a->AddressFamily == b->AddressFamily &&
           a->EntityId.EntityProtocolId == b->EntityId.EntityProtocolId &&
           a->EntityId.EntityInstanceId == b->EntityId.EntityInstanceId;
}

void assert_info_equal(const RTM_ENTITY_INFO* a, const RTM_ENTITY_INFO* b)
{
    if (!same_info(a, b))
        fail_msg("entity %u/%u/%lx/%lx, not %u/%u/%lx/%lx", a->RtmInstanceId, a->AddressFamily,
                 a->EntityId.EntityProtocolId, a->EntityId.EntityInstanceId, b->RtmInstanceId,
                 b->AddressFamily, b->EntityId.EntityProtocolId, b->EntityId.EntityInstanceId);
}

methods make_methods(UINT count, ...)
{
    methods made;
    RTM_ENTITY_EXPORT_METHOD* entries = made.set.Methods;
    va_list list;

    memset(&made, 0, sizeof(made));
    made.set.NumMethods = count;
    va_start(list, count);
    for (UINT i = 0; i < count; i++)
        entries[i] = va_arg(list, RTM_ENTITY_EXPORT_METHOD);
    va_end(list);
    return made;
}

void remember(RTM_ENTITY_HANDLE entity)
{
    assert_true(joined_count < COUNT_OF(joined));
    joined[joined_count++] = entity;
}

RTM_ENTITY_HANDLE join_as(RTM_ENTITY_INFO* info, methods* exported, RTM_EVENT_CALLBACK callback)
{
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE entity = NULL;

    ASSERT_STATUS(RtmRegisterEntity(info, exported ? &exported->set : NULL, callback, FALSE,
                                    &profile, &entity),
                  NO_ERROR);
    assert_non_null(entity);
    remember(entity);
    return entity;
}

RTM_ENTITY_HANDLE join(ULONG protocol, ULONG id, RTM_EVENT_CALLBACK callback)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, protocol, id);

    return join_as(&info, NULL, callback);
}

RTM_ENTITY_HANDLE join_with_methods(ULONG protocol, ULONG id, methods* exported)
{
    RTM_ENTITY_INFO info = make_info(0, AF_INET, protocol, id);

    return join_as(&info, exported, NULL);
}

void forget(RTM_ENTITY_HANDLE entity)
{
    for (UINT i = joined_count; i-- > 0;) {
        if (joined[i] == entity) {
            memmove(joined + i, joined + i + 1, (joined_count - i - 1) * sizeof(joined[0]));
            joined_count--;
            return;
        }
    }
}

void leave(RTM_ENTITY_HANDLE entity)
{
    forget(entity);
    ASSERT_STATUS(RtmDeregisterEntity(entity), NO_ERROR);
}

UINT count_entities(RTM_ENTITY_HANDLE entity)
{
    UINT count = 0;

    ASSERT_STATUS(RtmGetRegisteredEntities(entity, &count, NULL, NULL), ERROR_INSUFFICIENT_BUFFER);
    return count;
}

RTM_ENTITY_HANDLE find_entity(RTM_ENTITY_HANDLE viewer, ULONG protocol, ULONG id)
{
    RTM_ENTITY_HANDLE handles[64], found = NULL;
    RTM_ENTITY_INFO infos[64];
    UINT count = COUNT_OF(handles);

    ASSERT_STATUS(RtmGetRegisteredEntities(viewer, &count, handles, infos), NO_ERROR);
    for (UINT i = 0; i < count; i++) {
        if (!found && infos[i].EntityId.EntityProtocolId == protocol &&
            infos[i].EntityId.EntityInstanceId == id)
            found = handles[i];
        else
            ASSERT_STATUS(RtmReleaseEntities(viewer, 1, &handles[i]), NO_ERROR);
    }
    assert_non_null(found);
    return found;
}

/* ---- events ---- */

void record_event(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1, PVOID context2)
{
    EnterCriticalSection(&lock);
    if (record_count == record_room) {
        UINT room = record_room ? 2 * record_room : 256;
        event_record* larger = realloc(records, room * sizeof(*records));

        if (larger) {
            records = larger;
            record_room = room;
        }
    }
    if (CHECK(record_count < record_room) && CHECK(context2)) {
        event_record* made = &records[record_count++];

        made->receiver = receiver;
        made->type = type;
        made->subject = context1;
        made->info = *(RTM_ENTITY_INFO*)context2;
        made->thread = GetCurrentThreadId();
    }
    WakeAllConditionVariable(&recorded);
    LeaveCriticalSection(&lock);
}

DWORD WINAPI recorder(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                      PVOID context2)
{
    record_event(receiver, type, context1, context2);
    return NO_ERROR;
}

static UINT events_locked(RTM_ENTITY_HANDLE receiver)
{
    UINT count = 0;

    for (UINT i = 0; i < record_count; i++)
        count += records[i].receiver == receiver;
    return count;
}

UINT events_of(RTM_ENTITY_HANDLE receiver)
{
    UINT count;

    EnterCriticalSection(&lock);
    count = events_locked(receiver);
    LeaveCriticalSection(&lock);
    return count;
}

void await_events(RTM_ENTITY_HANDLE receiver, UINT count)
{
    ULONGLONG until = GetTickCount64() + WAIT_MS;
    UINT seen;

    EnterCriticalSection(&lock);
    while ((seen = events_locked(receiver)) < count) {
        ULONGLONG now = GetTickCount64();

        if (now >= until)
            break;
        SleepConditionVariableCS(&recorded, &lock, (DWORD)(until - now));
    }
    LeaveCriticalSection(&lock);
    if (seen < count)
        fail_msg("%u events within %u ms, not %u", seen, WAIT_MS, count);
}

event_record event_at(RTM_ENTITY_HANDLE receiver, UINT index)
{
    event_record found = {0};
    BOOL present = FALSE;

    EnterCriticalSection(&lock);
    for (UINT i = 0; i < record_count && !present; i++) {
        if (records[i].receiver == receiver && index-- == 0) {
            found = records[i];
            present = TRUE;
        }
    }
    LeaveCriticalSection(&lock);
    assert_true(present);
    return found;
}

void assert_event(RTM_ENTITY_HANDLE receiver, UINT index, RTM_EVENT_TYPE type, ULONG protocol,
                  ULONG id)
{
    event_record found = event_at(receiver, index);

    if (found.type != type || found.info.EntityId.EntityProtocolId != protocol ||
        found.info.EntityId.EntityInstanceId != id)
        fail_msg("event %u is type %d of %lx/%lx, not %d of %lx/%lx", index, found.type,
                 found.info.EntityId.EntityProtocolId, found.info.EntityId.EntityInstanceId, type,
                 protocol, id);
}

/* ---- threads and waiting ---- */

HANDLE start(LPTHREAD_START_ROUTINE function, void* argument)
{
    HANDLE thread = CreateThread(NULL, 0, function, argument, 0, NULL);

    assert_non_null(thread);
    return thread;
}

void await(HANDLE object)
{
    if (WaitForSingleObject(object, WAIT_MS) != WAIT_OBJECT_0)
        fail_msg("not signalled within %u ms", WAIT_MS);
}

DWORD join_thread(HANDLE thread)
{
    DWORD code = ~0u;

    await(thread);
    GetExitCodeThread(thread, &code);
    CloseHandle(thread);
    return code;
}

BOOL awaited(HANDLE object)
{
    return CHECK(WaitForSingleObject(object, WAIT_MS) == WAIT_OBJECT_0);
}

BOOL stays_quiet(HANDLE object)
{
    return WaitForSingleObject(object, WATCH_MS) == WAIT_TIMEOUT;
}

HANDLE new_event(void)
{
    HANDLE made = CreateEventA(NULL, TRUE, FALSE, NULL);

    assert_non_null(made);
    return made;
}

/* ---- odds and ends ---- */

uint32_t next_random(random_numbers* numbers)
{
    uint64_t x = numbers->state += 0x9e3779b97f4a7c15u;

    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return (uint32_t)(x >> 32);
}

void paint(void* memory, size_t size)
{
    memset(memory, 0xc5, size);
}

BOOL painted(const void* memory, size_t size)
{
    const unsigned char* bytes = memory;

    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0xc5)
            return FALSE;
    }
    return TRUE;
}
