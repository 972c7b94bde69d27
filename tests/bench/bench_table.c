/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 *
 * What the calls of the routing table cost with a large table, beside a plain trie in the same
 * program, and what memory it takes. tools/bench runs it.
 */
#include "client.h"
#include "measures.h"
#include "memory.h"
#include "report.h"

static struct {
    USHORT family;
    UINT count, rounds;
    const char* table;
} options = {AF_INET, 1000000, 3, NULL};

static const char usage[] =
    "usage: bench_table.exe [--ipv6] [--count N] [--rounds N] [--table FILE]\n"
    "\n"
    "  --ipv6          IPv6, not IPv4\n"
    "  --count N       how many prefixes, at most (1000000)\n"
    "  --rounds N      how often all is measured; shown are medians (3)\n"
    "  --table FILE    prefixes, one in the first word of each line, instead of made-up ones\n";

static void parse(int argc, char** argv)
{
    for (int i = 1; i < argc; i++) {
        const char* value = i + 1 < argc ? argv[i + 1] : NULL;

        if (!strcmp(argv[i], "--ipv6")) {
            options.family = AF_INET6;
            continue;
        }
        if (value && !strcmp(argv[i], "--count"))
            options.count = strtoul(value, NULL, 10);
        else if (value && !strcmp(argv[i], "--rounds"))
            options.rounds = strtoul(value, NULL, 10);
        else if (value && !strcmp(argv[i], "--table"))
            options.table = value;
        else
            give_up(usage);
        i++;
    }
    if (options.count < 1000 || options.count > 8000000)
        give_up("--count is 1000 to 8000000");
    if (!options.rounds || options.rounds > MOST_ROUNDS)
        give_up("--rounds is 1 to 32");
}

static struct bench make_bench(struct prefixes* prefixes)
{
    struct bench made = {.prefixes = prefixes};

    made.routes = malloc(prefixes->count * sizeof(*made.routes));
    made.asked = malloc(prefixes->count * sizeof(*made.asked));
    if (!made.routes || !made.asked)
        give_up("out of memory");
    /* Touched, so that it is not counted as the table's. */
    memset(made.routes, 0, prefixes->count * sizeof(*made.routes));
    memset(made.asked, 0, prefixes->count * sizeof(*made.asked));
    return made;
}

static void report_memory(const struct bench* bench, enum figure figure, struct memory before)
{
    double grown = memory_now().private_bytes - before.private_bytes;

    if (bench->is_first_round)
        report_figure(figure, grown / bench->prefixes->count);
}

static void run_round(struct bench* bench)
{
    const struct memory before = memory_now();

    bench->viewer = join(bench, VIEWER, NULL);
    owner_joins(bench);
    measure_adds(bench);
    measure_lookups(bench);
    measure_walks(bench);
    measure_updates(bench);
    measure_readers(bench);
    measure_deletes(bench);
    report_memory(bench, BYTES_AFTER_DELETING, before);
    measure_watched_adds(bench);
    measure_notices(bench);
    measure_leaving(bench);
    measure_expiry(bench);
    MUST(RtmDeregisterEntity(bench->viewer));
    report_memory(bench, BYTES_AFTER_LEAVING, before);
}

int main(int argc, char** argv)
{
    struct prefixes prefixes;
    struct bench bench;

    parse(argc, argv);
    if (options.table)
        prefixes_read(&prefixes, options.family, options.table, options.count);
    else
        prefixes_make_up(&prefixes, options.family, options.count);
    bench = make_bench(&prefixes);
    printf("%u %s prefixes (%s), medians of %u rounds\n\n", prefixes.count,
           options.family == AF_INET6 ? "IPv6" : "IPv4", options.table ? options.table : "made up",
           options.rounds);
    fflush(stdout);
    /* The trie's memory, and the process's first of everything. */
    for (UINT i = 0; i < prefixes.count; i++)
        trie_insert(&bench.trie, &prefixes.all[i]);
    for (UINT i = 0; i < prefixes.count; i++)
        trie_erase(&bench.trie, &prefixes.all[i]);
    for (UINT round = 0; round < options.rounds; round++) {
        bench.is_first_round = round == 0;
        run_round(&bench);
    }
    report_print();
    return 0;
}
