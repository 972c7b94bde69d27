/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * The owner changes each route, in three ways, and deletes it. In another order than it added them.
 */
#include "measures.h"
#include "report.h"

static void update(const struct bench* bench, UINT i, RTM_ROUTE_HANDLE* route, UINT edition)
{
    RTM_NET_ADDRESS address = net(bench, &bench->prefixes->asked[i]);
    route_room made = route_for(bench, bench->prefixes->order[i], edition);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    MUST(RtmAddRouteToDest(bench->owner, route, &address, &made.info, INFINITE, NULL, 0, NULL,
                           &flags));
    MUST_HOLD(flags == RTM_ROUTE_CHANGE_BEST);
}

static void edit(const struct bench* bench, UINT i)
{
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_INFO* live;

    MUST(RtmLockRoute(bench->owner, bench->asked[i], TRUE, TRUE, &live));
    live->PrefInfo.Metric++;
    MUST(RtmUpdateAndUnlockRoute(bench->owner, bench->asked[i], INFINITE, NULL, 0, NULL, &flags));
    MUST_HOLD(flags == RTM_ROUTE_CHANGE_BEST);
}

void measure_updates(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    struct stopwatch began = stopwatch_start();

    for (UINT i = 0; i < count; i++)
        update(bench, i, NULL, 1);
    report_work("update", count, stopwatch_stop(began));
    began = stopwatch_start();
    for (UINT i = 0; i < count; i++)
        update(bench, i, &bench->asked[i], 2);
    report_work("update_by_handle", count, stopwatch_stop(began));
    began = stopwatch_start();
    for (UINT i = 0; i < count; i++)
        edit(bench, i);
    report_work("edit", count, stopwatch_stop(began));
}

void measure_deletes(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    struct stopwatch began = stopwatch_start();
    RTM_ROUTE_CHANGE_FLAGS flags;

    for (UINT i = 0; i < count; i++)
        MUST(RtmDeleteRouteToDest(bench->owner, bench->asked[i], &flags));
    report_work("delete", count, stopwatch_stop(began));
}
