/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#ifndef RTM_TESTS_BENCH_GIVE_UP_H
#define RTM_TESTS_BENCH_GIVE_UP_H

#ifdef __cplusplus
extern "C" {
#endif

/* A measure of what went wrong is worth nothing: says why, and ends the program. */
__attribute__((noreturn)) void give_up(const char* why);

#ifdef __cplusplus
}
#endif

#endif
