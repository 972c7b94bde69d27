/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#include "histogram.h"

#include "report.h"

#include <string.h>

/* Four steps for each power of two. */
static unsigned int step_of(uint64_t took)
{
    unsigned int power;

    if (took < 4)
        return (unsigned int)took;
    power = 63 - (unsigned int)__builtin_clzll(took);
    return 4 * (power - 1) + (unsigned int)(took >> (power - 2) & 3);
}

static double end_of(unsigned int step)
{
    unsigned int next = step + 1;

    if (next < 4)
        return next;
    return (double)(4 + next % 4) * (double)(1ULL << (next / 4 - 1));
}

void histogram_start(struct histogram* histogram)
{
    memset(histogram, 0, sizeof(*histogram));
    histogram->began_ns = clock_ns();
    histogram->began = counter_now();
}

void histogram_add(struct histogram* histogram, uint64_t took)
{
    histogram->calls[step_of(took)]++;
}

void histogram_report(const struct histogram* histogram, const char* name)
{
    const double ns =
        (clock_ns() - histogram->began_ns) / (double)(counter_now() - histogram->began);

    for (unsigned int i = 0; i < HISTOGRAM_STEPS; i++) {
        if (histogram->calls[i])
            report_latency(name, end_of(i) * ns, histogram->calls[i]);
    }
}
