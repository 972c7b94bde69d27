/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * The prefixes of a table, in the random orders in which they are added and asked for. */
#ifndef RTM_TESTS_BENCH_PREFIXES_H
#define RTM_TESTS_BENCH_PREFIXES_H

#include <stdbool.h>
#include <stdint.h>

#ifdef _WIN32
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define MOST_PREFIXES 8000000

/* Bits beyond the length are zero. */
struct prefix {
    uint8_t bytes[16];
    uint8_t length;
};

struct prefixes {
    uint16_t family;
    uint32_t count;
    struct prefix* all;     /* no two alike; in the order in which they are added */
    uint32_t* order;        /* another order: numbers of all */
    struct prefix* asked;   /* all, in that order */
    struct prefix* hosts;   /* as many; each anywhere in any prefix */
    struct prefix* uniform; /* as many; anywhere, in a prefix or not */
    struct prefix* zipf;    /* as many; in few prefixes often, in most seldom */
};

uint32_t prefix_bit(const struct prefix* prefix, uint32_t bit);
/* Zeros all bits from `length` on. */
void prefix_shorten(struct prefix* prefix, uint32_t length);

/* A number generator: the same numbers for a seed, everywhere. */
uint64_t random_number(uint64_t* state);
/* Random bits from bit `from` on, to bit `bits`. */
void prefix_scatter(struct prefix* prefix, uint32_t from, uint32_t bits, uint64_t* random);

uint32_t address_bits(uint16_t family);

/* What a table is to say of a prefix: another number for each, never 0. */
uint32_t prefix_value(uint32_t number);

/* Makes up `count` prefixes of that family with the lengths of the Internet's. */
void prefixes_make_up(struct prefixes* made, uint16_t family, uint32_t count);
/* Reads up to `most` prefixes of that family from a file with one in the first word of each line.
 */
void prefixes_read(struct prefixes* made, uint16_t family, const char* file, uint32_t most);

#ifdef __cplusplus
}
#endif

#endif
