/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * prefix.c: addresses and prefixes, as text and among each other.
 */
#include "prefix.h"

#include <ws2tcpip.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const USHORT family_number[FAMILIES] = {AF_INET, AF_INET6};
const char* const family_name[FAMILIES] = {"IPv4", "IPv6"};

static const int widest[FAMILIES] = {32, 128};

enum family prefix_family(const RTM_NET_ADDRESS* prefix)
{
    return prefix->AddressFamily == AF_INET6 ? V6 : V4;
}

/* Clears what comes after the first NumBits bits. */
static void cut(RTM_NET_ADDRESS* prefix)
{
    unsigned whole = prefix->NumBits / 8;

    if (whole >= sizeof(prefix->AddrBits))
        return;
    prefix->AddrBits[whole] &= (UCHAR)(0xFF00 >> prefix->NumBits % 8);
    memset(prefix->AddrBits + whole + 1, 0, sizeof(prefix->AddrBits) - whole - 1);
}

bool prefix_parse(const char* text, RTM_NET_ADDRESS* prefix)
{
    size_t length = strcspn(text, "/ \t\r\n");
    char address[PREFIX_TEXT];
    char* rest;
    long bits;
    enum family family;

    if (length >= sizeof(address))
        return false;
    memcpy(address, text, length);
    address[length] = 0;
    family = strchr(address, ':') ? V6 : V4;
    memset(prefix, 0, sizeof(*prefix));
    if (inet_pton(family_number[family], address, prefix->AddrBits) != 1)
        return false;
    bits = widest[family];
    if (text[length] == '/') {
        bits = strtol(text + length + 1, &rest, 10);
        if (rest == text + length + 1 || !strchr(" \t\r\n", *rest))
            return false;
    }
    if (bits < 0 || bits > widest[family])
        return false;
    prefix->AddressFamily = family_number[family];
    prefix->NumBits = (USHORT)bits;
    cut(prefix);
    return true;
}

const char* prefix_text(const RTM_NET_ADDRESS* prefix, char* text)
{
    enum family family = prefix_family(prefix);

    if (!inet_ntop(family_number[family], (void*)prefix->AddrBits, text, PREFIX_TEXT))
        strcpy(text, "?");
    if (prefix->NumBits != widest[family])
        sprintf(text + strlen(text), "/%u", prefix->NumBits);
    return text;
}

int prefix_compare(const RTM_NET_ADDRESS* one, const RTM_NET_ADDRESS* other)
{
    int order = memcmp(one->AddrBits, other->AddrBits, sizeof(one->AddrBits));

    return order ? order : one->NumBits - other->NumBits;
}

bool prefix_covers(const RTM_NET_ADDRESS* outer, const RTM_NET_ADDRESS* inner)
{
    unsigned whole = outer->NumBits / 8;

    if (outer->AddressFamily != inner->AddressFamily || outer->NumBits > inner->NumBits ||
        memcmp(outer->AddrBits, inner->AddrBits, whole))
        return false;
    return !(outer->NumBits % 8) || !((outer->AddrBits[whole] ^ inner->AddrBits[whole]) &
                                      (0xFF00 >> outer->NumBits % 8) & 0xFF);
}

ULONG prefix_hash(const RTM_NET_ADDRESS* prefix)
{
    ULONG hash = 2166136261u ^ prefix->NumBits;
    unsigned i;

    for (i = 0; i < sizeof(prefix->AddrBits); i++)
        hash = (hash ^ prefix->AddrBits[i]) * 16777619u;
    hash ^= hash >> 15;
    hash *= 0x2C1B3C6D;
    return hash ^ hash >> 13;
}
