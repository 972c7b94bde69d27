/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#include "report.h"

/* The values of the rounds. */
struct sample {
    double values[MOST_ROUNDS];
    UINT count;
};

static struct {
    struct sample ns, cpu_share, yardstick_ns;
} works[WORKS];
static struct sample figures[FIGURES];

static const char* const work_names[WORKS] = {
    [ADD] = "RtmAddRouteToDest, new",
    [ADD_WITH_TTL] = "  with a time to live",
    [ADD_WATCHED] = "  while a change client drains",
    [ADD_TOLD] = "  until the change client has all",
    [UPDATE] = "RtmAddRouteToDest, another metric",
    [UPDATE_BY_HANDLE] = "  by handle",
    [UPDATE_IN_PLACE] = "RtmLockRoute + RtmUpdateAndUnlockRoute",
    [DELETE_ROUTE] = "RtmDeleteRouteToDest",
    [EXACT_MATCH] = "exact match + route info + releases",
    [LONGEST_MATCH] = "longest match + route info + releases",
    [LESS_SPECIFIC] = "to the next less specific + release",
    [ENUM_DESTS] = "RtmGetEnumDests + RtmReleaseDests",
    [ENUM_ROUTES] = "RtmGetEnumRoutes + RtmReleaseRoutes",
    [ONE_READER] = "longest match as above, one reader",
    [TWO_READERS] = "  two readers (against one)",
    [READER_BESIDE_WRITER] = "  beside a writer (against alone)",
    [WRITER_BESIDE_READER] = "  the writer (against alone)",
    [DEREGISTRATION] = "RtmDeregisterEntity, each route of it",
    [EXPIRY] = "expiry of all at once, each route",
};

static const struct {
    const char* name;
    const char* unit;
} figure_names[FIGURES] = {
    [BYTES_PRIVATE] = {"memory for each route, private", "bytes"},
    [BYTES_RESIDENT] = {"  working set", "bytes"},
    [BYTES_AFTER_DELETING] = {"  what stays when all are deleted", "bytes"},
    [BYTES_AFTER_LEAVING] = {"  what stays when all have left", "bytes"},
    [BYTES_OF_YARDSTICK] = {"  the trie's nodes, each prefix", "bytes"},
    [STALL_QUIET] = {"longest stall of a reader in 1 s, quiet", "ms"},
    [STALL_DEREGISTRATION] = {"  while the owner of all leaves", "ms"},
    [STALL_EXPIRY] = {"  while all expire", "ms"},
    [NOTICE_MEDIAN] = {"from a change to the callback, median", "ms"},
    [NOTICE_P99] = {"  1 of 100 takes longer", "ms"},
};

static void add(struct sample* sample, double value)
{
    if (sample->count < MOST_ROUNDS)
        sample->values[sample->count++] = value;
}

static int ascending(const void* a, const void* b)
{
    double x = *(const double*)a, y = *(const double*)b;

    return (x > y) - (x < y);
}

static double median(struct sample* sample)
{
    qsort(sample->values, sample->count, sizeof(sample->values[0]), ascending);
    return (sample->values[(sample->count - 1) / 2] + sample->values[sample->count / 2]) / 2;
}

void report_work(enum work work, UINT count, struct stopwatch took)
{
    report_ns(work, took.ns / count);
    add(&works[work].cpu_share, took.cpu_ns / took.ns);
}

void report_yardstick(enum work work, UINT count, struct stopwatch took)
{
    report_yardstick_ns(work, took.ns / count);
}

void report_ns(enum work work, double ns)
{
    add(&works[work].ns, ns);
}

void report_yardstick_ns(enum work work, double ns)
{
    add(&works[work].yardstick_ns, ns);
}

void report_figure(enum figure figure, double value)
{
    add(&figures[figure], value);
}

double report_median(enum work work)
{
    return median(&works[work].ns);
}

static void print_work(enum work work)
{
    double ns = median(&works[work].ns);

    printf("%-40s %8.0f %8.2f", work_names[work], ns, 1000 / ns);
    if (works[work].cpu_share.count)
        printf(" %5.0f %%", 100 * median(&works[work].cpu_share));
    else
        printf("       -");
    if (works[work].yardstick_ns.count) {
        double yardstick = median(&works[work].yardstick_ns);

        printf(" %9.0f %8.2f", yardstick, yardstick / ns);
    }
    printf("\n");
}

void report_print(void)
{
    printf("%-40s %8s %8s %7s %9s %8s\n", "", "ns each", "M/s", "CPU", "trie ns", "times");
    for (enum work work = 0; work < WORKS; work++) {
        if (works[work].ns.count)
            print_work(work);
    }
    printf("\n");
    for (enum figure figure = 0; figure < FIGURES; figure++) {
        if (figures[figure].count)
            printf("%-40s %8.1f %s\n", figure_names[figure].name, median(&figures[figure]),
                   figure_names[figure].unit);
    }
    fflush(stdout);
}
