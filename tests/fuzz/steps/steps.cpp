// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "steps/steps.h"

#include <array>
#include <span>

namespace fuzz
{

namespace
{

using Steps = std::span<const Step>;

// The order is what the corpus is written in.
const Steps groups[] = {
    route_steps,       next_hop_steps,     entity_steps, destination_steps, editing_steps,
    enumeration_steps, notification_steps, handle_steps, world_steps,
};

std::array<const Step*, 256> make_codes()
{
    std::array<const Step*, 256> codes{};
    std::size_t used = 0;
    for (Steps steps : groups)
        for (const Step& step : steps)
            for (unsigned i = 0; i < step.weight && used < codes.size(); ++i)
                codes[used++] = &step;
    for (std::size_t rest = 0; used < codes.size(); ++rest)
        codes[used++] = &route_steps[rest % 2]; // adding and deleting
    return codes;
}

} // namespace

const Step& step_of(std::uint8_t code)
{
    static const std::array<const Step*, 256> codes = make_codes();
    return *codes[code];
}

} // namespace fuzz
