/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#include "prefixes.h"

#include "give_up.h"
#include "synthetic.h"
#include "trie.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint32_t prefix_bit(const struct prefix* prefix, uint32_t bit)
{
    return prefix->bytes[bit / 8] >> (7 - bit % 8) & 1;
}

void prefix_shorten(struct prefix* prefix, uint32_t length)
{
    if (length % 8)
        prefix->bytes[length / 8] &= (uint8_t)(0xff00 >> length % 8);
    for (uint32_t i = (length + 7) / 8; i < sizeof(prefix->bytes); i++)
        prefix->bytes[i] = 0;
    prefix->length = (uint8_t)length;
}

uint64_t random_number(uint64_t* state)
{
    uint64_t mixed = *state += 0x9e3779b97f4a7c15; /* splitmix64 */

    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
    return mixed ^ mixed >> 31;
}

void prefix_scatter(struct prefix* prefix, uint32_t from, uint32_t bits, uint64_t* random)
{
    for (uint32_t i = from / 8; i < bits / 8; i++) {
        uint8_t kept = i == from / 8 ? (uint8_t)(0xff00 >> from % 8) : 0;

        prefix->bytes[i] &= kept;
        prefix->bytes[i] |= (uint8_t)random_number(random) & (uint8_t)~kept;
    }
}

uint32_t address_bits(uint16_t family)
{
    return family == AF_INET6 ? 128 : 32;
}

static void* allocate(size_t count, size_t size)
{
    void* memory = calloc(count ? count : 1, size);

    if (!memory)
        give_up("out of memory");
    return memory;
}

/* ---- orders ---- */

static void shuffle(uint32_t* order, uint32_t count, uint64_t* random)
{
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    for (uint32_t i = count; i > 1; i--) {
        uint32_t other = (uint32_t)(random_number(random) % i), moved = order[i - 1];

        order[i - 1] = order[other];
        order[other] = moved;
    }
}

uint32_t prefix_value(uint32_t number)
{
    return number + 1;
}

/* ---- hosts to ask for ---- */

static struct prefix host_in(struct prefix prefix, uint32_t bits, uint64_t* random)
{
    prefix_scatter(&prefix, prefix.length, bits, random);
    prefix.length = (uint8_t)bits;
    return prefix;
}

/* IPv6 is too large for an address that is just any: one of the eighth that is in use. */
static struct prefix any_host(uint16_t family, uint32_t bits, uint64_t* random)
{
    struct prefix anywhere = {{0}, 0};

    if (family == AF_INET6) {
        anywhere.bytes[0] = 0x20;
        anywhere.length = 3;
    }
    return host_in(anywhere, bits, random);
}

/* One of `count`, n about n times as seldom as the first. In whole numbers, so that it is the same
 * everywhere: each power of two is as likely as the others, and within it each number. */
static uint32_t zipf(uint32_t count, uint64_t* random)
{
    uint32_t powers = 32 - (uint32_t)__builtin_clz(count), first, picked;

    do {
        first = 1U << random_number(random) % powers;
        picked = first + (uint32_t)(random_number(random) % first);
    } while (picked > count);
    return picked - 1;
}

static void make_questions(struct prefixes* made)
{
    uint64_t random = 2;
    uint32_t bits = address_bits(made->family);

    made->order = allocate(made->count, sizeof(*made->order));
    made->asked = allocate(made->count, sizeof(*made->asked));
    made->hosts = allocate(made->count, sizeof(*made->hosts));
    made->uniform = allocate(made->count, sizeof(*made->uniform));
    made->zipf = allocate(made->count, sizeof(*made->zipf));
    shuffle(made->order, made->count, &random);
    for (uint32_t i = 0; i < made->count; i++) {
        made->asked[i] = made->all[made->order[i]];
        made->hosts[i] = host_in(made->all[random_number(&random) % made->count], bits, &random);
        made->uniform[i] = any_host(made->family, bits, &random);
        made->zipf[i] = host_in(made->all[zipf(made->count, &random)], bits, &random);
    }
}

/* ---- made up ---- */

void prefixes_make_up(struct prefixes* made, uint16_t family, uint32_t count)
{
    struct trie seen = {0};

    made->family = family;
    made->count = count;
    made->all = allocate(count, sizeof(*made->all));
    for (uint32_t i = 0; i < count; i++) {
        do {
            made->all[i] = synthetic_prefix(family, made->all, i);
        } while (!trie_insert(&seen, &made->all[i]));
    }
    trie_free(&seen);
    make_questions(made);
}

/* ---- from a file ---- */

static bool parse_ipv4(const char* text, struct prefix* prefix)
{
    uint32_t bytes[4], length = 32;

    if (sscanf(text, "%u.%u.%u.%u/%u", &bytes[0], &bytes[1], &bytes[2], &bytes[3], &length) < 4 ||
        length > 32)
        return false;
    for (uint32_t i = 0; i < 4; i++)
        prefix->bytes[i] = (uint8_t)bytes[i];
    prefix_shorten(prefix, length);
    return true;
}

/* Up to eight groups, one gap. */
static bool parse_ipv6(const char* text, struct prefix* prefix)
{
    uint16_t groups[8] = {0};
    uint32_t used = 0, gap = 8;
    const char* slash = strchr(text, '/');
    uint32_t length = slash ? strtoul(slash + 1, NULL, 10) : 128;

    if (!strchr(text, ':') || length > 128)
        return false;
    while (*text && *text != '/' && used < 8) {
        char* end;

        if (text[0] == ':' && text[1] == ':') {
            gap = used;
            text += 2;
            continue;
        }
        text += *text == ':';
        groups[used++] = (uint16_t)strtoul(text, &end, 16);
        if (end == text)
            return false;
        text = end;
    }
    for (uint32_t i = 0; i < used; i++) {
        uint32_t at = i < gap ? i : i + 8 - used;

        prefix->bytes[2 * at] = (uint8_t)(groups[i] >> 8);
        prefix->bytes[2 * at + 1] = (uint8_t)groups[i];
    }
    prefix_shorten(prefix, length);
    return true;
}

static bool parse(uint16_t family, char* line, struct prefix* prefix)
{
    memset(prefix, 0, sizeof(*prefix));
    line[strcspn(line, " \t\r\n")] = 0;
    return family == AF_INET6 ? parse_ipv6(line, prefix) : parse_ipv4(line, prefix);
}

void prefixes_read(struct prefixes* made, uint16_t family, const char* file, uint32_t most)
{
    struct trie seen = {0};
    FILE* stream = fopen(file, "r");
    char line[128];

    if (!stream)
        give_up("cannot read the file of prefixes");
    made->family = family;
    made->count = 0;
    made->all = allocate(most, sizeof(*made->all));
    while (made->count < most && fgets(line, sizeof(line), stream)) {
        struct prefix* next = &made->all[made->count];

        if (parse(family, line, next) && trie_insert(&seen, next))
            made->count++;
    }
    fclose(stream);
    trie_free(&seen);
    if (!made->count)
        give_up("no prefix of that family in the file");
    make_questions(made);
}
