/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Records RTM_CHANGE_NOTIFICATION and RTM_ROUTE_EXPIRED as client.h does entity events, and short
 * forms of the calls of change notification. */
#ifndef RTM_TESTS_API_NOTICES_H
#define RTM_TESTS_API_NOTICES_H

#include "batches.h"

#define ALL_TYPES (RTM_CHANGE_TYPE_ALL | RTM_CHANGE_TYPE_BEST | RTM_CHANGE_TYPE_FORWARDING)

/* ---- the recorder ---- */

typedef struct notice {
    RTM_ENTITY_HANDLE receiver;
    RTM_EVENT_TYPE type;
    PVOID context1, context2;
    DWORD thread;
    ULONGLONG time; /* of GetTickCount64 */
} notice;

static SRWLOCK notices_lock = SRWLOCK_INIT;
static CONDITION_VARIABLE notices_came = CONDITION_VARIABLE_INIT;
static notice notices[8192];
static UINT notice_count;

static inline int notices_setup(void** state)
{
    AcquireSRWLockExclusive(&notices_lock);
    notice_count = 0;
    ReleaseSRWLockExclusive(&notices_lock);
    return client_setup(state);
}

#define NOTICE_TEST(function)                                                                      \
    cmocka_unit_test_setup_teardown(function, notices_setup, client_teardown)

static inline void record_notice(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type, PVOID context1,
                                 PVOID context2)
{
    notice made = {receiver, type, context1, context2, GetCurrentThreadId(), GetTickCount64()};

    AcquireSRWLockExclusive(&notices_lock);
    if (CHECK(notice_count < COUNT_OF(notices)))
        notices[notice_count++] = made;
    ReleaseSRWLockExclusive(&notices_lock);
    WakeAllConditionVariable(&notices_came);
}

/* An event callback that records changes and expiries, and has expired routes deleted. */
static inline DWORD WINAPI notice_recorder(RTM_ENTITY_HANDLE receiver, RTM_EVENT_TYPE type,
                                           PVOID context1, PVOID context2)
{
    if (type == RTM_CHANGE_NOTIFICATION || type == RTM_ROUTE_EXPIRED)
        record_notice(receiver, type, context1, context2);
    return ERROR_NOT_SUPPORTED;
}

/* `key` is who received it, or what it was about: Context1. */
static inline UINT notices_of_locked(HANDLE key)
{
    UINT count = 0;

    for (UINT i = 0; i < notice_count; i++)
        count += notices[i].receiver == key || notices[i].context1 == key;
    return count;
}

static inline UINT notices_of(HANDLE key)
{
    UINT count;

    AcquireSRWLockShared(&notices_lock);
    count = notices_of_locked(key);
    ReleaseSRWLockShared(&notices_lock);
    return count;
}

/* Waits until there have been `count`; FALSE after WAIT_MS. */
static inline BOOL notices_came_to(HANDLE key, UINT count)
{
    ULONGLONG until = GetTickCount64() + WAIT_MS;
    BOOL enough;

    AcquireSRWLockExclusive(&notices_lock);
    while (!(enough = notices_of_locked(key) >= count)) {
        ULONGLONG now = GetTickCount64();

        if (now >= until)
            break;
        SleepConditionVariableSRW(&notices_came, &notices_lock, (DWORD)(until - now), 0);
    }
    ReleaseSRWLockExclusive(&notices_lock);
    return enough;
}

static inline void await_notices(HANDLE key, UINT count)
{
    if (!notices_came_to(key, count))
        fail_msg("%u notices within %u ms, not %u", notices_of(key), WAIT_MS, count);
}

static inline notice notice_at(HANDLE key, UINT index)
{
    notice found = {0};
    BOOL present = FALSE;

    AcquireSRWLockShared(&notices_lock);
    for (UINT i = 0; i < notice_count && !present; i++) {
        if ((notices[i].receiver == key || notices[i].context1 == key) && index-- == 0) {
            found = notices[i];
            present = TRUE;
        }
    }
    ReleaseSRWLockShared(&notices_lock);
    assert_true(present);
    return found;
}

/* Watches that nothing more comes than the `count` that have come. */
static inline void assert_no_more_notices(HANDLE key, UINT count)
{
    assert_int_equal(notices_of(key), count);
    Sleep(WATCH_MS);
    assert_int_equal(notices_of(key), count);
}

