/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * The owner changes each route, in three ways, and deletes it. In another order than it added them.
 */
#include "measures.h"
#include "report.h"

/* The hop by which add_route has added a route. */
static RTM_NEXTHOP_HANDLE hop_of(const struct bench* bench, UINT asked)
{
    return bench->hops[bench->prefixes->order[asked] % HOPS];
}

static void update(const struct bench* bench, UINT i, RTM_ROUTE_HANDLE* route, ULONG metric)
{
    RTM_NET_ADDRESS address = net(bench, &bench->prefixes->asked[i]);
    route_room made = route_by(hop_of(bench, i), metric);
    RTM_ROUTE_CHANGE_FLAGS flags = 0;

    MUST(RtmAddRouteToDest(bench->owner, route, &address, &made.info, INFINITE, NULL, 0, NULL,
                           &flags));
    MUST_HOLD(flags == RTM_ROUTE_CHANGE_BEST);
}

static void edit(const struct bench* bench, UINT i, ULONG metric)
{
    RTM_ROUTE_CHANGE_FLAGS flags = 0;
    RTM_ROUTE_INFO* live;

    MUST(RtmLockRoute(bench->owner, bench->asked[i], TRUE, TRUE, &live));
    live->PrefInfo.Metric = metric;
    MUST(RtmUpdateAndUnlockRoute(bench->owner, bench->asked[i], INFINITE, NULL, 0, NULL, &flags));
    MUST_HOLD(flags == RTM_ROUTE_CHANGE_BEST);
}

static void update_trie(struct bench* bench)
{
    struct stopwatch began = stopwatch_start();
    const UINT count = bench->prefixes->count;

    for (UINT i = 0; i < count; i++) {
        struct trie_node* found = trie_find(&bench->trie, &bench->prefixes->asked[i]);

        MUST_HOLD(found);
        found->value = 2;
    }
    report_yardstick(UPDATE, count, stopwatch_stop(began));
}

void measure_updates(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    struct stopwatch began;

    update_trie(bench);
    began = stopwatch_start();
    for (UINT i = 0; i < count; i++)
        update(bench, i, NULL, 2);
    report_work(UPDATE, count, stopwatch_stop(began));
    began = stopwatch_start();
    for (UINT i = 0; i < count; i++)
        update(bench, i, &bench->asked[i], 3);
    report_work(UPDATE_BY_HANDLE, count, stopwatch_stop(began));
    began = stopwatch_start();
    for (UINT i = 0; i < count; i++)
        edit(bench, i, 4);
    report_work(UPDATE_IN_PLACE, count, stopwatch_stop(began));
}

void measure_deletes(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    struct stopwatch began = stopwatch_start();
    RTM_ROUTE_CHANGE_FLAGS flags;

    for (UINT i = 0; i < count; i++)
        MUST_HOLD(trie_erase(&bench->trie, &bench->prefixes->asked[i]));
    report_yardstick(DELETE_ROUTE, count, stopwatch_stop(began));
    MUST_HOLD(!bench->trie.nodes);
    began = stopwatch_start();
    for (UINT i = 0; i < count; i++)
        MUST(RtmDeleteRouteToDest(bench->owner, bench->asked[i], &flags));
    report_work(DELETE_ROUTE, count, stopwatch_stop(began));
}
