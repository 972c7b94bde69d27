/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * All routes go at once: their owner leaves, or they expire. A reader beside that tells how long it
 * had to wait at most.
 */
#include "measures.h"
#include "report.h"

/* ---- the reader ---- */

static volatile LONG stop_reading;

struct stalled_reader {
    const struct bench* bench;
    RTM_ENTITY_HANDLE entity;
    HANDLE thread;
    double longest_ns;
};

static DWORD WINAPI read_on(void* argument)
{
    struct stalled_reader* reader = argument;
    const struct prefixes* prefixes = reader->bench->prefixes;
    double last = clock_ns();

    for (UINT i = 0; !stop_reading; i++) {
        double now;

        look_up(reader->bench, reader->entity, &prefixes->hosts[i % prefixes->count]);
        now = clock_ns();
        reader->longest_ns = max(reader->longest_ns, now - last);
        last = now;
    }
    return 0;
}

static void reader_starts(struct stalled_reader* reader, const struct bench* bench)
{
    stop_reading = 0;
    reader->bench = bench;
    reader->entity = join(bench, READER, NULL);
    reader->longest_ns = 0;
    reader->thread = start_thread(read_on, reader);
}

static void reader_stops(struct stalled_reader* reader, const char* figure)
{
    InterlockedExchange(&stop_reading, 1);
    join_thread(reader->thread);
    MUST(RtmDeregisterEntity(reader->entity));
    report_figure(figure, reader->longest_ns / 1e6);
}

/* ---- leaving ---- */

void measure_leaving(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    struct stalled_reader reader;
    struct stopwatch began;

    /* What the client still refers to would stay. */
    for (UINT i = 0; i < count; i += BATCH)
        MUST(RtmReleaseRoutes(bench->owner, min(BATCH, count - i), &bench->routes[i]));
    reader_starts(&reader, bench);
    Sleep(1000);
    reader_stops(&reader, "stall_quiet");
    reader_starts(&reader, bench);
    began = stopwatch_start();
    owner_leaves(bench);
    report_work("leave", count, stopwatch_stop(began));
    reader_stops(&reader, "stall_leave");
}

/* ---- expiry ---- */

static BOOL is_empty(const struct bench* bench)
{
    RTM_ENUM_HANDLE enumeration;
    dest_batch batch;
    UINT count = 1;
    DWORD status;

    MUST(RtmCreateDestEnum(bench->viewer, RTM_VIEW_MASK_UCAST, RTM_ENUM_START, NULL,
                           RTM_BEST_PROTOCOL, &enumeration));
    status = RtmGetEnumDests(bench->viewer, enumeration, &count, &batch.first);
    if (status == NO_ERROR)
        MUST(RtmReleaseDests(bench->viewer, count, &batch.first));
    MUST(RtmDeleteEnumHandle(bench->viewer, enumeration));
    return status == ERROR_NO_MORE_ITEMS;
}

/* Adds all, so that they expire at about the same time; returns when, of GetTickCount64. */
static ULONGLONG add_for_a_while(struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    ULONGLONG now = GetTickCount64();
    ULONGLONG end = now + 500 + (ULONGLONG)(4 * bench->told_ns / 1e6);
    struct stopwatch began = stopwatch_start();

    for (UINT i = 0; i < count; i++) {
        if (i % 64 == 0)
            now = GetTickCount64();
        add_route(bench, i, now < end ? (ULONG)(end - now) : 1);
    }
    report_work("add_with_ttl", count, stopwatch_stop(began));
    for (UINT i = 0; i < count; i += BATCH)
        MUST(RtmReleaseRoutes(bench->owner, min(BATCH, count - i), &bench->routes[i]));
    return end;
}

void measure_expiry(struct bench* bench)
{
    struct stalled_reader reader;
    ULONGLONG end, now;
    double began;

    owner_joins(bench);
    end = add_for_a_while(bench);
    now = GetTickCount64();
    MUST_HOLD(now < end); /* or the machine is very busy: routes expired while others were added */
    reader_starts(&reader, bench);
    Sleep((DWORD)(end - now));
    began = clock_ns();
    while (!is_empty(bench))
        Sleep(1);
    report_ns("expire", (clock_ns() - began) / bench->prefixes->count);
    reader_stops(&reader, "stall_expire");
    owner_leaves(bench);
}
