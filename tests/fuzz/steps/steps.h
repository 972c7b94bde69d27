// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// All steps that an input can take. Mostly one is one call of the API.

#pragma once

#include "steps/run.h"

namespace fuzz
{

struct Step {
    const char* name;
    void (*take)(Run& run, Args& args);
    unsigned weight;         // how many codes mean it
    bool moves_time = false; // not inside a callback
};

/// The step of the first byte of a record.
const Step& step_of(std::uint8_t code);
/// Whether it says what the next callback does.
bool is_reaction(const Step& step);

// By the files that they are in.
extern const Step entity_steps[9];
extern const Step next_hop_steps[9];
extern const Step route_steps[9];
extern const Step editing_steps[5];
extern const Step destination_steps[8];
extern const Step enumeration_steps[10];
extern const Step notification_steps[8];
extern const Step handle_steps[6];
extern const Step world_steps[7];

/// Compares all of every table.
void compare_all(Run& run);

} // namespace fuzz
