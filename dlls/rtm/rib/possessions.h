// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What an entity has in its table and takes along when it leaves.

#pragma once

#include "chain.h"
#include "faults.h"
#include "handle.h"
#include "prefix.h"

#include <cstdint>
#include <map>

namespace rtm
{

struct NextHop;
class Enumeration;
class Notification;
class RouteList;

/// What tells an entity's next hops apart, and their order.
struct NextHopKey {
    Prefix address;
    std::uint32_t interface_index;

    auto operator<=>(const NextHopKey&) const = default;
};

using NextHopsByKey =
    std::map<NextHopKey, NextHop*, std::less<>, Allocator<std::pair<const NextHopKey, NextHop*>>>;

struct Possessions {
    Place first_route = 0; // live ones; linked by Route::owned_next
    NextHopsByKey next_hops;
    Chain<Enumeration> enumerations;
    Chain<Notification> notifications;
    Chain<RouteList> lists;
    unsigned opaque_slot = 0;        // if it has reserved one
    std::uint32_t opaque_number = 0; // of its registration with that slot; 0 if it has none
    bool is_leaving = false;         // nothing may be added any more
};

} // namespace rtm
