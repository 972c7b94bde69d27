// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What is done with a table, in this order.

#pragma once

#include "table.h"

namespace native
{

struct Work {
    const char* name; ///< as in bench_table.exe
    Outcome (Table::*run)();
};

inline constexpr Work works[] = {
    {"add", &Table::add},     {"exact", &Table::match_exactly}, {"longest", &Table::match_longest},
    {"walk", &Table::walk},   {"handle_check", &Table::refuse}, {"update", &Table::update},
    {"edit", &Table::edit},   {"delete", &Table::remove},       {"add_told", &Table::add_told},
    {"leave", &Table::leave},
};

} // namespace native
