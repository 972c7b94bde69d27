// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "destinations.h"
#include "ranking.h"
#include "references.h"

namespace model
{

namespace
{

ViewInfo describe_view(const Destination& destination, unsigned view, std::uint32_t protocol)
{
    ViewInfo info;
    info.view = view;
    info.routes = count_in_view(destination, view, protocol);
    info.route = destination.best[view];
    // Of the protocol's routes with the best rank, the one that is best for all comes first.
    if (protocol != best_protocol && info.route && info.route->owner.id.protocol != protocol)
        info.route = first_in_view(destination, view, protocol);
    info.hold = destination.held[view];
    return info;
}

/// The longest visible prefix that covers `prefix` and passes `accepts`.
template <class Accepts>
Destination* longest_cover(const Table& table, const Prefix& prefix, ViewSet views, Accepts accepts)
{
    Destination* longest = nullptr;
    for (const auto& [candidate, destination] : table.destinations)
        if (candidate.covers(prefix) && accepts(candidate) && is_visible(*destination, views) &&
            (!longest || candidate.length > longest->prefix.length))
            longest = destination;
    return longest;
}

void answer(AskedDestination& asked, Destination* found, const Entity& me, std::uint32_t protocol,
            ViewSet views)
{
    asked.verdict.refuse_if(!found, Code::not_found);
    if (!found)
        return;
    asked.info = describe(*found, me, protocol, views);
    hand_out_info(asked.info);
}

bool take(Releases& releases, const DestinationHandles& info)
{
    bool good = releases.take<Destination>(info.destination);
    for (const auto& view : info.views)
        good = good && releases.take_if_any<Route>(view.route) &&
               releases.take_if_any<Entity>(view.owner) && releases.take_if_any<Route>(view.hold);
    return good;
}

} // namespace

DestinationInfo describe(Destination& destination, const Entity& me, std::uint32_t protocol,
                         ViewSet views)
{
    if (protocol == this_protocol)
        protocol = me.id.protocol;
    DestinationInfo info;
    info.destination = &destination;
    info.belongs_to = views_of(destination);
    for (unsigned view = 0; view < view_count; ++view)
        if ((views >> view & 1) != 0)
            info.views.push_back(describe_view(destination, view, protocol));
    return info;
}

void hand_out_info(const DestinationInfo& info)
{
    hand_out(info.destination);
    for (const ViewInfo& view : info.views) {
        hand_out(view.route);
        hand_out(view.route ? &view.route->owner : nullptr);
        hand_out(view.hold);
    }
}

bool is_visible(const Destination& destination, ViewSet views)
{
    return views == 0 || (views_of(destination) & views) != 0;
}

AskedDestination destination_info(World& world, Name registration, Name handle,
                                  std::uint32_t protocol, ViewSet views, bool wants_info)
{
    AskedDestination asked;
    asked.verdict.refuse_if(!wants_info, Code::invalid_parameter);
    const Entity* me = world.caller(asked.verdict, registration);
    if (!me)
        return asked;
    auto* destination = world.find<Destination>(me->table, handle);
    asked.verdict.refuse_if(!destination, Code::invalid_handle);
    if (asked.verdict.fine())
        answer(asked, destination, *me, protocol, views);
    return asked;
}

AskedDestination find_destination(World& world, Name registration, Search search,
                                  const std::optional<Address>& address, std::uint32_t protocol,
                                  ViewSet views, bool wants_info)
{
    AskedDestination asked;
    asked.verdict.refuse_if(!wants_info || !address, Code::invalid_parameter);
    const Entity* me = world.caller(asked.verdict, registration);
    if (!me || !address)
        return asked;
    auto prefix = prefix_of(*address, me->table.family);
    asked.verdict.refuse_if(!prefix, Code::invalid_parameter);
    if (!asked.verdict.fine())
        return asked;
    Destination* found = longest_cover(me->table, *prefix, views, [&](const Prefix& candidate) {
        return search == Search::most_specific || candidate == *prefix;
    });
    answer(asked, found, *me, protocol, views);
    return asked;
}

AskedDestination less_specific(World& world, Name registration, Name handle, std::uint32_t protocol,
                               ViewSet views, bool wants_info)
{
    AskedDestination asked;
    asked.verdict.refuse_if(!wants_info, Code::invalid_parameter);
    const Entity* me = world.caller(asked.verdict, registration);
    if (!me)
        return asked;
    const auto* start = world.find<Destination>(me->table, handle);
    asked.verdict.refuse_if(!start, Code::invalid_handle);
    if (!asked.verdict.fine())
        return asked;
    Destination* found =
        longest_cover(me->table, start->prefix, views, [&](const Prefix& candidate) {
            return candidate.length < start->prefix.length;
        });
    answer(asked, found, *me, protocol, views);
    return asked;
}

Verdict release_destinations(World& world, Name registration, unsigned count,
                             const std::optional<std::vector<DestinationHandles>>& infos)
{
    Verdict verdict;
    verdict.refuse_if(!infos && count != 0, Code::invalid_parameter);
    const Entity* me = world.caller(verdict, registration);
    if (verdict.fine() && count != 0)
        release_checked(verdict, world, me->table, *infos);
    return verdict;
}

void release_checked(Verdict& verdict, World& world, const Table& table,
                     const std::vector<DestinationHandles>& infos)
{
    Releases releases(world, table);
    for (const DestinationHandles& info : infos)
        verdict.refuse_if(!take(releases, info), Code::invalid_handle);
    if (verdict.fine())
        releases.carry_out();
}

OpaqueSlot opaque_slot(World& world, Name registration, Name handle, bool wants_pointer)
{
    OpaqueSlot asked;
    asked.verdict.refuse_if(!wants_pointer, Code::invalid_parameter);
    const Entity* me = world.caller(asked.verdict, registration);
    if (!me)
        return asked;
    auto* destination = world.find<Destination>(me->table, handle);
    asked.verdict.refuse_if(!destination, Code::invalid_handle);
    asked.verdict.refuse_if(!me->has_slot, Code::not_found);
    if (asked.verdict.fine())
        asked.slot = &destination->slots[me];
    return asked;
}

Destination& destination_of(World& world, Table& table, const Prefix& prefix)
{
    Destination*& destination = table.destinations[prefix];
    if (!destination) {
        destination = &world.make<Destination>(table);
        destination->prefix = prefix;
        destination->changed = world.now;
    }
    return *destination;
}

} // namespace model
