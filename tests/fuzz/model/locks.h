// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Locks of destinations, and what their holders do. They belong to a registration and a thread.
// All registrations are of one thread here, so a call that would wait would wait for ever: ask
// first. What others have locked cannot be changed by other threads only.

#pragma once

#include "routes.h"

namespace model
{

/// Whether taking a lock would wait.
bool would_wait(const Destination& destination, const Entity& me, bool exclusive);

/// RtmLockDestination.
Verdict lock_destination(World& world, Name registration, Name handle, bool exclusive, bool lock);

/// RtmLockRoute.
FoundRoute lock_route(World& world, Name registration, Name handle, bool exclusive, bool lock);

struct Committed {
    Verdict verdict;
    std::uint32_t flags = 0;
};

/// RtmUpdateAndUnlockRoute.
Committed update_and_unlock(World& world, Name registration, Name handle,
                            std::uint32_t time_to_live, Name list, bool has_flags);

} // namespace model
