// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Route lists: a client's private lists of routes.

#include "door.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

DWORD WINAPI RtmCreateRouteList(RTM_ENTITY_HANDLE handle, PRTM_ROUTE_LIST_HANDLE route_list_handle)
{
    FIXME("(%p, %p): not implemented yet\n", handle, route_list_handle);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmInsertInRouteList(RTM_ENTITY_HANDLE handle, RTM_ROUTE_LIST_HANDLE route_list_handle,
                                  UINT num_routes, PRTM_ROUTE_HANDLE route_handles)
{
    FIXME("(%p, %p, %u, %p): not implemented yet\n", handle, route_list_handle, num_routes,
          route_handles);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmDeleteRouteList(RTM_ENTITY_HANDLE handle, RTM_ROUTE_LIST_HANDLE route_list_handle)
{
    FIXME("(%p, %p): not implemented yet\n", handle, route_list_handle);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmCreateRouteListEnum(RTM_ENTITY_HANDLE handle,
                                    RTM_ROUTE_LIST_HANDLE route_list_handle,
                                    PRTM_ENUM_HANDLE rtm_enum_handle)
{
    FIXME("(%p, %p, %p): not implemented yet\n", handle, route_list_handle, rtm_enum_handle);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmGetListEnumRoutes(RTM_ENTITY_HANDLE handle, RTM_ENUM_HANDLE enum_handle,
                                  PUINT num_routes, PRTM_ROUTE_HANDLE route_handles)
{
    FIXME("(%p, %p, %p, %p): not implemented yet\n", handle, enum_handle, num_routes,
          route_handles);
    return ERROR_CALL_NOT_IMPLEMENTED;
}
