// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Next hops: each entity's own list.

#include "door.h"
#include "layouts.h"
#include "locking.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

DWORD WINAPI RtmAddNextHop(RTM_ENTITY_HANDLE handle, PRTM_NEXTHOP_INFO next_hop_info,
                           PRTM_NEXTHOP_HANDLE next_hop_handle,
                           PRTM_NEXTHOP_CHANGE_FLAGS change_flags)
{
    TRACE("(%p, %s, %p (%p), %p)\n", handle, describe(next_hop_info), next_hop_handle,
          next_hop_handle ? *next_hop_handle : nullptr, change_flags);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!next_hop_info || !change_flags)
            return ERROR_INVALID_PARAMETER;
        NextHops& next_hops = caller.table().next_hops();
        bool is_new = false;
        Status status;
        if (next_hop_handle && *next_hop_handle) {
            NextHop* next_hop = next_hops.find(to_handle(*next_hop_handle));
            if (!next_hop)
                return ERROR_INVALID_HANDLE;
            status = next_hops.update(*caller, *next_hop, record(*next_hop_info));
        } else {
            Handle made = 0;
            status = next_hops.add(*caller, record(*next_hop_info),
                                   next_hop_handle ? &made : nullptr, is_new);
            if (status == Status::ok && next_hop_handle)
                *next_hop_handle = to_win32(made);
        }
        if (status == Status::ok)
            *change_flags = is_new ? RTM_NEXTHOP_CHANGE_NEW : 0;
        return win32_code(status);
    });
}

DWORD WINAPI RtmFindNextHop(RTM_ENTITY_HANDLE handle, PRTM_NEXTHOP_INFO next_hop_info,
                            PRTM_NEXTHOP_HANDLE next_hop_handle,
                            PRTM_NEXTHOP_INFO* next_hop_pointer)
{
    TRACE("(%p, %s, %p, %p)\n", handle, describe(next_hop_info), next_hop_handle, next_hop_pointer);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!next_hop_info)
            return ERROR_INVALID_PARAMETER;
        NextHop* found = nullptr;
        const Status status = caller.table().next_hops().find_own(
            *caller, record(*next_hop_info), next_hop_handle != nullptr, found);
        if (status != Status::ok)
            return win32_code(status);
        if (next_hop_handle)
            *next_hop_handle = to_win32(found->handle());
        if (next_hop_pointer)
            *next_hop_pointer = to_win32(found->info);
        return NO_ERROR;
    });
}

DWORD WINAPI RtmDeleteNextHop(RTM_ENTITY_HANDLE handle, RTM_NEXTHOP_HANDLE next_hop_handle,
                              PRTM_NEXTHOP_INFO next_hop_info)
{
    TRACE("(%p, %p, %s)\n", handle, next_hop_handle, describe(next_hop_info));
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!next_hop_handle && !next_hop_info)
            return ERROR_INVALID_PARAMETER;
        NextHops& next_hops = caller.table().next_hops();
        if (!next_hop_handle)
            return win32_code(next_hops.remove(*caller, record(*next_hop_info)));
        NextHop* next_hop = next_hops.find(to_handle(next_hop_handle));
        return next_hop ? win32_code(next_hops.remove(*caller, *next_hop, true))
                        : ERROR_INVALID_HANDLE;
    });
}

DWORD WINAPI RtmGetNextHopInfo(RTM_ENTITY_HANDLE handle, RTM_NEXTHOP_HANDLE next_hop_handle,
                               PRTM_NEXTHOP_INFO next_hop_info)
{
    TRACE("(%p, %p, %p)\n", handle, next_hop_handle, next_hop_info);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!next_hop_info)
            return ERROR_INVALID_PARAMETER;
        const NextHop* next_hop = caller.table().next_hops().find(to_handle(next_hop_handle));
        if (!next_hop)
            return ERROR_INVALID_HANDLE;
        caller.table().reports().describe(*caller, *next_hop, record(*next_hop_info));
        return NO_ERROR;
    });
}

DWORD WINAPI RtmReleaseNextHopInfo(RTM_ENTITY_HANDLE handle, PRTM_NEXTHOP_INFO next_hop_info)
{
    TRACE("(%p, %p)\n", handle, next_hop_info);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!next_hop_info)
            return ERROR_INVALID_PARAMETER;
        if (caller.table().reports().release(*caller, record(*next_hop_info)))
            return NO_ERROR;
        warn_of_excess_release("RtmReleaseNextHopInfo", handle);
        return ERROR_INVALID_HANDLE;
    });
}

DWORD WINAPI RtmGetNextHopPointer(RTM_ENTITY_HANDLE handle, RTM_NEXTHOP_HANDLE next_hop_handle,
                                  PRTM_NEXTHOP_INFO* next_hop_pointer)
{
    TRACE("(%p, %p, %p)\n", handle, next_hop_handle, next_hop_pointer);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!next_hop_pointer)
            return ERROR_INVALID_PARAMETER;
        NextHop* next_hop = caller.table().next_hops().find(to_handle(next_hop_handle));
        if (!next_hop)
            return ERROR_INVALID_HANDLE;
        if (!caller.table().next_hops().is_owner(*caller, *next_hop))
            return ERROR_ACCESS_DENIED;
        *next_hop_pointer = to_win32(next_hop->info);
        return NO_ERROR;
    });
}

namespace
{

/// The live structure of a next hop that a client may lock.
DWORD find_lockable(const Caller& caller, HANDLE next_hop_handle, PRTM_NEXTHOP_INFO& live)
{
    NextHops& next_hops = caller.table().next_hops();
    NextHop* next_hop = next_hops.find(to_handle(next_hop_handle));
    if (!next_hop)
        return ERROR_INVALID_HANDLE;
    if (!next_hops.is_owner(*caller, *next_hop))
        return ERROR_ACCESS_DENIED;
    live = to_win32(next_hop->info);
    return next_hop->references.is_in_table() ? NO_ERROR : ERROR_NOT_FOUND;
}

} // namespace

DWORD WINAPI RtmLockNextHop(RTM_ENTITY_HANDLE handle, RTM_NEXTHOP_HANDLE next_hop_handle,
                            BOOL exclusive, BOOL lock, PRTM_NEXTHOP_INFO* next_hop_pointer)
{
    TRACE("(%p, %p, %d, %d, %p)\n", handle, next_hop_handle, exclusive, lock, next_hop_pointer);
    return answer(__func__, [&]() -> DWORD {
        PRTM_NEXTHOP_INFO live = nullptr;
        const auto check = [&](const Caller& caller) {
            return find_lockable(caller, next_hop_handle, live);
        };
        const DWORD code = lock ? lock_object(handle, next_hop_handle, exclusive != FALSE, check)
                                : unlock_object(handle, next_hop_handle, Kind::next_hop,
                                                exclusive != FALSE, check);
        if (code == NO_ERROR && lock && next_hop_pointer)
            *next_hop_pointer = live;
        return code;
    });
}
