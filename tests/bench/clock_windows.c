/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#include "clock.h"

#include "windows_client.h"

double clock_ns(void)
{
    LARGE_INTEGER frequency, now;

    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&now);
    return (double)now.QuadPart * 1e9 / (double)frequency.QuadPart;
}

static double in_ns(FILETIME time)
{
    return (time.dwHighDateTime * 4294967296.0 + time.dwLowDateTime) * 100;
}

static double thread_cpu_ns(void)
{
    FILETIME created, exited, kernel, user;

    if (!GetThreadTimes(GetCurrentThread(), &created, &exited, &kernel, &user))
        return 0;
    return in_ns(kernel) + in_ns(user);
}

double process_cpu_ns(void)
{
    FILETIME created, exited, kernel, user;

    if (!GetProcessTimes(GetCurrentProcess(), &created, &exited, &kernel, &user))
        return 0;
    return in_ns(kernel) + in_ns(user);
}

struct stopwatch stopwatch_start(void)
{
    return (struct stopwatch){clock_ns(), thread_cpu_ns()};
}

struct stopwatch stopwatch_stop(struct stopwatch began)
{
    return (struct stopwatch){clock_ns() - began.ns, thread_cpu_ns() - began.cpu_ns};
}
