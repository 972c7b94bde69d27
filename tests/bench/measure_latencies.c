/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * How long single calls take, and not only in the mean.
 */
#include "histogram.h"
#include "measures.h"

static void time_lookups(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    struct histogram histogram;

    histogram_start(&histogram);
    for (UINT i = 0; i < count; i++) {
        uint64_t began = counter_now();

        look_up(bench, bench->viewer, &bench->prefixes->hosts[i]);
        histogram_add(&histogram, counter_now() - began);
    }
    histogram_report(&histogram, "longest");
}

/* Takes each route out and puts it in again, in the order in which they are asked for. */
static void time_changes(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    struct histogram deletes, adds;

    histogram_start(&deletes);
    histogram_start(&adds);
    for (UINT i = 0; i < count; i++) {
        const UINT number = bench->prefixes->order[i];
        RTM_ROUTE_CHANGE_FLAGS flags;
        uint64_t began = counter_now(), between;

        MUST(RtmDeleteRouteToDest(bench->owner, bench->routes[number], &flags));
        between = counter_now();
        histogram_add(&deletes, between - began);
        add_route(bench, number, INFINITE);
        histogram_add(&adds, counter_now() - between);
    }
    histogram_report(&deletes, "delete");
    histogram_report(&adds, "add");
    sort_handles(bench);
}

void measure_latencies(struct bench* bench)
{
    time_lookups(bench);
    time_changes(bench);
}
