// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The administrator's settings, in
//
//     HKLM\System\CurrentControlSet\Services\RemoteAccess\RoutingTableManager
//
// all REG_DWORD and optional, as is the key itself:
//
//     MaxNextHopsInRoute  1 to 255      4   next hops that a route can hold
//     MaxHandlesInEnum    1 to 10000   64   items that one enumeration call returns
//     MaxOpaquePointers   0 to 64      16   entities of a table with an opaque pointer
//     MaxChangeNotifications  1 to 32  32   change notifications of a table at a time
//     NotificationDelay   0 to 10000   20   ms for which changes are collected

#pragma once

#include "ids.h"

namespace rtm
{

/// Replaces what is set. False if a value there is of another type or out of its range.
bool read_limits(Limits& limits) noexcept;

} // namespace rtm
