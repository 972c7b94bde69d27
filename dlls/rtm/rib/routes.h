// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// All routes of a table: added, changed, deleted, ranked.
//
// A destination's routes are linked in the order of their rank; in each view the best is chosen
// by Ranking. Every change of a route goes through commit(), which re-ranks it, chooses anew, and
// notes for whom the destination has changed.

#pragma once

#include "best_route_watcher.h"
#include "changes.h"
#include "client_locks.h"
#include "destinations.h"
#include "entity.h"
#include "next_hops.h"
#include "ranking.h"
#include "route.h"
#include "route_contents.h"
#include "route_lists.h"
#include "route_locks.h"
#include "schedule.h"
#include "site.h"
#include "status.h"

#include <span>

namespace rtm
{

class HoldDown;

/// What RtmAddRouteToDest and RtmUpdateAndUnlockRoute say beside the route.
struct RouteTerms {
    std::uint32_t time_to_live = forever;     ///< ms
    RouteList* list = nullptr;                ///< to move it to; null leaves it where it is
    BestRouteWatcher::Cause* cause = nullptr; ///< for the watcher
};

class Routes
{
public:
    Routes(Site& site, Destinations& destinations, NextHops& next_hops, Changes& changes,
           Schedule& schedule, HoldDown& hold_down, ClientLocks& locks,
           RouteLocks& route_locks) noexcept;

    // Inside a read section.

    Route* find(Handle handle) const noexcept { return pool_.find(handle); }
    Route& at(Place place) const noexcept { return pool_.at(place); }
    bool is_owner(const Entity& entity, const Route& route) const noexcept;
    Entity& owner(const Route& route) const noexcept { return site_.entities.at(route.owner); }
    Destination& destination(const Route& route) const noexcept
    {
        return destinations_.at(route.destination);
    }
    unsigned most_next_hops() const noexcept { return site_.limits.next_hops_in_route; }

    /// A reference has been reserved to be taken off. Takes the writing lock for the last.
    void after_release(Route& route) noexcept;

    /// Takes off a reference that the caller has.
    void release(Route& route) noexcept
    {
        if (route.references.reserve())
            after_release(route);
    }

    /// Views in which it is its destination's best.
    ViewSet best_in(const Route& route) const noexcept;

    /// A route as it is at one time.
    RouteSight see(const Route& route) const noexcept;

    /// How many destinations have routes in a view.
    std::uint32_t destinations_in(unsigned view) const noexcept
    {
        return destinations_in_[view].load(std::memory_order_relaxed);
    }

    // These take the writing lock. Status::busy and the destination in `locked`: another thread's
    // lock keeps this one out; nothing has changed.

    /// Finds or makes the route of `owner` that `prefix`, `info` and `change` mean, and replaces
    /// its contents. Hands out its handle with a reference if `handle` is there. `change` says in
    /// the end what has happened. Throws std::bad_alloc or ResourceExhausted (as do the next two),
    /// and then nothing has.
    Status add(Entity& owner, const Prefix& prefix, const RouteInfo& info, const RouteTerms& terms,
               std::uint32_t& change, Handle* handle, Handle& locked);

    /// Replaces the contents of a route.
    Status update(Entity& owner, Route& route, const RouteInfo& info, const RouteTerms& terms,
                  std::uint32_t& change, Handle& locked);

    /// The owner is going to edit a route in place, under its lock; it has done so, and has no
    /// lock any more. The former throws std::bad_alloc.
    void begin_edits(Route& route);
    void end_edits(Route& route) noexcept;

    /// Takes up what the owner has edited in place. The caller holds the destination's lock.
    Status update_in_place(Entity& owner, Route& route, const RouteTerms& terms,
                           const RouteContents& before, std::uint32_t& change);

    /// The owner unlocks a route that was `before` without committing what it has edited.
    void note_edits(Route& route, const RouteContents& before) noexcept;

    /// Deletes a route, and takes a reference off if `drop_reference` and one was handed out.
    Status remove(Entity& owner, Route& route, bool drop_reference, std::uint32_t& change,
                  Handle& locked, BestRouteWatcher::Cause* cause = nullptr) noexcept;

    /// Deletes all routes of an entity, a few at a time.
    void remove_all(Entity& owner) noexcept;

    /// The owner wants an expired route deleted, which it was told of.
    void remove_expired(Route& route) noexcept;

    // While writing.

    /// The time to live of a route is over.
    void expire(RouteExtras& route) noexcept;

    /// As release(), and from hold-down.
    void release_while_writing(Route& route) noexcept;
    void release_from_hold(Route& route) noexcept;

    /// Throws std::bad_alloc, and then changes nothing.
    RouteExtras& make_extras(Route& route);
    RouteExtras* extras(const Route& route) const noexcept
    {
        return extras_.at_or_null(route.extras);
    }

    Route* find_own(const Entity& owner, const Destination& destination, Handle neighbour,
                    bool any_neighbour) const noexcept;

private:
    class WatchedChange;

    // What a route leads over already.
    struct FormerHops {
        Handle neighbour = 0;
        std::span<const Handle> next_hops;
    };

    FormerHops hops_of(const Route& route) const noexcept;
    Status check(const Entity& owner, const RouteInfo& info, ViewSet views,
                 const FormerHops& former) const noexcept;
    Status check_next_hop(const Entity& owner, Handle next_hop,
                          const FormerHops& former) const noexcept;
    PrefInfo effective_pref(const Entity& owner, const RouteInfo& info) const noexcept;
    Route& make(Entity& owner, Destination& destination, const RouteTerms& terms);
    void begin(Entity& owner, Destination& destination, Route& route) noexcept;
    std::uint32_t replace_contents(Entity& owner, Route& route, const RouteInfo& info,
                                   ViewSet views, const RouteTerms& terms);
    void set_contents(Route& route, const RouteInfo& info, ViewSet views,
                      const PrefInfo& pref) noexcept;
    void set_state(Route& route, std::uint8_t state) noexcept;
    const Route* best_unicast(const Destination& destination) const noexcept;
    void see_former(const RouteContents& contents, RouteSight& sight) const noexcept;
    void prepare_watcher() const;
    void see_next_hop(Handle next_hop, RouteSight& sight) const noexcept;
    RouteExtras* extras_for(Route& route, const RouteTerms& terms);
    void set_terms(Entity& owner, Route& route, const RouteTerms& terms) noexcept;
    void stop_timer(Route& route) noexcept;
    std::uint32_t commit(Route& route, ViewSet views, const PrefInfo& former, const PrefInfo& pref,
                         ContentsChange what) noexcept;
    std::uint32_t rank(Destination& destination, Route& route, ViewSet views,
                       const PrefInfo& former, const PrefInfo& pref, const ContentsChange& what,
                       ChangeTypes& types) noexcept;
    void count_destination(unsigned view, bool was_in, bool is_in) noexcept;
    std::uint32_t remove_while_writing(Route& route,
                                       BestRouteWatcher::Cause* cause = nullptr) noexcept;
    void link_own(Entity& owner, Route& route) noexcept;
    void unlink_own(Route& route) noexcept;
    void release_next_hops(const RouteInfo& info) noexcept;
    void end(Route& route) noexcept;

    Site& site_;
    Destinations& destinations_;
    NextHops& next_hops_;
    Changes& changes_;
    Schedule& schedule_;
    HoldDown& hold_down_;
    ClientLocks& locks_;
    RouteLocks& route_locks_;
    CompactPool<Route> pool_;
    CompactPool<RouteExtras> extras_;
    Ranking ranking_;
    std::array<std::atomic<std::uint32_t>, view_count> destinations_in_{};
};

} // namespace rtm
