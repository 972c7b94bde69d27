// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "route_lists.h"

namespace model
{

MadeList create_list(World& world, Name registration, bool wants_handle)
{
    MadeList made;
    made.verdict.refuse_if(!wants_handle, Code::invalid_parameter);
    Entity* me = world.caller(made.verdict, registration);
    if (made.verdict.fine())
        made.list = &world.make<RouteList>(*me);
    return made;
}

Verdict insert_in_list(World& world, Name registration, Name list_name, unsigned count,
                       const std::vector<Name>* routes)
{
    Verdict verdict;
    verdict.refuse_if(!routes && count != 0, Code::invalid_parameter);
    const Entity* me = world.caller(verdict, registration);
    if (!me)
        return verdict;
    auto* list = world.find_own<RouteList>(*me, list_name);
    verdict.refuse_if(list_name != 0 && !list, Code::invalid_handle);
    for (unsigned i = 0; routes && i < count; ++i) {
        const Route* route = world.find_own<Route>(*me, (*routes)[i]);
        verdict.refuse_if(!route || route->state != RouteState::live, Code::invalid_handle);
    }
    for (unsigned i = 0; verdict.fine() && i < count; ++i)
        put_in_list(world, *world.find_own<Route>(*me, (*routes)[i]), list);
    return verdict;
}

Verdict delete_list(World& world, Name registration, Name name)
{
    Verdict verdict;
    const Entity* me = world.caller(verdict, registration);
    if (!me)
        return verdict;
    auto* list = world.find_own<RouteList>(*me, name);
    verdict.refuse_if(!list, Code::invalid_handle);
    if (!list)
        return verdict;
    for (auto& [place, route] : list->routes)
        route->list = nullptr;
    list->routes.clear();
    list->exists = false;
    for (ListEnum* enumeration : world.all<ListEnum>())
        if (enumeration->list == list)
            enumeration->list = nullptr;
    return verdict;
}

void put_in_list(World& world, Route& route, RouteList* list)
{
    if (route.list == list)
        return;
    if (route.list)
        route.list->routes.erase(route.list_place);
    route.list = list;
    if (!list)
        return;
    route.list_place = ++world.steps;
    list->routes[route.list_place] = &route;
}

} // namespace model
