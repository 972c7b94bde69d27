/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Clients that are told of changes, and fetch them on their callbacks.
 */
#include "measures.h"
#include "report.h"

#define NOTICES 100
#define CROWD 8

static HANDLE all_told, crowd_may_leave;
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

/* all_told is set when each of them has been told of so many changes. */
static void watchers_join(const struct bench* bench, RTM_ENTITY_HANDLE* watchers, UINT count,
                          UINT changes)
{
    all_told = CreateEventW(NULL, FALSE, FALSE, NULL);
    told = 0;
    wanted = (LONG)(changes * count);
    for (UINT i = 0; i < count; i++) {
        RTM_NOTIFY_HANDLE notify;

        watchers[i] = join(bench, WATCHER, on_event);
        MUST(RtmRegisterForChangeNotification(watchers[i], RTM_VIEW_MASK_UCAST,
                                              RTM_CHANGE_TYPE_BEST, NULL, &notify));
    }
}

static void watchers_leave(const RTM_ENTITY_HANDLE* watchers, UINT count)
{
    for (UINT i = 0; i < count; i++)
        MUST(RtmDeregisterEntity(watchers[i]));
    CloseHandle(all_told);
}

void measure_watched_adds(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    RTM_ENTITY_HANDLE watcher;
    struct stopwatch began;
    double began_at, cpu;

    watchers_join(bench, &watcher, 1, count);
    cpu = process_cpu_ns();
    began = stopwatch_start();
    began_at = clock_ns();
    for (UINT i = 0; i < count; i++)
        add_route(bench, i, INFINITE);
    report_work("add_watched", count, stopwatch_stop(began));
    WaitForSingleObject(all_told, INFINITE);
    bench->told_ns = clock_ns() - began_at;
    report_ns("add_told", bench->told_ns / count);
    report_ns("add_told_cpu", (process_cpu_ns() - cpu) / count);
    watchers_leave(&watcher, 1);
    sort_handles(bench);
}

/* ---- a crowd ---- */

/* An owner of some of the routes, on a thread of its own. */
struct peer {
    const struct bench* bench;
    UINT number;
};

static DWORD WINAPI add_slice(void* argument)
{
    const struct peer* peer = argument;
    const UINT count = peer->bench->prefixes->count;
    struct bench own = *peer->bench;

    owner_joins(&own);
    for (UINT i = peer->number; i < count; i += CROWD)
        add_route(&own, i, INFINITE);
    WaitForSingleObject(crowd_may_leave, INFINITE);
    owner_leaves(&own);
    return 0;
}

/* Eight owners add an eighth of all each, while eight clients are told of all. */
void measure_crowd(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    struct peer peers[CROWD];
    HANDLE threads[CROWD];
    RTM_ENTITY_HANDLE watchers[CROWD];
    double began;

    crowd_may_leave = CreateEventW(NULL, TRUE, FALSE, NULL);
    watchers_join(bench, watchers, CROWD, count);
    began = clock_ns();
    for (UINT i = 0; i < CROWD; i++) {
        peers[i] = (struct peer){bench, i};
        threads[i] = start_thread(add_slice, &peers[i]);
    }
    WaitForSingleObject(all_told, INFINITE);
    report_ns("crowd", (clock_ns() - began) / count);
    watchers_leave(watchers, CROWD);
    SetEvent(crowd_may_leave);
    for (UINT i = 0; i < CROWD; i++)
        join_thread(threads[i]);
    CloseHandle(crowd_may_leave);
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
    route_room made = route_for(bench, i, 3);
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
    RTM_ENTITY_HANDLE watcher;
    double ns[NOTICES];

    watchers_join(bench, &watcher, 1, 1);
    for (UINT i = 0; i < NOTICES; i++)
        ns[i] = time_one(bench, i % bench->prefixes->count);
    qsort(ns, NOTICES, sizeof(ns[0]), ascending);
    for (UINT i = 0; i < NOTICES; i++)
        report_latency("notice", ns[i], 1);
    report_figure("notice_median", ns[NOTICES / 2] / 1e6);
    report_figure("notice_p99", ns[NOTICES * 99 / 100 - 1] / 1e6);
    watchers_leave(&watcher, 1);
}
