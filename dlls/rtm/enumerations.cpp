// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Enumerations of destinations, routes and next hops, and giving back what they return.

#include "batches.h"
#include "door.h"
#include "layouts.h"
#include "views.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

namespace
{

constexpr RTM_ENUM_FLAGS start_mask = RTM_ENUM_NEXT | RTM_ENUM_RANGE;

/// Where an enumeration is to begin and end. False if a client says that wrongly.
bool read_range(const Caller& caller, RTM_ENUM_FLAGS flags, PRTM_NET_ADDRESS address,
                EnumRange& range)
{
    const RTM_ENUM_FLAGS start = flags & start_mask;
    if (start == RTM_ENUM_START)
        return true;
    if (start == start_mask || !address || !caller.read(*address, range.start))
        return false;
    range.within = start == RTM_ENUM_RANGE;
    return true;
}

/// The body of the calls that go on with an enumeration: next(walk, room) fetches from it.
template <class Item, class Next, class Deliver>
DWORD go_on(const Caller& caller, HANDLE enum_handle, Enumeration::Subject subject, PUINT count,
            const void* out, Next next, Deliver deliver, DWORD at_end = ERROR_NO_MORE_ITEMS)
{
    if (!count)
        return ERROR_INVALID_PARAMETER;
    Enumeration* walk = caller.find_enumeration(rib(), to_handle(enum_handle));
    if (!walk || walk->subject != subject)
        return ERROR_INVALID_HANDLE;
    return fill_batch<Item>(
        caller, count, out, [&](auto room) { return next(*walk, room); },
        [&](UINT i, Item& item) { deliver(*walk, i, item); }, at_end);
}

/// Hands out the handles of what go_on() has fetched.
template <class Item> auto to_handles(const Caller& caller, Kind kind, HANDLE* handles)
{
    return [&caller, kind, handles](const Enumeration&, UINT i, const Item& item) {
        caller->held.add(kind, 1);
        handles[i] = to_win32(item.handle());
    };
}

DWORD publish(Status status, const Handle& made, PRTM_ENUM_HANDLE out)
{
    if (status == Status::ok)
        *out = to_win32(made);
    return win32_code(status);
}

} // namespace

// ---- destinations

DWORD WINAPI RtmCreateDestEnum(RTM_ENTITY_HANDLE handle, RTM_VIEW_SET target_views,
                               RTM_ENUM_FLAGS enum_flags, PRTM_NET_ADDRESS net_address,
                               ULONG protocol_id, PRTM_ENUM_HANDLE enum_handle)
{
    TRACE("(%p, %#lx, %#lx, %s, %#lx, %p)\n", handle, static_cast<unsigned long>(target_views),
          static_cast<unsigned long>(enum_flags), describe(net_address),
          static_cast<unsigned long>(protocol_id), enum_handle);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        DestQuery query;
        if (!enum_handle || (enum_flags & ~(start_mask | RTM_ENUM_OWN_DESTS)) != 0 ||
            !read_range(caller, enum_flags, net_address, query.range))
            return ERROR_INVALID_PARAMETER;
        const auto views = known_views(target_views);
        if (!views)
            return ERROR_NOT_SUPPORTED;
        query.views = *views;
        query.own = (enum_flags & RTM_ENUM_OWN_DESTS) != 0;
        query.protocol = resolved_protocol(*caller, protocol_id);
        Handle made = 0;
        return publish(caller.table().enumerations().begin_destinations(*caller, query, made), made,
                       enum_handle);
    });
}

DWORD WINAPI RtmGetEnumDests(RTM_ENTITY_HANDLE handle, RTM_ENUM_HANDLE enum_handle, PUINT num_dests,
                             PRTM_DEST_INFO dest_infos)
{
    TRACE("(%p, %p, %p (%u), %p)\n", handle, enum_handle, num_dests, num_dests ? *num_dests : 0,
          dest_infos);
    const DWORD code = answer(__func__, handle, [&](const Caller& caller) {
        return go_on<Destination>(
            caller, enum_handle, Enumeration::Subject::destinations, num_dests, dest_infos,
            [&](auto& walk, auto room) { return caller.table().enumerations().next(walk, room); },
            [&](const auto& walk, UINT i, Destination& destination) {
                caller.table().reports().describe(*caller, destination, {walk.protocol, walk.views},
                                                  nth(dest_infos, i));
            });
    });
    return with_count(code, num_dests);
}

