/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * screen.h: what the demo shows. Safe from any thread, whole lines only.
 */
#ifndef DEMO_SCREEN_H
#define DEMO_SCREEN_H

#include <stdbool.h>

#define LANES 4
#define SCREEN_WIDTH 78

/* What an entity's lane shows between its events. */
enum lane_state { LANE_EMPTY, LANE_ALIVE, LANE_BUSY, LANE_BLOCKED };

enum mark { MARK_ON, MARK_OFF, MARK_HEARD, MARK_CALL, MARK_ANSWER, MARK_WAIT, MARK_BLOCK };

/* plain: ASCII without colour whatever stdout is. Starts the clock. */
void screen_init(bool plain);
double screen_ms(void);

/* A line of text; "" for an empty one. A title opens a part of the story. */
void screen_line(const char* format, ...) __attribute__((__format__(__gnu_printf__, 1, 2)));
void screen_title(const char* text);
/* Whether UTF-8 can be shown, and whether a line can be drawn again. */
bool screen_fancy(void);
bool screen_redraws(void);
/* A line that stands until the next one of any kind. */
void screen_passing(const char* text);
/* A rule across the screen, for the top (-1), middle (0) and end (1) of a table. */
void screen_table_rule(int place, int columns, const int* widths);
void screen_table_row(int columns, const int* widths, const char* const* cells);

/* Names the lanes; then one line per event, in the lane of who it happened to. The lane is in the
 * given state from then on. */
void screen_lanes(const char* const* names);
void screen_event(int lane, enum lane_state state, enum mark mark, const char* format, ...)
    __attribute__((__format__(__gnu_printf__, 4, 5)));

/* One thing that was to be seen, and whether it was. Counts those that were not. */
void screen_check(bool seen, const char* format, ...)
    __attribute__((__format__(__gnu_printf__, 2, 3)));
int screen_checks(void);
int screen_misses(void);

/* Ends the program with exit code 1 if an API call failed. */
void screen_need(const char* call, unsigned long code);
const char* screen_code_name(unsigned long code);

#endif /* DEMO_SCREEN_H */
