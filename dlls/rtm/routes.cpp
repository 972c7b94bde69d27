// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Routes: adding, changing, deleting and finding them.

#include "door.h"
#include "layouts.h"
#include "views.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

namespace
{

unsigned long ul(ULONG value)
{
    return value;
}

/// Of a shortage of anything the pages of routes know one code.
template <class Ask> Status short_of_memory(Ask ask)
{
    try {
        return ask();
    } catch (const ResourceExhausted&) {
        return Status::not_enough_memory;
    }
}

/// Asks again while another thread's lock is in the way. `ask` gets what to wait for.
template <class Ask> DWORD ask_until_free(HANDLE handle, Ask ask)
{
    while (true) {
        Handle locked = 0;
        const Status status = short_of_memory([&] { return ask(locked); });
        if (status != Status::busy)
            return win32_code(status);
        rib().wait_for_lock(to_handle(handle), locked);
    }
}

Status terms_of(const Caller& caller, ULONG time_to_live, RTM_ROUTE_LIST_HANDLE list,
                RouteTerms& terms)
{
    terms.time_to_live = time_to_live;
    terms.list = list ? caller.find_list(rib(), to_handle(list)) : nullptr;
    return list && !terms.list ? Status::invalid_handle : Status::ok;
}

Status add_or_update(HANDLE handle, PRTM_ROUTE_HANDLE route_handle, const Prefix& prefix,
                     RTM_ROUTE_INFO& info, ULONG time_to_live, RTM_ROUTE_LIST_HANDLE list,
                     std::uint32_t& change, Handle& locked)
{
    Caller caller(rib(), to_handle(handle));
    RouteTerms terms;
    if (!caller || terms_of(caller, time_to_live, list, terms) != Status::ok)
        return Status::invalid_handle;
    Routes& routes = caller.table().routes();
    if (route_handle && *route_handle) {
        Route* route = routes.find(to_handle(*route_handle));
        if (!route)
            return Status::invalid_handle;
        return routes.update(*caller, *route, record(info), terms, change, locked);
    }
    Handle made = 0;
    const Status status = routes.add(*caller, prefix, record(info), terms, change,
                                     route_handle ? &made : nullptr, locked);
    if (status == Status::ok && route_handle)
        *route_handle = to_win32(made);
    return status;
}

} // namespace

DWORD WINAPI RtmAddRouteToDest(RTM_ENTITY_HANDLE handle, PRTM_ROUTE_HANDLE route_handle,
                               PRTM_NET_ADDRESS dest_address, PRTM_ROUTE_INFO route_info,
                               ULONG time_to_live, RTM_ROUTE_LIST_HANDLE route_list_handle,
                               RTM_NOTIFY_FLAGS notify_type, RTM_NOTIFY_HANDLE notify_handle,
                               PRTM_ROUTE_CHANGE_FLAGS change_flags)
{
    TRACE("(%p, %p (%p), %s, %s, %lu ms, %p, %#lx, %p, %p (%#lx))\n", handle, route_handle,
          route_handle ? *route_handle : nullptr, describe(dest_address), describe(route_info),
          ul(time_to_live), route_list_handle, ul(notify_type), notify_handle, change_flags,
          ul(change_flags ? *change_flags : 0));
    return answer(__func__, [&]() -> DWORD {
        Prefix prefix;
        if (Caller caller(rib(), to_handle(handle)); !caller)
            return ERROR_INVALID_HANDLE;
        else if (!dest_address || !route_info || !change_flags ||
                 !caller.read(*dest_address, prefix))
            return ERROR_INVALID_PARAMETER;
        return ask_until_free(handle, [&](Handle& locked) {
            std::uint32_t change = *change_flags;
            const Status status = add_or_update(handle, route_handle, prefix, *route_info,
                                                time_to_live, route_list_handle, change, locked);
            if (status == Status::ok)
                *change_flags = change;
            return status;
        });
    });
}

DWORD WINAPI RtmDeleteRouteToDest(RTM_ENTITY_HANDLE handle, RTM_ROUTE_HANDLE route_handle,
                                  PRTM_ROUTE_CHANGE_FLAGS change_flags)
{
    TRACE("(%p, %p, %p)\n", handle, route_handle, change_flags);
    return answer(__func__, [&]() -> DWORD {
        if (Caller caller(rib(), to_handle(handle)); !caller)
            return ERROR_INVALID_HANDLE;
        if (!change_flags)
            return ERROR_INVALID_PARAMETER;
        return ask_until_free(handle, [&](Handle& locked) {
            Caller caller(rib(), to_handle(handle));
            Route* route = caller ? caller.find_route(to_handle(route_handle)) : nullptr;
            if (!route)
                return Status::invalid_handle;
            std::uint32_t change = 0;
            const Status status =
                caller.table().routes().remove(*caller, *route, true, change, locked);
            if (status == Status::ok)
                *change_flags = change;
            return status;
        });
    });
}

