// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#pragma once

#include <cstdint>
#include <span>

namespace fuzz
{

/// Runs one input. Ends the process if anything is wrong.
void run_input(std::span<const std::uint8_t> input);

} // namespace fuzz
