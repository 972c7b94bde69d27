/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * meeting.h: several routing protocols meet in the routing table manager.
 */
#ifndef DEMO_MEETING_H
#define DEMO_MEETING_H

#include <stdbool.h>

/* Plays it; without_pauses leaves out those for reading. */
void meeting_run(bool without_pauses);

#endif /* DEMO_MEETING_H */
