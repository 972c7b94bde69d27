/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * The prefixes of a table, in the random orders in which they are added and asked for. */
#ifndef RTM_TESTS_BENCH_PREFIXES_H
#define RTM_TESTS_BENCH_PREFIXES_H

#include "windows_client.h"

/* Bits beyond the length are zero. */
struct prefix {
    UCHAR bytes[16];
    UCHAR length;
};

struct prefixes {
    USHORT family;
    UINT count;
    struct prefix* all;   /* no two alike; in the order in which they are added */
    UINT* order;          /* another order: numbers of all */
    struct prefix* asked; /* all, in that order */
    struct prefix* hosts; /* as many; each anywhere in any prefix */
};

UINT prefix_bit(const struct prefix* prefix, UINT bit);
/* Zeros all bits from `length` on. */
void prefix_shorten(struct prefix* prefix, UINT length);

/* A number generator: the same numbers for a seed, everywhere. */
uint64_t random_number(uint64_t* state);
/* Random bits from bit `from` on, to bit `bits`. */
void prefix_scatter(struct prefix* prefix, UINT from, UINT bits, uint64_t* random);

UINT address_bits(USHORT family);

/* Makes up `count` prefixes of that family with the lengths of the Internet's. */
void prefixes_make_up(struct prefixes* made, USHORT family, UINT count);
/* Reads up to `most` prefixes of that family from a file with one in the first word of each line.
 */
void prefixes_read(struct prefixes* made, USHORT family, const char* file, UINT most);

#endif
