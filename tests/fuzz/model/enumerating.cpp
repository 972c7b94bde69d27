// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "enumerating.h"
#include "references.h"

#include <algorithm>

namespace model
{

namespace
{

// RTM_ENUM_*.
constexpr std::uint32_t enum_next = 1;
constexpr std::uint32_t enum_range = 2;
constexpr std::uint32_t enum_own_destinations = 0x01000000;
constexpr std::uint32_t enum_own_routes = 0x00010000;

// RTM_MATCH_*.
constexpr std::uint32_t match_flags = 0xffff;
constexpr std::uint32_t match_interface = 0x10;
constexpr std::uint32_t match_defined = 0x1f;

void check_views(Verdict& verdict, ViewSet views)
{
    verdict.refuse_if(views != all_views && (views & ~supported_views) != 0, Code::not_supported);
}

/// Where an enumeration with these flags, of which `own` is a legal one, begins and ends.
Extent extent_of(Verdict& verdict, const Table* table, std::uint32_t flags, std::uint32_t own,
                 const std::optional<Address>& address)
{
    const std::uint32_t way = flags & ~own;
    verdict.refuse_if(way > enum_range, Code::invalid_parameter);
    if (way != enum_next && way != enum_range)
        return {};
    if (!address) {
        verdict.refuse(Code::invalid_parameter);
        return {};
    }
    if (!table)
        return {};
    auto prefix = prefix_of(*address, table->family);
    verdict.refuse_if(!prefix, Code::invalid_parameter);
    return {way == enum_next ? Extent::Kind::from : Extent::Kind::inside,
            prefix.value_or(Prefix())};
}

void check_question(Verdict& verdict, const Question& question)
{
    verdict.refuse_if((question.flags & ~match_flags) != 0, Code::invalid_parameter);
    const std::uint32_t of_route = question.flags & match_defined & ~match_interface;
    verdict.refuse_if(!question.info && of_route != 0, Code::invalid_parameter);
}

} // namespace

MadeEnum create_destination_enum(World& world, Name registration, ViewSet views,
                                 std::uint32_t flags, const std::optional<Address>& address,
                                 std::uint32_t protocol, bool wants_handle)
{
    MadeEnum made;
    made.verdict.refuse_if(!wants_handle, Code::invalid_parameter);
    check_views(made.verdict, views);
    Entity* me = world.caller(made.verdict, registration);
    const Extent extent =
        extent_of(made.verdict, me ? &me->table : nullptr, flags, enum_own_destinations, address);
    if (!made.verdict.fine())
        return made;
    auto& enumeration = world.make<DestinationEnum>(*me);
    enumeration.views = views & supported_views;
    enumeration.own = (flags & enum_own_destinations) != 0;
    enumeration.protocol = protocol;
    enumeration.extent = extent;
    made.made = &enumeration;
    return made;
}

MadeEnum create_route_enum(World& world, Name registration, Name destination, ViewSet views,
                           std::uint32_t flags, const std::optional<Address>& start,
                           const Question& question, bool wants_handle)
{
    MadeEnum made;
    made.verdict.refuse_if(!wants_handle, Code::invalid_parameter);
    check_views(made.verdict, views);
    check_question(made.verdict, question);
    Entity* me = world.caller(made.verdict, registration);
    const Extent extent =
        extent_of(made.verdict, me ? &me->table : nullptr, flags, enum_own_routes, start);
    if (!me)
        return made;
    auto* only = world.find<Destination>(me->table, destination);
    made.verdict.refuse_if(destination != 0 && !only, Code::invalid_handle);
    if (!made.verdict.fine())
        return made;
    auto& enumeration = world.make<RouteEnum>(*me);
    enumeration.only = only;
    hand_out(only);
    enumeration.views = views & supported_views;
    enumeration.own = (flags & enum_own_routes) != 0;
    enumeration.extent = only ? Extent() : extent;
    enumeration.criteria = criteria_of(question);
    made.made = &enumeration;
    return made;
}

MadeEnum create_next_hop_enum(World& world, Name registration, std::uint32_t flags,
                              const std::optional<Address>& address, bool wants_handle)
{
    MadeEnum made;
    made.verdict.refuse_if(!wants_handle, Code::invalid_parameter);
    Entity* me = world.caller(made.verdict, registration);
    const Extent extent = extent_of(made.verdict, me ? &me->table : nullptr, flags, 0, address);
    if (!made.verdict.fine())
        return made;
    auto& enumeration = world.make<NextHopEnum>(*me);
    enumeration.extent = extent;
    made.made = &enumeration;
    return made;
}

MadeEnum create_list_enum(World& world, Name registration, Name name, bool wants_handle)
{
    MadeEnum made;
    made.verdict.refuse_if(!wants_handle, Code::invalid_parameter);
    Entity* me = world.caller(made.verdict, registration);
    if (!me)
        return made;
    auto* list = world.find_own<RouteList>(*me, name);
    made.verdict.refuse_if(!list, Code::invalid_handle);
    if (!made.verdict.fine())
        return made;
    auto& enumeration = world.make<ListEnum>(*me);
    enumeration.list = list;
    made.made = &enumeration;
    return made;
}

Verdict delete_enum(World& world, Name registration, Name handle)
{
    Verdict verdict;
    const Entity* me = world.caller(verdict, registration);
    if (!me)
        return verdict;
    auto* enumeration = world.find_own<Enumeration>(*me, handle);
    verdict.refuse_if(!enumeration, Code::invalid_handle);
    if (enumeration)
        end_enum(*enumeration);
    world.sweep();
    return verdict;
}

void end_enum(Enumeration& enumeration)
{
    enumeration.exists = false;
    auto* routes = as<RouteEnum>(&enumeration);
    if (!routes)
        return;
    for (Route* route : routes->kept)
        give_back(route);
    give_back(routes->only);
}

} // namespace model
