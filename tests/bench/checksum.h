/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * A number that tells whether two tables have given the same answers in the same order. */
#ifndef RTM_TESTS_BENCH_CHECKSUM_H
#define RTM_TESTS_BENCH_CHECKSUM_H

#include <stdint.h>

#define CHECKSUM_START 0xcbf29ce484222325

static inline uint64_t checksum(uint64_t so_far, uint32_t answer)
{
    return (so_far ^ answer) * 0x100000001b3;
}

/* Which question of `count` comes next, when it depends on the last answer. */
static inline uint32_t next_question(uint32_t answer, uint32_t step, uint32_t count)
{
    return (uint32_t)((answer * 0x9e3779b1ULL + step) % count);
}

#endif
