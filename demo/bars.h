/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * bars.h: numbers and bars as text, and the progress of something long.
 */
#ifndef DEMO_BARS_H
#define DEMO_BARS_H

#define NUMBER_TEXT 32
#define BAR_TEXT 256

/* "1,146,274". Returns text. */
const char* number_text(char* text, unsigned long number);
/* A bar of share (0 to 1) in width columns, padded with blanks. Returns text. */
const char* bar_text(char* text, double share, int width);

/* Starts a count, then shows how far it is: a line that redraws itself, or where that cannot be one
 * at each quarter. Cheap to call often. more is shown behind it. */
void progress_start(const char* what, unsigned long of);
void progress(unsigned long done, const char* more);
/* ms since progress_start. The line is gone. */
double progress_end(void);

#endif /* DEMO_BARS_H */
