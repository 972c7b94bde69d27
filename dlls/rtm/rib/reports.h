// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What clients are told of destinations, routes and next hops, in their structures; and the
// references that come with it.
//
// All calls inside a read section, without a lock: each report is of one state of its object.

#pragma once

#include "entity.h"
#include "references.h"

namespace rtm
{

/// Whose routes a client wants to see, in which views.
struct Viewpoint {
    std::uint32_t protocol = best_protocol; ///< never this_protocol
    ViewSet views = 0;                      ///< for each an entry; supported ones only
};

class Reports
{
public:
    Reports(Site& site, Members& members, Destinations& destinations, Routes& routes,
            NextHops& next_hops, References& references) noexcept
        : site_(site), members_(members), destinations_(destinations), routes_(routes),
          next_hops_(next_hops), references_(references)
    {
    }

    /// Describes a destination that the caller has referred to, with an entry for each view
    /// asked for. The reference goes to the client, as do those to what is named in it.
    void describe(Entity& client, Destination& destination, const Viewpoint& from,
                  DestInfo& out) noexcept;

    /// Describes a route, and refers to what is named in it. Either may be null. Writes no next
    /// hop that the route does not have.
    void describe(Entity& client, Route& route, RouteInfo* out, NetAddress* destination) noexcept;

    void describe(Entity& client, const NextHop& next_hop, NextHopInfo& out) noexcept;

    /// What a route is, without references; `owner` and `destination` are left out. Needs room
    /// for as many next hops as the table allows.
    void copy(const Route& route, RouteInfo& out) const noexcept;

    /// Gives back what came with several of them, `stride` bytes apart. False, and nothing done,
    /// if one of the handles is not right.
    bool release(Entity& client, const DestInfo* infos, std::size_t count,
                 std::size_t stride) noexcept;
    bool release(Entity& client, const RouteInfo& info) noexcept;
    bool release(Entity& client, const NextHopInfo& info) noexcept;

private:
    struct ViewState {
        Place route = 0;
        Place hold = 0;
        std::uint32_t routes = 0;
    };

    struct State {
        std::array<ViewState, view_count> views;
        ViewSet belongs_to = 0;
        FileTime last_changed{};
    };

    bool read(const Destination& destination, const Viewpoint& from, State& state) const noexcept;
    ViewState best_of_protocol(const Destination& destination, unsigned view,
                               std::uint32_t protocol, std::uint32_t version) const noexcept;
    bool refer(const State& state, ViewSet views) noexcept;
    void write_view(Entity& client, const ViewState& state, unsigned view, ViewInfo& out) noexcept;
    bool read(const Route& route, RouteInfo& out) const noexcept;

    Site& site_;
    Members& members_;
    Destinations& destinations_;
    Routes& routes_;
    NextHops& next_hops_;
    References& references_;
};

} // namespace rtm