/* ---- change notification ---- */

static inline RTM_NOTIFY_HANDLE watch_with(RTM_ENTITY_HANDLE me, RTM_VIEW_SET views,
                                           RTM_NOTIFY_FLAGS flags, PVOID context)
{
    RTM_NOTIFY_HANDLE made = NULL;

    ASSERT_STATUS(RtmRegisterForChangeNotification(me, views, flags, context, &made), NO_ERROR);
    assert_non_null(made);
    return made;
}

static inline RTM_NOTIFY_HANDLE watch(RTM_ENTITY_HANDLE me, RTM_VIEW_SET views,
                                      RTM_NOTIFY_FLAGS flags)
{
    return watch_with(me, views, flags, NULL);
}

static inline void unwatch(RTM_ENTITY_HANDLE me, RTM_NOTIFY_HANDLE notify)
{
    ASSERT_STATUS(RtmDeregisterFromChangeNotification(me, notify), NO_ERROR);
}

static inline BOOL has_change(RTM_ENTITY_HANDLE me, RTM_NOTIFY_HANDLE notify,
                              RTM_DEST_HANDLE destination)
{
    BOOL status = 77;

    ASSERT_STATUS(RtmGetChangeStatus(me, notify, destination, &status), NO_ERROR);
    assert_true(status == TRUE || status == FALSE);
    return status;
}

static inline void mark(RTM_ENTITY_HANDLE me, RTM_NOTIFY_HANDLE notify, RTM_DEST_HANDLE destination,
                        BOOL on)
{
    ASSERT_STATUS(RtmMarkDestForChangeNotification(me, notify, destination, on), NO_ERROR);
}

static inline BOOL is_marked(RTM_ENTITY_HANDLE me, RTM_NOTIFY_HANDLE notify,
                             RTM_DEST_HANDLE destination)
{
    BOOL marked = 77;

    ASSERT_STATUS(RtmIsMarkedForChangeNotification(me, notify, destination, &marked), NO_ERROR);
    assert_true(marked == TRUE || marked == FALSE);
    return marked;
}

/* Fetches all changes in batches of `capacity`, asserts what they are of, in order, and that
 * nothing else was written, and releases them. */
static inline void assert_changes_by(RTM_ENTITY_HANDLE me, RTM_NOTIFY_HANDLE notify, UINT capacity,
                                     const char* expected)
{
    dest_batch batch;

    for (;;) {
        UINT count = capacity;
        DWORD status;

        PAINT(batch);
        status = RtmGetChangedDests(me, notify, &count, &batch.first);
        if (status != NO_ERROR) {
            ASSERT_STATUS(status, ERROR_NO_MORE_ITEMS);
            assert_int_equal(count, 0);
            ASSERT_PAINTED(batch);
            break;
        }
        assert_in_range(count, 1, capacity);
        for (UINT i = 0; i < count; i++)
            assert_next_prefix(&expected, &entry_at(&batch, i)->DestAddress);
        assert_batch_guard(&batch, count, entry_at(&batch, 0)->NumberOfViews);
        ASSERT_STATUS(RtmReleaseChangedDests(me, notify, count, &batch.first), NO_ERROR);
    }
    assert_no_more_prefixes(expected);
}

static inline void assert_changes(RTM_ENTITY_HANDLE me, RTM_NOTIFY_HANDLE notify,
                                  const char* expected)
{
    assert_changes_by(me, notify, MOST_ITEMS, expected);
}

/* Fetches all changes and returns their number, on any thread; ~0 when something went wrong. */
static inline UINT drain(RTM_ENTITY_HANDLE me, RTM_NOTIFY_HANDLE notify)
{
    UINT total = 0;
    dest_batch batch;

    for (;;) {
        UINT count = MOST_ITEMS;
        DWORD status = RtmGetChangedDests(me, notify, &count, &batch.first);

        if (status != NO_ERROR && !CHECK_STATUS(status, ERROR_NO_MORE_ITEMS))
            return ~0u;
        if (!CHECK_STATUS(RtmReleaseChangedDests(me, notify, count, &batch.first), NO_ERROR))
            return ~0u;
        if (!count)
            return total;
        total += count;
    }
}

#endif
