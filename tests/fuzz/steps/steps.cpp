// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "steps/steps.h"

#include <array>

namespace fuzz
{

namespace
{

struct Group {
    const Step* steps;
    std::size_t count;
    unsigned weight; // how many codes mean each of them
};

template <std::size_t n> constexpr Group group(const Step (&steps)[n], unsigned weight)
{
    return {steps, n, weight};
}

// The order is what the corpus is written in. More often than others come the steps that the rest
// has something to work on by.
constexpr Group groups[] = {
    group(route_steps, 5),        group(next_hop_steps, 3),  group(entity_steps, 2),
    group(destination_steps, 4),  group(editing_steps, 4),   group(enumeration_steps, 3),
    group(notification_steps, 4), group(handle_steps, 3),    group(world_steps, 4),
};

std::array<const Step*, 256> make_codes()
{
    std::array<const Step*, 256> codes{};
    std::size_t used = 0;
    for (const Group& each : groups)
        for (std::size_t i = 0; i < each.count * each.weight && used < codes.size(); ++i)
            codes[used++] = &each.steps[i % each.count];
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
