/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * The system's headers, in the order that they want. */
#ifndef RTM_TESTS_BENCH_WINDOWS_CLIENT_H
#define RTM_TESTS_BENCH_WINDOWS_CLIENT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIN32_LEAN_AND_MEAN
#include <winsock2.h>

#include <windows.h>

#include <rtmv2.h>

#endif
