// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What clients see of the table, in the layout in which they see it: the structures of
// rtmv2.h under the engine's names. A client edits some of them in place inside the table
// (RtmLockRoute), so they are part of the table's own objects. The doors check that both
// declarations are laid out alike.

#pragma once

#include "handle.h"
#include "ids.h"

#include <cstdint>

namespace rtm
{

/// RTM_NET_ADDRESS. Bytes are in network order; those beyond `bits` are anything.
struct NetAddress {
    std::uint16_t family;
    std::uint16_t bits;
    std::uint8_t bytes[16];
};

/// FILETIME: 100 ns since 1601, UTC.
struct FileTime {
    std::uint32_t low;
    std::uint32_t high;
};

/// RTM_PREF_INFO. Lower is better; the metric counts only between equal preferences.
struct PrefInfo {
    std::uint32_t metric;
    std::uint32_t preference;

    bool operator==(const PrefInfo&) const = default;
};

namespace route_state
{
constexpr std::uint8_t created = 0;
constexpr std::uint8_t deleting = 1; ///< held down
constexpr std::uint8_t deleted = 2;
} // namespace route_state

/// The flags that concern forwarding, RTM_ROUTE_FLAGS_FORWARDING.
constexpr std::uint16_t forwarding_flags = 0x000f;

/// RTM_ROUTE_INFO. As long as next_hop_count says.
struct RouteInfo {
    Handle destination;
    Handle owner;
    Handle neighbour;
    std::uint8_t state;
    std::uint8_t flags1;
    std::uint16_t flags;
    PrefInfo pref;
    ViewSet views;
    void* entity_specific;
    std::uint16_t next_hop_count;
    Handle next_hops[1];
};

namespace next_hop_state
{
constexpr std::uint16_t created = 0;
constexpr std::uint16_t deleted = 1;
} // namespace next_hop_state

/// The next hop is no neighbour, but reached over a destination.
constexpr std::uint16_t next_hop_is_remote = 1;

/// RTM_NEXTHOP_INFO.
struct NextHopInfo {
    NetAddress address;
    Handle owner;
    std::uint32_t interface_index;
    std::uint16_t state;
    std::uint16_t flags;
    void* entity_specific;
    Handle remote; ///< a destination
};

/// One entry of RTM_DEST_INFO.ViewInfo.
struct ViewInfo {
    std::int32_t view;
    std::uint32_t routes;
    Handle route;
    Handle owner;
    std::uint32_t flags;
    Handle hold;
};

/// RTM_DEST_INFO. As long as view_count says.
struct DestInfo {
    Handle destination;
    NetAddress address;
    FileTime last_changed;
    ViewSet views;
    std::uint32_t view_count;
    ViewInfo view[1];
};

namespace match
{
constexpr std::uint32_t owner = 1;
constexpr std::uint32_t neighbour = 2;
constexpr std::uint32_t preference = 4;
constexpr std::uint32_t next_hop = 8;
constexpr std::uint32_t interface_index = 16;
constexpr std::uint32_t defined = 31;
} // namespace match

/// RTM_ROUTE_CHANGE_*.
namespace route_change
{
constexpr std::uint32_t first = 1;
constexpr std::uint32_t is_new = 2;
constexpr std::uint32_t best = 0x10000;
} // namespace route_change

} // namespace rtm
