/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Adding, and the memory that it takes.
 */
#include "measures.h"
#include "memory.h"
#include "report.h"

static void fill_trie(struct bench* bench)
{
    const struct prefixes* prefixes = bench->prefixes;
    struct stopwatch began = stopwatch_start();

    for (UINT i = 0; i < prefixes->count; i++)
        MUST_HOLD(trie_insert(&bench->trie, &prefixes->all[i]));
    report_yardstick(ADD, prefixes->count, stopwatch_stop(began));
    report_figure(BYTES_OF_YARDSTICK,
                  (double)bench->trie.nodes * sizeof(struct trie_node) / prefixes->count);
}

void measure_adds(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    struct memory before, after;
    struct stopwatch began;

    fill_trie(bench);
    before = memory_now();
    began = stopwatch_start();
    for (UINT i = 0; i < count; i++)
        add_route(bench, i, INFINITE);
    report_work(ADD, count, stopwatch_stop(began));
    after = memory_now();
    if (bench->is_first_round) {
        report_figure(BYTES_PRIVATE, (after.private_bytes - before.private_bytes) / count);
        report_figure(BYTES_RESIDENT, (after.resident - before.resident) / count);
    }
    sort_handles(bench);
}
