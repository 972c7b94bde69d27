// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Change notification: being told which destinations have changed.

#include "door.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

DWORD WINAPI RtmRegisterForChangeNotification(RTM_ENTITY_HANDLE handle, RTM_VIEW_SET target_views,
                                              RTM_NOTIFY_FLAGS notify_flags, PVOID notify_context,
                                              PRTM_NOTIFY_HANDLE notify_handle)
{
    FIXME("(%p, %#lx, %#lx, %p, %p): not implemented yet\n", handle,
          static_cast<unsigned long>(target_views), static_cast<unsigned long>(notify_flags),
          notify_context, notify_handle);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmDeregisterFromChangeNotification(RTM_ENTITY_HANDLE handle,
                                                 RTM_NOTIFY_HANDLE notify_handle)
{
    FIXME("(%p, %p): not implemented yet\n", handle, notify_handle);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmGetChangedDests(RTM_ENTITY_HANDLE handle, RTM_NOTIFY_HANDLE notify_handle,
                                PUINT num_dests, PRTM_DEST_INFO changed_dests)
{
    FIXME("(%p, %p, %p, %p): not implemented yet\n", handle, notify_handle, num_dests,
          changed_dests);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmReleaseChangedDests(RTM_ENTITY_HANDLE handle, RTM_NOTIFY_HANDLE notify_handle,
                                    UINT num_dests, PRTM_DEST_INFO changed_dests)
{
    FIXME("(%p, %p, %u, %p): not implemented yet\n", handle, notify_handle, num_dests,
          changed_dests);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmIgnoreChangedDests(RTM_ENTITY_HANDLE handle, RTM_NOTIFY_HANDLE notify_handle,
                                   UINT num_dests, PRTM_DEST_HANDLE changed_dests)
{
    FIXME("(%p, %p, %u, %p): not implemented yet\n", handle, notify_handle, num_dests,
          changed_dests);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmGetChangeStatus(RTM_ENTITY_HANDLE handle, RTM_NOTIFY_HANDLE notify_handle,
                                RTM_DEST_HANDLE dest_handle, PBOOL change_status)
{
    FIXME("(%p, %p, %p, %p): not implemented yet\n", handle, notify_handle, dest_handle,
          change_status);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmMarkDestForChangeNotification(RTM_ENTITY_HANDLE handle,
                                              RTM_NOTIFY_HANDLE notify_handle,
                                              RTM_DEST_HANDLE dest_handle, BOOL mark_dest)
{
    FIXME("(%p, %p, %p, %d): not implemented yet\n", handle, notify_handle, dest_handle, mark_dest);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmIsMarkedForChangeNotification(RTM_ENTITY_HANDLE handle,
                                              RTM_NOTIFY_HANDLE notify_handle,
                                              RTM_DEST_HANDLE dest_handle, PBOOL dest_marked)
{
    FIXME("(%p, %p, %p, %p): not implemented yet\n", handle, notify_handle, dest_handle,
          dest_marked);
    return ERROR_CALL_NOT_IMPLEMENTED;
}
