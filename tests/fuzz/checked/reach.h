// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Which functions were called, and what they returned.

#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace fuzz
{

/// Starts to note them.
void note_reach();
void note_reached(const char* function, std::uint32_t code);

/// The codes that each function has returned.
const std::map<std::string, std::set<std::uint32_t>>& reached();

} // namespace fuzz
