// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "hold_down.h"
#include "changes.h"
#include "ranking.h"

#include <algorithm>
#include <utility>

namespace model
{

namespace
{

bool is_held(const Route& route)
{
    const auto& held = route.destination.held;
    return std::find(held.begin(), held.end(), &route) != held.end();
}

/// Another route takes its place, or the time is over.
void let_go(Route*& held)
{
    Route* route = std::exchange(held, nullptr);
    if (route && !is_held(*route))
        route->state = RouteState::deleted;
}

} // namespace

Verdict hold_destination(World& world, Name registration, Name handle, ViewSet views,
                         std::uint32_t time)
{
    Verdict verdict;
    const Entity* me = world.caller(verdict, registration);
    verdict.refuse_if(time == 0, Code::invalid_parameter);
    verdict.refuse_if(views != all_views && (views & ~supported_views) != 0,
                      Code::invalid_parameter);
    if (!me)
        return verdict;
    auto* destination = world.find<Destination>(me->table, handle);
    verdict.refuse_if(!destination, Code::invalid_handle);
    if (!verdict.fine())
        return verdict;
    destination->armed |= views == 0 ? supported_views : views & supported_views;
    destination->hold_time = std::max(destination->hold_time, time);
    return verdict;
}

void hold_if_armed(World& world, Route& route)
{
    Destination& destination = route.destination;
    for (unsigned view = 0; view < view_count; ++view) {
        const ViewSet bit = ViewSet(1) << view;
        if (!is_in(route, view) || (destination.armed & bit) == 0 ||
            first_in_view(destination, view, 0))
            continue;
        destination.armed &= ~bit;
        let_go(destination.held[view]);
        destination.held[view] = &route;
        route.state = RouteState::held;
        world.arm(destination.hold_end, destination.hold_time);
    }
}

void end_hold(World& world, Destination& destination)
{
    Change change(destination);
    for (unsigned view = 0; view < view_count; ++view) {
        if (destination.held[view])
            change.release_held(ViewSet(1) << view);
        let_go(destination.held[view]);
    }
    destination.hold_end.due.reset();
    if (destination.armed == 0)
        destination.hold_time = 0;
    change.finish(world);
    world.sweep();
}

} // namespace model
