// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What the doors that lock objects for a client have in common. check(caller) says whether the
// object is there and the caller may lock it: NO_ERROR, or what the door returns.

#pragma once

#include "door.h"

namespace rtm
{

/// Waits for the lock. Not inside a read section.
template <class Check> DWORD lock_object(HANDLE entity, HANDLE object, bool exclusive, Check check)
{
    if (Caller caller(rib(), to_handle(entity)); !caller)
        return ERROR_INVALID_HANDLE;
    else if (DWORD code = check(caller); code != NO_ERROR)
        return code;
    const Status status = rib().lock(to_handle(entity), to_handle(object), exclusive);
    if (status != Status::ok)
        return win32_code(status);
    Caller caller(rib(), to_handle(entity));
    if (!caller)
        return ERROR_INVALID_HANDLE; // it has left, and its locks are gone
    const DWORD code = check(caller);
    if (code != NO_ERROR) // it has gone while others had the lock
        caller.table().locks().unlock(to_handle(object), *caller, exclusive);
    return code;
}

/// The object may have gone under the lock, but still has its kind.
template <class Check>
DWORD unlock_object(HANDLE entity, HANDLE object, Kind kind, bool exclusive, Check check)
{
    Caller caller(rib(), to_handle(entity));
    if (!caller || rib().kind_of(to_handle(object)) != kind)
        return ERROR_INVALID_HANDLE;
    if (caller.table().locks().unlock(to_handle(object), *caller, exclusive))
        return NO_ERROR;
    const DWORD code = check(caller);
    return code == NO_ERROR ? ERROR_ACCESS_DENIED : code;
}

} // namespace rtm
