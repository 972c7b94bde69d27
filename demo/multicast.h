/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * multicast.h: two multicast routing protocols and IGMP exchange memberships.
 */
#ifndef DEMO_MULTICAST_H
#define DEMO_MULTICAST_H

#include <stdbool.h>

/* Plays it; without_pauses leaves out those for reading. */
void multicast_run(bool without_pauses);

#endif /* DEMO_MULTICAST_H */
