/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * table.c: what is announced: prefixes, and who announces them.
 */
#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screen.h"

static void give_up(const char* why, const char* path, UINT line)
{
    if (line)
        fprintf(stderr, "rtmdemo: %s, line %u: %s\n", path, line, why);
    else
        fprintf(stderr, "rtmdemo: %s: %s\n", path, why);
    ExitProcess(2);
}

static void append(struct table* table, const RTM_NET_ADDRESS* prefix, ULONG as)
{
    struct announced* grown = table->routes;

    /* Room grows in powers of 2. */
    if (!(table->count & (table->count - 1)))
        grown = realloc(grown, (table->count ? 2 * table->count : 1) * sizeof(*grown));
    if (!grown)
        screen_need("reading the table", ERROR_OUTOFMEMORY);
    grown[table->count].prefix = *prefix;
    grown[table->count].as = as;
    table->routes = grown;
    table->count++;
    table->of[prefix_family(prefix)]++;
}

/* ---- From a file ---- */

void table_read(struct table* table, const char* path, UINT limit)
{
    FILE* file = fopen(path, "rb");
    char text[256];
    RTM_NET_ADDRESS prefix;
    UINT number = 0;

    if (!file)
        give_up("cannot be opened", path, 0);
    while ((!limit || table->count < limit) && fgets(text, sizeof(text), file)) {
        number++;
        if (strspn(text, " \t\r\n") == strlen(text) || *text == '#')
            continue;
        if (!prefix_parse(text, &prefix))
            give_up("a line is PREFIX AS-NUMBER, such as 192.0.2.0/24 64496", path, number);
        append(table, &prefix, strtoul(text + strcspn(text, " \t\r\n"), NULL, 10));
    }
    fclose(file);
    if (!table->count)
        give_up("holds no prefixes", path, 0);
}

/* ---- Made up ---- */

static ULONG chance; /* state of a xorshift generator */

static ULONG draw(ULONG below)
{
    chance ^= chance << 13;
    chance ^= chance >> 17;
    chance ^= chance << 5;
    return chance % below;
}

static void add_made_up(struct table* table, ULONG high, UINT bits, ULONG as)
{
    RTM_NET_ADDRESS prefix = {.AddressFamily = AF_INET, .NumBits = (USHORT)bits};

    high = htonl(high);
    memcpy(prefix.AddrBits, &high, 4);
    append(table, &prefix, as);
}

/* Below 2a00::/8. */
static void add_made_up6(struct table* table, ULONG block, ULONG subnet, UINT bits, ULONG as)
{
    const UCHAR address[] = {0x2a, block >> 8 & 0xFF,  block & 0xFF,
                             0,    subnet >> 8 & 0xFF, subnet & 0xFF};
    RTM_NET_ADDRESS prefix = {.AddressFamily = AF_INET6, .NumBits = (USHORT)bits};

    memcpy(prefix.AddrBits, address, sizeof(address));
    append(table, &prefix, as);
}

/* What is asked for without being told to. */
static void add_known(struct table* table)
{
    static const struct {
        const char* prefix;
        ULONG as;
    } known[] = {
        {"1.1.1.0/24", 13335},          {"8.0.0.0/9", 3356},       {"8.8.8.0/24", 15169},
        {"9.9.9.0/24", 19281},          {"193.0.0.0/21", 3333},    {"2606:4700::/32", 13335},
        {"2606:4700:4700::/48", 13335}, {"2001:4860::/32", 15169}, {"2620:fe::/48", 19281}};
    RTM_NET_ADDRESS prefix;
    unsigned i;

    for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (prefix_parse(known[i].prefix, &prefix))
            append(table, &prefix, known[i].as);
}

static void shuffle(struct table* table)
{
    UINT i;

    for (i = table->count - 1; i; i--) {
        UINT other = draw(i + 1);
        struct announced kept = table->routes[i];
        table->routes[i] = table->routes[other];
        table->routes[other] = kept;
    }
}

void table_make_up(struct table* table, UINT limit)
{
    ULONG block, i;

    chance = 2463534242u;
    add_known(table);
    /* Networks from 16.0.0.0 to 143.255.0.0: a /16, some of its /20 and of its /24. */
    for (block = 0; block < 1200; block++) {
        ULONG as = 1000 + draw(60000), high = (0x1000 + block * 27 % 0x8000) << 16;
        add_made_up(table, high, 16, as);
        for (i = 0; i < 4; i++)
            add_made_up(table, high | (i * 5 + block) % 16 << 12, 20, as);
        for (i = 0; i < 12; i++)
            add_made_up(table, high | (i * 37 + block) % 256 << 8, 24, draw(4) ? as : draw(60000));
    }
    for (block = 0; block < 500; block++) {
        ULONG as = 1000 + draw(60000);
        add_made_up6(table, block * 131, 0, 32, as);
        for (i = 0; i < 6; i++)
            add_made_up6(table, block * 131, i * 17 + 1, 48, as);
    }
    shuffle(table);
    if (limit && limit < table->count)
        table->count = limit;
    table->of[V4] = table->of[V6] = 0;
    for (i = 0; i < table->count; i++)
        table->of[prefix_family(&table->routes[i].prefix)]++;
}
