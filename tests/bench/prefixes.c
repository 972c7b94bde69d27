/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#include "prefixes.h"

#include "client.h"
#include "synthetic.h"
#include "trie.h"

UINT prefix_bit(const struct prefix* prefix, UINT bit)
{
    return prefix->bytes[bit / 8] >> (7 - bit % 8) & 1;
}

void prefix_shorten(struct prefix* prefix, UINT length)
{
    if (length % 8)
        prefix->bytes[length / 8] &= (UCHAR)(0xff00 >> length % 8);
    for (UINT i = (length + 7) / 8; i < sizeof(prefix->bytes); i++)
        prefix->bytes[i] = 0;
    prefix->length = (UCHAR)length;
}

uint64_t random_number(uint64_t* state)
{
    uint64_t mixed = *state += 0x9e3779b97f4a7c15; /* splitmix64 */

    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
    return mixed ^ mixed >> 31;
}

void prefix_scatter(struct prefix* prefix, UINT from, UINT bits, uint64_t* random)
{
    for (UINT i = from / 8; i < bits / 8; i++) {
        UCHAR kept = i == from / 8 ? (UCHAR)(0xff00 >> from % 8) : 0;

        prefix->bytes[i] &= kept;
        prefix->bytes[i] |= (UCHAR)random_number(random) & (UCHAR)~kept;
    }
}

UINT address_bits(USHORT family)
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

static void shuffle(UINT* order, UINT count, uint64_t* random)
{
    for (UINT i = 0; i < count; i++)
        order[i] = i;
    for (UINT i = count; i > 1; i--) {
        UINT other = (UINT)(random_number(random) % i), moved = order[i - 1];

        order[i - 1] = order[other];
        order[other] = moved;
    }
}

static void make_questions(struct prefixes* made)
{
    uint64_t random = 2;
    UINT bits = address_bits(made->family);

    made->order = allocate(made->count, sizeof(*made->order));
    made->asked = allocate(made->count, sizeof(*made->asked));
    made->hosts = allocate(made->count, sizeof(*made->hosts));
    shuffle(made->order, made->count, &random);
    for (UINT i = 0; i < made->count; i++) {
        struct prefix* host = &made->hosts[i];

        made->asked[i] = made->all[made->order[i]];
        *host = made->all[random_number(&random) % made->count];
        prefix_scatter(host, host->length, bits, &random);
        host->length = (UCHAR)bits;
    }
}

/* ---- made up ---- */

void prefixes_make_up(struct prefixes* made, USHORT family, UINT count)
{
    struct trie seen = {0};

    made->family = family;
    made->count = count;
    made->all = allocate(count, sizeof(*made->all));
    for (UINT i = 0; i < count; i++) {
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
    UINT bytes[4], length = 32;

    if (sscanf(text, "%u.%u.%u.%u/%u", &bytes[0], &bytes[1], &bytes[2], &bytes[3], &length) < 4 ||
        length > 32)
        return false;
    for (UINT i = 0; i < 4; i++)
        prefix->bytes[i] = (UCHAR)bytes[i];
    prefix_shorten(prefix, length);
    return true;
}

/* Up to eight groups, one gap. */
static bool parse_ipv6(const char* text, struct prefix* prefix)
{
    USHORT groups[8] = {0};
    UINT used = 0, gap = 8;
    const char* slash = strchr(text, '/');
    UINT length = slash ? strtoul(slash + 1, NULL, 10) : 128;

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
        groups[used++] = (USHORT)strtoul(text, &end, 16);
        if (end == text)
            return false;
        text = end;
    }
    for (UINT i = 0; i < used; i++) {
        UINT at = i < gap ? i : i + 8 - used;

        prefix->bytes[2 * at] = (UCHAR)(groups[i] >> 8);
        prefix->bytes[2 * at + 1] = (UCHAR)groups[i];
    }
    prefix_shorten(prefix, length);
    return true;
}

static bool parse(USHORT family, char* line, struct prefix* prefix)
{
    memset(prefix, 0, sizeof(*prefix));
    line[strcspn(line, " \t\r\n")] = 0;
    return family == AF_INET6 ? parse_ipv6(line, prefix) : parse_ipv4(line, prefix);
}

void prefixes_read(struct prefixes* made, USHORT family, const char* file, UINT most)
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
