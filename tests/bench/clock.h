/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * What time it takes, and how much of that the calling thread had a CPU. */
#ifndef RTM_TESTS_BENCH_CLOCK_H
#define RTM_TESTS_BENCH_CLOCK_H

struct stopwatch {
    double ns;
    double cpu_ns; /* of the thread; in steps of 10 ms */
};

/* Since some time. */
double clock_ns(void);

struct stopwatch stopwatch_start(void);
struct stopwatch stopwatch_stop(struct stopwatch began);

#endif
