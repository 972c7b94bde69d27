/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#include "report.h"

#include <inttypes.h>
#include <stdio.h>

/* A line is written at once, so that progress can be seen. */
static void end_line(void)
{
    printf("\n");
    fflush(stdout);
}

static void print_work(const char* name, uint32_t count, struct stopwatch took)
{
    printf("work\t%s\t%.2f\t", name, took.ns / count);
    if (took.cpu_ns < LEAST_CPU_NS)
        printf("-\t");
    else
        printf("%.2f\t", took.cpu_ns / count);
}

void report_work(const char* name, uint32_t count, struct stopwatch took)
{
    print_work(name, count, took);
    printf("-");
    end_line();
}

void report_answers(const char* name, uint32_t count, struct stopwatch took, uint64_t checksum)
{
    print_work(name, count, took);
    printf("%016" PRIx64, checksum);
    end_line();
}

void report_ns(const char* name, double ns)
{
    printf("work\t%s\t%.2f\t-\t-", name, ns);
    end_line();
}

void report_figure(const char* name, double value)
{
    printf("figure\t%s\t%.4f", name, value);
    end_line();
}

void report_latency(const char* name, double ns, uint64_t count)
{
    printf("latency\t%s\t%.0f\t%" PRIu64, name, ns, count);
    end_line();
}
