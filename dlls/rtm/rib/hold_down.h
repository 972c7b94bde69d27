// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Hold-down: when the last route to a destination goes, protocols go on announcing it as
// unreachable for a while.
//
// A destination is armed for views, at a time when it has routes. When its last route of such a
// view is deleted, that route is held, and the view armed no more. One timer serves all views; it
// runs for the longest time asked for since the destination was last neither armed nor holding.

#pragma once

#include "destinations.h"
#include "schedule.h"
#include "site.h"
#include "status.h"

namespace rtm
{

class Changes;
class Routes;

class HoldDown
{
public:
    HoldDown(Site& site, Destinations& destinations, Schedule& schedule, Changes& changes) noexcept
        : site_(site), destinations_(destinations), schedule_(schedule), changes_(changes)
    {
    }

    /// Arms a destination. Takes the writing lock. Throws std::bad_alloc or ResourceExhausted.
    void arm(Destination& destination, ViewSet views, std::uint32_t time_ms);

    // While writing.

    /// Holds a route that is being deleted in those of `views` that are armed and have no other
    /// route. Returns these.
    ViewSet hold(Routes& routes, Destination& destination, Route& route, ViewSet views) noexcept;

    /// The time is over.
    void end(Routes& routes, Destination& destination) noexcept;

private:
    Site& site_;
    Destinations& destinations_;
    Schedule& schedule_;
    Changes& changes_;
};

} // namespace rtm
