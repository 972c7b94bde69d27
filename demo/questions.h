/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * questions.h: where does an address belong? Asked by the watcher.
 */
#ifndef DEMO_QUESTIONS_H
#define DEMO_QUESTIONS_H

#include "table.h"

/* Asks for the longest prefix of each address, and shows who announces it and where it leads to.
 * Whether all answers agree with what is found by looking at each announced prefix. */
bool questions_ask(const struct table* table, const RTM_NET_ADDRESS* addresses, UINT count);

/* Asks for an address in each of the first few announced prefixes; number of wrong answers. */
UINT questions_measure(const struct table* table, UINT count);

/* Shows which destinations a prefix lies in, innermost first, by asking for ever less specific
 * ones. Whether these are all that there are. */
bool questions_chain(const struct table* table, const RTM_NET_ADDRESS* from);

/* Number of routes at a destination and who owns the best one, for exactly this prefix. */
UINT questions_routes(const RTM_NET_ADDRESS* prefix, RTM_ENTITY_HANDLE* owner);

#endif /* DEMO_QUESTIONS_H */
