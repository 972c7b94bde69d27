// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What a change of a destination is to those who watch it.

#pragma once

#include "world.h"

namespace model
{

// RTM_CHANGE_TYPE_*, RTM_NOTIFY_ONLY_MARKED_DESTS.
constexpr std::uint32_t change_all = 1;
constexpr std::uint32_t change_best = 2;
constexpr std::uint32_t change_forwarding = 4;
constexpr std::uint32_t only_marked = 0x10000;

/// One change of one destination. Made before the routes are changed, told of afterwards.
class Change
{
public:
    explicit Change(Destination& destination);

    /// A route in these views was added, removed or changed.
    void touch(ViewSet views) { touched_ |= views; }
    /// A route of these views is held no more.
    void release_held(ViewSet views) { released_ |= views; }

    /// Chooses the best routes anew, and notes what has changed for whom.
    void finish(World& world);

    /// After finish(): whether the best route of a view is another one.
    bool best_replaced() const;
    /// Whether it was the best one of a view before.
    bool was_best(const Route& route) const;

private:
    std::uint32_t types_in(unsigned view) const;

    Destination& destination_;
    const std::array<Route*, view_count> best_;
    std::array<Contents, view_count> best_contents_;
    ViewSet touched_ = 0;
    ViewSet released_ = 0;
};

/// Notes that a destination has changed, in all ways of `types` in each view.
void note_change(World& world, Destination& destination,
                 const std::array<std::uint32_t, view_count>& types);

/// Nothing is left to be fetched: the callback is due when there is again.
void note_drained(Notification& notification);

} // namespace model
