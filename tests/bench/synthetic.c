/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Made-up tables of the Internet: lengths as often as there, half of the prefixes inside another
 * one, and as crowded: those of IPv4 are in 28,000 of the 57,000 blocks of 16 bits, and in some of
 * them many more than in others.
 */
#include "synthetic.h"

#define FEWEST_BITS 8
#define MOST_BITS 48
#define BLOCKS_IN_8_BITS 128 /* of 256 */

/* How many announced prefixes have that length, of libloc's database in November 2026. */
static const uint32_t ipv4_lengths[MOST_BITS + 1] = {
    [8] = 16,     [9] = 13,     [10] = 38,     [11] = 103,    [12] = 301,    [13] = 602,
    [14] = 1251,  [15] = 2196,  [16] = 14061,  [17] = 8642,   [18] = 14268,  [19] = 25568,
    [20] = 44098, [21] = 53136, [22] = 113728, [23] = 103358, [24] = 587046,
};
static const uint32_t ipv6_lengths[MOST_BITS + 1] = {
    [29] = 4423,  [30] = 828,  [32] = 23046, [33] = 3776,  [34] = 3524,  [35] = 1427, [36] = 6670,
    [37] = 991,   [38] = 1792, [39] = 1248,  [40] = 13572, [41] = 932,   [42] = 2450, [43] = 1254,
    [44] = 16836, [45] = 1701, [46] = 3834,  [47] = 3245,  [48] = 85709,
};

static uint64_t state = 1;

static uint32_t any_length(uint16_t family)
{
    const uint32_t* lengths = family == AF_INET6 ? ipv6_lengths : ipv4_lengths;
    uint32_t total = 0, length = FEWEST_BITS, left;

    for (uint32_t i = FEWEST_BITS; i <= MOST_BITS; i++)
        total += lengths[i];
    left = (uint32_t)(random_number(&state) % total);
    while (left >= lengths[length])
        left -= lengths[length++];
    return length;
}

/* The second byte: the smaller the more often. */
static uint8_t any_block(void)
{
    uint64_t a = random_number(&state) % BLOCKS_IN_8_BITS;
    uint64_t b = random_number(&state) % BLOCKS_IN_8_BITS;

    return (uint8_t)(a * b / BLOCKS_IN_8_BITS * (256 / BLOCKS_IN_8_BITS));
}

/* The start of what registries give out. */
static struct prefix any_region(uint16_t family)
{
    static const uint8_t ipv6_regions[] = {0x20, 0x24, 0x26, 0x28, 0x2a, 0x2c};
    struct prefix region = {{0}, 0};

    if (family == AF_INET6) {
        region.bytes[0] = ipv6_regions[random_number(&state) % sizeof(ipv6_regions)];
        region.length = 12;
    } else {
        do {
            region.bytes[0] = (uint8_t)(1 + random_number(&state) % 223);
        } while (region.bytes[0] == 127); /* loopback, which no router takes */
        region.bytes[1] = any_block();
        region.length = 16;
    }
    return region;
}

/* A prefix that is shorter than `length`: half of the time one of the table, if luck will have it.
 */
static struct prefix any_parent(uint16_t family, const struct prefix* so_far, uint32_t count,
                                uint32_t length)
{
    if (count && random_number(&state) % 2) {
        for (uint32_t tries = 0; tries < 16; tries++) {
            const struct prefix* one = &so_far[random_number(&state) % count];

            if (one->length < length)
                return *one;
        }
    }
    return any_region(family);
}

struct prefix synthetic_prefix(uint16_t family, const struct prefix* so_far, uint32_t count)
{
    uint32_t length = any_length(family);
    struct prefix made = any_parent(family, so_far, count, length);

    if (made.length > length)
        made.length = (uint8_t)length;
    prefix_scatter(&made, made.length, address_bits(family), &state);
    prefix_shorten(&made, length);
    return made;
}
