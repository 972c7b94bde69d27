/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * table.h: what is announced: prefixes, and who announces them.
 */
#ifndef DEMO_TABLE_H
#define DEMO_TABLE_H

#include "prefix.h"

struct announced {
    RTM_NET_ADDRESS prefix;
    ULONG as; /* number of the network that announces it */
};

struct table {
    struct announced* routes; /* each prefix once, in no order, as a feed has them */
    UINT count, of[FAMILIES];
};

/* Reads a file of lines like "192.0.2.0/24 64496"; at most limit of them, 0 for all. Ends the
 * program if that fails. */
void table_read(struct table* table, const char* path, UINT limit);
/* Makes a small one up, always the same. */
void table_make_up(struct table* table, UINT limit);

#endif /* DEMO_TABLE_H */
