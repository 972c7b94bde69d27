// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "checked/routes.h"
#include "model/references.h"

#include <algorithm>
#include <cstddef>

namespace fuzz
{

namespace
{

constexpr std::size_t before_next_hops = offsetof(RTM_ROUTE_INFO, NextHopsList.NextHops);

UCHAR state_of(const model::Route& route)
{
    switch (route.state) {
    case model::RouteState::live:
        return RTM_ROUTE_STATE_CREATED;
    case model::RouteState::held:
        return RTM_ROUTE_STATE_DELETING;
    case model::RouteState::deleted:
        return RTM_ROUTE_STATE_DELETED;
    }
    return 0;
}

void check_contents(Session& session, const RTM_ROUTE_INFO& info, model::Route& route,
                    const model::Contents& shown)
{
    session.expect_handle("DestHandle", info.DestHandle, &route.destination);
    session.expect_handle("RouteOwner", info.RouteOwner, &route.owner);
    session.expect_handle("Neighbour", info.Neighbour, shown.neighbour);
    session.expect_number("State", info.State, state_of(route));
    session.expect_number("Flags1", info.Flags1, shown.flags1);
    session.expect_number("Flags", info.Flags, shown.flags);
    session.expect_number("Preference", info.PrefInfo.Preference, shown.preference);
    session.expect_number("Metric", info.PrefInfo.Metric, shown.metric);
    session.expect_number("BelongsToViews", info.BelongsToViews, shown.views);
    session.expect_number("EntitySpecificInfo",
                          reinterpret_cast<std::uintptr_t>(info.EntitySpecificInfo),
                          shown.specific);
    session.expect_number("NumNextHops", info.NextHopsList.NumNextHops, shown.next_hops.size());
    for (std::size_t i = 0; i < shown.next_hops.size(); ++i)
        session.expect_handle("a next hop", info.NextHopsList.NextHops[i], shown.next_hops[i]);
}

void trace(Session& session, HANDLE me, const AddingRoute& adding)
{
    if (!Session::tracing)
        return;
    const auto info = adding.info.value_or(model::RouteInfo());
    std::string hops;
    for (Name hop : info.next_hops)
        hops += " " + session.text(to_handle(hop));
    session.say(
        "add route for %s: %s%s, handle %s, neighbour %s, flags %#x/%#x, preference %u, "
        "metric %u, views %#x, specific %#lx, next hops{%s }, time %#lx, list %s, "
        "change %#lx%s",
        session.text(me).c_str(), text_of(adding.address ? &*adding.address : nullptr).c_str(),
        adding.info ? "" : " (no info)",
        adding.handle ? session.text(*adding.handle).c_str() : "not wanted",
        session.text(to_handle(info.neighbour)).c_str(), info.flags1, info.flags, info.preference,
        info.metric, info.views, static_cast<unsigned long>(info.specific), hops.c_str(),
        static_cast<unsigned long>(adding.time_to_live), session.text(adding.list).c_str(),
        static_cast<unsigned long>(adding.flags.value_or(0)), adding.flags ? "" : " (NULL)");
}

model::AddingRoute to_model(const AddingRoute& adding)
{
    model::AddingRoute result;
    if (adding.handle)
        result.handle = to_name(*adding.handle);
    result.address = to_address(adding.address ? &*adding.address : nullptr);
    result.info = adding.info;
    result.time_to_live = adding.time_to_live;
    result.list = to_name(adding.list);
    if (adding.flags)
        result.flags = *adding.flags;
    return result;
}

void check_added(Session& session, const AddingRoute& adding, const model::AddedRoute& added,
                 HANDLE stored, DWORD flags)
{
    session.expect_number("ChangeFlags", flags, added.flags);
    if (added.handed_out)
        session.expect_handle("the handle", stored, added.route);
    else
        session.expect(stored == adding.handle.value_or(nullptr), "the handle has changed");
}

std::optional<model::RouteHandles> handles_in(const Buffer* buffer)
{
    if (!buffer)
        return std::nullopt;
    const auto* info = buffer->as<RTM_ROUTE_INFO>();
    model::RouteHandles handles;
    handles.destination = to_name(info->DestHandle);
    handles.owner = to_name(info->RouteOwner);
    handles.neighbour = to_name(info->Neighbour);
    handles.next_hops = to_names(info->NextHopsList.NextHops, info->NextHopsList.NumNextHops);
    return handles;
}

/// Next hops that the model knows the route of this handle to have.
std::size_t next_hops_of(Session& session, HANDLE me, HANDLE handle)
{
    model::Verdict verdict;
    const model::Entity* entity = session.world.caller(verdict, to_name(me));
    const auto* route =
        entity ? session.world.find<model::Route>(entity->table, to_name(handle)) : nullptr;
    return route ? route->shown.next_hops.size() : 0;
}

} // namespace

Buffer route_buffer(std::size_t next_hops)
{
    return Buffer(before_next_hops + next_hops * sizeof(HANDLE));
}

Buffer route_argument(const model::RouteInfo& info, Name owner)
{
    Buffer buffer = route_buffer(info.next_hops.size());
    auto* argument = buffer.as<RTM_ROUTE_INFO>();
    argument->RouteOwner = to_handle(owner);
    argument->Neighbour = to_handle(info.neighbour);
    argument->Flags1 = info.flags1;
    argument->Flags = info.flags;
    argument->PrefInfo = {info.metric, info.preference};
    argument->BelongsToViews = info.views;
    argument->EntitySpecificInfo = reinterpret_cast<void*>(info.specific);
    argument->NextHopsList.NumNextHops = static_cast<USHORT>(info.next_hops.size());
    std::transform(info.next_hops.begin(), info.next_hops.end(), argument->NextHopsList.NextHops,
                   to_handle);
    return buffer;
}

void check_route(Session& session, const RTM_ROUTE_INFO& info, model::Route& route)
{
    check_contents(session, info, route, route.shown);
}

void check_route_copy(Session& session, const RTM_ROUTE_INFO& info, model::Route& route)
{
    model::Contents shown = route.shown;
    if (shown.neighbour && !shown.neighbour->exists)
        shown.neighbour = nullptr;
    std::erase_if(shown.next_hops, [](model::NextHop* hop) { return !hop->exists; });
    check_contents(session, info, route, shown);
}

bool add_route(Session& session, HANDLE me, const AddingRoute& adding)
{
    RTM_NET_ADDRESS address = adding.address.value_or(RTM_NET_ADDRESS());
    Buffer info = route_argument(adding.info.value_or(model::RouteInfo()), 0);
    HANDLE stored = adding.handle.value_or(nullptr);
    DWORD flags = adding.flags.value_or(0);
    trace(session, me, adding);
    session.call("RtmAddRouteToDest", [&] {
        return RtmAddRouteToDest(
            me, adding.handle ? &stored : nullptr, adding.address ? &address : nullptr,
            adding.info ? info.as<RTM_ROUTE_INFO>() : nullptr, adding.time_to_live, adding.list, 0,
            nullptr, adding.flags ? &flags : nullptr);
    });
    if (!session.ran_out_of_memory()) {
        auto added = model::add_route(session.world, to_name(me), to_model(adding));
        if (session.judge(added.verdict)) {
            check_added(session, adding, added, stored, flags);
            return true;
        }
    }
    session.expect(stored == adding.handle.value_or(nullptr) && flags == adding.flags.value_or(0),
                   "something was stored");
    return false;
}

bool delete_route(Session& session, HANDLE me, HANDLE handle, bool has_flags)
{
    Output<DWORD> flags;
    if (Session::tracing)
        session.say("delete %s for %s", session.text(handle).c_str(), session.text(me).c_str());
    session.call("RtmDeleteRouteToDest", [&] {
        return RtmDeleteRouteToDest(me, handle, has_flags ? &flags.value : nullptr);
    });
    auto deleted = model::delete_route(session.world, to_name(me), to_name(handle), has_flags);
    if (!session.judge(deleted.verdict)) {
        session.expect(flags.is_unset(), "ChangeFlags was stored");
        return false;
    }
    session.expect_number("ChangeFlags", flags.value, deleted.flags);
    return true;
}

bool get_route_info(Session& session, HANDLE me, HANDLE handle, Buffer* got, bool wants_address)
{
    Buffer info = route_buffer(next_hops_of(session, me, handle));
    Output<RTM_NET_ADDRESS> address;
    if (Session::tracing)
        session.say("info of %s for %s", session.text(handle).c_str(), session.text(me).c_str());
    session.call("RtmGetRouteInfo", [&] {
        return RtmGetRouteInfo(me, handle, got ? info.as<RTM_ROUTE_INFO>() : nullptr,
                               wants_address ? &address.value : nullptr);
    });
    auto found = model::route_info(session.world, to_name(me), to_name(handle), got);
    if (!session.judge(found.verdict)) {
        session.expect(info.is_painted() && address.is_unset(), "something was stored");
        return false;
    }
    const model::Destination& destination = found.route->destination;
    if (wants_address)
        session.expect(is_exactly(address.value, destination.prefix, destination.table.family),
                       "DestAddress is %s", text_of(&address.value).c_str());
    if (got) {
        check_route_copy(session, *info.as<RTM_ROUTE_INFO>(), *found.route);
        *got = info;
    }
    return true;
}

bool release_route_info(Session& session, HANDLE me, Buffer* info)
{
    const auto handles = handles_in(info);
    if (Session::tracing && info)
        session.say("release a route info of %s for %s",
                    session.text(to_handle(handles->destination)).c_str(),
                    session.text(me).c_str());
    session.call("RtmReleaseRouteInfo", [&] {
        return RtmReleaseRouteInfo(me, info ? info->as<RTM_ROUTE_INFO>() : nullptr);
    });
    return session.judge(model::release_route_info(session.world, to_name(me), handles));
}

bool get_route_pointer(Session& session, HANDLE me, HANDLE handle, bool wants_pointer)
{
    Output<RTM_ROUTE_INFO*> pointer;
    if (Session::tracing)
        session.say("pointer of %s for %s", session.text(handle).c_str(), session.text(me).c_str());
    session.call("RtmGetRoutePointer", [&] {
        return RtmGetRoutePointer(me, handle, wants_pointer ? &pointer.value : nullptr);
    });
    auto found = model::route_pointer(session.world, to_name(me), to_name(handle), wants_pointer);
    if (!session.judge(found.verdict)) {
        session.expect(pointer.is_unset(), "something was stored");
        return false;
    }
    session.expect_address(pointer.value, *found.route);
    check_route(session, *pointer.value, *found.route);
    return true;
}

bool is_best_route(Session& session, HANDLE me, HANDLE handle, bool wants_views)
{
    Output<RTM_VIEW_SET> views;
    session.call("RtmIsBestRoute",
                 [&] { return RtmIsBestRoute(me, handle, wants_views ? &views.value : nullptr); });
    auto answer = model::is_best_route(session.world, to_name(me), to_name(handle), wants_views);
    if (!session.judge(answer.verdict)) {
        session.expect(views.is_unset(), "something was stored");
        return false;
    }
    session.expect_number("BestInViews", views.value, answer.views);
    return true;
}

bool release_routes(Session& session, HANDLE me, UINT count, std::vector<HANDLE>* handles)
{
    for (UINT i = 0; Session::tracing && handles && i < count; ++i)
        session.say("release %s for %s", session.text((*handles)[i]).c_str(),
                    session.text(me).c_str());
    session.call("RtmReleaseRoutes",
                 [&] { return RtmReleaseRoutes(me, count, handles ? handles->data() : nullptr); });
    const auto names = to_names(handles ? handles->data() : nullptr, count);
    return session.judge(model::release_array<model::Route>(session.world, to_name(me), count,
                                                            handles ? &names : nullptr));
}

} // namespace fuzz
