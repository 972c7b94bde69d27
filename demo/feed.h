/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * feed.h: a routing protocol that fills the tables of both families.
 */
#ifndef DEMO_FEED_H
#define DEMO_FEED_H

#include "table.h"

#define FEED_NEXT_HOPS 48

struct feed {
    const char* name;
    ULONG protocol, instance;
    RTM_ENTITY_HANDLE handle[FAMILIES];
    RTM_REGN_PROFILE profile[FAMILIES];
    RTM_NEXTHOP_HANDLE hops[FAMILIES][FEED_NEXT_HOPS];
};

/* Registers with both tables, and adds the next hops. */
void feed_open(struct feed* feed);
/* Adds a route to one of the next hops. What that did: RTM_ROUTE_CHANGE_*. */
RTM_ROUTE_CHANGE_FLAGS feed_add(struct feed* feed, const struct announced* announced);
/* Enumerates the feed's routes of a family and deletes each. How many; calls told, if there is
 * one, with the number so far after each batch. */
UINT feed_withdraw(struct feed* feed, enum family family, void (*told)(UINT done));
/* Deletes the next hops, and deregisters. */
void feed_close(struct feed* feed);

#endif /* DEMO_FEED_H */
