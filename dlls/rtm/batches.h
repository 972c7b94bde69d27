// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Calls that hand out a batch of things: as many as the client has room for, which the profile
// limits.

#pragma once

#include "door.h"

#include <algorithm>
#include <array>
#include <span>

namespace rtm
{

/// The count of a call that has failed is 0: clients use it whatever the call returns.
inline DWORD with_count(DWORD code, PUINT count) noexcept
{
    if (code != NO_ERROR && count)
        *count = 0;
    return code;
}

/// Fetches in parts that fit on the stack, and hands each item to deliver(i, item). *count is the
/// room in and what was delivered out. ERROR_INVALID_PARAMETER if the room is none or too much;
/// `at_end` if there is nothing.
template <class Item, class Fetch, class Deliver>
DWORD fill_batch(const Caller& caller, PUINT count, const void* out, Fetch fetch, Deliver deliver,
                 DWORD at_end)
{
    const UINT room = *count;
    *count = 0;
    if (!out || room == 0 || room > caller.table().limits().handles_in_enum)
        return ERROR_INVALID_PARAMETER;
    std::array<Item*, 64> some;
    while (*count < room) {
        const std::size_t wanted = std::min<std::size_t>(room - *count, some.size());
        std::size_t got = 0;
        try {
            got = fetch(std::span(some).first(wanted));
        } catch (const std::bad_alloc&) {
            if (*count == 0)
                throw;
            break; // what there is is delivered
        }
        for (std::size_t i = 0; i < got; ++i)
            deliver((*count)++, *some[i]);
        if (got < wanted)
            break;
    }
    return *count != 0 ? NO_ERROR : at_end;
}

} // namespace rtm
