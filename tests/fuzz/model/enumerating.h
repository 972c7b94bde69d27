// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Making enumerations and fetching from them.

#pragma once

#include "destinations.h"
#include "queries.h"

namespace model
{

struct MadeEnum {
    Verdict verdict;
    Enumeration* made = nullptr;
};

/// RtmCreateDestEnum.
MadeEnum create_destination_enum(World& world, Name registration, ViewSet views,
                                 std::uint32_t flags, const std::optional<Address>& address,
                                 std::uint32_t protocol, bool wants_handle);

/// RtmCreateRouteEnum.
MadeEnum create_route_enum(World& world, Name registration, Name destination, ViewSet views,
                           std::uint32_t flags, const std::optional<Address>& start,
                           const Question& question, bool wants_handle);

/// RtmCreateNextHopEnum.
MadeEnum create_next_hop_enum(World& world, Name registration, std::uint32_t flags,
                              const std::optional<Address>& address, bool wants_handle);

/// RtmCreateRouteListEnum.
MadeEnum create_list_enum(World& world, Name registration, Name list, bool wants_handle);

Verdict delete_enum(World& world, Name registration, Name handle);
void end_enum(Enumeration& enumeration);

/// What a Get call is to deliver. If it is refused for its capacity the count becomes 0.
template <class Item> struct Batch {
    Verdict verdict;
    bool answered = false; // the count is stored
    std::vector<Item> items;
};

/// RtmGetEnumDests. As in all of these, `capacity` is none for a NULL pointer.
Batch<DestinationInfo> get_destinations(World& world, Name registration, Name handle,
                                        std::optional<unsigned> capacity, bool has_array);

/// RtmGetEnumNextHops.
Batch<NextHop*> get_next_hops(World& world, Name registration, Name handle,
                              std::optional<unsigned> capacity, bool has_array);

/// RtmGetListEnumRoutes.
Batch<Route*> get_list_routes(World& world, Name registration, Name handle,
                              std::optional<unsigned> capacity, bool has_array);

/// RtmGetEnumRoutes. The routes of a destination are those that it has when the enumeration comes
/// to it, less those that have gone when they are delivered.
Batch<Route*> get_routes(World& world, Name registration, Name handle,
                         std::optional<unsigned> capacity, bool has_array);

} // namespace model
