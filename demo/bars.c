/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * bars.c: numbers and bars as text, and the progress of something long.
 */
#include "bars.h"

#include <stdio.h>
#include <string.h>

#include "screen.h"

#define REDRAW_MS 50

const char* number_text(char* text, unsigned long number)
{
    char digits[NUMBER_TEXT];
    int length = sprintf(digits, "%lu", number), i;
    char* to = text;

    for (i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            *to++ = ',';
        *to++ = digits[i];
    }
    *to = 0;
    return text;
}

const char* bar_text(char* text, double share, int width)
{
    static const char* const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int full, rest = 0, i;

    share = share < 0 ? 0 : share > 1 ? 1 : share;
    if (screen_fancy()) {
        rest = (int)(share * width * 8 + 0.5);
        full = rest / 8;
        rest %= 8;
    } else {
        full = (int)(share * width + 0.5);
    }
    *text = 0;
    for (i = 0; i < full; i++)
        strcat(text, screen_fancy() ? "█" : "#");
    strcat(text, eighths[rest]);
    for (i = full + (rest > 0); i < width; i++)
        strcat(text, " ");
    return text;
}

/* ---- Progress ---- */

static const char* task;
static unsigned long whole;
static double started, drawn;
static int quarter; /* last one that was shown */

void progress_start(const char* what, unsigned long of)
{
    task = what;
    whole = of ? of : 1;
    started = screen_ms();
    drawn = 0;
    quarter = 0;
}

static void redraw(unsigned long done, const char* more)
{
    char bar[BAR_TEXT], text[2 * BAR_TEXT];

    if (screen_ms() - drawn < REDRAW_MS)
        return;
    drawn = screen_ms();
    snprintf(text, sizeof(text), "  %s %s %3.0f %%  %s", task,
             bar_text(bar, (double)done / whole, 24), 100.0 * done / whole, more);
    screen_passing(text);
}

void progress(unsigned long done, const char* more)
{
    if (screen_redraws()) {
        redraw(done, more);
    } else if (done < whole && (int)(4.0 * done / whole) > quarter) {
        quarter = (int)(4.0 * done / whole);
        screen_line("  %s %3d %%  %s", task, 25 * quarter, more);
    }
}

double progress_end(void)
{
    if (screen_redraws())
        screen_passing("");
    return screen_ms() - started;
}
