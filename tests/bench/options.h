/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * What the programs of this directory can be told. */
#ifndef RTM_TESTS_BENCH_OPTIONS_H
#define RTM_TESTS_BENCH_OPTIONS_H

#include "prefixes.h"

#ifdef __cplusplus
extern "C" {
#endif

struct options {
    uint16_t family;
    uint32_t count;    /* how many prefixes, at most */
    const char* table; /* a file with them; NULL: made up ones */
    const char* peer;  /* what to measure, for a program that knows several */
    bool few;          /* only what is measured of tables of many sizes */
};

/* Ends the program if there is something that it does not know. */
struct options parse_options(int argc, char** argv);
struct prefixes prefixes_wanted(const struct options* options);
/* How often work on a table is done to last long enough for the clock. */
uint32_t repeats(const struct prefixes* prefixes);

#ifdef __cplusplus
}
#endif

#endif
