// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "target.h"

#include "settings.h"

#include <algorithm>

namespace fuzz
{

void run_input(std::span<const std::uint8_t> input)
{
    const std::size_t first = std::min(input.size(), record_size);
    auto run = make_run(input.first(first));
    run->play(input.subspan(first));
    run->finish();
}

} // namespace fuzz
