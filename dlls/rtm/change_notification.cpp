// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Change notification: asking for it, and fetching what has changed.

#include "batches.h"
#include "door.h"
#include "layouts.h"
#include "views.h"

#include <algorithm>

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

namespace
{

constexpr RTM_NOTIFY_FLAGS known_flags = change_type::all_types | RTM_NOTIFY_ONLY_MARKED_DESTS;

static_assert(change_type::any == RTM_CHANGE_TYPE_ALL &&
              change_type::best == RTM_CHANGE_TYPE_BEST &&
              change_type::forwarding == RTM_CHANGE_TYPE_FORWARDING &&
              notify_only_marked == RTM_NOTIFY_ONLY_MARKED_DESTS);

/// A call about one destination and one of the caller's notifications.
struct Question {
    Question(HANDLE handle, HANDLE notify_handle, HANDLE dest_handle)
        : caller(rib(), to_handle(handle))
    {
        if (!caller)
            return;
        notification = caller.find_notification(rib(), to_handle(notify_handle));
        destination = caller.find_destination(to_handle(dest_handle));
    }

    explicit operator bool() const { return notification && destination; }
    Changes& changes() const { return caller.table().changes(); }

    Caller caller;
    Notification* notification = nullptr;
    Destination* destination = nullptr;
};

} // namespace

DWORD WINAPI RtmRegisterForChangeNotification(RTM_ENTITY_HANDLE handle, RTM_VIEW_SET target_views,
                                              RTM_NOTIFY_FLAGS notify_flags, PVOID notify_context,
                                              PRTM_NOTIFY_HANDLE notify_handle)
{
    TRACE("(%p, %#lx, %#lx, %p, %p)\n", handle, static_cast<unsigned long>(target_views),
          static_cast<unsigned long>(notify_flags), notify_context, notify_handle);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!notify_handle || (notify_flags & change_type::all_types) == 0 ||
            (notify_flags & ~known_flags) != 0)
            return ERROR_INVALID_PARAMETER;
        const auto views = known_views(target_views);
        if (!views)
            return ERROR_NOT_SUPPORTED;
        warn_if_in_event(*caller, "RtmRegisterForChangeNotification", EventKind::changes);
        Handle made = 0;
        const Status status = caller.table().changes().watch(
            *caller, *views ? *views : views_supported, notify_flags, notify_context, made);
        if (status == Status::ok)
            *notify_handle = to_win32(made);
        return win32_code(status);
    });
}

DWORD WINAPI RtmDeregisterFromChangeNotification(RTM_ENTITY_HANDLE handle,
                                                 RTM_NOTIFY_HANDLE notify_handle)
{
    TRACE("(%p, %p)\n", handle, notify_handle);
    return answer(__func__, [&]() -> DWORD {
        return rib().unwatch(to_handle(handle), to_handle(notify_handle)) ? NO_ERROR
                                                                          : ERROR_INVALID_HANDLE;
    });
}

DWORD WINAPI RtmGetChangedDests(RTM_ENTITY_HANDLE handle, RTM_NOTIFY_HANDLE notify_handle,
                                PUINT num_dests, PRTM_DEST_INFO changed_dests)
{
    TRACE("(%p, %p, %p (%u), %p)\n", handle, notify_handle, num_dests, num_dests ? *num_dests : 0,
          changed_dests);
    const DWORD code = answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!num_dests)
            return ERROR_INVALID_PARAMETER;
        Notification* notification = caller.find_notification(rib(), to_handle(notify_handle));
        if (!notification)
            return ERROR_INVALID_HANDLE;
        return fill_batch<Destination>(
            caller, num_dests, changed_dests,
            [&](auto room) { return caller.table().changes().fetch(*notification, room); },
            [&](UINT i, Destination& destination) {
                caller.table().reports().describe(*caller, destination,
                                                  {best_protocol, notification->views},
                                                  nth(changed_dests, i));
            },
            ERROR_NO_MORE_ITEMS);
    });
    return with_count(code, num_dests);
}

