/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#ifndef RTM_TESTS_BENCH_SYNTHETIC_H
#define RTM_TESTS_BENCH_SYNTHETIC_H

#include "prefixes.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The next prefix of a made-up table that has `count` already; it may be one of these. */
struct prefix synthetic_prefix(uint16_t family, const struct prefix* so_far, uint32_t count);

#ifdef __cplusplus
}
#endif

#endif
