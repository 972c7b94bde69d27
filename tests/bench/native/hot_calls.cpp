// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The calls that programs make most, on a table that is always the same, for callgrind to count
// the instructions of each. `check` compares them with those that are on record.

#include "works.h"

#include <valgrind/callgrind.h>

#include <cstdio>

using namespace native;

namespace
{

constexpr std::uint32_t count = 20000;

/// Has callgrind write down what it has counted, and for how many calls.
void measure(Table& table, const Work& work)
{
    CALLGRIND_ZERO_STATS;
    const Outcome outcome = (table.*work.run)();
    char trigger[64];
    std::snprintf(trigger, sizeof(trigger), "%s %u", work.name, outcome.calls);
    CALLGRIND_DUMP_STATS_AT(trigger);
}

} // namespace

int main()
{
    prefixes prefixes;
    prefixes_make_up(&prefixes, AF_INET, count);
    Table table(prefixes);
    for (const Work& work : works)
        measure(table, work);
}