DWORD WINAPI RtmReleaseDests(RTM_ENTITY_HANDLE handle, UINT num_dests, PRTM_DEST_INFO dest_infos)
{
    TRACE("(%p, %u, %p)\n", handle, num_dests, dest_infos);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        return release_dests("RtmReleaseDests", caller, num_dests, dest_infos);
    });
}

// ---- routes

DWORD WINAPI RtmCreateRouteEnum(RTM_ENTITY_HANDLE handle, RTM_DEST_HANDLE dest_handle,
                                RTM_VIEW_SET target_views, RTM_ENUM_FLAGS enum_flags,
                                PRTM_NET_ADDRESS start_dest, RTM_MATCH_FLAGS matching_flags,
                                PRTM_ROUTE_INFO criteria_route, ULONG criteria_interface,
                                PRTM_ENUM_HANDLE enum_handle)
{
    TRACE("(%p, %p, %#lx, %#lx, %s, %#lx, %p, %lu, %p)\n", handle, dest_handle,
          static_cast<unsigned long>(target_views), static_cast<unsigned long>(enum_flags),
          describe(start_dest), static_cast<unsigned long>(matching_flags), criteria_route,
          static_cast<unsigned long>(criteria_interface), enum_handle);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        RouteQuery query;
        // With a destination the start does not matter.
        const RTM_ENUM_FLAGS start = dest_handle ? RTM_ENUM_START : enum_flags;
        const bool needs_route = (matching_flags & match::defined & ~RTM_MATCH_INTERFACE) != 0;
        if (!enum_handle || (enum_flags & ~(start_mask | RTM_ENUM_OWN_ROUTES)) != 0 ||
            (enum_flags & start_mask) == start_mask || (matching_flags & ~RTM_MATCH_FULL) != 0 ||
            (needs_route && !criteria_route) || !read_range(caller, start, start_dest, query.range))
            return ERROR_INVALID_PARAMETER;
        const auto views = known_views(target_views);
        if (!views)
            return ERROR_NOT_SUPPORTED;
        Destination* only = nullptr;
        if (dest_handle && !(only = caller.find_destination(to_handle(dest_handle))))
            return ERROR_INVALID_HANDLE;
        query.views = *views;
        query.own = (enum_flags & RTM_ENUM_OWN_ROUTES) != 0;
        query.criteria =
            RouteCriteria::from(matching_flags, criteria_route ? &record(*criteria_route) : nullptr,
                                criteria_interface);
        Handle made = 0;
        return publish(caller.table().enumerations().begin_routes(*caller, only, query, made), made,
                       enum_handle);
    });
}

DWORD WINAPI RtmGetEnumRoutes(RTM_ENTITY_HANDLE handle, RTM_ENUM_HANDLE enum_handle,
                              PUINT num_routes, PRTM_ROUTE_HANDLE route_handles)
{
    TRACE("(%p, %p, %p (%u), %p)\n", handle, enum_handle, num_routes, num_routes ? *num_routes : 0,
          route_handles);
    const DWORD code = answer(__func__, handle, [&](const Caller& caller) {
        return go_on<Route>(
            caller, enum_handle, Enumeration::Subject::routes, num_routes, route_handles,
            [&](auto& walk, auto room) { return caller.table().enumerations().next(walk, room); },
            to_handles<Route>(caller, Kind::route, route_handles));
    });
    return with_count(code, num_routes);
}

DWORD WINAPI RtmReleaseRoutes(RTM_ENTITY_HANDLE handle, UINT num_routes,
                              PRTM_ROUTE_HANDLE route_handles)
{
    TRACE("(%p, %u, %p)\n", handle, num_routes, route_handles);
    return answer(__func__, [&] {
        return release_handles("RtmReleaseRoutes", handle, Kind::route, num_routes, route_handles);
    });
}

// ---- next hops

