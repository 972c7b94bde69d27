// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A route. Its public part, RouteInfo, is the very structure that RtmGetRoutePointer hands out:
// it is at the end, with room for as many next hops as the table allows.
//
// Changed under the table's writing lock, or by its owner in place. Readers copy the public
// part between two looks at `version`. What it is ranked by is what the public part says, or what
// Ranking has kept while the owner edits it.
//
// On 64 bit one with four next hops is two cache lines large, and lies so that what a look at its
// destination takes, from the generation to the flags and views, is in one of them.

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

/// The lists that it is in.
struct RouteLinks {
    std::atomic<Place> next; // ranked behind it at the destination
    Place owned_previous;    // its owner's routes
    Place owned_next;
    Place extras; // RouteExtras
};

struct Route : RouteLinks, Pooled {
    static constexpr Kind kind = Kind::route;
    static constexpr std::size_t hot_offset = sizeof(RouteLinks);

    ReferenceCount references;          // the table has it while it is live or held
    std::atomic<std::uint16_t> version; // odd while it is changed
    std::atomic<std::uint8_t> views;    // that it is ranked in; 0 when it has been deleted
    std::atomic<std::uint8_t> held_in;  // views that hold it down, and:
    static constexpr std::uint8_t is_edited = 0x80; // in place, which has not been committed
    static constexpr std::uint8_t has_kept_rank = 0x40;
    Place destination;
    Place owner;
    RouteInfo info;

    bool is_held() const noexcept
    {
        return (held_in.load(std::memory_order_relaxed) & ~(is_edited | has_kept_rank)) != 0;
    }
    bool is(std::uint8_t state) const noexcept
    {
        return (held_in.load(std::memory_order_relaxed) & state) != 0;
    }
    void set(std::uint8_t state) noexcept { held_in.fetch_or(state, std::memory_order_relaxed); }
    /// Whether it was so.
    bool clear(std::uint8_t state) noexcept
    {
        return (held_in.fetch_and(static_cast<std::uint8_t>(~state), std::memory_order_relaxed) &
                state) != 0;
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
