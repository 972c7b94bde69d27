/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * internet.h: the table of the Internet goes into the routing table manager and out again.
 */
#ifndef DEMO_INTERNET_H
#define DEMO_INTERNET_H

#include "prefix.h"

struct internet_options {
    const char* file;           /* of prefixes; NULL: make some up */
    UINT limit;                 /* of prefixes; 0: all */
    RTM_NET_ADDRESS* addresses; /* to ask for; none: some known ones */
    UINT count;
};

void internet_run(const struct internet_options* options);

#endif /* DEMO_INTERNET_H */
