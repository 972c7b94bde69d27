// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Destinations: looking them up, locking them, holding them down, and what clients hang on them.

#include "door.h"
#include "layouts.h"
#include "locking.h"
#include "views.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

namespace
{

unsigned long ul(ULONG value)
{
    return value;
}

void trace_found(const RTM_DEST_INFO& info)
{
    TRACE("found %p, %s\n", info.DestHandle, describe(&info.DestAddress));
}

/// Looks a destination up with search(), and reports it. Searches again if it has ended, or lost
/// the last route that shows it, meanwhile.
template <class Search>
DWORD report(const Caller& caller, ULONG protocol_id, const ReportedViews& shown,
             PRTM_DEST_INFO info, Search search)
{
    Reports& reports = caller.table().reports();
    const Viewpoint from{resolved_protocol(*caller, protocol_id), shown.views};
    while (Destination* found = search()) {
        if (!found->references.try_add())
            continue;
        reports.describe(*caller, *found, from, record(*info));
        if (shown.is_any || (info->BelongsToViews & shown.views) != 0) {
            trace_found(*info);
            return NO_ERROR;
        }
        reports.release(*caller, &record(*info), 1, dest_stride);
    }
    return ERROR_NOT_FOUND;
}

} // namespace

DWORD WINAPI RtmGetExactMatchDestination(RTM_ENTITY_HANDLE handle, PRTM_NET_ADDRESS dest_address,
                                         ULONG protocol_id, RTM_VIEW_SET target_views,
                                         PRTM_DEST_INFO dest_info)
{
    TRACE("(%p, %s, %#lx, %#lx, %p)\n", handle, describe(dest_address), ul(protocol_id),
          ul(target_views), dest_info);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        Prefix prefix;
        if (!dest_address || !dest_info || !caller.read(*dest_address, prefix))
            return ERROR_INVALID_PARAMETER;
        const ReportedViews shown(target_views);
        return report(caller, protocol_id, shown, dest_info, [&] {
            Destination* found = caller.table().destinations().tree().find(prefix);
            return found && shown.show(*found) ? found : nullptr;
        });
    });
}

DWORD WINAPI RtmGetMostSpecificDestination(RTM_ENTITY_HANDLE handle, PRTM_NET_ADDRESS dest_address,
                                           ULONG protocol_id, RTM_VIEW_SET target_views,
                                           PRTM_DEST_INFO dest_info)
{
    TRACE("(%p, %s, %#lx, %#lx, %p)\n", handle, describe(dest_address), ul(protocol_id),
          ul(target_views), dest_info);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        Prefix prefix;
        if (!dest_address || !dest_info || !caller.read(*dest_address, prefix))
            return ERROR_INVALID_PARAMETER;
        const ReportedViews shown(target_views);
        return report(caller, protocol_id, shown, dest_info, [&] {
            return caller.table().destinations().tree().find_longest(
                prefix, prefix.length, [&](const Destination& d) { return shown.show(d); });
        });
    });
}

DWORD WINAPI RtmGetLessSpecificDestination(RTM_ENTITY_HANDLE handle, RTM_DEST_HANDLE dest_handle,
                                           ULONG protocol_id, RTM_VIEW_SET target_views,
                                           PRTM_DEST_INFO dest_info)
{
    TRACE("(%p, %p, %#lx, %#lx, %p)\n", handle, dest_handle, ul(protocol_id), ul(target_views),
          dest_info);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!dest_info)
            return ERROR_INVALID_PARAMETER;
        const Destination* start = caller.find_destination(to_handle(dest_handle));
        if (!start)
            return ERROR_INVALID_HANDLE;
        const Prefix prefix = start->prefix(caller.table().id().family);
        if (prefix.length == 0)
            return ERROR_NOT_FOUND;
        const ReportedViews shown(target_views);
        return report(caller, protocol_id, shown, dest_info, [&] {
            return caller.table().destinations().tree().find_longest(
                prefix, prefix.length - 1u, [&](const Destination& d) { return shown.show(d); });
        });
    });
}

