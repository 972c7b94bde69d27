/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * watcher.c: an entity that follows the best routes by change notification alone.
 */
#include "watcher.h"

#include <stdlib.h>

#include "screen.h"

#define PROTO_IP_OTHER 1

struct watched watched[FAMILIES];

/* ---- Destinations ---- */

RTM_DEST_INFO* watcher_entry(const RTM_REGN_PROFILE* profile, RTM_DEST_INFO* array, UINT at)
{
    return (RTM_DEST_INFO*)((UCHAR*)array + at * RTM_SIZE_OF_DEST_INFO(profile->NumberOfViews));
}

RTM_DEST_INFO* watcher_array(const RTM_REGN_PROFILE* profile)
{
    RTM_DEST_INFO* array =
        calloc(profile->MaxHandlesInEnum, RTM_SIZE_OF_DEST_INFO(profile->NumberOfViews));

    if (!array)
        screen_need("an array of destinations", ERROR_OUTOFMEMORY);
    return array;
}

ULONG_PTR watcher_value(const RTM_DEST_INFO* dest)
{
    ULONG_PTR value = prefix_hash(&dest->DestAddress);

    if (!dest->NumberOfViews || !dest->ViewInfo[0].Route)
        return 0;
    value = value * 31 + (ULONG_PTR)dest->ViewInfo[0].Route;
    value = value * 31 + (ULONG_PTR)dest->ViewInfo[0].Owner;
    return value ? value : 1;
}

/* ---- Being told ---- */

/* Puts a value into the opaque pointer of a destination; what was there before. */
static ULONG_PTR exchange(struct watched* self, RTM_DEST_HANDLE dest, ULONG_PTR value)
{
    PVOID where;
    ULONG_PTR before;

    screen_need("RtmLockDestination", RtmLockDestination(self->handle, dest, TRUE, TRUE));
    screen_need("RtmGetOpaqueInformationPointer",
                RtmGetOpaqueInformationPointer(self->handle, dest, &where));
    before = *(ULONG_PTR*)where;
    *(ULONG_PTR*)where = value;
    screen_need("RtmLockDestination", RtmLockDestination(self->handle, dest, TRUE, FALSE));
    return before;
}

/* What a batch of changes adds to what is known. */
struct news {
    ULONGLONG sum;
    LONG counts[WATCHER_COUNTS];
};

static void note(struct watched* self, const RTM_DEST_INFO* dest, struct news* news)
{
    ULONG_PTR now = watcher_value(dest), before = exchange(self, dest->DestHandle, now);

    news->sum += (ULONGLONG)now - before;
    news->counts[TOLD]++;
    news->counts[now == before ? SAME : !before ? CAME : !now ? WENT : NEW_BEST]++;
    news->counts[KNOWN] += (before == 0) - (now == 0);
}

/* Only now, when nothing of the batch is held any more, others may see it. */
static void publish(struct watched* self, const struct news* news)
{
    int i;

    self->sum += news->sum;
    for (i = 0; i < WATCHER_COUNTS; i++)
        InterlockedExchangeAdd(&self->counts[i], news->counts[i]);
}

/* The next changes. Whether there may be more. */
static bool fetch(struct watched* self, RTM_NOTIFY_HANDLE notify)
{
    struct news news = {0};
    UINT count = self->profile.MaxHandlesInEnum, i;
    DWORD code = RtmGetChangedDests(self->handle, notify, &count, self->batch);

    if (code != ERROR_NO_MORE_ITEMS)
        screen_need("RtmGetChangedDests", code);
    for (i = 0; i < count; i++)
        note(self, watcher_entry(&self->profile, self->batch, i), &news);
    screen_need("RtmReleaseChangedDests",
                RtmReleaseChangedDests(self->handle, notify, count, self->batch));
    publish(self, &news);
    return code == NO_ERROR;
}

static DWORD WINAPI on_event(RTM_ENTITY_HANDLE reg, RTM_EVENT_TYPE type, PVOID context1,
                             PVOID context2)
{
    struct watched* self = context2;

    (void)reg;
    if (type != RTM_CHANGE_NOTIFICATION)
        return NO_ERROR;
    InterlockedIncrement(&self->counts[NOTICES]);
    while (fetch(self, context1))
        ;
    return NO_ERROR;
}

UINT watcher_count(enum watcher_count which)
{
    return (UINT)(watched[V4].counts[which] + watched[V6].counts[which]);
}

bool watcher_reaches(enum watcher_count which, UINT number)
{
    UINT now = watcher_count(which), before = now;
    double moved = screen_ms();

    while (now != number && screen_ms() - moved < 10000) {
        Sleep(1);
        now = watcher_count(which);
        if (now != before)
            moved = screen_ms();
        before = now;
    }
    return now == number;
}

/* ---- Coming and leaving ---- */

void watcher_open(void)
{
    int family;

    for (family = 0; family < FAMILIES; family++) {
        struct watched* self = &watched[family];
        RTM_ENTITY_INFO info = {.RtmInstanceId = 0, .AddressFamily = family_number[family]};

        info.EntityId.EntityProtocolId = PROTO_IP_OTHER;
        info.EntityId.EntityInstanceId = 1;
        screen_need("RtmRegisterEntity",
                    RtmRegisterEntity(&info, NULL, on_event, TRUE, &self->profile, &self->handle));
        self->batch = watcher_array(&self->profile);
        screen_need("RtmRegisterForChangeNotification",
                    RtmRegisterForChangeNotification(self->handle, RTM_VIEW_MASK_UCAST,
                                                     RTM_CHANGE_TYPE_BEST, self, &self->notify));
    }
}

void watcher_close(void)
{
    int family;

    for (family = 0; family < FAMILIES; family++) {
        struct watched* self = &watched[family];

        screen_need("RtmDeregisterFromChangeNotification",
                    RtmDeregisterFromChangeNotification(self->handle, self->notify));
        screen_need("RtmDeregisterEntity", RtmDeregisterEntity(self->handle));
        free(self->batch);
    }
}
