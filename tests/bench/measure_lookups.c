/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Questions about one prefix or address, in random order.
 */
#include "measures.h"
#include "report.h"

/* ---- exact match ---- */

static void find(const struct bench* bench, const struct prefix* prefix)
{
    RTM_NET_ADDRESS address = net(bench, prefix);
    RTM_DEST_INFO found;
    route_room route;

    MUST(RtmGetExactMatchDestination(bench->viewer, &address, RTM_BEST_PROTOCOL,
                                     RTM_VIEW_MASK_UCAST, &found));
    MUST(RtmGetRouteInfo(bench->viewer, found.ViewInfo[0].Route, &route.info, NULL));
    MUST(RtmReleaseRouteInfo(bench->viewer, &route.info));
    MUST(RtmReleaseDestInfo(bench->viewer, &found));
}

static void measure_exact(struct bench* bench)
{
    const struct prefixes* prefixes = bench->prefixes;
    struct stopwatch began = stopwatch_start();

    for (UINT i = 0; i < prefixes->count; i++)
        MUST_HOLD(trie_find(&bench->trie, &prefixes->asked[i]));
    report_yardstick(EXACT_MATCH, prefixes->count, stopwatch_stop(began));
    began = stopwatch_start();
    for (UINT i = 0; i < prefixes->count; i++)
        find(bench, &prefixes->asked[i]);
    report_work(EXACT_MATCH, prefixes->count, stopwatch_stop(began));
}

/* ---- longest match ---- */

static void measure_longest(struct bench* bench)
{
    const struct prefixes* prefixes = bench->prefixes;
    struct stopwatch began = stopwatch_start();

    for (UINT i = 0; i < prefixes->count; i++)
        MUST_HOLD(trie_find_longest(&bench->trie, &prefixes->hosts[i]));
    report_yardstick(LONGEST_MATCH, prefixes->count, stopwatch_stop(began));
    began = stopwatch_start();
    for (UINT i = 0; i < prefixes->count; i++)
        MUST_HOLD(look_up(bench, bench->viewer, &prefixes->hosts[i]));
    report_work(LONGEST_MATCH, prefixes->count, stopwatch_stop(began));
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

static void measure_less_specific(struct bench* bench)
{
    struct stopwatch began = stopwatch_start();
    UINT calls = 0;

    for (UINT i = 0; i < bench->prefixes->count / 2; i++)
        calls += climb(bench, &bench->prefixes->hosts[i]);
    report_work(LESS_SPECIFIC, calls, stopwatch_stop(began));
}

void measure_lookups(struct bench* bench)
{
    measure_exact(bench);
    measure_longest(bench);
    measure_less_specific(bench);
}