DWORD WINAPI RtmGetRouteInfo(RTM_ENTITY_HANDLE handle, RTM_ROUTE_HANDLE route_handle,
                             PRTM_ROUTE_INFO route_info, PRTM_NET_ADDRESS dest_address)
{
    TRACE("(%p, %p, %p, %p)\n", handle, route_handle, route_info, dest_address);
    return answer(__func__, [&]() -> DWORD {
        Caller caller(rib(), to_handle(handle));
        Route* route = caller ? caller.find_route(to_handle(route_handle)) : nullptr;
        if (!route)
            return ERROR_INVALID_HANDLE;
        caller.table().reports().describe(*caller, *route,
                                          route_info ? &record(*route_info) : nullptr,
                                          dest_address ? &record(*dest_address) : nullptr);
        return NO_ERROR;
    });
}

DWORD WINAPI RtmReleaseRouteInfo(RTM_ENTITY_HANDLE handle, PRTM_ROUTE_INFO route_info)
{
    TRACE("(%p, %p)\n", handle, route_info);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!route_info)
            return ERROR_INVALID_PARAMETER;
        if (caller.table().reports().release(*caller, record(*route_info)))
            return NO_ERROR;
        warn_of_excess_release("RtmReleaseRouteInfo", handle);
        return ERROR_INVALID_HANDLE;
    });
}

DWORD WINAPI RtmGetRoutePointer(RTM_ENTITY_HANDLE handle, RTM_ROUTE_HANDLE route_handle,
                                PRTM_ROUTE_INFO* route_pointer)
{
    TRACE("(%p, %p, %p)\n", handle, route_handle, route_pointer);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!route_pointer)
            return ERROR_INVALID_PARAMETER;
        Route* route = caller.find_route(to_handle(route_handle));
        if (!route)
            return ERROR_INVALID_HANDLE;
        if (!caller.table().routes().is_owner(*caller, *route))
            return ERROR_ACCESS_DENIED;
        *route_pointer = to_win32(route->info);
        return NO_ERROR;
    });
}

namespace
{

/// What a client's lock of a route is a lock of; checks that it may have it.
DWORD find_lockable(HANDLE handle, HANDLE route_handle, Handle& destination)
{
    Caller caller(rib(), to_handle(handle));
    Route* route = caller ? caller.find_route(to_handle(route_handle)) : nullptr;
    if (!route)
        return ERROR_INVALID_HANDLE;
    Routes& routes = caller.table().routes();
    if (!routes.is_owner(*caller, *route))
        return ERROR_ACCESS_DENIED;
    if (!route->is_live())
        return ERROR_INVALID_HANDLE;
    destination = routes.destination(*route).handle();
    return NO_ERROR;
}

DWORD lock_route(HANDLE handle, HANDLE route_handle, bool exclusive, PRTM_ROUTE_INFO* pointer)
{
    Handle destination = 0;
    if (DWORD code = find_lockable(handle, route_handle, destination); code != NO_ERROR)
        return code;
    if (Status status = rib().lock(to_handle(handle), destination, exclusive); status != Status::ok)
        return win32_code(status);
    Caller caller(rib(), to_handle(handle));
    if (!caller)
        return ERROR_INVALID_HANDLE; // its locks are gone already
    Table& table = caller.table();
    Route* route = caller.find_route(to_handle(route_handle));
    try {
        if (route && route->is_live()) {
            if (exclusive)
                table.routes().begin_edits(*route);
            table.route_locks().begin(*caller, route->handle(), destination, exclusive,
                                      contents_of(route->info, table.routes().most_next_hops()));
            if (pointer)
                *pointer = to_win32(route->info);
            return NO_ERROR;
        }
    } catch (...) {
        table.locks().unlock(destination, *caller, exclusive);
        throw;
    }
    // It was deleted while others had the lock.
    table.locks().unlock(destination, *caller, exclusive);
    return ERROR_INVALID_HANDLE;
}

/// After the thread has given back one lock of the route; it may have more.
void end_edits(const Caller& caller, Route& route)
{
    Table& table = caller.table();
    if (!table.route_locks().is_held(route.handle()))
        table.routes().end_edits(route);
}

DWORD unlock_route(HANDLE handle, HANDLE route_handle, bool exclusive, PRTM_ROUTE_INFO* pointer)
{
    Caller caller(rib(), to_handle(handle));
    if (!caller)
        return ERROR_INVALID_HANDLE;
    Table& table = caller.table();
    // The route itself may have gone under the lock.
    Route* route = caller.find_route(to_handle(route_handle));
    if (const RouteContents* before =
            exclusive && route ? table.route_locks().before(*caller, route->handle()) : nullptr)
        table.routes().note_edits(*route, *before);
    const Handle destination = table.route_locks().end(*caller, to_handle(route_handle), exclusive);
    if (destination == 0)
        return route ? ERROR_ACCESS_DENIED : ERROR_INVALID_HANDLE;
    if (route)
        end_edits(caller, *route);
    table.locks().unlock(destination, *caller, exclusive);
    if (pointer && route)
        *pointer = to_win32(route->info);
    return NO_ERROR;
}

} // namespace

