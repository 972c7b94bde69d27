/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * A client that is told of changes, and fetches them on its callback.
 */
#include "measures.h"
#include "report.h"

#define NOTICES 100

static const struct bench* watched;
static HANDLE all_told;
static volatile LONG told, wanted;
static double called_at; /* of the latest callback */

static UINT drain(RTM_ENTITY_HANDLE me, RTM_NOTIFY_HANDLE notify)
{
    dest_batch batch;
    UINT total = 0, count;

    for (;; total += count) {
        DWORD status;

        count = BATCH;
        status = RtmGetChangedDests(me, notify, &count, &batch.first);
        if (status != NO_ERROR) {
            must_be(status, ERROR_NO_MORE_ITEMS, "RtmGetChangedDests");
            return total;
        }
        MUST(RtmReleaseChangedDests(me, notify, count, &batch.first));
    }
}

static DWORD WINAPI on_event(RTM_ENTITY_HANDLE me, RTM_EVENT_TYPE type, PVOID context1,
                             PVOID context2)
{
    LONG count;

    (void)context2;
    if (type != RTM_CHANGE_NOTIFICATION)
        return ERROR_NOT_SUPPORTED;
    called_at = clock_ns();
    count = (LONG)drain(me, context1);
    if (InterlockedExchangeAdd(&told, count) + count >= wanted)
        SetEvent(all_told);
    return NO_ERROR;
}

static RTM_ENTITY_HANDLE watcher_joins(const struct bench* bench, UINT changes)
{
    RTM_ENTITY_HANDLE watcher = join(bench, WATCHER, on_event);
    RTM_NOTIFY_HANDLE notify;

    watched = bench;
    all_told = CreateEventW(NULL, FALSE, FALSE, NULL);
    told = 0;
    wanted = (LONG)changes;
    MUST(RtmRegisterForChangeNotification(watcher, RTM_VIEW_MASK_UCAST, RTM_CHANGE_TYPE_BEST, NULL,
                                          &notify));
    return watcher;
}

static void watcher_leaves(RTM_ENTITY_HANDLE watcher)
{
    MUST(RtmDeregisterEntity(watcher));
    CloseHandle(all_told);
}

void measure_watched_adds(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    RTM_ENTITY_HANDLE watcher = watcher_joins(bench, count);
    struct stopwatch began = stopwatch_start();
    double began_at = clock_ns();

    for (UINT i = 0; i < count; i++)
        add_route(bench, i, INFINITE);
    report_work(ADD_WATCHED, count, stopwatch_stop(began));
    WaitForSingleObject(all_told, INFINITE);
    report_ns(ADD_TOLD, (clock_ns() - began_at) / count);
    watcher_leaves(watcher);
    sort_handles(bench);
}

/* ---- how soon ---- */

static int ascending(const void* a, const void* b)
{
    double x = *(const double*)a, y = *(const double*)b;

    return (x > y) - (x < y);
}

/* From before the call that changes a route to the callback. */
static double time_one(struct bench* bench, UINT i)
{
    RTM_NET_ADDRESS address = net(bench, &bench->prefixes->all[i]);
    route_room made = route_by(bench->hops[i % HOPS], 5000 + told);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    double began = clock_ns();

    wanted = told + 1;
    MUST(RtmAddRouteToDest(bench->owner, NULL, &address, &made.info, INFINITE, NULL, 0, NULL,
                           &flags));
    WaitForSingleObject(all_told, INFINITE);
    return called_at - began;
}

void measure_notices(struct bench* bench)
{
    RTM_ENTITY_HANDLE watcher = watcher_joins(bench, 1);
    double ns[NOTICES];

    for (UINT i = 0; i < NOTICES; i++)
        ns[i] = time_one(bench, i % bench->prefixes->count);
    qsort(ns, NOTICES, sizeof(ns[0]), ascending);
    report_figure(NOTICE_MEDIAN, ns[NOTICES / 2] / 1e6);
    report_figure(NOTICE_P99, ns[NOTICES * 99 / 100 - 1] / 1e6);
    watcher_leaves(watcher);
}
