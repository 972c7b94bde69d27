/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * What time it takes, and how much of that the calling thread had a CPU. */
#ifndef RTM_TESTS_BENCH_CLOCK_H
#define RTM_TESTS_BENCH_CLOCK_H

#ifdef __cplusplus
extern "C" {
#endif

struct stopwatch {
    double ns;
    double cpu_ns; /* of the thread; on Windows in steps of 10 ms */
};

/* A CPU time that is shorter than this says little. */
#ifdef _WIN32
#define LEAST_CPU_NS 2e8
#else
#define LEAST_CPU_NS 1e5
#endif

/* Since some time. */
double clock_ns(void);

/* What all threads of the process have used. */
double process_cpu_ns(void);

struct stopwatch stopwatch_start(void);
struct stopwatch stopwatch_stop(struct stopwatch began);

#ifdef __cplusplus
}
#endif

#endif
