// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "checked/locks.h"
#include "checked/buffer.h"
#include "checked/lists.h"
#include "checked/next_hops.h"
#include "checked/routes.h"
#include "model/locks.h"

#include <algorithm>

namespace fuzz
{

namespace
{

template <class T> T* find(Session& session, HANDLE me, HANDLE handle)
{
    model::Verdict verdict;
    const model::Entity* entity = session.world.caller(verdict, to_name(me));
    return entity ? session.world.find<T>(entity->table, to_name(handle)) : nullptr;
}

const model::Entity* find_caller(Session& session, HANDLE me)
{
    model::Verdict verdict;
    return session.world.caller(verdict, to_name(me));
}

void trace(Session& session, HANDLE me, HANDLE handle, BOOL exclusive, BOOL lock)
{
    if (Session::tracing)
        session.say("%s %s%s for %s", lock ? "lock" : "unlock", session.text(handle).c_str(),
                    exclusive ? " exclusively" : "", session.text(me).c_str());
}

void trace(Session& session, HANDLE handle, const Edits& edits)
{
    if (Session::tracing)
        session.say("edit %s: metric %u, preference %u, views %#x, specific %lu%s%s",
                    session.text(handle).c_str(), edits.metric, edits.preference, edits.views,
                    static_cast<unsigned long>(edits.specific),
                    edits.neighbour ? ", neighbour" : "", edits.next_hops ? ", next hops" : "");
}

/// The route of that handle if `me` may edit it now.
model::Route* find_editable(Session& session, HANDLE me, HANDLE handle)
{
    auto* route = find<model::Route>(session, me, handle);
    const model::Entity* entity = find_caller(session, me);
    if (!route || &route->owner != entity || route->state != model::RouteState::live)
        return nullptr;
    const bool locked =
        route->locks.exclusive != 0 && route->destination.locks[entity].exclusive != 0;
    return locked ? route : nullptr;
}

/// The next hops that `me` may put into a route, of those in `names`.
std::vector<model::NextHop*> usable(Session& session, HANDLE me, const std::vector<Name>& names)
{
    std::vector<model::NextHop*> hops;
    for (Name name : names) {
        auto* hop = find<model::NextHop>(session, me, to_handle(name));
        if (hop && hops.size() < session.world.limits.next_hops_in_route)
            hops.push_back(hop);
    }
    return hops;
}

/// Moves a client's reference from the next hop that goes to the one that comes.
void exchange(Session& session, HANDLE me, model::NextHop* old_hop, model::NextHop* new_hop)
{
    if (old_hop == new_hop)
        return;
    if (new_hop) {
        std::vector<HANDLE> handle{handle_of(new_hop)};
        reference_handles(session, me, 1, &handle);
    }
    if (old_hop) {
        std::vector<HANDLE> handle{handle_of(old_hop)};
        release_next_hops(session, me, 1, &handle);
    }
}

} // namespace

bool lock_destination(Session& session, HANDLE me, HANDLE handle, BOOL exclusive, BOOL lock)
{
    const model::Entity* entity = find_caller(session, me);
    const auto* destination = find<model::Destination>(session, me, handle);
    if (lock && destination && model::would_wait(*destination, *entity, exclusive))
        return false;
    trace(session, me, handle, exclusive, lock);
    session.call("RtmLockDestination",
                 [&] { return RtmLockDestination(me, handle, exclusive, lock); });
    return session.ran_out_of_memory()
               ? false
               : session.judge(model::lock_destination(session.world, to_name(me), to_name(handle),
                                                       exclusive, lock));
}

bool lock_route(Session& session, HANDLE me, HANDLE handle, BOOL exclusive, BOOL lock,
                bool wants_pointer)
{
    const model::Entity* entity = find_caller(session, me);
    const auto* route = find<model::Route>(session, me, handle);
    if (lock && route && model::would_wait(route->destination, *entity, exclusive))
        return false;
    Output<RTM_ROUTE_INFO*> pointer;
    trace(session, me, handle, exclusive, lock);
    session.call("RtmLockRoute", [&] {
        return RtmLockRoute(me, handle, exclusive, lock, wants_pointer ? &pointer.value : nullptr);
    });
    if (session.ran_out_of_memory())
        return false;
    auto found = model::lock_route(session.world, to_name(me), to_name(handle), exclusive, lock);
    if (!session.judge(found.verdict)) {
        session.expect(pointer.is_unset(), "something was stored");
        return false;
    }
    // Nothing says whether it is stored when unlocking.
    if (wants_pointer && (lock || !pointer.is_unset())) {
        session.expect_address(pointer.value, *found.route);
        check_route(session, *pointer.value, *found.route);
    }
    return true;
}

bool edit_route(Session& session, HANDLE me, HANDLE handle, const Edits& edits)
{
    model::Route* route = find_editable(session, me, handle);
    if (!route)
        return false;
    RTM_ROUTE_INFO* live = nullptr;
    session.call("RtmGetRoutePointer", [&] { return RtmGetRoutePointer(me, handle, &live); });
    session.expect_address(live, *route);
    trace(session, handle, edits);
    model::Contents& shown = route->shown;
    live->PrefInfo = {shown.metric = edits.metric, shown.preference = edits.preference};
    live->BelongsToViews = shown.views = edits.views;
    live->EntitySpecificInfo = reinterpret_cast<void*>(shown.specific = edits.specific);
    if (edits.neighbour) {
        const auto hops = usable(session, me, {*edits.neighbour});
        model::NextHop* hop = hops.empty() ? nullptr : hops.front();
        exchange(session, me, shown.neighbour, hop);
        shown.neighbour = hop;
        live->Neighbour = handle_of(hop);
    }
    if (edits.next_hops) {
        const auto hops = usable(session, me, *edits.next_hops);
        for (model::NextHop* hop : hops)
            exchange(session, me, nullptr, hop);
        for (model::NextHop* hop : shown.next_hops)
            exchange(session, me, hop, nullptr);
        shown.next_hops = hops;
        live->NextHopsList.NumNextHops = static_cast<USHORT>(hops.size());
        std::transform(hops.begin(), hops.end(), live->NextHopsList.NextHops, handle_of);
    }
    return true;
}

bool undo_edits(Session& session, const model::Destination& destination)
{
    for (model::Route* route : destination.routes) {
        const model::Contents& former = route->contents;
        if (route->shown == former)
            continue;
        const bool hops_exist = (!former.neighbour || former.neighbour->exists) &&
                                std::all_of(former.next_hops.begin(), former.next_hops.end(),
                                            [](model::NextHop* hop) { return hop->exists; });
        Edits edits{to_name(handle_of(former.neighbour)),
                    former.metric,
                    former.preference,
                    former.views,
                    former.specific,
                    std::vector<Name>()};
        for (model::NextHop* hop : former.next_hops)
            edits.next_hops->push_back(hop->name);
        if (!hops_exist || !edit_route(session, handle_of(&route->owner), handle_of(route), edits))
            return false;
    }
    return true;
}

bool update_and_unlock(Session& session, HANDLE me, HANDLE handle, ULONG time_to_live, HANDLE list,
                       bool has_flags)
{
    const auto* route = find<model::Route>(session, me, handle);
    Output<DWORD> flags;
    if (Session::tracing)
        session.say("commit %s for %s, time %#lx, list %s", session.text(handle).c_str(),
                    session.text(me).c_str(), static_cast<unsigned long>(time_to_live),
                    session.text(list).c_str());
    session.call("RtmUpdateAndUnlockRoute", [&] {
        return RtmUpdateAndUnlockRoute(me, handle, time_to_live, list, 0, nullptr,
                                       has_flags ? &flags.value : nullptr);
    });
    if (session.ran_out_of_memory())
        return false;
    auto committed = model::update_and_unlock(session.world, to_name(me), to_name(handle),
                                              time_to_live, to_name(list), has_flags);
    if (!session.judge(committed.verdict)) {
        session.expect(flags.is_unset(), "ChangeFlags was stored");
        return false;
    }
    session.expect_number("ChangeFlags", flags.value, committed.flags);
    return route != nullptr;
}

} // namespace fuzz
