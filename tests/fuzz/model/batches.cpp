// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "batches.h"
#include "references.h"

#include <algorithm>

namespace model
{

namespace
{

bool owns_a_best_route(const Entity& me, const Destination& destination, ViewSet views)
{
    for (unsigned view = 0; view < view_count; ++view) {
        const Route* best = destination.best[view];
        if ((views == 0 || (views >> view & 1) != 0) && best && &best->owner == &me)
            return true;
    }
    return false;
}

bool selects(const DestinationEnum& enumeration, const Destination& destination)
{
    return enumeration.extent.has(destination.prefix) &&
           is_visible(destination, enumeration.views) &&
           (!enumeration.own ||
            owns_a_best_route(enumeration.owner, destination, enumeration.views));
}

bool selects(const RouteEnum& enumeration, const Route& route)
{
    const bool in_views =
        enumeration.views == 0 ||
        (route.state == RouteState::live && (route.contents.views & enumeration.views) != 0);
    return in_views && (!enumeration.own || &route.owner == &enumeration.owner) &&
           matches(route, enumeration.criteria);
}

/// The routes that an enumeration selects of one destination: live ones by rank, then held ones.
std::vector<Route*> selected_of(const RouteEnum& enumeration, const Destination& destination)
{
    std::vector<Route*> candidates = destination.routes;
    for (Route* held : destination.held)
        if (held && std::find(candidates.begin(), candidates.end(), held) == candidates.end())
            candidates.push_back(held);
    std::erase_if(candidates, [&](Route* route) { return !selects(enumeration, *route); });
    return candidates;
}

/// The first destination that an enumeration has not been at yet.
template <class Enum> Destination* following(const Enum& enumeration)
{
    if (enumeration.at_end)
        return nullptr;
    for (const auto& [prefix, destination] : enumeration.table.destinations)
        if (enumeration.extent.has(prefix) && (!enumeration.last || prefix > *enumeration.last))
            return destination;
    return nullptr;
}

Destination* following_of(const RouteEnum& enumeration)
{
    if (!enumeration.only)
        return following(enumeration);
    return enumeration.at_end ? nullptr : enumeration.only;
}

/// Delivers routes that were kept, but for those that have been deleted since. Held ones are seen
/// without views only.
void take_kept(RouteEnum& enumeration, std::vector<Route*>& items, unsigned capacity)
{
    while (items.size() < capacity && !enumeration.kept.empty()) {
        Route* route = enumeration.kept.front();
        enumeration.kept.pop_front();
        const bool is_held = route->state == RouteState::held && enumeration.views == 0;
        if (route->state == RouteState::live || is_held)
            items.push_back(route);
        else
            give_back(route);
    }
}

void keep_routes(RouteEnum& enumeration, const Destination& destination)
{
    for (Route* route : selected_of(enumeration, destination)) {
        hand_out(route);
        enumeration.kept.push_back(route);
    }
    enumeration.last = destination.prefix;
    enumeration.at_end = enumeration.only != nullptr;
}

} // namespace

Batch<DestinationInfo> get_destinations(World& world, Name registration, Name handle,
                                        std::optional<unsigned> capacity, bool has_array)
{
    Batch<DestinationInfo> batch;
    auto* enumeration =
        begin_batch<DestinationEnum>(batch, world, registration, handle, capacity, has_array);
    if (!enumeration)
        return batch;
    Destination* destination = following(*enumeration);
    for (; destination && batch.items.size() < *capacity; destination = following(*enumeration)) {
        enumeration->last = destination->prefix;
        if (!selects(*enumeration, *destination))
            continue;
        batch.items.push_back(
            describe(*destination, enumeration->owner, enumeration->protocol, enumeration->views));
        hand_out_info(batch.items.back());
    }
    enumeration->at_end = !destination;
    end_batch(batch);
    return batch;
}

Batch<NextHop*> get_next_hops(World& world, Name registration, Name handle,
                              std::optional<unsigned> capacity, bool has_array)
{
    Batch<NextHop*> batch;
    auto* enumeration =
        begin_batch<NextHopEnum>(batch, world, registration, handle, capacity, has_array);
    if (!enumeration)
        return batch;
    for (auto& [key, hop] : enumeration->owner.next_hops)
        if (!enumeration->at_end && batch.items.size() < *capacity &&
            enumeration->extent.has(key.address) &&
            (!enumeration->last || key > *enumeration->last)) {
            batch.items.push_back(hop);
            hand_out(hop);
        }
    if (!batch.items.empty())
        enumeration->last = batch.items.back()->key;
    enumeration->at_end = batch.items.size() < *capacity;
    end_batch(batch);
    return batch;
}

Batch<Route*> get_list_routes(World& world, Name registration, Name handle,
                              std::optional<unsigned> capacity, bool has_array)
{
    Batch<Route*> batch;
    auto* enumeration =
        begin_batch<ListEnum>(batch, world, registration, handle, capacity, has_array);
    if (!enumeration || !enumeration->list)
        return batch;
    for (auto& [place, route] : enumeration->list->routes)
        if (batch.items.size() < *capacity && place > enumeration->last) {
            batch.items.push_back(route);
            hand_out(route);
        }
    if (!batch.items.empty())
        enumeration->last = batch.items.back()->list_place;
    return batch;
}

Batch<Route*> get_routes(World& world, Name registration, Name handle,
                         std::optional<unsigned> capacity, bool has_array)
{
    Batch<Route*> batch;
    auto* enumeration =
        begin_batch<RouteEnum>(batch, world, registration, handle, capacity, has_array);
    if (!enumeration)
        return batch;
    take_kept(*enumeration, batch.items, *capacity);
    Destination* destination = following_of(*enumeration);
    while (destination && batch.items.size() < *capacity) {
        keep_routes(*enumeration, *destination);
        take_kept(*enumeration, batch.items, *capacity);
        destination = following_of(*enumeration);
    }
    enumeration->at_end = !destination;
    world.sweep();
    end_batch(batch);
    return batch;
}

} // namespace model
