/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * meter.h: what the parts of the demo cost, in time and memory.
 */
#ifndef DEMO_METER_H
#define DEMO_METER_H

/* Memory of this process that is in use, MB. */
double meter_memory(void);

/* Remembers how long something took, and how often it was done in that time. */
void meter_note(const char* what, unsigned long times, double ms);
/* A table of all that. */
void meter_show(void);

#endif /* DEMO_METER_H */
