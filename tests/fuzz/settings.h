// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The first record of an input: limits of the tables, and who is there at the beginning.

#pragma once

#include "steps/run.h"

#include <memory>

namespace fuzz
{

/// A run with the settings that `record` says.
std::unique_ptr<Run> make_run(std::span<const std::uint8_t> record);

} // namespace fuzz
