/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * The measures of one round. Each says what it finds and leaves in the table. */
#ifndef RTM_TESTS_BENCH_MEASURES_H
#define RTM_TESTS_BENCH_MEASURES_H

#include "client.h"

/* The owner has no routes before, all after; so has the yardstick. */
void measure_adds(struct bench* bench);
/* All are there, and stay. */
void measure_lookups(struct bench* bench);
void measure_walks(struct bench* bench);
void measure_updates(struct bench* bench);
void measure_readers(struct bench* bench);
void measure_notices(struct bench* bench);
/* All are there before, none after; so with the yardstick. */
void measure_deletes(struct bench* bench);
/* The owner has no routes before, all after. */
void measure_watched_adds(struct bench* bench);
/* The owner has all, and leaves. */
void measure_leaving(struct bench* bench);
/* There is no owner before nor after. */
void measure_expiry(struct bench* bench);

#endif
