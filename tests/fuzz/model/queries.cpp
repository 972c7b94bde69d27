// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "queries.h"
#include "references.h"

#include <algorithm>

namespace model
{

namespace
{

// RTM_MATCH_*.
constexpr std::uint32_t by_owner = 1;
constexpr std::uint32_t by_neighbour = 2;
constexpr std::uint32_t by_preference = 4;
constexpr std::uint32_t by_next_hop = 8;
constexpr std::uint32_t by_interface = 16;
constexpr std::uint32_t match_flags = 0xffff;

Name name_of(const Object* object)
{
    return object ? object->name : 0;
}

bool has_next_hop(const Route& route, const std::optional<Name>& wanted)
{
    const auto& hops = route.shown.next_hops;
    if (!wanted)
        return hops.empty();
    return std::any_of(hops.begin(), hops.end(),
                       [&](NextHop* hop) { return name_of(hop) == *wanted; });
}

bool is_on_interface(const Route& route, std::uint32_t interface_index)
{
    const auto& hops = route.shown.next_hops;
    return std::any_of(hops.begin(), hops.end(), [&](NextHop* hop) {
        return hop->exists && hop->key.interface_index == interface_index;
    });
}

} // namespace

Criteria criteria_of(const Question& question)
{
    Criteria criteria;
    criteria.by_owner = (question.flags & by_owner) != 0;
    criteria.by_neighbour = (question.flags & by_neighbour) != 0;
    criteria.by_preference = (question.flags & by_preference) != 0;
    criteria.by_next_hop = (question.flags & by_next_hop) != 0;
    criteria.by_interface = (question.flags & by_interface) != 0;
    criteria.interface_index = question.interface_index;
    if (!question.info)
        return criteria;
    criteria.owner = question.owner;
    criteria.neighbour = question.info->neighbour;
    criteria.metric = question.info->metric;
    criteria.preference = question.info->preference;
    if (!question.info->next_hops.empty())
        criteria.next_hop = question.info->next_hops.front();
    return criteria;
}

bool matches(const Route& route, const Criteria& criteria)
{
    if (criteria.by_owner && name_of(&route.owner) != criteria.owner)
        return false;
    if (criteria.by_neighbour && name_of(route.shown.neighbour) != criteria.neighbour)
        return false;
    if (criteria.by_preference &&
        (route.shown.metric != criteria.metric || route.shown.preference != criteria.preference))
        return false;
    if (criteria.by_next_hop && !has_next_hop(route, criteria.next_hop))
        return false;
    return !criteria.by_interface || is_on_interface(route, criteria.interface_index);
}

FoundRoute exact_match_route(World& world, Name registration, const std::optional<Address>& address,
                             const Question& question, ViewSet views, bool wants_handle)
{
    FoundRoute found;
    found.verdict.refuse_if(!address || !question.info || (question.flags & ~match_flags) != 0,
                            Code::invalid_parameter);
    const Entity* me = world.caller(found.verdict, registration);
    if (!me || !address)
        return found;
    auto prefix = prefix_of(*address, me->table.family);
    found.verdict.refuse_if(!prefix, Code::invalid_parameter);
    if (!found.verdict.fine())
        return found;
    const Criteria criteria = criteria_of(question);
    auto entry = me->table.destinations.find(*prefix);
    if (entry != me->table.destinations.end())
        for (Route* route : entry->second->routes)
            if (!found.route && matches(*route, criteria) &&
                (views == 0 || (route->contents.views & views) != 0))
                found.route = route;
    found.verdict.refuse_if(!found.route, Code::not_found);
    if (!found.route)
        return found;
    hand_out_info(*found.route);
    if (wants_handle)
        hand_out(found.route);
    return found;
}

} // namespace model
