// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Comparing the whole of every table, as a client can see it. What is handed out for it is given
// back again.

#include "checked/entities.h"
#include "checked/enumerations.h"
#include "checked/next_hops.h"
#include "checked/notifications.h"
#include "steps/steps.h"

#include <utility>

namespace fuzz
{

namespace
{

const model::Question no_question;
constexpr UINT most_entities_listed = 12;

void expect_good(Session& session, bool good)
{
    session.expect(good, "has to succeed");
}

void compare_entities(Session& session, HANDLE me)
{
    std::vector<HANDLE> entities;
    expect_good(session,
                get_registered_entities(session, me, most_entities_listed, true, true, entities));
    for (HANDLE entity : entities)
        expect_good(session, get_entity_info(session, me, entity, true));
    // It is refused if structures with them were released more often than they were handed out.
    release_entities(session, me, static_cast<UINT>(entities.size()), &entities);
}

void compare_destination(Session& session, HANDLE me, HANDLE handle)
{
    for (ULONG protocol : {RTM_BEST_PROTOCOL, RTM_THIS_PROTOCOL}) {
        Buffer info;
        expect_good(session, get_dest_info(session, me, handle, protocol, 3, &info));
        expect_good(session, release_dest_info(session, me, &info));
    }
    Buffer less;
    if (less_specific(session, me, handle, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_UCAST, &less))
        expect_good(session, release_dest_info(session, me, &less));
}

void compare_destinations(Session& session, HANDLE me, RTM_VIEW_SET views)
{
    const EnumResult made =
        create_dest_enum(session, me, views, RTM_ENUM_START, std::nullopt, 0, true);
    expect_good(session, made.good);
    Buffer infos;
    UINT count = 0;
    const UINT capacity = session.world.limits.handles_in_enum;
    while (get_enum_dests(session, me, made.handle, capacity, true, infos, count)) {
        for (UINT i = 0; i < count; ++i)
            compare_destination(session, me, infos.as<RTM_DEST_INFO>(i * stride())->DestHandle);
        expect_good(session, release_dests(session, me, count, &infos));
    }
    expect_good(session, delete_enum(session, me, made.handle));
}

void compare_route(Session& session, HANDLE me, HANDLE route)
{
    Buffer info;
    expect_good(session, get_route_info(session, me, route, &info, true));
    expect_good(session, release_route_info(session, me, &info));
    expect_good(session, is_best_route(session, me, route, true));
    get_route_pointer(session, me, route, true);
}

void compare_routes(Session& session, HANDLE me)
{
    const EnumResult made =
        create_route_enum(session, me, nullptr, 0, RTM_ENUM_START, std::nullopt, no_question, true);
    expect_good(session, made.good);
    std::vector<HANDLE> routes;
    const UINT capacity = session.world.limits.handles_in_enum;
    while (get_enum_routes(session, me, made.handle, capacity, true, routes)) {
        for (HANDLE route : routes)
            compare_route(session, me, route);
        expect_good(session,
                    release_routes(session, me, static_cast<UINT>(routes.size()), &routes));
        routes.clear();
    }
    expect_good(session, delete_enum(session, me, made.handle));
}

void compare_next_hops(Session& session, HANDLE me)
{
    const EnumResult made = create_next_hop_enum(session, me, RTM_ENUM_START, std::nullopt, true);
    expect_good(session, made.good);
    std::vector<HANDLE> hops;
    const UINT capacity = session.world.limits.handles_in_enum;
    while (get_enum_next_hops(session, me, made.handle, capacity, true, hops)) {
        for (HANDLE hop : hops) {
            RTM_NEXTHOP_INFO info;
            expect_good(session, get_next_hop_info(session, me, hop, &info));
            expect_good(session, release_next_hop_info(session, me, &info));
            expect_good(session, get_next_hop_pointer(session, me, hop, true));
        }
        expect_good(session, release_next_hops(session, me, static_cast<UINT>(hops.size()), &hops));
        hops.clear();
    }
    expect_good(session, delete_enum(session, me, made.handle));
}

void compare_lists(Session& session, const model::Entity& me)
{
    for (const model::RouteList* list : session.world.all<model::RouteList>()) {
        if (&list->owner != &me || list->name == 0)
            continue;
        const EnumResult made = create_list_enum(session, handle_of(&me), handle_of(list), true);
        expect_good(session, made.good);
        std::vector<HANDLE> routes;
        std::size_t before;
        do {
            before = routes.size();
            get_list_enum_routes(session, handle_of(&me), made.handle, 1, true, routes);
        } while (routes.size() != before);
        expect_good(session, release_routes(session, handle_of(&me),
                                            static_cast<UINT>(routes.size()), &routes));
        expect_good(session, delete_enum(session, handle_of(&me), made.handle));
    }
}

void compare_notifications(Session& session, const model::Entity& me)
{
    for (const model::Notification* notification : session.world.all<model::Notification>()) {
        if (&notification->owner != &me || notification->name == 0)
            continue;
        for (const model::Destination* destination : session.world.all<model::Destination>()) {
            if (&destination->table != &me.table || destination->name == 0)
                continue;
            HANDLE handles[] = {handle_of(&me), handle_of(notification), handle_of(destination)};
            expect_good(session,
                        get_change_status(session, handles[0], handles[1], handles[2], true));
            expect_good(session, is_marked(session, handles[0], handles[1], handles[2], true));
        }
    }
}

// Handles of what has ended are refused. Objects that are kept out of sight may be found by theirs.
void compare_ends(Session& session, const model::Entity& me)
{
    for (const auto& object : session.world.objects) {
        if (&object->table != &me.table || object->name == 0)
            continue;
        HANDLE handle = handle_of(object.get());
        RTM_NEXTHOP_INFO hop_info;
        Buffer dest_info;
        switch (object->kind) {
        case model::Kind::route:
            get_route_info(session, handle_of(&me), handle, nullptr, true);
            break;
        case model::Kind::destination:
            if (get_dest_info(session, handle_of(&me), handle, 0, 0, &dest_info))
                expect_good(session, release_dest_info(session, handle_of(&me), &dest_info));
            break;
        case model::Kind::entity:
            get_entity_info(session, handle_of(&me), handle, true);
            break;
        case model::Kind::next_hop:
            if (get_next_hop_info(session, handle_of(&me), handle, &hop_info))
                expect_good(session, release_next_hop_info(session, handle_of(&me), &hop_info));
            break;
        default:
            break;
        }
    }
}

void compare_table(Session& session, const model::Table& table)
{
    const model::Entity& first = *table.members.front();
    compare_entities(session, handle_of(&first));
    for (RTM_VIEW_SET views : {RTM_VIEW_MASK_ANY, RTM_VIEW_MASK_MCAST})
        compare_destinations(session, handle_of(&first), views);
    compare_routes(session, handle_of(&first));
    for (const model::Entity* member : table.members) {
        compare_next_hops(session, handle_of(member));
        compare_lists(session, *member);
        compare_notifications(session, *member);
    }
    compare_ends(session, first);
}

} // namespace

void compare_all(Run& run)
{
    run.session.fail_next_call(0);
    if (Session::tracing)
        run.session.say("- compare all");
    const bool traced = std::exchange(Session::tracing, false);
    for (const auto& [id, table] : run.session.world.tables)
        compare_table(run.session, *table);
    Session::tracing = traced;
}

} // namespace fuzz
