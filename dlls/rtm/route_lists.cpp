// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Route lists: an entity's own selections of its routes. Walks through them are in
// enumerations.cpp.

#include "door.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

DWORD WINAPI RtmCreateRouteList(RTM_ENTITY_HANDLE handle, PRTM_ROUTE_LIST_HANDLE route_list_handle)
{
    TRACE("(%p, %p)\n", handle, route_list_handle);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!route_list_handle)
            return ERROR_INVALID_PARAMETER;
        Handle made = 0;
        const Status status = caller.table().make_list(*caller, made);
        if (status == Status::ok)
            *route_list_handle = to_win32(made);
        return win32_code(status);
    });
}

DWORD WINAPI RtmInsertInRouteList(RTM_ENTITY_HANDLE handle, RTM_ROUTE_LIST_HANDLE route_list_handle,
                                  UINT num_routes, PRTM_ROUTE_HANDLE route_handles)
{
    TRACE("(%p, %p, %u, %p)\n", handle, route_list_handle, num_routes, route_handles);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!can_be(route_handles, num_routes))
            return ERROR_INVALID_PARAMETER;
        RouteList* list = nullptr;
        if (route_list_handle && !(list = caller.find_list(rib(), to_handle(route_list_handle))))
            return ERROR_INVALID_HANDLE;
        return win32_code(
            caller.table().move_to_list(*caller, list, handles_of(route_handles, num_routes)));
    });
}

DWORD WINAPI RtmDeleteRouteList(RTM_ENTITY_HANDLE handle, RTM_ROUTE_LIST_HANDLE route_list_handle)
{
    TRACE("(%p, %p)\n", handle, route_list_handle);
    return answer(__func__, [&]() -> DWORD {
        Caller caller(rib(), to_handle(handle));
        RouteList* list = caller ? caller.find_list(rib(), to_handle(route_list_handle)) : nullptr;
        if (!list || !caller.table().delete_list(*list))
            return ERROR_INVALID_HANDLE;
        caller->held.add(Kind::route_list, -1);
        return NO_ERROR;
    });
}
