// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A table of RTMv1, as plain as possible: a list of routes, searched through.

#pragma once

#include "v1_world.h"

#include "protocols.h"

#include <algorithm>
#include <list>
#include <optional>
#include <vector>

namespace rtm::v1
{

inline constexpr std::uint8_t networks = 6;

template <class Family> struct ModelRoute {
    typename Family::Route route;
    std::uint64_t dies = 0; // 0: never
    std::int64_t since = 0; // order among equals
    bool is_best = false;
};

template <class Family> struct ModelMessage {
    std::uint32_t flags;
    std::uint32_t network;
    std::uint32_t previous;
    std::uint32_t current;

    bool operator==(const ModelMessage&) const = default;
};

inline std::uint32_t network_number(const IpRoute& route)
{
    return std::bit_cast<std::array<std::uint8_t, 4>>(route.network.number)[1];
}
inline std::uint32_t network_number(const IpxRoute& route)
{
    return route.network;
}

inline std::uint64_t rank_of(const IpRoute& route)
{
    return std::uint64_t(default_preference(route.protocol)) << 32 | route.data.metric;
}
inline std::uint64_t rank_of(const IpxRoute& route)
{
    return route.data.ticks;
}

template <class Family> ModelMessage<Family> message_of(const BestRouteChange<Family>& change)
{
    const bool is_there = (change.flags & change_flag::added) != 0;
    const bool was_there = (change.flags & change_flag::deleted) != 0;
    if (!is_there && !was_there)
        return {0, 0, 0, 0};
    return {change.flags, network_number(is_there ? change.current : change.previous),
            was_there ? metric_of(change.previous) : 0, is_there ? metric_of(change.current) : 0};
}

template <class Family> class Model
{
public:
    using Route = typename Family::Route;
    using Message = ModelMessage<Family>;
    using Key = typename Family::Key;

    Message add(const Route& route, bool single, std::uint64_t dies)
    {
        const std::optional<Route> before = best(network_number(route));
        auto found = find(route, single);
        if (found == routes_.end()) {
            routes_.push_back({route, dies, ++counter_, false});
        } else {
            const auto former = rank_of(found->route);
            // A route that gets worse goes before its new equals, in RTMv2's table.
            if (rank_of(route) > former && std::is_same_v<Family, Ip>)
                found->since = -++counter_;
            else if (rank_of(route) != former)
                found->since = ++counter_;
            found->route = route;
            found->dies = dies;
        }
        return finish(network_number(route), before);
    }

    std::optional<Message> remove(const Route& route, bool single)
    {
        const auto found = find(route, single);
        if (found == routes_.end())
            return std::nullopt;
        const std::optional<Route> before = best(network_number(route));
        const std::uint32_t network = network_number(found->route);
        routes_.erase(found);
        return finish(network, before);
    }

    /// Routes of a protocol, of that network or of any.
    std::vector<Route> routes_of(std::uint32_t protocol, std::optional<std::uint32_t> network)
    {
        std::vector<Route> all;
        for (const auto& one : routes_)
            if (one.route.protocol == protocol &&
                (!network || network_number(one.route) == *network))
                all.push_back(one.route);
        sort(all);
        return all;
    }

    /// Those whose time has come by then, in that order.
    std::vector<Route> dead(std::uint64_t now)
    {
        std::vector<ModelRoute<Family>> found;
        for (const auto& one : routes_)
            if (one.dies != 0 && one.dies <= now)
                found.push_back(one);
        std::stable_sort(found.begin(), found.end(),
                         [](const auto& a, const auto& b) { return a.dies < b.dies; });
        std::vector<Route> all;
        for (const auto& one : found)
            all.push_back(one.route);
        return all;
    }

    std::vector<Route> in_order()
    {
        std::vector<Route> all;
        for (const auto& one : routes_)
            all.push_back(one.route);
        sort(all);
        return all;
    }

    std::optional<Route> best(std::uint32_t network)
    {
        for (const auto& one : routes_)
            if (one.is_best && network_number(one.route) == network)
                return one.route;
        return std::nullopt;
    }

    std::size_t networks_with_routes()
    {
        return static_cast<std::size_t>(std::count_if(routes_.begin(), routes_.end(),
                                                      [](const auto& one) { return one.is_best; }));
    }

private:
    using Routes = std::list<ModelRoute<Family>>;

    static void sort(std::vector<Route>& all)
    {
        std::sort(all.begin(), all.end(), [](const Route& a, const Route& b) {
            return *key_of<Family>(a) < *key_of<Family>(b);
        });
    }

    typename Routes::iterator find(const Route& route, bool single)
    {
        return std::find_if(routes_.begin(), routes_.end(), [&](const auto& one) {
            if (single)
                return one.route.protocol == route.protocol &&
                       network_number(one.route) == network_number(route);
            return *key_of<Family>(one.route) == *key_of<Family>(route);
        });
    }

    Message finish(std::uint32_t network, const std::optional<Route>& before)
    {
        ModelRoute<Family>* best_now = nullptr;
        for (auto& one : routes_) {
            if (network_number(one.route) != network)
                continue;
            const auto is_ahead = [](const auto& a, const auto& b) {
                if (rank_of(a.route) != rank_of(b.route))
                    return rank_of(a.route) < rank_of(b.route);
                return a.is_best != b.is_best ? a.is_best : a.since < b.since;
            };
            if (!best_now || is_ahead(one, *best_now))
                best_now = &one;
        }
        for (auto& one : routes_)
            if (network_number(one.route) == network)
                one.is_best = &one == best_now;
        return message_of(v1::compare<Family>(before ? &*before : nullptr,
                                              best_now ? &best_now->route : nullptr));
    }

    Routes routes_;
    std::int64_t counter_ = 0;
};

} // namespace rtm::v1
