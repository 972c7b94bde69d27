/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Enumerations of everything, in full batches.
 */
#include "checksum.h"
#include "measures.h"
#include "report.h"

/* Reads the best routes of a batch of destinations. */
static uint64_t read_batch(const struct bench* bench, const dest_batch* batch, UINT count,
                           uint64_t sum)
{
    for (UINT i = 0; i < count; i++) {
        const RTM_DEST_INFO* dest = (const RTM_DEST_INFO*)(batch->bytes + i * DEST_STRIDE);
        route_room route;

        MUST(RtmGetRouteInfo(bench->viewer, dest->ViewInfo[0].Route, &route.info, NULL));
        sum = checksum(sum, route.info.PrefInfo.Metric);
        MUST(RtmReleaseRouteInfo(bench->viewer, &route.info));
    }
    return sum;
}

static UINT walk_dests(const struct bench* bench, BOOL with_routes, uint64_t* sum)
{
    RTM_ENUM_HANDLE enumeration;
    dest_batch batch;
    UINT total = 0, count;
    DWORD status;

    *sum = CHECKSUM_START;
    MUST(RtmCreateDestEnum(bench->viewer, RTM_VIEW_MASK_UCAST, RTM_ENUM_START, NULL,
                           RTM_BEST_PROTOCOL, &enumeration));
    for (;; total += count) {
        count = BATCH;
        status = RtmGetEnumDests(bench->viewer, enumeration, &count, &batch.first);
        if (status != NO_ERROR)
            break;
        if (with_routes)
            *sum = read_batch(bench, &batch, count, *sum);
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

void measure_walk(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    uint64_t sum;
    struct stopwatch began = stopwatch_start();

    MUST_HOLD(walk_dests(bench, TRUE, &sum) == count);
    report_answers("walk", count, stopwatch_stop(began), sum);
}

void measure_bare_walks(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    uint64_t no_sum;
    struct stopwatch began = stopwatch_start();

    MUST_HOLD(walk_dests(bench, FALSE, &no_sum) == count);
    report_work("walk_dests", count, stopwatch_stop(began));
    began = stopwatch_start();
    MUST_HOLD(walk_routes(bench) == count);
    report_work("walk_routes", count, stopwatch_stop(began));
}
