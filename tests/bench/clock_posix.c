/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#include "clock.h"

#include <time.h>

static double read_clock(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

double clock_ns(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

double process_cpu_ns(void)
{
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

struct stopwatch stopwatch_start(void)
{
    return (struct stopwatch){clock_ns(), read_clock(CLOCK_THREAD_CPUTIME_ID)};
}

struct stopwatch stopwatch_stop(struct stopwatch began)
{
    return (struct stopwatch){clock_ns() - began.ns,
                              read_clock(CLOCK_THREAD_CPUTIME_ID) - began.cpu_ns};
}
