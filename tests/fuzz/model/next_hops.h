// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Next hops.

#pragma once

#include "world.h"

namespace model
{

constexpr std::uint16_t hop_is_remote = 1; // RTM_NEXTHOP_FLAGS_REMOTE

/// An RTM_NEXTHOP_INFO as a client fills it.
struct HopInfo {
    Address address;
    std::uint32_t interface_index = 0;
    std::uint16_t flags = 0;
    std::uintptr_t specific = 0;
    Name remote = 0;
};

struct AddedHop {
    Verdict verdict;
    NextHop* hop = nullptr;
    bool is_new = false;
    bool handed_out = false; // the handle is stored
};

/// `handle` is what the pointer to the handle points at, none if it is NULL.
AddedHop add_next_hop(World& world, Name registration, const std::optional<HopInfo>& info,
                      std::optional<Name> handle, bool has_flags);

struct FoundHop {
    Verdict verdict;
    NextHop* hop = nullptr;
};

FoundHop find_next_hop(World& world, Name registration, const std::optional<HopInfo>& info,
                       bool wants_handle);

Verdict delete_next_hop(World& world, Name registration, Name handle,
                        const std::optional<HopInfo>& info);

/// RtmGetNextHopInfo.
FoundHop next_hop_info(World& world, Name registration, Name handle, bool wants_info);

Verdict release_next_hop_info(World& world, Name registration, bool has_info, Name owner,
                              Name remote);

/// RtmGetNextHopPointer.
FoundHop next_hop_pointer(World& world, Name registration, Name handle, bool wants_pointer);

/// RtmLockNextHop.
FoundHop lock_next_hop(World& world, Name registration, Name handle, bool exclusive, bool lock);

} // namespace model