DWORD WINAPI RtmGetDestInfo(RTM_ENTITY_HANDLE handle, RTM_DEST_HANDLE dest_handle,
                            ULONG protocol_id, RTM_VIEW_SET target_views, PRTM_DEST_INFO dest_info)
{
    TRACE("(%p, %p, %#lx, %#lx, %p)\n", handle, dest_handle, ul(protocol_id), ul(target_views),
          dest_info);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!dest_info)
            return ERROR_INVALID_PARAMETER;
        Destination* destination = caller.find_destination(to_handle(dest_handle));
        if (!destination || !destination->references.try_add())
            return ERROR_INVALID_HANDLE;
        caller.table().reports().describe(
            *caller, *destination,
            {resolved_protocol(*caller, protocol_id), ReportedViews(target_views).views},
            record(*dest_info));
        return NO_ERROR;
    });
}

DWORD WINAPI RtmReleaseDestInfo(RTM_ENTITY_HANDLE handle, PRTM_DEST_INFO dest_info)
{
    TRACE("(%p, %p)\n", handle, dest_info);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!dest_info)
            return ERROR_INVALID_PARAMETER;
        if (caller.table().reports().release(*caller, &record(*dest_info), 1, dest_stride))
            return NO_ERROR;
        warn_of_excess_release("RtmReleaseDestInfo", handle);
        return ERROR_INVALID_HANDLE;
    });
}

DWORD WINAPI RtmLockDestination(RTM_ENTITY_HANDLE handle, RTM_DEST_HANDLE dest_handle,
                                BOOL exclusive, BOOL lock_dest)
{
    TRACE("(%p, %p, %d, %d)\n", handle, dest_handle, exclusive, lock_dest);
    return answer(__func__, [&]() -> DWORD {
        const auto check = [&](const Caller& caller) {
            return caller.find_destination(to_handle(dest_handle)) ? NO_ERROR
                                                                   : ERROR_INVALID_HANDLE;
        };
        return lock_dest ? lock_object(handle, dest_handle, exclusive != FALSE, check)
                         : unlock_object(handle, dest_handle, Kind::destination, exclusive != FALSE,
                                         check);
    });
}

DWORD WINAPI RtmGetOpaqueInformationPointer(RTM_ENTITY_HANDLE handle, RTM_DEST_HANDLE dest_handle,
                                            PVOID* opaque_info_pointer)
{
    TRACE("(%p, %p, %p)\n", handle, dest_handle, opaque_info_pointer);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!opaque_info_pointer)
            return ERROR_INVALID_PARAMETER;
        Destination* destination = caller.find_destination(to_handle(dest_handle));
        if (!destination)
            return ERROR_INVALID_HANDLE;
        if (caller->possessions.opaque_number == 0)
            return ERROR_NOT_FOUND;
        void** pointer = caller.table().opaque_pointer(*caller, *destination);
        if (!pointer)
            return ERROR_INVALID_HANDLE;
        *opaque_info_pointer = pointer;
        return NO_ERROR;
    });
}

DWORD WINAPI RtmHoldDestination(RTM_ENTITY_HANDLE handle, RTM_DEST_HANDLE dest_handle,
                                RTM_VIEW_SET target_views, ULONG hold_time)
{
    TRACE("(%p, %p, %#lx, %lu ms)\n", handle, dest_handle, ul(target_views), ul(hold_time));
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        const auto views = known_views(target_views);
        if (hold_time == 0 || !views)
            return ERROR_INVALID_PARAMETER;
        Destination* destination = caller.find_destination(to_handle(dest_handle));
        if (!destination)
            return ERROR_INVALID_HANDLE;
        caller.table().hold_down().arm(*destination, *views ? *views : views_supported, hold_time);
        return NO_ERROR;
    });
}