DWORD WINAPI RtmCreateNextHopEnum(RTM_ENTITY_HANDLE handle, RTM_ENUM_FLAGS enum_flags,
                                  PRTM_NET_ADDRESS net_address, PRTM_ENUM_HANDLE enum_handle)
{
    TRACE("(%p, %#lx, %s, %p)\n", handle, static_cast<unsigned long>(enum_flags),
          describe(net_address), enum_handle);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        EnumRange range;
        if (!enum_handle || (enum_flags & ~start_mask) != 0 ||
            !read_range(caller, enum_flags, net_address, range))
            return ERROR_INVALID_PARAMETER;
        Handle made = 0;
        return publish(caller.table().enumerations().begin_next_hops(*caller, range, made), made,
                       enum_handle);
    });
}

DWORD WINAPI RtmGetEnumNextHops(RTM_ENTITY_HANDLE handle, RTM_ENUM_HANDLE enum_handle,
                                PUINT num_next_hops, PRTM_NEXTHOP_HANDLE next_hop_handles)
{
    TRACE("(%p, %p, %p (%u), %p)\n", handle, enum_handle, num_next_hops,
          num_next_hops ? *num_next_hops : 0, next_hop_handles);
    const DWORD code = answer(__func__, handle, [&](const Caller& caller) {
        return go_on<NextHop>(
            caller, enum_handle, Enumeration::Subject::next_hops, num_next_hops, next_hop_handles,
            [&](auto& walk, auto room) { return caller.table().enumerations().next(walk, room); },
            to_handles<NextHop>(caller, Kind::next_hop, next_hop_handles));
    });
    return with_count(code, num_next_hops);
}

DWORD WINAPI RtmReleaseNextHops(RTM_ENTITY_HANDLE handle, UINT num_next_hops,
                                PRTM_NEXTHOP_HANDLE next_hop_handles)
{
    TRACE("(%p, %u, %p)\n", handle, num_next_hops, next_hop_handles);
    return answer(__func__, [&] {
        return release_handles("RtmReleaseNextHops", handle, Kind::next_hop, num_next_hops,
                               next_hop_handles);
    });
}

// ---- route lists

DWORD WINAPI RtmCreateRouteListEnum(RTM_ENTITY_HANDLE handle,
                                    RTM_ROUTE_LIST_HANDLE route_list_handle,
                                    PRTM_ENUM_HANDLE enum_handle)
{
    TRACE("(%p, %p, %p)\n", handle, route_list_handle, enum_handle);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!enum_handle)
            return ERROR_INVALID_PARAMETER;
        RouteList* list = caller.find_list(rib(), to_handle(route_list_handle));
        if (!list)
            return ERROR_INVALID_HANDLE;
        Handle made = 0;
        return publish(caller.table().enumerations().begin_list(*caller, *list, made), made,
                       enum_handle);
    });
}

DWORD WINAPI RtmGetListEnumRoutes(RTM_ENTITY_HANDLE handle, RTM_ENUM_HANDLE enum_handle,
                                  PUINT num_routes, PRTM_ROUTE_HANDLE route_handles)
{
    TRACE("(%p, %p, %p (%u), %p)\n", handle, enum_handle, num_routes, num_routes ? *num_routes : 0,
          route_handles);
    const DWORD code = answer(__func__, handle, [&](const Caller& caller) {
        return go_on<Route>(
            caller, enum_handle, Enumeration::Subject::list, num_routes, route_handles,
            [&](auto& walk, auto room) {
                return caller.table().enumerations().next_in_list(walk, room);
            },
            to_handles<Route>(caller, Kind::route, route_handles), NO_ERROR);
    });
    return with_count(code, num_routes);
}

// ---- all of them

DWORD WINAPI RtmDeleteEnumHandle(RTM_ENTITY_HANDLE handle, RTM_ENUM_HANDLE enum_handle)
{
    TRACE("(%p, %p)\n", handle, enum_handle);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        Enumeration* walk = caller.find_enumeration(rib(), to_handle(enum_handle));
        if (!walk || !caller.table().enumerations().end(*walk))
            return ERROR_INVALID_HANDLE;
        caller->held.add(Kind::enumeration, -1);
        return NO_ERROR;
    });
}
