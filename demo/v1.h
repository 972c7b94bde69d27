/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * v1.h: protocols of the older API, RTMv1, on the same table as one of RTMv2, and on IPX.
 */
#ifndef DEMO_V1_H
#define DEMO_V1_H

#include <stdbool.h>

void v1_run(bool fast);

#endif /* DEMO_V1_H */
