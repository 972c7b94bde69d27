/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * forwarder.h: a client of RTMv1 that follows all best routes by its event, as a forwarder would.
 */
#ifndef DEMO_FORWARDER_H
#define DEMO_FORWARDER_H

#include <stdbool.h>

#define WIN32_LEAN_AND_MEAN
#include <winsock2.h>

#include <windows.h>

#include <rtm.h>

struct forwarder {
    HANDLE client, event, stop, thread;
    volatile LONG added, changed, deleted; /* messages of each kind */
    volatile LONG networks;                /* that it knows a route to */
};

void forwarder_start(struct forwarder* forwarder, DWORD family, DWORD protocol);
/* Whether it knows that many networks, or soon will. */
bool forwarder_knows(struct forwarder* forwarder, LONG networks);
void forwarder_stop(struct forwarder* forwarder);

#endif /* DEMO_FORWARDER_H */
