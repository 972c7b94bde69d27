// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "reach.h"

namespace fuzz
{

namespace
{

bool noting = false;

std::map<std::string, std::set<std::uint32_t>>& notes()
{
    static std::map<std::string, std::set<std::uint32_t>> all;
    return all;
}

} // namespace

void note_reach()
{
    noting = true;
}

void note_reached(const char* function, std::uint32_t code)
{
    if (noting)
        notes()[function].insert(code);
}

const std::map<std::string, std::set<std::uint32_t>>& reached()
{
    return notes();
}

} // namespace fuzz
