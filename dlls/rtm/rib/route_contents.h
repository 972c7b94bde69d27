// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What the owner says of a route, apart from the route: to tell what an update has changed.

#pragma once

#include "faults.h"
#include "records.h"

#include <span>
#include <vector>

namespace rtm
{

/// What differs, by what it means to those who watch.
struct ContentsChange {
    bool any = false;        ///< anything at all
    bool best = false;       ///< preference, metric, next hops or flags
    bool forwarding = false; ///< as best, but of flags only those for forwarding
};

struct RouteContents {
    Handle neighbour;
    std::uint8_t flags1;
    std::uint16_t flags;
    PrefInfo pref;
    ViewSet views;
    void* entity_specific;
    std::vector<Handle, Allocator<Handle>> next_hops;
};

/// The next hops that it says it has, but no more than `most`.
std::span<const Handle> next_hops_of(const RouteInfo& info, unsigned most) noexcept;

/// With room for as many next hops as there may be. Throws std::bad_alloc.
RouteContents contents_of(const RouteInfo& info, unsigned most_next_hops);

/// Makes what contents_of() has made say what `info` does, with `views` and `pref`.
void renew(RouteContents& contents, const RouteInfo& info, ViewSet views, const PrefInfo& pref,
           unsigned most_next_hops) noexcept;

/// What `info` with `pref` has otherwise than `before`.
ContentsChange compare(const RouteContents& before, const RouteInfo& info, const PrefInfo& pref,
                       unsigned most_next_hops) noexcept;
ContentsChange compare(const RouteInfo& before, const RouteInfo& info, const PrefInfo& pref,
                       unsigned most_next_hops) noexcept;

} // namespace rtm
