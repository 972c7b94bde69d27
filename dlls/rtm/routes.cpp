// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Routes: adding, updating, deleting and reading them.

#include "door.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

DWORD WINAPI RtmAddRouteToDest(RTM_ENTITY_HANDLE handle, PRTM_ROUTE_HANDLE route_handle,
                               PRTM_NET_ADDRESS dest_address, PRTM_ROUTE_INFO route_info,
                               ULONG time_to_live, RTM_ROUTE_LIST_HANDLE route_list_handle,
                               RTM_NOTIFY_FLAGS notify_type, RTM_NOTIFY_HANDLE notify_handle,
                               PRTM_ROUTE_CHANGE_FLAGS change_flags)
{
    FIXME("(%p, %p, %s, %p, %#lx, %p, %#lx, %p, %p): not implemented yet\n", handle, route_handle,
          describe(dest_address), route_info, static_cast<unsigned long>(time_to_live),
          route_list_handle, static_cast<unsigned long>(notify_type), notify_handle, change_flags);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmDeleteRouteToDest(RTM_ENTITY_HANDLE handle, RTM_ROUTE_HANDLE route_handle,
                                  PRTM_ROUTE_CHANGE_FLAGS change_flags)
{
    FIXME("(%p, %p, %p): not implemented yet\n", handle, route_handle, change_flags);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmGetExactMatchRoute(RTM_ENTITY_HANDLE handle, PRTM_NET_ADDRESS dest_address,
                                   RTM_MATCH_FLAGS matching_flags, PRTM_ROUTE_INFO route_info,
                                   ULONG interface_index, RTM_VIEW_SET target_views,
                                   PRTM_ROUTE_HANDLE route_handle)
{
    FIXME("(%p, %s, %#lx, %p, %#lx, %#lx, %p): not implemented yet\n", handle,
          describe(dest_address), static_cast<unsigned long>(matching_flags), route_info,
          static_cast<unsigned long>(interface_index), static_cast<unsigned long>(target_views),
          route_handle);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmIsBestRoute(RTM_ENTITY_HANDLE handle, RTM_ROUTE_HANDLE route_handle,
                            PRTM_VIEW_SET best_in_views)
{
    FIXME("(%p, %p, %p): not implemented yet\n", handle, route_handle, best_in_views);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmGetRouteInfo(RTM_ENTITY_HANDLE handle, RTM_ROUTE_HANDLE route_handle,
                             PRTM_ROUTE_INFO route_info, PRTM_NET_ADDRESS dest_address)
{
    FIXME("(%p, %p, %p, %s): not implemented yet\n", handle, route_handle, route_info,
          describe(dest_address));
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmReleaseRouteInfo(RTM_ENTITY_HANDLE handle, PRTM_ROUTE_INFO route_info)
{
    FIXME("(%p, %p): not implemented yet\n", handle, route_info);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmGetRoutePointer(RTM_ENTITY_HANDLE handle, RTM_ROUTE_HANDLE route_handle,
                                PRTM_ROUTE_INFO* route_pointer)
{
    FIXME("(%p, %p, %p): not implemented yet\n", handle, route_handle, route_pointer);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmLockRoute(RTM_ENTITY_HANDLE handle, RTM_ROUTE_HANDLE route_handle, BOOL exclusive,
                          BOOL lock_route, PRTM_ROUTE_INFO* route_pointer)
{
    FIXME("(%p, %p, %d, %d, %p): not implemented yet\n", handle, route_handle, exclusive,
          lock_route, route_pointer);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmUpdateAndUnlockRoute(RTM_ENTITY_HANDLE handle, RTM_ROUTE_HANDLE route_handle,
                                     ULONG time_to_live, RTM_ROUTE_LIST_HANDLE route_list_handle,
                                     RTM_NOTIFY_FLAGS notify_type, RTM_NOTIFY_HANDLE notify_handle,
                                     PRTM_ROUTE_CHANGE_FLAGS change_flags)
{
    FIXME("(%p, %p, %#lx, %p, %#lx, %p, %p): not implemented yet\n", handle, route_handle,
          static_cast<unsigned long>(time_to_live), route_list_handle,
          static_cast<unsigned long>(notify_type), notify_handle, change_flags);
    return ERROR_CALL_NOT_IMPLEMENTED;
}
