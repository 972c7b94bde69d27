// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "reports.h"

#include "fields.h"

#include <thread>

namespace rtm
{

namespace
{

// Between two looks at something that is just being changed.
void wait_a_little(unsigned tries) noexcept
{
    if (tries > 64)
        std::this_thread::yield();
}

template <class Visit> void for_each_view(ViewSet views, Visit visit)
{
    for (unsigned view = 0; view < view_count; ++view)
        if ((views >> view & 1) != 0)
            visit(view);
}

} // namespace

// ---- destinations

Reports::ViewState Reports::best_of_protocol(const Destination& destination, unsigned view,
                                             std::uint32_t protocol,
                                             std::uint32_t version) const noexcept
{
    ViewState state;
    Place place = destination.first_route.load(std::memory_order_acquire);
    // A route that is moved could lead round in a circle.
    while (place != 0 && destination.version.load(std::memory_order_acquire) == version) {
        const Route& route = routes_.at(place);
        if ((route.views.load(std::memory_order_acquire) >> view & 1) != 0 &&
            routes_.owner(route).id.protocol == protocol && ++state.routes == 1)
            state.route = place;
        place = route.next.load(std::memory_order_acquire);
    }
    // Of equals the one that is best at present need not be the first.
    const Place best = destination.best[view].load(std::memory_order_acquire);
    if (best != 0 && routes_.owner(routes_.at(best)).id.protocol == protocol)
        state.route = best;
    return state;
}

/// False if it was changed meanwhile.
bool Reports::read(const Destination& destination, const Viewpoint& from,
                   State& state) const noexcept
{
    const std::uint32_t version = destination.version.load(std::memory_order_acquire);
    if (version % 2 != 0)
        return false;
    for_each_view(from.views, [&](unsigned view) {
        ViewState& its = state.views[view];
        if (from.protocol == best_protocol) {
            its.route = destination.best[view].load(std::memory_order_acquire);
            its.routes = destination.routes[view].load(std::memory_order_acquire);
        } else {
            its = best_of_protocol(destination, view, from.protocol, version);
        }
        its.hold = destinations_.held_route(destination, view);
    });
    state.belongs_to = destination.belongs_to();
    state.last_changed = {destination.changed_low.load(std::memory_order_acquire),
                          destination.changed_high.load(std::memory_order_acquire)};
    std::atomic_thread_fence(std::memory_order_acquire);
    return destination.version.load(std::memory_order_relaxed) == version;
}

/// Refers to all routes of a state. False, and nothing done, if one has ended meanwhile.
bool Reports::refer(const State& state, ViewSet views) noexcept
{
    std::array<Route*, 2 * view_count> referred;
    std::size_t count = 0;
    bool good = true;
    for_each_view(views, [&](unsigned view) {
        for (Place place : {state.views[view].route, state.views[view].hold}) {
            if (place == 0 || !good)
                continue;
            Route& route = routes_.at(place);
            good = route.references.try_add();
            if (good)
                referred[count++] = &route;
        }
    });
    if (!good)
        while (count-- != 0)
            routes_.release(*referred[count]);
    return good;
}

void Reports::write_view(Entity& client, const ViewState& state, unsigned view,
                         ViewInfo& out) noexcept
{
    out.view = static_cast<std::int32_t>(view);
    out.routes = state.routes;
    out.route = out.owner = out.hold = 0;
    out.flags = 0;
    if (state.route != 0) {
        const Route& route = routes_.at(state.route);
        Entity& owner = routes_.owner(route);
        out.route = route.handle();
        out.flags = read_field(route.info.flags);
        if (members_.refer(owner)) {
            out.owner = owner.handle;
            client.held.add(Kind::entity, 1);
        }
    }
    if (state.hold != 0)
        out.hold = routes_.at(state.hold).handle();
    client.held.add(Kind::route, (state.route != 0) + (state.hold != 0));
}

void Reports::describe(Entity& client, Destination& destination, const Viewpoint& from,
                       DestInfo& out) noexcept
{
    State state;
    for (unsigned tries = 0; !read(destination, from, state) || !refer(state, from.views); ++tries)
        wait_a_little(tries);
    client.held.add(Kind::destination, 1);
    out.destination = destination.handle();
    write_prefix(site_.family, destination.prefix(site_.family), out.address);
    out.last_changed = state.last_changed;
    out.views = state.belongs_to;
    out.view_count = 0;
    for_each_view(from.views, [&](unsigned view) {
        write_view(client, state.views[view], view, out.view[out.view_count]);
        ++out.view_count;
    });
}

bool Reports::release(Entity& client, const DestInfo* infos, std::size_t count,
                      std::size_t stride) noexcept
{
    return references_.release(client, [&](auto take) {
        for (std::size_t i = 0; i < count; ++i) {
            const auto& info = *reinterpret_cast<const DestInfo*>(
                reinterpret_cast<const char*>(infos) + i * stride);
            // With more views than there are it is none of ours, nor need it be as long.
            const bool is_ours = info.view_count <= view_count;
            if (!take(is_ours ? info.destination : 0, Kind::destination))
                return;
            for (std::uint32_t v = 0; v < info.view_count; ++v) {
                const ViewInfo& view = info.view[v];
                if ((view.route != 0 && !take(view.route, Kind::route)) ||
                    (view.hold != 0 && !take(view.hold, Kind::route)) ||
                    (view.owner != 0 && !take(view.owner, Kind::entity)))
                    return;
            }
        }
    });
}

// ---- routes

/// False if it was changed meanwhile.
bool Reports::read(const Route& route, RouteInfo& out) const noexcept
{
    const std::uint16_t version = route.version.load(std::memory_order_acquire);
    if (version % 2 != 0)
        return false;
    const RouteInfo& live = route.info;
    out.neighbour = read_field(live.neighbour);
    out.state = read_field(live.state);
    out.flags1 = read_field(live.flags1);
    out.flags = read_field(live.flags);
    out.pref.metric = read_field(live.pref.metric);
    out.pref.preference = read_field(live.pref.preference);
    out.views = read_field(live.views);
    out.entity_specific = read_field(live.entity_specific);
    const auto next_hops = next_hops_of(live, routes_.most_next_hops());
    out.next_hop_count = static_cast<std::uint16_t>(next_hops.size());
    for (std::size_t i = 0; i < next_hops.size(); ++i)
        out.next_hops[i] = read_field(next_hops[i]);
    std::atomic_thread_fence(std::memory_order_acquire);
    return route.version.load(std::memory_order_relaxed) == version;
}

void Reports::copy(const Route& route, RouteInfo& out) const noexcept
{
    for (unsigned tries = 0; !read(route, out); ++tries)
        wait_a_little(tries);
}

void Reports::describe(Entity& client, Route& route, RouteInfo* out,
                       NetAddress* destination) noexcept
{
    Destination& its = routes_.destination(route);
    if (destination)
        write_prefix(site_.family, its.prefix(site_.family), *destination);
    if (!out)
        return;
    copy(route, *out);
    // A client that has miscounted may have ended a next hop under its route.
    int next_hops = 0;
    if (out->neighbour != 0 && !next_hops_.refer(out->neighbour))
        out->neighbour = 0;
    next_hops += out->neighbour != 0;
    std::uint16_t kept = 0;
    for (std::uint16_t i = 0; i < out->next_hop_count; ++i)
        if (next_hops_.refer(out->next_hops[i]))
            out->next_hops[kept++] = out->next_hops[i];
    out->next_hop_count = kept;
    client.held.add(Kind::next_hop, next_hops + kept);
    Entity& owner = routes_.owner(route);
    out->owner = members_.refer(owner) ? owner.handle : 0;
    client.held.add(Kind::entity, out->owner != 0);
    out->destination = its.references.try_add() ? its.handle() : 0;
    client.held.add(Kind::destination, out->destination != 0);
}

bool Reports::release(Entity& client, const RouteInfo& info) noexcept
{
    return references_.release(client, [&](auto take) {
        if ((info.destination != 0 && !take(info.destination, Kind::destination)) ||
            (info.owner != 0 && !take(info.owner, Kind::entity)) ||
            (info.neighbour != 0 && !take(info.neighbour, Kind::next_hop)))
            return;
        for (Handle next_hop : next_hops_of(info, routes_.most_next_hops()))
            if (!take(next_hop, Kind::next_hop))
                return;
    });
}

// ---- next hops

void Reports::describe(Entity& client, const NextHop& next_hop, NextHopInfo& out) noexcept
{
    next_hops_.read(next_hop, out);
    client.held.add(Kind::destination, out.remote != 0);
    Entity& owner = site_.entities.at(next_hop.owner);
    out.owner = members_.refer(owner) ? owner.handle : 0;
    client.held.add(Kind::entity, out.owner != 0);
}

bool Reports::release(Entity& client, const NextHopInfo& info) noexcept
{
    return references_.release(client, [&](auto take) {
        if (info.owner != 0 && !take(info.owner, Kind::entity))
            return;
        if (info.remote != 0)
            take(info.remote, Kind::destination);
    });
}

} // namespace rtm
