// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "hold_down.h"

#include "routes.h"

#include <algorithm>
#include <array>

namespace rtm
{

namespace
{

bool is_holding(const DestinationExtras& destination) noexcept
{
    return std::any_of(destination.held.begin(), destination.held.end(),
                       [](const auto& held) { return held.load(std::memory_order_relaxed) != 0; });
}

} // namespace

void HoldDown::arm(Destination& destination, ViewSet views, std::uint32_t time_ms)
{
    WritingLock lock(site_.writing);
    if (!destination.references.is_in_table())
        return;
    schedule_.prepare();
    DestinationExtras& more = destinations_.make_extras(destination);
    if (more.armed == 0 && !is_holding(more))
        more.hold_time = 0;
    more.armed |= views;
    more.hold_time = std::max(more.hold_time, time_ms);
}

ViewSet HoldDown::hold(Routes& routes, Destination& destination, Route& route,
                       ViewSet views) noexcept
{
    DestinationExtras* more = destinations_.extras(destination);
    if (!more || (more->armed & views) == 0)
        return 0;
    ViewSet held = 0;
    for (unsigned view = 0; view < view_count; ++view) {
        const ViewSet bit = ViewSet(1) << view;
        if ((more->armed & views & bit) == 0 ||
            destination.routes[view].load(std::memory_order_relaxed) != 0)
            continue;
        more->armed &= ~bit;
        held |= bit;
        const Place former = more->held[view].exchange(route.place, std::memory_order_release);
        if (former != 0) {
            Route& other = routes.at(former);
            other.held_in.fetch_and(static_cast<std::uint8_t>(~bit));
            if (!other.is_held())
                routes.release_from_hold(other);
        }
    }
    route.held_in = static_cast<std::uint8_t>(held);
    if (held != 0)
        schedule_.arm(more->hold_end, more->hold_time);
    return held;
}

void HoldDown::end(Routes& routes, Destination& destination) noexcept
{
    DestinationExtras& more = *destinations_.extras(destination);
    ChangeTypes changed{};
    std::array<Place, view_count> released{};
    {
        Destinations::Change change(destination);
        for (unsigned view = 0; view < view_count; ++view) {
            released[view] = more.held[view].exchange(0, std::memory_order_relaxed);
            if (released[view] != 0)
                changed[view] = change_type::any | change_type::best;
        }
        destinations_.set_last_changed(destination);
    }
    changes_.note(destination, changed);
    for (Place place : released) {
        if (place == 0)
            continue;
        Route& route = routes.at(place);
        if (route.is_held()) { // once, though it may be held in two views
            route.held_in = 0;
            routes.release_from_hold(route);
        }
    }
    destinations_.end_if_idle(destination);
}

} // namespace rtm
