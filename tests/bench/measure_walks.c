/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Enumerations of everything, in full batches.
 */
#include "measures.h"
#include "report.h"

static UINT walk_dests(const struct bench* bench)
{
    RTM_ENUM_HANDLE enumeration;
    dest_batch batch;
    UINT total = 0, count;
    DWORD status;

    MUST(RtmCreateDestEnum(bench->viewer, RTM_VIEW_MASK_UCAST, RTM_ENUM_START, NULL,
                           RTM_BEST_PROTOCOL, &enumeration));
    for (;; total += count) {
        count = BATCH;
        status = RtmGetEnumDests(bench->viewer, enumeration, &count, &batch.first);
        if (status != NO_ERROR)
            break;
        MUST(RtmReleaseDests(bench->viewer, count, &batch.first));
    }
    must_be(status, ERROR_NO_MORE_ITEMS, "RtmGetEnumDests");
    MUST(RtmDeleteEnumHandle(bench->viewer, enumeration));
    return total;
}

static UINT walk_routes(const struct bench* bench)
{
    RTM_ENUM_HANDLE enumeration;
    RTM_ROUTE_HANDLE batch[BATCH];
    UINT total = 0, count;
    DWORD status;

    MUST(RtmCreateRouteEnum(bench->viewer, NULL, RTM_VIEW_MASK_UCAST, RTM_ENUM_START, NULL,
                            RTM_MATCH_NONE, NULL, 0, &enumeration));
    for (;; total += count) {
        count = BATCH;
        status = RtmGetEnumRoutes(bench->viewer, enumeration, &count, batch);
        if (status != NO_ERROR)
            break;
        MUST(RtmReleaseRoutes(bench->viewer, count, batch));
    }
    must_be(status, ERROR_NO_MORE_ITEMS, "RtmGetEnumRoutes");
    MUST(RtmDeleteEnumHandle(bench->viewer, enumeration));
    return total;
}

void measure_walks(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    struct stopwatch began = stopwatch_start();
    ULONG sum;

    MUST_HOLD(trie_walk(&bench->trie, &sum) == count);
    report_yardstick(ENUM_DESTS, count, stopwatch_stop(began));
    began = stopwatch_start();
    MUST_HOLD(walk_dests(bench) == count);
    report_work(ENUM_DESTS, count, stopwatch_stop(began));
    began = stopwatch_start();
    MUST_HOLD(walk_routes(bench) == count);
    report_work(ENUM_ROUTES, count, stopwatch_stop(began));
}
