/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * meter.c: what the parts of the demo cost, in time and memory.
 */
#include "meter.h"

#include <windows.h>

#include <psapi.h>
#include <stdio.h>

#include "bars.h"
#include "screen.h"

#define NOTES 16

static struct {
    const char* what;
    unsigned long times;
    double ms;
} notes[NOTES];
static int noted;

double meter_memory(void)
{
    PROCESS_MEMORY_COUNTERS counters = {.cb = sizeof(counters)};

    if (!GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof(counters)))
        screen_need("GetProcessMemoryInfo", GetLastError());
    return counters.WorkingSetSize / 1e6;
}

void meter_note(const char* what, unsigned long times, double ms)
{
    if (noted == NOTES)
        return;
    notes[noted].what = what;
    notes[noted].times = times;
    notes[noted++].ms = ms;
}

void meter_show(void)
{
    static const int widths[] = {36, 10, 9, 9};
    static const char* const heads[] = {"what", "how many", "ms", "us each"};
    int i;

    screen_table_rule(-1, 4, widths);
    screen_table_row(4, widths, heads);
    screen_table_rule(0, 4, widths);
    for (i = 0; i < noted; i++) {
        char times[NUMBER_TEXT], shown[NUMBER_TEXT], ms[32], each[32];
        const char* cells[] = {notes[i].what, shown, ms, each};

        snprintf(shown, sizeof(shown), "%10s", number_text(times, notes[i].times));
        snprintf(ms, sizeof(ms), "%9.0f", notes[i].ms);
        snprintf(each, sizeof(each), "%9.2f",
                 notes[i].times ? 1000 * notes[i].ms / notes[i].times : 0);
        screen_table_row(4, widths, cells);
    }
    screen_table_rule(1, 4, widths);
}
