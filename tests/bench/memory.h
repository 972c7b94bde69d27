/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#ifndef RTM_TESTS_BENCH_MEMORY_H
#define RTM_TESTS_BENCH_MEMORY_H

/* What the process has, in bytes. */
struct memory {
    double private_bytes;
    double resident;
};

struct memory memory_now(void);

#endif
