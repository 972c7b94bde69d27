/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * What the calls of the routing table cost with a large table, and what memory it takes: once, as
 * lines for driver/programs.py (see report.h). tools/bench runs it.
 */
#include "client.h"
#include "measures.h"
#include "memory.h"
#include "options.h"
#include "report.h"

static struct bench make_bench(struct prefixes* prefixes)
{
    struct bench made = {.prefixes = prefixes};

    made.routes = malloc(prefixes->count * sizeof(*made.routes));
    made.asked = malloc(prefixes->count * sizeof(*made.asked));
    if (!made.routes || !made.asked)
        give_up("out of memory");
    /* Touched, so that it is not counted as the table's. */
    memset(made.routes, 0, prefixes->count * sizeof(*made.routes));
    memset(made.asked, 0, prefixes->count * sizeof(*made.asked));
    return made;
}

static void report_growth(const struct bench* bench, const char* figure, struct memory before)
{
    double grown = memory_now().private_bytes - before.private_bytes;

    report_figure(figure, grown / bench->prefixes->count);
}

static void measure_all(struct bench* bench)
{
    const struct memory before = memory_now();

    bench->viewer = join(bench, VIEWER, NULL);
    owner_joins(bench);
    measure_adds(bench);
    measure_exact(bench);
    measure_longest(bench);
    measure_walk(bench);
    measure_traces(bench);
    measure_climbs(bench);
    measure_route_info(bench);
    measure_handle_checks(bench);
    measure_bare_walks(bench);
    measure_updates(bench);
    measure_latencies(bench);
    measure_readers(bench);
    measure_deletes(bench);
    report_growth(bench, "bytes_after_deleting", before);
    measure_watched_adds(bench);
    measure_notices(bench);
    measure_leaving(bench);
    measure_expiry(bench);
    measure_crowd(bench);
    MUST(RtmDeregisterEntity(bench->viewer));
    report_growth(bench, "bytes_after_leaving", before);
}

/* What grows with the table, as often as it takes for a small one to be measured. */
static void measure_few(struct bench* bench)
{
    bench->viewer = join(bench, VIEWER, NULL);
    owner_joins(bench);
    report_together();
    for (UINT i = 0; i < repeats(bench->prefixes); i++) {
        measure_adds(bench);
        measure_exact(bench);
        measure_longest(bench);
        measure_walk(bench);
        measure_deletes(bench);
    }
    report_sums();
    owner_leaves(bench);
    MUST(RtmDeregisterEntity(bench->viewer));
}

int main(int argc, char** argv)
{
    const struct options options = parse_options(argc, argv);
    struct prefixes prefixes = prefixes_wanted(&options);
    struct bench bench = make_bench(&prefixes);

    if (options.few)
        measure_few(&bench);
    else
        measure_all(&bench);
    return 0;
}
