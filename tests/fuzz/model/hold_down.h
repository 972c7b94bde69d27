// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Hold-down: the last route of a view is kept for a while after it has been deleted.

#pragma once

#include "world.h"

namespace model
{

/// RtmHoldDestination.
Verdict hold_destination(World& world, Name registration, Name handle, ViewSet views,
                         std::uint32_t time);

/// A route has just been taken out of the ranking: holds it in the armed views whose last one it
/// was.
void hold_if_armed(World& world, Route& route);

/// The time is over.
void end_hold(World& world, Destination& destination);

} // namespace model
