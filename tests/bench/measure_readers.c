/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * Readers on threads of their own: one or two, alone or beside the owner, who changes routes as
 * fast as it can.
 */
#include "measures.h"
#include "report.h"

struct reader {
    const struct bench* bench;
    RTM_ENTITY_HANDLE entity;
    UINT first; /* host to begin with */
    double ns;
};

static DWORD WINAPI read_all(void* argument)
{
    struct reader* reader = argument;
    const struct prefixes* prefixes = reader->bench->prefixes;
    double began = clock_ns();

    for (UINT i = 0; i < prefixes->count; i++)
        MUST_HOLD(look_up(reader->bench, reader->entity,
                          &prefixes->hosts[(reader->first + i) % prefixes->count]));
    reader->ns = clock_ns() - began;
    return 0;
}

static struct reader reader_joins(const struct bench* bench, UINT first)
{
    return (struct reader){bench, join(bench, READER, NULL), first, 0};
}

static double run_one(const struct bench* bench)
{
    struct reader one = reader_joins(bench, 0);

    join_thread(start_thread(read_all, &one));
    MUST(RtmDeregisterEntity(one.entity));
    return one.ns / bench->prefixes->count;
}

/* ns for each look-up of both. */
static double run_two(const struct bench* bench)
{
    const UINT count = bench->prefixes->count;
    struct reader one = reader_joins(bench, 0), other = reader_joins(bench, count / 2);
    HANDLE threads[] = {start_thread(read_all, &one), start_thread(read_all, &other)};

    join_thread(threads[0]);
    join_thread(threads[1]);
    MUST(RtmDeregisterEntity(one.entity));
    MUST(RtmDeregisterEntity(other.entity));
    return max(one.ns, other.ns) / (2.0 * count);
}

/* ---- beside a writer ---- */

static volatile LONG stop_writing;

struct writer {
    const struct bench* bench;
    double ns; /* for each change */
};

static DWORD WINAPI write_on(void* argument)
{
    struct writer* writer = argument;
    const struct bench* bench = writer->bench;
    double began = clock_ns();
    UINT changes = 0;

    for (; !stop_writing; changes++) {
        UINT i = changes % bench->prefixes->count;
        RTM_NET_ADDRESS address = net(bench, &bench->prefixes->asked[i]);
        route_room made =
            route_for(bench, bench->prefixes->order[i], 4 + changes / bench->prefixes->count % 100);
        RTM_ROUTE_CHANGE_FLAGS flags = 0;

        MUST(RtmAddRouteToDest(bench->owner, NULL, &address, &made.info, INFINITE, NULL, 0, NULL,
                               &flags));
    }
    writer->ns = (clock_ns() - began) / changes;
    return 0;
}

/* What `run` finds while the owner writes, and what that does meanwhile, for each change. */
static double run_beside_writer(const struct bench* bench, double (*run)(const struct bench*),
                                double* writer_ns)
{
    struct writer writer = {bench, 0};
    HANDLE writing;
    double ns;

    stop_writing = 0;
    writing = start_thread(write_on, &writer);
    ns = run(bench);
    InterlockedExchange(&stop_writing, 1);
    join_thread(writing);
    *writer_ns = writer.ns;
    return ns;
}

void measure_readers(struct bench* bench)
{
    double writer;

    report_ns("one_reader", run_one(bench));
    report_ns("two_readers", run_two(bench));
    report_ns("reader_beside_writer", run_beside_writer(bench, run_one, &writer));
    report_ns("writer_beside_reader", writer);
    report_ns("two_readers_beside_writer", run_beside_writer(bench, run_two, &writer));
}
