/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Copyright 2026 the wine-rtm authors
 */
#include "options.h"

#include "give_up.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: PROGRAM [--peer NAME] [--ipv6] [--count N] [--table FILE] [--few]\n"
    "\n"
    "  --peer NAME     what to measure, where the program knows several peers\n"
    "  --ipv6          IPv6, not IPv4\n"
    "  --count N       how many prefixes, at most (1000000)\n"
    "  --table FILE    prefixes, one in the first word of each line, instead of made-up ones\n"
    "  --few           only add, look up, walk and delete; repeatedly, if the table is small\n";

#define FEWEST_PREFIXES 1000

struct options parse_options(int argc, char** argv)
{
    struct options options = {AF_INET, 1000000, NULL, NULL, false};

    for (int i = 1; i < argc; i++) {
        const char* value = i + 1 < argc ? argv[i + 1] : NULL;

        if (!strcmp(argv[i], "--ipv6"))
            options.family = AF_INET6;
        else if (!strcmp(argv[i], "--few"))
            options.few = true;
        else if (value && !strcmp(argv[i], "--count"))
            options.count = strtoul(argv[++i], NULL, 10);
        else if (value && !strcmp(argv[i], "--table"))
            options.table = argv[++i];
        else if (value && !strcmp(argv[i], "--peer"))
            options.peer = argv[++i];
        else
            give_up(usage);
    }
    if (options.count < FEWEST_PREFIXES || options.count > MOST_PREFIXES)
        give_up("--count is 1000 to 8000000");
    return options;
}

struct prefixes prefixes_wanted(const struct options* options)
{
    struct prefixes wanted;

    if (options->table)
        prefixes_read(&wanted, options->family, options->table, options->count);
    else
        prefixes_make_up(&wanted, options->family, options->count);
    report_figure("prefixes", wanted.count);
    return wanted;
}

uint32_t repeats(const struct prefixes* prefixes)
{
    return 1 + 500000 / prefixes->count;
}
