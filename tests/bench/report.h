/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Collects what the rounds measure, and prints the medians. */
#ifndef RTM_TESTS_BENCH_REPORT_H
#define RTM_TESTS_BENCH_REPORT_H

#include "clock.h"
#include "windows_client.h"

#define MOST_ROUNDS 32

/* Work that is done many times. */
enum work {
    ADD,
    ADD_WITH_TTL,
    ADD_WATCHED,
    ADD_TOLD,
    UPDATE,
    UPDATE_BY_HANDLE,
    UPDATE_IN_PLACE,
    DELETE_ROUTE,
    EXACT_MATCH,
    LONGEST_MATCH,
    LESS_SPECIFIC,
    ENUM_DESTS,
    ENUM_ROUTES,
    ONE_READER,
    TWO_READERS,
    READER_BESIDE_WRITER,
    WRITER_BESIDE_READER,
    DEREGISTRATION,
    EXPIRY,
    WORKS
};

/* Single figures. */
enum figure {
    BYTES_PRIVATE,
    BYTES_RESIDENT,
    BYTES_AFTER_DELETING,
    BYTES_AFTER_LEAVING,
    BYTES_OF_YARDSTICK,
    STALL_QUIET,
    STALL_DEREGISTRATION,
    STALL_EXPIRY,
    NOTICE_MEDIAN,
    NOTICE_P99,
    FIGURES
};

/* What one round took for `count` times; the yardstick's, or what else it is compared with. */
void report_work(enum work work, UINT count, struct stopwatch took);
void report_yardstick(enum work work, UINT count, struct stopwatch took);
/* ns each, where the work was another thread's. */
void report_ns(enum work work, double ns);
void report_yardstick_ns(enum work work, double ns);
void report_figure(enum figure figure, double value);
/* The median so far. */
double report_median(enum work work);

void report_print(void);

#endif