DWORD WINAPI RtmLockRoute(RTM_ENTITY_HANDLE handle, RTM_ROUTE_HANDLE route_handle, BOOL exclusive,
                          BOOL lock, PRTM_ROUTE_INFO* route_pointer)
{
    TRACE("(%p, %p, %d, %d, %p)\n", handle, route_handle, exclusive, lock, route_pointer);
    return answer(__func__, [&]() -> DWORD {
        return lock ? lock_route(handle, route_handle, exclusive != FALSE, route_pointer)
                    : unlock_route(handle, route_handle, exclusive != FALSE, route_pointer);
    });
}

namespace
{

DWORD commit_and_unlock(const Caller& caller, HANDLE route_handle, ULONG time_to_live,
                        RTM_ROUTE_LIST_HANDLE list, std::uint32_t& change)
{
    Table& table = caller.table();
    Route* route = caller.find_route(to_handle(route_handle));
    RouteTerms terms;
    if (!route || terms_of(caller, time_to_live, list, terms) != Status::ok)
        return ERROR_INVALID_HANDLE;
    const RouteContents* before = table.routes().is_owner(*caller, *route)
                                      ? table.route_locks().before(*caller, to_handle(route_handle))
                                      : nullptr;
    // The lock may have been given back by the destination's name.
    if (!before || !table.locks().is_mine(table.routes().destination(*route).handle(), *caller))
        return ERROR_ACCESS_DENIED;
    const Status status = table.routes().update_in_place(*caller, *route, terms, *before, change);
    if (status != Status::ok)
        return win32_code(status);
    const Handle destination = table.route_locks().end(*caller, to_handle(route_handle), true);
    end_edits(caller, *route);
    table.locks().unlock(destination, *caller, true);
    return NO_ERROR;
}

} // namespace

DWORD WINAPI RtmUpdateAndUnlockRoute(RTM_ENTITY_HANDLE handle, RTM_ROUTE_HANDLE route_handle,
                                     ULONG time_to_live, RTM_ROUTE_LIST_HANDLE route_list_handle,
                                     RTM_NOTIFY_FLAGS notify_type, RTM_NOTIFY_HANDLE notify_handle,
                                     PRTM_ROUTE_CHANGE_FLAGS change_flags)
{
    TRACE("(%p, %p, %lu ms, %p, %#lx, %p, %p)\n", handle, route_handle, ul(time_to_live),
          route_list_handle, ul(notify_type), notify_handle, change_flags);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!change_flags)
            return ERROR_INVALID_PARAMETER;
        std::uint32_t change = 0;
        DWORD code = NO_ERROR;
        const Status status = short_of_memory([&] {
            code = commit_and_unlock(caller, route_handle, time_to_live, route_list_handle, change);
            return Status::ok;
        });
        if (status != Status::ok)
            return win32_code(status);
        if (code == NO_ERROR)
            *change_flags = change;
        return code;
    });
}

DWORD WINAPI RtmGetExactMatchRoute(RTM_ENTITY_HANDLE handle, PRTM_NET_ADDRESS dest_address,
                                   RTM_MATCH_FLAGS matching_flags, PRTM_ROUTE_INFO route_info,
                                   ULONG interface_index, RTM_VIEW_SET target_views,
                                   PRTM_ROUTE_HANDLE route_handle)
{
    TRACE("(%p, %s, %#lx, %p, %lu, %#lx, %p)\n", handle, describe(dest_address), ul(matching_flags),
          route_info, ul(interface_index), ul(target_views), route_handle);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        Prefix prefix;
        if (!dest_address || !route_info || (matching_flags & ~RTM_MATCH_FULL) != 0 ||
            !caller.read(*dest_address, prefix))
            return ERROR_INVALID_PARAMETER;
        Table& table = caller.table();
        const Destination* destination = table.destinations().tree().find(prefix);
        const ReportedViews shown(target_views);
        if (!destination || (!shown.is_any && shown.views == 0))
            return ERROR_NOT_FOUND;
        Route* route = table.enumerations().find_route(
            *destination, shown.views,
            RouteCriteria::from(matching_flags, &record(*route_info), interface_index));
        if (!route)
            return ERROR_NOT_FOUND;
        table.reports().describe(*caller, *route, &record(*route_info), nullptr);
        if (route_handle) {
            caller->held.add(Kind::route, 1);
            *route_handle = to_win32(route->handle());
        } else {
            table.routes().release(*route);
        }
        return NO_ERROR;
    });
}

DWORD WINAPI RtmIsBestRoute(RTM_ENTITY_HANDLE handle, RTM_ROUTE_HANDLE route_handle,
                            PRTM_VIEW_SET best_in_views)
{
    TRACE("(%p, %p, %p)\n", handle, route_handle, best_in_views);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!best_in_views)
            return ERROR_INVALID_PARAMETER;
        const Route* route = caller.find_route(to_handle(route_handle));
        if (!route)
            return ERROR_INVALID_HANDLE;
        *best_in_views = caller.table().routes().best_in(*route);
        return NO_ERROR;
    });
}
