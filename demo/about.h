/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * about.h: which rtm.dll this is, and what it runs on.
 */
#ifndef DEMO_ABOUT_H
#define DEMO_ABOUT_H

void about_dll(void);

#endif /* DEMO_ABOUT_H */
