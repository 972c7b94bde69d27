// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Routes: adding, changing, deleting, reading.

#pragma once

#include "world.h"

namespace model
{

// RTM_ROUTE_CHANGE_*.
constexpr std::uint32_t route_first = 1;
constexpr std::uint32_t route_new = 2;
constexpr std::uint32_t route_best = 0x10000;

/// An RTM_ROUTE_INFO as a client fills it.
struct RouteInfo {
    Name neighbour = 0;
    std::uint8_t flags1 = 0;
    std::uint16_t flags = 0;
    std::uint32_t metric = 0;
    std::uint32_t preference = 0;
    ViewSet views = 0;
    std::uintptr_t specific = 0;
    std::vector<Name> next_hops;
};

/// The contents that `info` means for a route of `me`, `former` if that is there already. Adds what
/// is wrong with it.
Contents contents_of(Verdict& verdict, const World& world, const Entity& me, const RouteInfo& info,
                     const Route* former);
bool uses(const Contents& contents, const NextHop& hop);
std::uint32_t default_preference(std::uint32_t protocol);

struct AddingRoute {
    std::optional<Name> handle; // what the pointer points at
    std::optional<Address> address;
    std::optional<RouteInfo> info;
    std::uint32_t time_to_live = forever;
    Name list = 0;
    std::optional<std::uint32_t> flags;
};

struct AddedRoute {
    Verdict verdict;
    Route* route = nullptr;
    bool handed_out = false;
    std::uint32_t flags = 0;
};

AddedRoute add_route(World& world, Name registration, const AddingRoute& adding);

struct DeletedRoute {
    Verdict verdict;
    std::uint32_t flags = 0;
};

DeletedRoute delete_route(World& world, Name registration, Name handle, bool has_flags);

struct FoundRoute {
    Verdict verdict;
    Route* route = nullptr;
};

/// RtmGetRouteInfo.
FoundRoute route_info(World& world, Name registration, Name handle, bool wants_info);

/// The handles in an RTM_ROUTE_INFO.
struct RouteHandles {
    Name destination = 0;
    Name owner = 0;
    Name neighbour = 0;
    std::vector<Name> next_hops;
};

Verdict release_route_info(World& world, Name registration,
                           const std::optional<RouteHandles>& handles);

/// RtmGetRoutePointer.
FoundRoute route_pointer(World& world, Name registration, Name handle, bool wants_pointer);

struct BestIn {
    Verdict verdict;
    ViewSet views = 0;
};

BestIn is_best_route(World& world, Name registration, Name handle, bool wants_views);

// ---- for the rest of the model ----

/// References for all that an RTM_ROUTE_INFO shows of a route.
void hand_out_info(Route& route);

/// Takes a live route out of the table, or into hold-down. True if the best route of a view is
/// another one now.
bool remove_route(World& world, Route& route);

/// Gives a live route new contents. Returns RTM_ROUTE_CHANGE_BEST or 0. References to next hops
/// are as they must be already.
std::uint32_t commit(World& world, Route& route, const Contents& contents);

void set_timer(World& world, Route& route, std::uint32_t time_to_live);

/// The live route that the caller owns, of a handle.
Route* find_own_route(Verdict& verdict, const World& world, const Entity& me, Name handle);

} // namespace model
