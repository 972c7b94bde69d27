/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * A copy of one view of a table, kept by change notification alone: what is best for each prefix.
 * For any thread. */
#ifndef RTM_TESTS_API_MIRROR_H
#define RTM_TESTS_API_MIRROR_H

#include "batches.h"

#define MIRROR_ROOM 2048

typedef struct mirror_entry {
    RTM_NET_ADDRESS prefix;
    uint64_t best; /* a digest of the route */
} mirror_entry;

typedef struct mirror {
    RTM_ENTITY_HANDLE me;
    RTM_NOTIFY_HANDLE notify;
    RTM_VIEW_SET view; /* one */
    SRWLOCK lock;      /* one drains at a time, or older news could come last */
    UINT count, changes;
    mirror_entry entries[MIRROR_ROOM];
} mirror;

static inline BOOL same_prefix(const RTM_NET_ADDRESS* a, const RTM_NET_ADDRESS* b)
{
    return a->NumBits == b->NumBits && !memcmp(a->AddrBits, b->AddrBits, sizeof(a->AddrBits));
}

/* Sets what is best, or forgets the prefix if that is 0. */
static inline void mirror_set(mirror* of, const RTM_NET_ADDRESS* prefix, uint64_t best)
{
    UINT i = 0;

    while (i < of->count && !same_prefix(&of->entries[i].prefix, prefix))
        i++;
    if (!best) {
        if (i < of->count)
            of->entries[i] = of->entries[--of->count];
        return;
    }
    if (!CHECK(i < MIRROR_ROOM))
        return;
    of->count += i == of->count;
    of->entries[i].prefix = *prefix;
    of->entries[i].best = best;
}

static inline uint64_t mix(uint64_t digest, uint64_t value)
{
    return (digest ^ value) * 0x9e3779b97f4a7c15 >> 7 ^ digest << 3;
}

/* What a change of the best route is told of: all but its owner's private data. Not 0. */
static inline uint64_t digest_route(RTM_ENTITY_HANDLE me, RTM_ROUTE_HANDLE route)
{
    route_info got;
    uint64_t digest = 1;

    if (!CHECK_STATUS(RtmGetRouteInfo(me, route, &got.info, NULL), NO_ERROR))
        return 1;
    digest = mix(digest, (ULONG_PTR)got.info.RouteOwner);
    digest = mix(digest, got.info.Flags);
    digest = mix(digest, got.info.PrefInfo.Preference);
    digest = mix(digest, got.info.PrefInfo.Metric);
    for (UINT i = 0; i < got.info.NextHopsList.NumNextHops; i++)
        digest = mix(digest, (ULONG_PTR)*hop_at(&got, i));
    CHECK_STATUS(RtmReleaseRouteInfo(me, &got.info), NO_ERROR);
    return digest | 1;
}

/* Takes over all changes that have not been fetched, `capacity` at a time. */
static inline void mirror_drain(mirror* of, UINT capacity)
{
    dest_batch batch;

    AcquireSRWLockExclusive(&of->lock);
    for (;;) {
        UINT count = capacity;
        DWORD status = RtmGetChangedDests(of->me, of->notify, &count, &batch.first);

        if (status != NO_ERROR) {
            CHECK_STATUS(status, ERROR_NO_MORE_ITEMS);
            break;
        }
        of->changes += count;
        for (UINT i = 0; i < count; i++) {
            RTM_ROUTE_HANDLE best = entry_view(&batch, i, 0)->Route;

            mirror_set(of, &entry_at(&batch, i)->DestAddress,
                       best ? digest_route(of->me, best) : 0);
        }
        CHECK_STATUS(RtmReleaseChangedDests(of->me, of->notify, count, &batch.first), NO_ERROR);
    }
    ReleaseSRWLockExclusive(&of->lock);
}

static inline BOOL mirror_has(const mirror* of, const RTM_NET_ADDRESS* prefix, uint64_t best)
{
    for (UINT i = 0; i < of->count; i++) {
        if (same_prefix(&of->entries[i].prefix, prefix))
            return of->entries[i].best == best;
    }
    return FALSE;
}

/* Whether the mirror is what an enumeration gives, neither more nor less. */
static inline BOOL mirror_is_true(mirror* of)
{
    RTM_ENUM_HANDLE enumeration = NULL;
    dest_batch batch;
    UINT count, total = 0;
    BOOL same = TRUE;

    if (!CHECK_STATUS(RtmCreateDestEnum(of->me, of->view, RTM_ENUM_START, NULL, RTM_BEST_PROTOCOL,
                                        &enumeration),
                      NO_ERROR))
        return FALSE;
    AcquireSRWLockShared(&of->lock);
    for (;; total += count) {
        count = MOST_ITEMS;
        if (RtmGetEnumDests(of->me, enumeration, &count, &batch.first) != NO_ERROR)
            break;
        for (UINT i = 0; i < count; i++) {
            RTM_ROUTE_HANDLE best = entry_view(&batch, i, 0)->Route;

            same = same && best &&
                   mirror_has(of, &entry_at(&batch, i)->DestAddress, digest_route(of->me, best));
        }
        CHECK_STATUS(RtmReleaseDests(of->me, count, &batch.first), NO_ERROR);
    }
    same = same && total == of->count;
    ReleaseSRWLockShared(&of->lock);
    CHECK_STATUS(RtmDeleteEnumHandle(of->me, enumeration), NO_ERROR);
    return same;
}

/* Waits until it is, with nothing else going on. FALSE after WAIT_MS. */
static inline BOOL mirror_comes_true(mirror* of)
{
    ULONGLONG until = GetTickCount64() + WAIT_MS;

    for (;;) {
        mirror_drain(of, MOST_ITEMS);
        if (mirror_is_true(of))
            return TRUE;
        if (GetTickCount64() > until)
            return FALSE;
        Sleep(20);
    }
}

#endif
