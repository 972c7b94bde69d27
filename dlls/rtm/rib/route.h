// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A route. Its public part, RouteInfo, is the very structure that RtmGetRoutePointer hands out:
// it is at the end, with room for as many next hops as the table allows.
//
// Changed under the table's writing lock, or by its owner in place. Readers copy the public
// part between two looks at `version`.

#pragma once

#include "chain.h"
#include "compact_pool.h"
#include "event_queue.h"
#include "records.h"
#include "reference_count.h"
#include "timers.h"

#include <atomic>

namespace rtm
{

class RouteList;

struct Route : Pooled {
    static constexpr Kind kind = Kind::route;

    ReferenceCount references;          // the table has it while it is live or held
    std::atomic<std::uint16_t> version; // odd while it is changed
    std::atomic<std::uint8_t> views;    // that it is ranked in; 0 when it has been deleted
    std::atomic<std::uint8_t> held_in;  // views that hold it down, and:
    static constexpr std::uint8_t is_edited = 0x80; // in place, which has not been committed
    Place destination;
    std::atomic<Place> next; // ranked behind it at the destination
    Place owner;
    Place owned_previous; // its owner's routes
    Place owned_next;
    Place extras;    // RouteExtras
    PrefInfo ranked; // what it is ranked by, whatever its owner may write into `info`
    RouteInfo info;

    bool is_held() const noexcept
    {
        return (held_in.load(std::memory_order_relaxed) & ~is_edited) != 0;
    }
    bool is_live() const noexcept { return views.load(std::memory_order_relaxed) != 0; }

    static constexpr std::size_t size(unsigned next_hops) noexcept
    {
        return sizeof(Route) + (next_hops - 1) * sizeof(Handle);
    }
};

struct ListedRoutes; // tag of a chain

/// What few routes have: a time to live, or a list that they are in.
struct RouteExtras : Pooled,
                     ChainLink<RouteExtras, ExpiredRoutes>,
                     ChainLink<RouteExtras, ListedRoutes> {
    static constexpr Kind kind = Kind::none;

    Route* route;
    Timer expiry;
    RouteList* list; // that it is in, or null
};

} // namespace rtm
