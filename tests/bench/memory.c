/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#include "memory.h"

#include "client.h"

#include <psapi.h>

struct memory memory_now(void)
{
    PROCESS_MEMORY_COUNTERS_EX counters = {.cb = sizeof(counters)};

    if (!GetProcessMemoryInfo(GetCurrentProcess(), (PROCESS_MEMORY_COUNTERS*)&counters,
                              sizeof(counters)))
        give_up("GetProcessMemoryInfo does not work");
    return (struct memory){(double)counters.PagefileUsage, (double)counters.WorkingSetSize};
}
