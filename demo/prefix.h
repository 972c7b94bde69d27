/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * prefix.h: addresses and prefixes, as text and among each other.
 */
#ifndef DEMO_PREFIX_H
#define DEMO_PREFIX_H

#include <winsock2.h>

#include <windows.h>

#include <rtmv2.h>

#include <stdbool.h>

/* The two tables that the demo fills. */
enum family { V4, V6, FAMILIES };

enum family prefix_family(const RTM_NET_ADDRESS* prefix);
extern const USHORT family_number[FAMILIES]; /* AF_* */
extern const char* const family_name[FAMILIES];

#define PREFIX_TEXT 64

/* "192.0.2.0/24", "2001:db8::/32"; without a length the address alone is meant. What follows a
 * blank is not looked at. */
bool prefix_parse(const char* text, RTM_NET_ADDRESS* prefix);
/* Back; full lengths are left out. Returns text, of PREFIX_TEXT bytes. */
const char* prefix_text(const RTM_NET_ADDRESS* prefix, char* text);

/* The order of the RTM: by address, the shorter of two equal ones first. <0, 0, >0. */
int prefix_compare(const RTM_NET_ADDRESS* one, const RTM_NET_ADDRESS* other);
bool prefix_covers(const RTM_NET_ADDRESS* outer, const RTM_NET_ADDRESS* inner);
/* A number that looks like chance, always the same for the same prefix. */
ULONG prefix_hash(const RTM_NET_ADDRESS* prefix);

#endif /* DEMO_PREFIX_H */
