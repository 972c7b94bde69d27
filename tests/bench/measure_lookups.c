/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Questions about one prefix or address, in random order.
 */
#include "checksum.h"
#include "measures.h"
#include "report.h"

/* ---- exact match ---- */

static ULONG find(const struct bench* bench, const struct prefix* prefix)
{
    RTM_NET_ADDRESS address = net(bench, prefix);
    RTM_DEST_INFO found;
    route_room route;

    MUST(RtmGetExactMatchDestination(bench->viewer, &address, RTM_BEST_PROTOCOL,
                                     RTM_VIEW_MASK_UCAST, &found));
    MUST(RtmGetRouteInfo(bench->viewer, found.ViewInfo[0].Route, &route.info, NULL));
    MUST(RtmReleaseRouteInfo(bench->viewer, &route.info));
    MUST(RtmReleaseDestInfo(bench->viewer, &found));
    return route.info.PrefInfo.Metric;
}

void measure_exact(struct bench* bench)
{
    const struct prefixes* prefixes = bench->prefixes;
    uint64_t sum = CHECKSUM_START;
    struct stopwatch began = stopwatch_start();

    for (UINT i = 0; i < prefixes->count; i++)
        sum = checksum(sum, find(bench, &prefixes->asked[i]));
    report_answers("exact", prefixes->count, stopwatch_stop(began), sum);
}

/* ---- longest match ---- */

static void trace(const struct bench* bench, const char* name, const struct prefix* hosts)
{
    const UINT count = bench->prefixes->count;
    uint64_t sum = CHECKSUM_START;
    struct stopwatch began = stopwatch_start();

    for (UINT i = 0; i < count; i++)
        sum = checksum(sum, look_up(bench, bench->viewer, &hosts[i]));
    report_answers(name, count, stopwatch_stop(began), sum);
}

void measure_longest(struct bench* bench)
{
    trace(bench, "longest", bench->prefixes->hosts);
}

static void measure_chain(struct bench* bench)
{
    const struct prefixes* prefixes = bench->prefixes;
    uint64_t sum = CHECKSUM_START;
    struct stopwatch began = stopwatch_start();
    UINT next = 0;

    for (UINT i = 0; i < prefixes->count; i++) {
        ULONG answer = look_up(bench, bench->viewer, &prefixes->hosts[next]);

        sum = checksum(sum, answer);
        next = next_question(answer, i, prefixes->count);
    }
    report_answers("chain", prefixes->count, stopwatch_stop(began), sum);
}

void measure_traces(struct bench* bench)
{
    trace(bench, "longest_uniform", bench->prefixes->uniform);
    trace(bench, "longest_zipf", bench->prefixes->zipf);
    measure_chain(bench);
}

/* ---- less specific ---- */

/* From the longest match to the shortest; returns how many calls that takes. */
static UINT climb(const struct bench* bench, const struct prefix* host)
{
    RTM_NET_ADDRESS address = net(bench, host);
    RTM_DEST_INFO here, next;
    UINT calls = 1;
    DWORD status;

    MUST(RtmGetMostSpecificDestination(bench->viewer, &address, RTM_BEST_PROTOCOL,
                                       RTM_VIEW_MASK_UCAST, &here));
    for (;; here = next, calls++) {
        status = RtmGetLessSpecificDestination(bench->viewer, here.DestHandle, RTM_BEST_PROTOCOL,
                                               RTM_VIEW_MASK_UCAST, &next);
        MUST(RtmReleaseDestInfo(bench->viewer, &here));
        if (status != NO_ERROR)
            break;
    }
    must_be(status, ERROR_NOT_FOUND, "RtmGetLessSpecificDestination");
    return calls;
}

void measure_climbs(struct bench* bench)
{
    struct stopwatch began = stopwatch_start();
    UINT calls = 0;

    for (UINT i = 0; i < bench->prefixes->count / 2; i++)
        calls += climb(bench, &bench->prefixes->hosts[i]);
    report_work("climb", calls, stopwatch_stop(began));
}

/* ---- one call each ---- */

void measure_route_info(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    uint64_t sum = CHECKSUM_START;
    struct stopwatch began = stopwatch_start();

    for (UINT i = 0; i < count; i++) {
        route_room route;

        MUST(RtmGetRouteInfo(bench->viewer, bench->asked[i], &route.info, NULL));
        sum = checksum(sum, route.info.PrefInfo.Metric);
        MUST(RtmReleaseRouteInfo(bench->viewer, &route.info));
    }
    report_answers("route_info", count, stopwatch_stop(began), sum);
}

/* What it costs to tell that a value is no handle: of a number that never was one. */
void measure_handle_checks(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    uint64_t random = 3;
    struct stopwatch began = stopwatch_start();

    for (UINT i = 0; i < count; i++) {
        RTM_ENTITY_INFO info;
        HANDLE no_handle = (HANDLE)(ULONG_PTR)(random_number(&random) | 1);

        must_be(RtmGetEntityInfo(bench->viewer, no_handle, &info), ERROR_INVALID_HANDLE,
                "RtmGetEntityInfo of no handle");
    }
    report_work("handle_check", count, stopwatch_stop(began));
}
