/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * walk.h: going through all destinations of a table in order.
 */
#ifndef DEMO_WALK_H
#define DEMO_WALK_H

#include "prefix.h"

#define WALK_LENGTHS 129

struct walk {
    UINT count, lengths[WALK_LENGTHS]; /* destinations, and how many with each prefix length */
    bool ascending;                    /* each comes after the one before */
    ULONGLONG sum;                     /* of watcher_value */
    UINT depth;                        /* most destinations that lie in each other */
    RTM_NET_ADDRESS deepest;           /* the innermost of these */
};

/* Views as in RtmCreateDestEnum. */
void walk_table(struct walk* walk, enum family family, RTM_VIEW_SET views);
/* How many of each length, as bars, one table beside the other. */
void walk_chart(const struct walk walks[FAMILIES]);

#endif /* DEMO_WALK_H */
