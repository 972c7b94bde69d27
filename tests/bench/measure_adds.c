/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Adding, and the memory that it takes.
 */
#include "measures.h"
#include "memory.h"
#include "report.h"

void measure_adds(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    const struct memory before = memory_now();
    struct stopwatch began = stopwatch_start();
    struct memory after;

    for (UINT i = 0; i < count; i++)
        add_route(bench, i, INFINITE);
    report_work("add", count, stopwatch_stop(began));
    after = memory_now();
    report_figure("bytes_private", (after.private_bytes - before.private_bytes) / count);
    report_figure("bytes_resident", (after.resident - before.resident) / count);
    sort_handles(bench);
}
