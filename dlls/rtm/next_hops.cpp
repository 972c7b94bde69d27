// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Next hops: each entity's own list of them.

#include "door.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

DWORD WINAPI RtmAddNextHop(RTM_ENTITY_HANDLE handle, PRTM_NEXTHOP_INFO next_hop_info,
                           PRTM_NEXTHOP_HANDLE next_hop_handle,
                           PRTM_NEXTHOP_CHANGE_FLAGS change_flags)
{
    FIXME("(%p, %p, %p, %p): not implemented yet\n", handle, next_hop_info, next_hop_handle,
          change_flags);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmFindNextHop(RTM_ENTITY_HANDLE handle, PRTM_NEXTHOP_INFO next_hop_info,
                            PRTM_NEXTHOP_HANDLE next_hop_handle,
                            PRTM_NEXTHOP_INFO* next_hop_pointer)
{
    FIXME("(%p, %p, %p, %p): not implemented yet\n", handle, next_hop_info, next_hop_handle,
          next_hop_pointer);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmDeleteNextHop(RTM_ENTITY_HANDLE handle, RTM_NEXTHOP_HANDLE next_hop_handle,
                              PRTM_NEXTHOP_INFO next_hop_info)
{
    FIXME("(%p, %p, %p): not implemented yet\n", handle, next_hop_handle, next_hop_info);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmGetNextHopInfo(RTM_ENTITY_HANDLE handle, RTM_NEXTHOP_HANDLE next_hop_handle,
                               PRTM_NEXTHOP_INFO next_hop_info)
{
    FIXME("(%p, %p, %p): not implemented yet\n", handle, next_hop_handle, next_hop_info);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmReleaseNextHopInfo(RTM_ENTITY_HANDLE handle, PRTM_NEXTHOP_INFO next_hop_info)
{
    FIXME("(%p, %p): not implemented yet\n", handle, next_hop_info);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmGetNextHopPointer(RTM_ENTITY_HANDLE handle, RTM_NEXTHOP_HANDLE next_hop_handle,
                                  PRTM_NEXTHOP_INFO* next_hop_pointer)
{
    FIXME("(%p, %p, %p): not implemented yet\n", handle, next_hop_handle, next_hop_pointer);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmLockNextHop(RTM_ENTITY_HANDLE handle, RTM_NEXTHOP_HANDLE next_hop_handle,
                            BOOL exclusive, BOOL lock_next_hop, PRTM_NEXTHOP_INFO* next_hop_pointer)
{
    FIXME("(%p, %p, %d, %d, %p): not implemented yet\n", handle, next_hop_handle, exclusive,
          lock_next_hop, next_hop_pointer);
    return ERROR_CALL_NOT_IMPLEMENTED;
}
