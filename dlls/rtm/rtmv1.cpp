// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// RTMv1: the older API, for IP and IPX.

#include "door.h"

#include "rtm.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

namespace
{

/// For functions whose result is no error code: the code is the thread's last error.
template <class Result> Result fail(Result result)
{
    SetLastError(ERROR_CALL_NOT_IMPLEMENTED);
    return result;
}

} // namespace

DWORD WINAPI RtmAddRoute(HANDLE client_handle, PVOID route, DWORD time_to_live, DWORD* flags,
                         PVOID cur_best_route, PVOID prev_best_route)
{
    FIXME("(%p, %p, %#lx, %p, %p, %p): not implemented yet\n", client_handle, route,
          static_cast<unsigned long>(time_to_live), flags, cur_best_route, prev_best_route);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmBlockDeleteRoutes(HANDLE client_handle, DWORD enumeration_flags,
                                  PVOID criteria_route)
{
    FIXME("(%p, %#lx, %p): not implemented yet\n", client_handle,
          static_cast<unsigned long>(enumeration_flags), criteria_route);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmCloseEnumerationHandle(HANDLE enumeration_handle)
{
    FIXME("(%p): not implemented yet\n", enumeration_handle);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

HANDLE WINAPI RtmCreateEnumerationHandle(DWORD protocol_family, DWORD enumeration_flags,
                                         PVOID criteria_route)
{
    FIXME("(%#lx, %#lx, %p): not implemented yet\n", static_cast<unsigned long>(protocol_family),
          static_cast<unsigned long>(enumeration_flags), criteria_route);
    return fail(HANDLE{});
}

DWORD WINAPI RtmDeleteRoute(HANDLE client_handle, PVOID route, DWORD* flags, PVOID cur_best_route)
{
    FIXME("(%p, %p, %p, %p): not implemented yet\n", client_handle, route, flags, cur_best_route);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmDequeueRouteChangeMessage(HANDLE client_handle, DWORD* flags, PVOID cur_best_route,
                                          PVOID prev_best_route)
{
    FIXME("(%p, %p, %p, %p): not implemented yet\n", client_handle, flags, cur_best_route,
          prev_best_route);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmDeregisterClient(HANDLE client_handle)
{
    FIXME("(%p): not implemented yet\n", client_handle);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmEnumerateGetNextRoute(HANDLE enumeration_handle, PVOID route)
{
    FIXME("(%p, %p): not implemented yet\n", enumeration_handle, route);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

DWORD WINAPI RtmGetFirstRoute(DWORD protocol_family, DWORD enumeration_flags, PVOID route)
{
    FIXME("(%#lx, %#lx, %p): not implemented yet\n", static_cast<unsigned long>(protocol_family),
          static_cast<unsigned long>(enumeration_flags), route);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

ULONG WINAPI RtmGetNetworkCount(DWORD protocol_family)
{
    FIXME("(%#lx): not implemented yet\n", static_cast<unsigned long>(protocol_family));
    return fail(ULONG{0});
}

DWORD WINAPI RtmGetNextRoute(DWORD protocol_family, DWORD enumeration_flags, PVOID route)
{
    FIXME("(%#lx, %#lx, %p): not implemented yet\n", static_cast<unsigned long>(protocol_family),
          static_cast<unsigned long>(enumeration_flags), route);
    return ERROR_CALL_NOT_IMPLEMENTED;
}

ULONG WINAPI RtmGetRouteAge(PVOID route)
{
    FIXME("(%p): not implemented yet\n", route);
    return fail(ULONG{0});
}

BOOL WINAPI RtmIsRoute(DWORD protocol_family, PVOID network, PVOID best_route)
{
    FIXME("(%#lx, %p, %p): not implemented yet\n", static_cast<unsigned long>(protocol_family),
          network, best_route);
    return fail(FALSE);
}

BOOL WINAPI RtmLookupIPDestination(DWORD address, PRTM_IP_ROUTE route)
{
    FIXME("(%#lx, %p): not implemented yet\n", static_cast<unsigned long>(address), route);
    return fail(FALSE);
}

HANDLE WINAPI RtmRegisterClient(DWORD protocol_family, DWORD routing_protocol, HANDLE change_event,
                                DWORD flags)
{
    FIXME("(%#lx, %#lx, %p, %#lx): not implemented yet\n",
          static_cast<unsigned long>(protocol_family), static_cast<unsigned long>(routing_protocol),
          change_event, static_cast<unsigned long>(flags));
    return fail(HANDLE{});
}
