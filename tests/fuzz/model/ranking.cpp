// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "ranking.h"

#include <algorithm>
#include <tuple>

namespace model
{

namespace
{

using Rank = std::tuple<std::uint32_t, std::uint32_t>; // lower is better

Rank rank_of(const Contents& contents)
{
    return {contents.preference, contents.metric};
}

Rank rank_of(const Route* route)
{
    return rank_of(route->contents);
}

bool is_of(const Route& route, std::uint32_t protocol)
{
    return protocol == 0 || route.owner.id.protocol == protocol;
}

} // namespace

void rank_new(Route& route)
{
    auto& routes = route.destination.routes;
    auto behind = std::find_if(routes.begin(), routes.end(),
                               [&](Route* r) { return rank_of(r) > rank_of(&route); });
    routes.insert(behind, &route);
}

void rank_again(Route& route, const Contents& before)
{
    if (rank_of(&route) == rank_of(before))
        return;
    auto& routes = route.destination.routes;
    take_out_of_ranking(route);
    if (rank_of(&route) < rank_of(before)) {
        rank_new(route);
        return;
    }
    auto first_equal = std::find_if(routes.begin(), routes.end(),
                                    [&](Route* r) { return rank_of(r) >= rank_of(&route); });
    routes.insert(first_equal, &route);
}

void take_out_of_ranking(Route& route)
{
    std::erase(route.destination.routes, &route);
}

bool is_in(const Route& route, unsigned view)
{
    return (route.contents.views >> view & 1) != 0;
}

Route* first_in_view(const Destination& destination, unsigned view, std::uint32_t protocol)
{
    for (Route* route : destination.routes)
        if (is_in(*route, view) && is_of(*route, protocol))
            return route;
    return nullptr;
}

void choose_best(Destination& destination)
{
    for (unsigned view = 0; view < view_count; ++view) {
        Route* first = first_in_view(destination, view, 0);
        Route*& best = destination.best[view];
        const bool stays = best && best->state == RouteState::live && is_in(*best, view) &&
                           rank_of(best) == rank_of(first);
        if (!stays)
            best = first;
    }
}

unsigned count_in_view(const Destination& destination, unsigned view, std::uint32_t protocol)
{
    return static_cast<unsigned>(
        std::count_if(destination.routes.begin(), destination.routes.end(), [&](Route* route) {
            return is_in(*route, view) && is_of(*route, protocol);
        }));
}

ViewSet views_of(const Destination& destination)
{
    ViewSet views = 0;
    for (const Route* route : destination.routes)
        views |= route->contents.views;
    return views;
}

} // namespace model
