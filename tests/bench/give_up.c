/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#include "give_up.h"

#include <stdio.h>
#include <stdlib.h>

void give_up(const char* why)
{
    fflush(stdout);
    fprintf(stderr, "error: %s\n", why);
    exit(1);
}
