/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * watcher.h: an entity that follows the best routes by change notification alone.
 */
#ifndef DEMO_WATCHER_H
#define DEMO_WATCHER_H

#include "prefix.h"

enum watcher_count {
    KNOWN,    /* destinations with a best route, as far as it was told */
    NOTICES,  /* callbacks */
    TOLD,     /* destinations in them: */
    CAME,     /* they have a best route now */
    WENT,     /* they have none any more */
    NEW_BEST, /* they have another one */
    SAME,     /* they have what they had */
    WATCHER_COUNTS
};

/* What it knows of one table. It keeps no list: the opaque pointer of each destination holds the
 * value of the best route that it was told of. */
struct watched {
    RTM_ENTITY_HANDLE handle;
    RTM_REGN_PROFILE profile;
    RTM_NOTIFY_HANDLE notify;
    RTM_DEST_INFO* batch; /* of the callback */
    ULONGLONG sum;        /* of the values; written before the counts */
    volatile LONG counts[WATCHER_COUNTS];
};

extern struct watched watched[FAMILIES];

/* Registers with both tables, and for their changes. */
void watcher_open(void);
/* Count of both tables. */
UINT watcher_count(enum watcher_count which);
/* Waits until a count is this number; no longer than 10 s after it moved last. */
bool watcher_reaches(enum watcher_count which, UINT number);
/* Ends the notification, and deregisters. */
void watcher_close(void);

/* Value of the best route at a destination, 0 if there is none. */
ULONG_PTR watcher_value(const RTM_DEST_INFO* dest);
/* One of the destinations in an array from the RTM. */
RTM_DEST_INFO* watcher_entry(const RTM_REGN_PROFILE* profile, RTM_DEST_INFO* array, UINT at);
/* An array that is large enough for any call. */
RTM_DEST_INFO* watcher_array(const RTM_REGN_PROFILE* profile);

#endif /* DEMO_WATCHER_H */