DWORD WINAPI RtmReleaseChangedDests(RTM_ENTITY_HANDLE handle, RTM_NOTIFY_HANDLE notify_handle,
                                    UINT num_dests, PRTM_DEST_INFO changed_dests)
{
    TRACE("(%p, %p, %u, %p)\n", handle, notify_handle, num_dests, changed_dests);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!caller.find_notification(rib(), to_handle(notify_handle)))
            return ERROR_INVALID_HANDLE;
        return release_dests("RtmReleaseChangedDests", caller, num_dests, changed_dests);
    });
}

DWORD WINAPI RtmIgnoreChangedDests(RTM_ENTITY_HANDLE handle, RTM_NOTIFY_HANDLE notify_handle,
                                   UINT num_dests, PRTM_DEST_HANDLE changed_dests)
{
    TRACE("(%p, %p, %u, %p)\n", handle, notify_handle, num_dests, changed_dests);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!can_be(changed_dests, num_dests))
            return ERROR_INVALID_PARAMETER;
        Notification* notification = caller.find_notification(rib(), to_handle(notify_handle));
        const auto handles = handles_of(changed_dests, num_dests);
        const bool good = std::all_of(handles.begin(), handles.end(), [&](Handle destination) {
            return caller.find_destination(destination) != nullptr;
        });
        if (!notification || !good)
            return ERROR_INVALID_HANDLE;
        // One may be named twice and end at the first time.
        for (Handle destination : handles)
            if (Destination* found = caller.find_destination(destination))
                caller.table().changes().ignore(*notification, *found);
        return NO_ERROR;
    });
}

DWORD WINAPI RtmGetChangeStatus(RTM_ENTITY_HANDLE handle, RTM_NOTIFY_HANDLE notify_handle,
                                RTM_DEST_HANDLE dest_handle, PBOOL change_status)
{
    TRACE("(%p, %p, %p, %p)\n", handle, notify_handle, dest_handle, change_status);
    return answer(__func__, [&]() -> DWORD {
        const Question question(handle, notify_handle, dest_handle);
        if (!question.caller)
            return ERROR_INVALID_HANDLE;
        if (!change_status)
            return ERROR_INVALID_PARAMETER;
        if (!question)
            return ERROR_INVALID_HANDLE;
        *change_status =
            question.changes().is_pending(*question.notification, *question.destination);
        return NO_ERROR;
    });
}

DWORD WINAPI RtmMarkDestForChangeNotification(RTM_ENTITY_HANDLE handle,
                                              RTM_NOTIFY_HANDLE notify_handle,
                                              RTM_DEST_HANDLE dest_handle, BOOL mark_dest)
{
    TRACE("(%p, %p, %p, %d)\n", handle, notify_handle, dest_handle, mark_dest);
    return answer(__func__, [&]() -> DWORD {
        const Question question(handle, notify_handle, dest_handle);
        if (!question)
            return ERROR_INVALID_HANDLE;
        question.changes().mark(*question.notification, *question.destination, mark_dest != FALSE);
        return NO_ERROR;
    });
}

DWORD WINAPI RtmIsMarkedForChangeNotification(RTM_ENTITY_HANDLE handle,
                                              RTM_NOTIFY_HANDLE notify_handle,
                                              RTM_DEST_HANDLE dest_handle, PBOOL dest_marked)
{
    TRACE("(%p, %p, %p, %p)\n", handle, notify_handle, dest_handle, dest_marked);
    return answer(__func__, [&]() -> DWORD {
        const Question question(handle, notify_handle, dest_handle);
        if (!question.caller)
            return ERROR_INVALID_HANDLE;
        if (!dest_marked)
            return ERROR_INVALID_PARAMETER;
        if (!question)
            return ERROR_INVALID_HANDLE;
        *dest_marked = question.changes().is_marked(*question.notification, *question.destination);
        return NO_ERROR;
    });
}
