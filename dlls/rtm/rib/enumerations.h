// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Enumerations: walks in order that go on where they were, while the table changes.
//
// A walk over prefixes keeps the last prefix it has been at, so it needs no hold of the table,
// and what is there all the time is met exactly once. Routes of one destination may be ranked
// anew meanwhile: those that do not fit into a batch are kept, referred to, for the next.

#pragma once

#include "chain.h"
#include "next_hops.h"
#include "prefix.h"
#include "references.h"
#include "route_lists.h"

#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace rtm
{

/// Where a walk begins and ends.
struct EnumRange {
    Prefix start{};
    bool within = false; ///< only what `start` covers
};

/// Which routes are wanted: match::* and what to compare with.
struct RouteCriteria {
    std::uint32_t flags = 0;
    Handle owner = 0;
    Handle neighbour = 0;
    PrefInfo pref{};
    Handle next_hop = 0; ///< 0: routes without next hops
    std::uint32_t interface_index = 0;

    /// Copies from what a client gives.
    static RouteCriteria from(std::uint32_t flags, const RouteInfo* info,
                              std::uint32_t interface_index) noexcept;

    bool matches(const Routes& routes, const NextHops& next_hops,
                 const Route& route) const noexcept;
};

struct DestQuery {
    ViewSet views = 0; ///< 0: every destination that exists
    bool own = false;  ///< the caller owns the best route in one of the views
    std::uint32_t protocol = best_protocol;
    EnumRange range;
};

struct RouteQuery {
    ViewSet views = 0; ///< 0: all, and held ones too
    bool own = false;
    EnumRange range;
    RouteCriteria criteria;
};

class Enumeration : public ChainLink<Enumeration>
{
    friend class Enumerations;

public:
    static constexpr Kind kind = Kind::enumeration;
    static constexpr std::size_t slab_size = 32;

    enum class Subject { destinations, routes, next_hops, list };

    Enumeration(Handle h, Entity& o, Subject s) noexcept : handle(h), owner(o), subject(s) {}

    const Handle handle;
    Entity& owner;
    const Subject subject;
    ViewSet views = 0;
    std::uint32_t protocol = best_protocol;

private:
    struct Position {
        Prefix at;
        bool inclusive = true;
        bool at_end = false;
    };

    std::mutex mutex_; // of the walk; taken before the writing lock
    bool closed_ = false;
    bool own_ = false;
    EnumRange range_;
    Position position_;
    RouteCriteria criteria_;
    Destination* only_ = nullptr;                 // referred to
    std::vector<Route*, Allocator<Route*>> kept_; // referred to, in reverse order
    std::optional<NextHopKey> last_next_hop_;
    ListCursor cursor_;
};

class Enumerations
{
public:
    Enumerations(Site& site, Destinations& destinations, Routes& routes, NextHops& next_hops,
                 Pool<Enumeration>& enumerations) noexcept
        : site_(site), destinations_(destinations), routes_(routes), next_hops_(next_hops),
          enumerations_(enumerations)
    {
    }

    // These make an enumeration. Status::invalid_handle if the owner is leaving. All throw
    // std::bad_alloc.

    Status begin_destinations(Entity& owner, const DestQuery& query, Handle& handle);
    /// `only` is null, or the destination whose routes are wanted.
    Status begin_routes(Entity& owner, Destination* only, const RouteQuery& query, Handle& handle);
    Status begin_next_hops(Entity& owner, const EnumRange& range, Handle& handle);
    Status begin_list(Entity& owner, RouteList& list, Handle& handle);

    // These fetch the next, at most as many as there is room for, referred to. 0 at the end.

    std::size_t next(Enumeration& enumeration, std::span<Destination*> out) noexcept;
    /// Throws std::bad_alloc, and then is where it was.
    std::size_t next(Enumeration& enumeration, std::span<Route*> out);
    std::size_t next(Enumeration& enumeration, std::span<NextHop*> out) noexcept;
    std::size_t next_in_list(Enumeration& enumeration, std::span<Route*> out) noexcept;

    /// False if it has been ended.
    bool end(Enumeration& enumeration) noexcept;
    void end_all(Entity& owner) noexcept;

    /// The best ranked live route of a destination in one of `views` (0: any) that fits,
    /// referred to.
    Route* find_route(const Destination& destination, ViewSet views,
                      const RouteCriteria& criteria) noexcept;

private:
    using FoundRoutes = std::vector<Route*, Allocator<Route*>>;

    Enumeration& make(Entity& owner, Enumeration::Subject subject);
    Status publish(Enumeration& made, Handle& handle) noexcept;
    template <class Visit> void walk(Enumeration& enumeration, Visit visit);
    bool is_wanted(const Enumeration& enumeration, const Destination& destination) const noexcept;
    bool is_wanted(const Enumeration& enumeration, const Route& route) const noexcept;
    void find_routes(const Enumeration& enumeration, const Destination& destination,
                     FoundRoutes& found) const;
    template <class Visit>
    void for_each_route(const Destination& destination, std::uint32_t version, Visit visit) const;
    std::size_t take_kept(Enumeration& enumeration, std::span<Route*> out) noexcept;

    Site& site_;
    Destinations& destinations_;
    Routes& routes_;
    NextHops& next_hops_;
    Pool<Enumeration>& enumerations_;
};

} // namespace rtm
