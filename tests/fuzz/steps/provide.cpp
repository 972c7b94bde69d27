// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "steps/provide.h"

#include "checked/enumerations.h"
#include "checked/lists.h"
#include "checked/locks.h"
#include "checked/next_hops.h"
#include "checked/notifications.h"
#include "checked/routes.h"

namespace fuzz
{

namespace
{

RTM_NET_ADDRESS some_address(const model::Entity& me)
{
    RTM_NET_ADDRESS address{me.table.family, 8, {10}};
    return address;
}

void add_some_route(Session& session, const model::Entity& me)
{
    AddingRoute adding;
    adding.handle = nullptr;
    adding.address = some_address(me);
    adding.info.emplace();
    adding.info->views = RTM_VIEW_MASK_UCAST | RTM_VIEW_MASK_MCAST;
    adding.flags = 0;
    add_route(session, handle_of(&me), adding);
}

void add_some_hop(Session& session, const model::Entity& me)
{
    RTM_NEXTHOP_INFO info{};
    info.NextHopAddress = some_address(me);
    add_next_hop(session, handle_of(&me), info, nullptr, true);
}

void find_some_destination(Session& session, const model::Entity& me)
{
    Buffer info;
    if (!find_destination(session, handle_of(&me), model::Search::exact, some_address(me), 0, 0,
                          &info)) {
        add_some_route(session, me);
        find_destination(session, handle_of(&me), model::Search::exact, some_address(me), 0, 0,
                         &info);
    }
}

/// The newest object of type T that the caller owns.
template <class T> T* newest(Session& session, const model::Entity& me)
{
    T* found = nullptr;
    for (T* object : session.world.all<T>())
        if (&object->owner == &me && object->name != 0)
            found = object;
    return found;
}

void lock_some(Session& session, const model::Entity& me, model::Kind kind)
{
    if (kind == model::Kind::route) {
        if (auto* route = newest<model::Route>(session, me))
            lock_route(session, handle_of(&me), handle_of(route), TRUE, TRUE, true);
    } else if (auto* hop = newest<model::NextHop>(session, me)) {
        lock_next_hop(session, handle_of(&me), handle_of(hop), TRUE, TRUE, true);
    }
}

} // namespace

void provide(Run& run, model::Kind kind, bool locked)
{
    if (!run.caller())
        return;
    const model::Entity& me = *run.caller();
    switch (kind) {
    case model::Kind::destination:
        return find_some_destination(run.session, me);
    case model::Kind::route:
        if (!locked || !newest<model::Route>(run.session, me))
            add_some_route(run.session, me);
        break;
    case model::Kind::next_hop:
        if (!locked || !newest<model::NextHop>(run.session, me))
            add_some_hop(run.session, me);
        break;
    case model::Kind::notification:
        register_for_changes(run.session, handle_of(&me), 0, RTM_CHANGE_TYPE_ALL, 0, true);
        return;
    case model::Kind::route_list:
        create_route_list(run.session, handle_of(&me), true);
        return;
    default:
        return;
    }
    if (locked)
        lock_some(run.session, me, kind);
}

void provide_enumeration(Run& run, model::Enumeration::Of of)
{
    if (!run.caller())
        return;
    Session& session = run.session;
    const model::Entity& me = *run.caller();
    switch (of) {
    case model::Enumeration::Of::destinations:
        create_dest_enum(session, handle_of(&me), 0, RTM_ENUM_START, std::nullopt, 0, true);
        return;
    case model::Enumeration::Of::routes:
        create_route_enum(session, handle_of(&me), nullptr, 0, RTM_ENUM_START, std::nullopt, {},
                          true);
        return;
    case model::Enumeration::Of::next_hops:
        create_next_hop_enum(session, handle_of(&me), RTM_ENUM_START, std::nullopt, true);
        return;
    case model::Enumeration::Of::list:
        if (!newest<model::RouteList>(session, me))
            create_route_list(session, handle_of(&me), true);
        if (auto* list = newest<model::RouteList>(session, me))
            create_list_enum(session, handle_of(&me), handle_of(list), true);
        return;
    }
}

} // namespace fuzz
