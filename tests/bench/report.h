/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * What a program has measured, one line each, with tabs between the fields, for driver/programs.py:
 *
 *   work     NAME  NS-EACH  CPU-NS-EACH  CHECKSUM     a dash where there is none
 *   figure   NAME  VALUE
 *   latency  NAME  NS  COUNT                          how many took less than NS, and no fewer
 *                                                     than the line before says
 */
#ifndef RTM_TESTS_BENCH_REPORT_H
#define RTM_TESTS_BENCH_REPORT_H

#include "clock.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* From now on work is added up by name, as that of small tables is soon done; and reported. */
void report_together(void);
void report_sums(void);

/* What `count` times took. */
void report_work(const char* name, uint32_t count, struct stopwatch took);
/* The same, and what came out; never 0. */
void report_answers(const char* name, uint32_t count, struct stopwatch took, uint64_t checksum);
/* ns each, where the work was another thread's. */
void report_ns(const char* name, double ns);
void report_figure(const char* name, double value);
void report_latency(const char* name, double ns, uint64_t count);

#ifdef __cplusplus
}
#endif

#endif
