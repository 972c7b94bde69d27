// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Enumerations of destinations, routes and next hops.

#include "door.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

DWORD WINAPI RtmCreateDestEnum(RTM_ENTITY_HANDLE handle, RTM_VIEW_SET target_views,
                               RTM_ENUM_FLAGS enum_flags, PRTM_NET_ADDRESS net_address,
                               ULONG protocol_id, PRTM_ENUM_HANDLE rtm_enum_handle)
{
    FIXME("(%p, %#lx, %#lx, %s, %#lx, %p): not implemented yet\n", handle,
          static_cast<unsigned long>(target_views), static_cast<unsigned long>(enum_flags),
          describe(net_address), static_cast<unsigned long>(protocol_id), rtm_enum_handle);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmGetEnumDests(RTM_ENTITY_HANDLE handle, RTM_ENUM_HANDLE enum_handle, PUINT num_dests,
                             PRTM_DEST_INFO dest_infos)
{
    FIXME("(%p, %p, %p, %p): not implemented yet\n", handle, enum_handle, num_dests, dest_infos);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmReleaseDests(RTM_ENTITY_HANDLE handle, UINT num_dests, PRTM_DEST_INFO dest_infos)
{
    FIXME("(%p, %u, %p): not implemented yet\n", handle, num_dests, dest_infos);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmCreateRouteEnum(RTM_ENTITY_HANDLE handle, RTM_DEST_HANDLE dest_handle,
                                RTM_VIEW_SET target_views, RTM_ENUM_FLAGS enum_flags,
                                PRTM_NET_ADDRESS start_dest, RTM_MATCH_FLAGS matching_flags,
                                PRTM_ROUTE_INFO criteria_route, ULONG criteria_interface,
                                PRTM_ENUM_HANDLE rtm_enum_handle)
{
    FIXME("(%p, %p, %#lx, %#lx, %s, %#lx, %p, %#lx, %p): not implemented yet\n", handle,
          dest_handle, static_cast<unsigned long>(target_views),
          static_cast<unsigned long>(enum_flags), describe(start_dest),
          static_cast<unsigned long>(matching_flags), criteria_route,
          static_cast<unsigned long>(criteria_interface), rtm_enum_handle);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmGetEnumRoutes(RTM_ENTITY_HANDLE handle, RTM_ENUM_HANDLE enum_handle,
                              PUINT num_routes, PRTM_ROUTE_HANDLE route_handles)
{
    FIXME("(%p, %p, %p, %p): not implemented yet\n", handle, enum_handle, num_routes,
          route_handles);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmReleaseRoutes(RTM_ENTITY_HANDLE handle, UINT num_routes,
                              PRTM_ROUTE_HANDLE route_handles)
{
    FIXME("(%p, %u, %p): not implemented yet\n", handle, num_routes, route_handles);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmCreateNextHopEnum(RTM_ENTITY_HANDLE handle, RTM_ENUM_FLAGS enum_flags,
                                  PRTM_NET_ADDRESS net_address, PRTM_ENUM_HANDLE rtm_enum_handle)
{
    FIXME("(%p, %#lx, %s, %p): not implemented yet\n", handle,
          static_cast<unsigned long>(enum_flags), describe(net_address), rtm_enum_handle);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmGetEnumNextHops(RTM_ENTITY_HANDLE handle, RTM_ENUM_HANDLE enum_handle,
                                PUINT num_next_hops, PRTM_NEXTHOP_HANDLE next_hop_handles)
{
    FIXME("(%p, %p, %p, %p): not implemented yet\n", handle, enum_handle, num_next_hops,
          next_hop_handles);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmReleaseNextHops(RTM_ENTITY_HANDLE handle, UINT num_next_hops,
                                PRTM_NEXTHOP_HANDLE next_hop_handles)
{
    FIXME("(%p, %u, %p): not implemented yet\n", handle, num_next_hops, next_hop_handles);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmDeleteEnumHandle(RTM_ENTITY_HANDLE handle, RTM_ENUM_HANDLE enum_handle)
{
    FIXME("(%p, %p): not implemented yet\n", handle, enum_handle);
    return ERROR_CALL_NOT_IMPLEMENTED;
}
