// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// How an operation of the routing information base ended. The doors of the dll
// turn each value into the Win32 error code of the same meaning.

#pragma once

namespace rtm
{

enum class Status {
    ok,
    access_denied,
    already_exists,
    bad_configuration,
    cannot_complete,
    busy, ///< another thread has locked it: wait, and ask again
    invalid_handle,
    invalid_parameter,
    no_system_resources,
    not_enough_memory,
    not_found,
};

/// Thrown by a Host that is refused a thread, a work item or the like.
struct ResourceExhausted {
};

} // namespace rtm
