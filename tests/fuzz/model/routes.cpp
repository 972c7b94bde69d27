// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "routes.h"
#include "changes.h"
#include "destinations.h"
#include "hold_down.h"
#include "ranking.h"
#include "references.h"
#include "route_lists.h"

#include <algorithm>

namespace model
{

namespace
{

/// A next hop that a route of `me` may use. One that has been deleted stays in the route that has
/// it, `former`.
NextHop* usable_hop(Verdict& verdict, const World& world, const Entity& me, Name name,
                    const Route* former)
{
    NextHop* hop = world.find<NextHop>(me.table, name);
    verdict.refuse_if(!hop, Code::invalid_handle);
    if (!hop)
        return nullptr;
    verdict.refuse_if(&hop->owner != &me, Code::invalid_parameter);
    verdict.refuse_if(hop->deleted && !(former && uses(former->shown, *hop)),
                      Code::invalid_parameter);
    return hop;
}

void refer_to_hops(const Contents& contents, int change)
{
    std::vector<NextHop*> hops = contents.next_hops;
    hops.push_back(contents.neighbour);
    for (NextHop* hop : hops)
        if (hop && hop->exists)
            hop->references = std::max(hop->references + change, 0);
}

/// Refers to the next hops of `contents` instead of those that the route has.
void exchange_hops(Route& route, const Contents& contents)
{
    refer_to_hops(contents, 1);
    refer_to_hops(route.shown, -1);
}

void stop_timer(Route& route)
{
    route.expiry.due.reset();
    if (std::erase(route.owner.expiries, &route) != 0 && route.references > 0)
        --route.references;
}

/// The route that a client means by its contents: its first one there, of the same neighbour
/// unless it says that it does not care.
Route* find_same(const Destination& destination, const Entity& me, Name neighbour,
                 std::uint32_t flags)
{
    if ((flags & route_new) != 0)
        return nullptr;
    for (Route* route : destination.routes) {
        const NextHop* its = route->shown.neighbour;
        if (&route->owner == &me &&
            ((flags & route_first) != 0 || (its ? its->name : 0) == neighbour))
            return route;
    }
    return nullptr;
}

/// The live route that is to be updated, null if one is to be made.
Route* find_meant(const World& world, const Entity& me, const AddingRoute& adding)
{
    if (adding.handle.value_or(0) != 0)
        return world.find<Route>(me.table, *adding.handle);
    if (!adding.address || !adding.info || !adding.flags)
        return nullptr;
    auto prefix = prefix_of(*adding.address, me.table.family);
    auto found = prefix ? me.table.destinations.find(*prefix) : me.table.destinations.end();
    return found == me.table.destinations.end()
               ? nullptr
               : find_same(*found->second, me, adding.info->neighbour, *adding.flags);
}

Route& make_route(World& world, Entity& me, Destination& destination, const Contents& contents,
                  std::uint32_t& flags)
{
    Change change(destination);
    Route& route = world.make<Route>(destination, me);
    route.contents = route.shown = contents;
    refer_to_hops(contents, 1);
    rank_new(route);
    change.touch(contents.views);
    change.finish(world);
    flags = route_new | (change.best_replaced() ? route_best : 0);
    return route;
}

Verdict judge(const World& world, Entity*& me, Name registration, const AddingRoute& adding)
{
    Verdict verdict;
    me = world.caller(verdict, registration);
    verdict.refuse_if(!adding.address || !adding.info || !adding.flags, Code::invalid_parameter);
    if (!me)
        return verdict;
    if (adding.address)
        verdict.refuse_if(!prefix_of(*adding.address, me->table.family), Code::invalid_parameter);
    if (adding.info)
        contents_of(verdict, world, *me, *adding.info, find_meant(world, *me, adding));
    verdict.refuse_if(adding.list != 0 && !world.find_own<RouteList>(*me, adding.list),
                      Code::invalid_handle);
    if (adding.handle.value_or(0) != 0)
        find_own_route(verdict, world, *me, *adding.handle);
    return verdict;
}

} // namespace

std::uint32_t default_preference(std::uint32_t protocol)
{
    switch (protocol) {
    case 2: // LOCAL
        return 1;
    case 10006: // NT_STATIC
        return 3;
    case 10007: // NT_STATIC_NON_DOD
        return 5;
    case 10002: // NT_AUTOSTATIC
        return 7;
    case 3: // NETMGMT
        return 10;
    case 13: // OSPF
        return 110;
    case 14: // BGP
        return 115;
    case 8: // RIP
        return 120;
    default:
        return 127;
    }
}

bool uses(const Contents& contents, const NextHop& hop)
{
    const auto& hops = contents.next_hops;
    return contents.neighbour == &hop || std::find(hops.begin(), hops.end(), &hop) != hops.end();
}

Contents contents_of(Verdict& verdict, const World& world, const Entity& me, const RouteInfo& info,
                     const Route* former)
{
    Contents contents;
    if (info.neighbour != 0)
        contents.neighbour = usable_hop(verdict, world, me, info.neighbour, former);
    contents.flags1 = info.flags1;
    contents.flags = info.flags;
    contents.metric = info.metric;
    contents.preference =
        info.preference != 0 ? info.preference : default_preference(me.id.protocol);
    contents.views = info.views;
    contents.specific = info.specific;
    for (Name name : info.next_hops)
        contents.next_hops.push_back(usable_hop(verdict, world, me, name, former));
    verdict.refuse_if(info.views == 0 || (info.views & ~supported_views) != 0,
                      Code::invalid_parameter);
    verdict.refuse_if(info.next_hops.size() > world.limits.next_hops_in_route,
                      Code::invalid_parameter);
    return contents;
}

Route* find_own_route(Verdict& verdict, const World& world, const Entity& me, Name handle)
{
    Route* route = world.find<Route>(me.table, handle);
    verdict.refuse_if(!route, Code::invalid_handle);
    if (!route)
        return nullptr;
    verdict.refuse_if(&route->owner != &me, Code::access_denied);
    verdict.refuse_if(route->state != RouteState::live, Code::not_found);
    return route;
}

AddedRoute add_route(World& world, Name registration, const AddingRoute& adding)
{
    AddedRoute added;
    Entity* me = nullptr;
    added.verdict = judge(world, me, registration, adding);
    if (!added.verdict.fine())
        return added;
    added.route = find_meant(world, *me, adding);
    Verdict unused;
    const Contents contents = contents_of(unused, world, *me, *adding.info, added.route);
    if (added.route) {
        if (added.route->shown != contents)
            exchange_hops(*added.route, contents);
        added.flags = commit(world, *added.route, contents);
    } else {
        Destination& destination =
            destination_of(world, me->table, *prefix_of(*adding.address, me->table.family));
        added.route = &make_route(world, *me, destination, contents, added.flags);
    }
    set_timer(world, *added.route, adding.time_to_live);
    if (adding.list != 0)
        put_in_list(world, *added.route, world.find_own<RouteList>(*me, adding.list));
    added.handed_out = adding.handle && *adding.handle == 0;
    if (added.handed_out)
        hand_out(added.route);
    world.sweep();
    return added;
}

std::uint32_t commit(World& world, Route& route, const Contents& contents)
{
    Change change(route.destination);
    const bool was_best = change.was_best(route);
    const Contents before = route.contents;
    route.contents = route.shown = contents;
    if (before != contents) {
        rank_again(route, before);
        change.touch(before.views | contents.views);
    }
    change.finish(world);
    const auto& best = route.destination.best;
    const bool is_best = std::find(best.begin(), best.end(), &route) != best.end();
    return was_best || is_best || change.best_replaced() ? route_best : 0;
}

void set_timer(World& world, Route& route, std::uint32_t time_to_live)
{
    stop_timer(route);
    if (time_to_live != forever)
        world.arm(route.expiry, time_to_live);
}

bool remove_route(World& world, Route& route)
{
    Change change(route.destination);
    take_out_of_ranking(route);
    route.state = RouteState::deleted;
    stop_timer(route);
    put_in_list(world, route, nullptr);
    hold_if_armed(world, route);
    change.touch(route.contents.views);
    change.finish(world);
    return change.best_replaced();
}

DeletedRoute delete_route(World& world, Name registration, Name handle, bool has_flags)
{
    DeletedRoute deleted;
    deleted.verdict.refuse_if(!has_flags, Code::invalid_parameter);
    const Entity* me = world.caller(deleted.verdict, registration);
    Route* route = me ? find_own_route(deleted.verdict, world, *me, handle) : nullptr;
    if (!deleted.verdict.fine())
        return deleted;
    deleted.flags = remove_route(world, *route) ? route_best : 0;
    if (route->references > 0)
        --route->references;
    world.sweep();
    return deleted;
}

void hand_out_info(Route& route)
{
    hand_out(&route.destination);
    hand_out(&route.owner);
    refer_to_hops(route.shown, 1);
}

FoundRoute route_info(World& world, Name registration, Name handle, bool wants_info)
{
    FoundRoute found;
    const Entity* me = world.caller(found.verdict, registration);
    if (!me)
        return found;
    found.route = world.find<Route>(me->table, handle);
    found.verdict.refuse_if(!found.route, Code::invalid_handle);
    if (found.verdict.fine() && wants_info)
        hand_out_info(*found.route);
    return found;
}

Verdict release_route_info(World& world, Name registration,
                           const std::optional<RouteHandles>& handles)
{
    Verdict verdict;
    verdict.refuse_if(!handles, Code::invalid_parameter);
    const Entity* me = world.caller(verdict, registration);
    if (!verdict.fine())
        return verdict;
    Releases releases(world, me->table);
    bool good = releases.take_if_any<Destination>(handles->destination) &&
                releases.take_if_any<Entity>(handles->owner) &&
                releases.take_if_any<NextHop>(handles->neighbour);
    for (Name hop : handles->next_hops)
        good = good && releases.take_if_any<NextHop>(hop);
    verdict.refuse_if(!good, Code::invalid_handle);
    if (good)
        releases.carry_out();
    return verdict;
}

FoundRoute route_pointer(World& world, Name registration, Name handle, bool wants_pointer)
{
    FoundRoute found;
    found.verdict.refuse_if(!wants_pointer, Code::invalid_parameter);
    const Entity* me = world.caller(found.verdict, registration);
    if (!me)
        return found;
    found.route = world.find<Route>(me->table, handle);
    found.verdict.refuse_if(!found.route, Code::invalid_handle);
    found.verdict.refuse_if(found.route && &found.route->owner != me, Code::access_denied);
    return found;
}

BestIn is_best_route(World& world, Name registration, Name handle, bool wants_views)
{
    BestIn answer;
    answer.verdict.refuse_if(!wants_views, Code::invalid_parameter);
    const Entity* me = world.caller(answer.verdict, registration);
    if (!me)
        return answer;
    const Route* route = world.find<Route>(me->table, handle);
    answer.verdict.refuse_if(!route, Code::invalid_handle);
    for (unsigned view = 0; route && view < view_count; ++view)
        if (route->destination.best[view] == route)
            answer.views |= ViewSet(1) << view;
    return answer;
}

} // namespace model
