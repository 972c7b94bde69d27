// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "locks.h"
#include "route_lists.h"

namespace model
{

namespace
{

/// What the owner has edited may be nonsense. Next hops that were there before may have been
/// deleted meanwhile.
void check_edits(Verdict& verdict, const Route& route)
{
    const Contents& edited = route.shown;
    std::vector<NextHop*> hops = edited.next_hops;
    if (edited.neighbour)
        hops.push_back(edited.neighbour);
    for (const NextHop* hop : hops)
        verdict.refuse_if(&hop->owner != &route.owner || !hop->exists ||
                              (hop->deleted && !uses(route.contents, *hop)),
                          Code::invalid_parameter);
    verdict.refuse_if(edited.views == 0 || (edited.views & ~supported_views) != 0,
                      Code::invalid_parameter);
}

} // namespace

bool would_wait(const Destination& destination, const Entity& me, bool exclusive)
{
    for (const auto& [holder, locks] : destination.locks)
        if (holder != &me && (locks.exclusive != 0 || (exclusive && locks.shared != 0)))
            return true;
    return false;
}

Verdict lock_destination(World& world, Name registration, Name handle, bool exclusive, bool lock)
{
    Verdict verdict;
    const Entity* me = world.caller(verdict, registration);
    if (!me)
        return verdict;
    // It may end while it is locked, by this or by a route, and then can be unlocked all the same.
    auto* destination = as<Destination>(world.known(handle));
    if (!destination || destination->exists || lock || destination->locks[me].of(exclusive) == 0)
        destination = world.find<Destination>(me->table, handle);
    verdict.refuse_if(!destination, Code::invalid_handle);
    if (!destination)
        return verdict;
    unsigned& count = destination->locks[me].of(exclusive);
    verdict.refuse_if(!lock && count == 0, Code::access_denied);
    if (verdict.fine())
        count += lock ? 1 : -1;
    return verdict;
}

FoundRoute lock_route(World& world, Name registration, Name handle, bool exclusive, bool lock)
{
    FoundRoute found;
    const Entity* me = world.caller(found.verdict, registration);
    if (!me)
        return found;
    // It may end while it is locked, and then has to be unlocked all the same.
    Route* known = as<Route>(world.known(handle));
    found.route = known && known->owner.name == registration &&
                          (known->exists || (!lock && known->locks.of(exclusive) != 0))
                      ? known
                      : world.find<Route>(me->table, handle);
    found.verdict.refuse_if(!found.route, Code::invalid_handle);
    if (!found.route)
        return found;
    unsigned& count = found.route->locks.of(exclusive);
    found.verdict.refuse_if(&found.route->owner != me, Code::access_denied);
    found.verdict.refuse_if(lock && found.route->state != RouteState::live, Code::invalid_handle);
    found.verdict.refuse_if(!lock && count == 0, Code::access_denied);
    if (!found.verdict.fine())
        return found;
    count += lock ? 1 : -1;
    unsigned& all = found.route->destination.locks[me].of(exclusive);
    if (lock || all != 0)
        all += lock ? 1 : -1;
    return found;
}

Committed update_and_unlock(World& world, Name registration, Name handle,
                            std::uint32_t time_to_live, Name list, bool has_flags)
{
    Committed committed;
    Verdict& verdict = committed.verdict;
    verdict.refuse_if(!has_flags, Code::invalid_parameter);
    const Entity* me = world.caller(verdict, registration);
    if (!me)
        return committed;
    Route* route = find_own_route(verdict, world, *me, handle);
    verdict.refuse_if(list != 0 && !world.find_own<RouteList>(*me, list), Code::invalid_handle);
    if (!route)
        return committed;
    unsigned& all_locks = route->destination.locks[me].exclusive;
    verdict.refuse_if(route->locks.exclusive == 0 || all_locks == 0, Code::access_denied);
    // For a route that is gone no code is documented.
    if (route->state != RouteState::live) {
        verdict.refuse(Code::invalid_handle);
        verdict.refuse(Code::access_denied);
    }
    check_edits(verdict, *route);
    if (!verdict.fine())
        return committed;
    Contents contents = route->shown;
    if (contents.preference == 0)
        contents.preference = default_preference(me->id.protocol);
    committed.flags = commit(world, *route, contents);
    set_timer(world, *route, time_to_live);
    if (list != 0)
        put_in_list(world, *route, world.find_own<RouteList>(*me, list));
    --route->locks.exclusive;
    --all_locks;
    world.sweep();
    return committed;
}

} // namespace model
