// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Handles of any kind.

#include "door.h"

WINE_DEFAULT_DEBUG_CHANNEL(rtm);

using namespace rtm;

DWORD WINAPI RtmReferenceHandles(RTM_ENTITY_HANDLE handle, UINT count, HANDLE* handles)
{
    TRACE("(%p, %u, %p)\n", handle, count, handles);
    return answer(__func__, handle, [&](const Caller& caller) -> DWORD {
        if (!can_be(handles, count))
            return ERROR_INVALID_PARAMETER;
        return caller.table().references().add(*caller, handles_of(handles, count))
                   ? NO_ERROR
                   : ERROR_INVALID_HANDLE;
    });
}
