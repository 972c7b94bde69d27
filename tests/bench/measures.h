/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * The measures of one round. Each says what it finds and leaves in the table. */
#ifndef RTM_TESTS_BENCH_MEASURES_H
#define RTM_TESTS_BENCH_MEASURES_H

#include "client.h"

/* The owner has no routes before, all after. */
void measure_adds(struct bench* bench);
/* All are there, and stay. */
void measure_exact(struct bench* bench);
void measure_longest(struct bench* bench);
void measure_traces(struct bench* bench);
void measure_climbs(struct bench* bench);
void measure_route_info(struct bench* bench);
void measure_handle_checks(struct bench* bench);
void measure_walk(struct bench* bench);
void measure_bare_walks(struct bench* bench);
/* The same, but from now on the routes' metrics are not the answers that are expected of them. */
void measure_updates(struct bench* bench);
void measure_latencies(struct bench* bench);
void measure_readers(struct bench* bench);
void measure_notices(struct bench* bench);
/* All are there before, none after. */
void measure_deletes(struct bench* bench);
/* The owner has no routes before, all after. */
void measure_watched_adds(struct bench* bench);
/* The owner has all, and leaves. */
void measure_leaving(struct bench* bench);
/* There is no owner before nor after. */
void measure_crowd(struct bench* bench);
void measure_expiry(struct bench* bench);

#endif
