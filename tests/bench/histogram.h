/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * How long calls take, each one: by the CPU's counter, which costs a hundredth of a call, and in
 * steps of a fifth. */
#ifndef RTM_TESTS_BENCH_HISTOGRAM_H
#define RTM_TESTS_BENCH_HISTOGRAM_H

#include <stdint.h>

#include <x86intrin.h>

#define HISTOGRAM_STEPS 256

struct histogram {
    uint64_t calls[HISTOGRAM_STEPS];
    double began_ns;
    uint64_t began; /* of the counter */
};

static inline uint64_t counter_now(void)
{
    unsigned int cpu;

    return __rdtscp(&cpu);
}

void histogram_start(struct histogram* histogram);
/* A call has taken so many steps of the counter. */
void histogram_add(struct histogram* histogram, uint64_t took);
/* All since the start, which is how the counter's speed is known. */
void histogram_report(const struct histogram* histogram, const char* name);

#endif
