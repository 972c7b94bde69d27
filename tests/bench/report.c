/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#include "report.h"

#include "give_up.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define MOST_SUMS 16

static struct sum {
    const char* name;
    uint32_t count;
    struct stopwatch took;
    uint64_t answers; /* the last */
} sums[MOST_SUMS];
static bool adds_up;

/* A line is written at once, so that progress can be seen. */
static void end_line(void)
{
    printf("\n");
    fflush(stdout);
}

/* A dash stands for no answers. */
static void print_work(const char* name, uint32_t count, struct stopwatch took, uint64_t answers)
{
    printf("work\t%s\t%.2f\t", name, took.ns / count);
    if (took.cpu_ns < LEAST_CPU_NS)
        printf("-\t");
    else
        printf("%.2f\t", took.cpu_ns / count);
    if (answers)
        printf("%016" PRIx64, answers);
    else
        printf("-");
    end_line();
}

static struct sum* sum_of(const char* name)
{
    for (int i = 0; i < MOST_SUMS; i++) {
        if (!sums[i].name)
            sums[i].name = name;
        if (!strcmp(sums[i].name, name))
            return &sums[i];
    }
    give_up("too many kinds of work are added up");
}

void report_together(void)
{
    adds_up = true;
}

void report_sums(void)
{
    adds_up = false;
    for (int i = 0; i < MOST_SUMS && sums[i].name; i++)
        print_work(sums[i].name, sums[i].count, sums[i].took, sums[i].answers);
}

void report_work(const char* name, uint32_t count, struct stopwatch took)
{
    report_answers(name, count, took, 0);
}

void report_answers(const char* name, uint32_t count, struct stopwatch took, uint64_t checksum)
{
    struct sum* sum;

    if (!adds_up) {
        print_work(name, count, took, checksum);
        return;
    }
    sum = sum_of(name);
    sum->count += count;
    sum->took.ns += took.ns;
    sum->took.cpu_ns += took.cpu_ns;
    sum->answers = checksum;
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
