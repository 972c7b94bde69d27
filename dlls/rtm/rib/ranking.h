// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Which route is better, and which is best: the one place that decides it.
//
// Lower preference, then lower metric. Between equals the one that is best at present stays
// best; else the one that has been of that rank longest. So a route that becomes worse goes
// before its new equals, and one that is new or becomes better goes behind them.

#pragma once

#include "compact_pool.h"
#include "destination.h"
#include "faults.h"
#include "fields.h"
#include "route.h"

#include <map>

namespace rtm
{

class Ranking
{
public:
    explicit Ranking(const CompactPool<Route>& routes) noexcept : routes_(routes) {}

    static bool is_better(const PrefInfo& a, const PrefInfo& b) noexcept
    {
        return a.preference != b.preference ? a.preference < b.preference : a.metric < b.metric;
    }

    /// What a route is ranked by: what its owner has said last, but for edits in place.
    PrefInfo rank_of(const Route& route) const noexcept
    {
        if (route.is(Route::has_kept_rank))
            return kept_.find(route.place)->second;
        return {read_field(route.info.pref.metric), read_field(route.info.pref.preference)};
    }

    /// Its owner is going to edit it. Throws std::bad_alloc.
    void keep_rank(Route& route)
    {
        if (route.is(Route::has_kept_rank))
            return;
        kept_.emplace(route.place, rank_of(route));
        route.set(Route::has_kept_rank);
    }

    /// The owner has said something else; if the rank is not kept, in the route itself.
    void set_rank(const Route& route, const PrefInfo& rank) noexcept
    {
        if (route.is(Route::has_kept_rank))
            kept_.find(route.place)->second = rank;
    }

    /// The route says its rank again.
    void forget_rank(Route& route) noexcept
    {
        if (route.clear(Route::has_kept_rank))
            kept_.erase(route.place);
    }

    /// Links a route among its destination's. `was_better` than its equals, if it has been there.
    void link(Destination& destination, Route& route, bool was_better) const noexcept
    {
        const PrefInfo rank = rank_of(route);
        std::atomic<Place>* link = &destination.first_route;
        while (Route* other = routes_.at_or_null(link->load(std::memory_order_relaxed))) {
            const PrefInfo its_rank = rank_of(*other);
            if (is_better(rank, its_rank) || (was_better && !is_better(its_rank, rank)))
                break;
            link = &other->next;
        }
        route.next.store(link->load(std::memory_order_relaxed), std::memory_order_release);
        link->store(route.place, std::memory_order_release);
    }

    void unlink(Destination& destination, Route& route) const noexcept
    {
        std::atomic<Place>* link = &destination.first_route;
        while (link->load(std::memory_order_relaxed) != route.place)
            link = &routes_.at(link->load(std::memory_order_relaxed)).next;
        link->store(route.next.load(std::memory_order_relaxed), std::memory_order_seq_cst);
    }

    /// The best route of a view, given the present one; nullptr if the view has none.
    Route* choose_best(const Destination& destination, unsigned view) const noexcept
    {
        const auto belongs = [view](const Route& route) {
            return (route.views.load(std::memory_order_relaxed) >> view & 1) != 0;
        };
        Route* first = routes_.at_or_null(destination.first_route.load(std::memory_order_relaxed));
        while (first && !belongs(*first))
            first = routes_.at_or_null(first->next.load(std::memory_order_relaxed));
        Route* present = routes_.at_or_null(destination.best[view].load(std::memory_order_relaxed));
        const bool stays = first && present && present != first && belongs(*present) &&
                           rank_of(*present) == rank_of(*first);
        return stays ? present : first;
    }

private:
    const CompactPool<Route>& routes_;
    std::map<Place, PrefInfo, std::less<>, Allocator<std::pair<const Place, PrefInfo>>>
        kept_; // of routes that are being edited, or have edits that are not committed
};

} // namespace rtm
