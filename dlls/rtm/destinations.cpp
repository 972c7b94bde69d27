// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Destinations: looking them up, locking them, holding them down, and what clients hang on them.

#include "door.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

DWORD WINAPI RtmGetExactMatchDestination(RTM_ENTITY_HANDLE handle, PRTM_NET_ADDRESS dest_address,
                                         ULONG protocol_id, RTM_VIEW_SET target_views,
                                         PRTM_DEST_INFO dest_info)
{
    FIXME("(%p, %s, %#lx, %#lx, %p): not implemented yet\n", handle, describe(dest_address),
          static_cast<unsigned long>(protocol_id), static_cast<unsigned long>(target_views),
          dest_info);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmGetMostSpecificDestination(RTM_ENTITY_HANDLE handle, PRTM_NET_ADDRESS dest_address,
                                           ULONG protocol_id, RTM_VIEW_SET target_views,
                                           PRTM_DEST_INFO dest_info)
{
    FIXME("(%p, %s, %#lx, %#lx, %p): not implemented yet\n", handle, describe(dest_address),
          static_cast<unsigned long>(protocol_id), static_cast<unsigned long>(target_views),
          dest_info);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmGetLessSpecificDestination(RTM_ENTITY_HANDLE handle, RTM_DEST_HANDLE dest_handle,
                                           ULONG protocol_id, RTM_VIEW_SET target_views,
                                           PRTM_DEST_INFO dest_info)
{
    FIXME("(%p, %p, %#lx, %#lx, %p): not implemented yet\n", handle, dest_handle,
          static_cast<unsigned long>(protocol_id), static_cast<unsigned long>(target_views),
          dest_info);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmGetDestInfo(RTM_ENTITY_HANDLE handle, RTM_DEST_HANDLE dest_handle,
                            ULONG protocol_id, RTM_VIEW_SET target_views, PRTM_DEST_INFO dest_info)
{
    FIXME("(%p, %p, %#lx, %#lx, %p): not implemented yet\n", handle, dest_handle,
          static_cast<unsigned long>(protocol_id), static_cast<unsigned long>(target_views),
          dest_info);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmReleaseDestInfo(RTM_ENTITY_HANDLE handle, PRTM_DEST_INFO dest_info)
{
    FIXME("(%p, %p): not implemented yet\n", handle, dest_info);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmLockDestination(RTM_ENTITY_HANDLE handle, RTM_DEST_HANDLE dest_handle,
                                BOOL exclusive, BOOL lock_dest)
{
    FIXME("(%p, %p, %d, %d): not implemented yet\n", handle, dest_handle, exclusive, lock_dest);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmGetOpaqueInformationPointer(RTM_ENTITY_HANDLE handle, RTM_DEST_HANDLE dest_handle,
                                            PVOID* opaque_info_pointer)
{
    FIXME("(%p, %p, %p): not implemented yet\n", handle, dest_handle, opaque_info_pointer);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmHoldDestination(RTM_ENTITY_HANDLE handle, RTM_DEST_HANDLE dest_handle,
                                RTM_VIEW_SET target_views, ULONG hold_time)
{
    FIXME("(%p, %p, %#lx, %#lx): not implemented yet\n", handle, dest_handle,
          static_cast<unsigned long>(target_views), static_cast<unsigned long>(hold_time));
    return ERROR_CALL_NOT_IMPLEMENTED;
}
