// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The SDK's structures and the engine's records are the same memory under two names: here that
// is checked, and one name turned into the other.

#pragma once

#include <windef.h>

#include "rtmv2.h"

#include "records.h"
#include "rib.h"

#include <cstddef>

namespace rtm
{

#define RTM_SAME_PLACE(sdk, member, record, its_member)                                            \
    static_assert(offsetof(sdk, member) == offsetof(record, its_member) &&                         \
                  sizeof(sdk::member) == sizeof(record::its_member))

static_assert(sizeof(RTM_NET_ADDRESS) == sizeof(NetAddress));
RTM_SAME_PLACE(RTM_NET_ADDRESS, AddressFamily, NetAddress, family);
RTM_SAME_PLACE(RTM_NET_ADDRESS, NumBits, NetAddress, bits);
RTM_SAME_PLACE(RTM_NET_ADDRESS, AddrBits, NetAddress, bytes);

static_assert(sizeof(RTM_ROUTE_INFO) == sizeof(RouteInfo));
RTM_SAME_PLACE(RTM_ROUTE_INFO, DestHandle, RouteInfo, destination);
RTM_SAME_PLACE(RTM_ROUTE_INFO, RouteOwner, RouteInfo, owner);
RTM_SAME_PLACE(RTM_ROUTE_INFO, Neighbour, RouteInfo, neighbour);
RTM_SAME_PLACE(RTM_ROUTE_INFO, State, RouteInfo, state);
RTM_SAME_PLACE(RTM_ROUTE_INFO, Flags1, RouteInfo, flags1);
RTM_SAME_PLACE(RTM_ROUTE_INFO, Flags, RouteInfo, flags);
RTM_SAME_PLACE(RTM_ROUTE_INFO, PrefInfo, RouteInfo, pref);
RTM_SAME_PLACE(RTM_ROUTE_INFO, BelongsToViews, RouteInfo, views);
RTM_SAME_PLACE(RTM_ROUTE_INFO, EntitySpecificInfo, RouteInfo, entity_specific);
static_assert(offsetof(RTM_ROUTE_INFO, NextHopsList.NumNextHops) ==
              offsetof(RouteInfo, next_hop_count));
static_assert(offsetof(RTM_ROUTE_INFO, NextHopsList.NextHops) == offsetof(RouteInfo, next_hops));
static_assert(offsetof(RTM_PREF_INFO, Preference) == offsetof(PrefInfo, preference));

static_assert(sizeof(RTM_NEXTHOP_INFO) == sizeof(NextHopInfo));
RTM_SAME_PLACE(RTM_NEXTHOP_INFO, NextHopAddress, NextHopInfo, address);
RTM_SAME_PLACE(RTM_NEXTHOP_INFO, NextHopOwner, NextHopInfo, owner);
RTM_SAME_PLACE(RTM_NEXTHOP_INFO, InterfaceIndex, NextHopInfo, interface_index);
RTM_SAME_PLACE(RTM_NEXTHOP_INFO, State, NextHopInfo, state);
RTM_SAME_PLACE(RTM_NEXTHOP_INFO, Flags, NextHopInfo, flags);
RTM_SAME_PLACE(RTM_NEXTHOP_INFO, EntitySpecificInfo, NextHopInfo, entity_specific);
RTM_SAME_PLACE(RTM_NEXTHOP_INFO, RemoteNextHop, NextHopInfo, remote);

static_assert(sizeof(RTM_DEST_INFO) == sizeof(DestInfo));
RTM_SAME_PLACE(RTM_DEST_INFO, DestHandle, DestInfo, destination);
RTM_SAME_PLACE(RTM_DEST_INFO, DestAddress, DestInfo, address);
RTM_SAME_PLACE(RTM_DEST_INFO, LastChanged, DestInfo, last_changed);
RTM_SAME_PLACE(RTM_DEST_INFO, BelongsToViews, DestInfo, views);
RTM_SAME_PLACE(RTM_DEST_INFO, NumberOfViews, DestInfo, view_count);
RTM_SAME_PLACE(RTM_DEST_INFO, ViewInfo, DestInfo, view);
static_assert(offsetof(RTM_DEST_INFO, ViewInfo[0].NumRoutes) ==
              offsetof(DestInfo, view) + offsetof(ViewInfo, routes));
static_assert(offsetof(RTM_DEST_INFO, ViewInfo[0].Route) ==
              offsetof(DestInfo, view) + offsetof(ViewInfo, route));
static_assert(offsetof(RTM_DEST_INFO, ViewInfo[0].Owner) ==
              offsetof(DestInfo, view) + offsetof(ViewInfo, owner));
static_assert(offsetof(RTM_DEST_INFO, ViewInfo[0].DestFlags) ==
              offsetof(DestInfo, view) + offsetof(ViewInfo, flags));
static_assert(offsetof(RTM_DEST_INFO, ViewInfo[0].HoldRoute) ==
              offsetof(DestInfo, view) + offsetof(ViewInfo, hold));

#undef RTM_SAME_PLACE

static_assert(match::owner == RTM_MATCH_OWNER && match::neighbour == RTM_MATCH_NEIGHBOUR &&
              match::preference == RTM_MATCH_PREF && match::next_hop == RTM_MATCH_NEXTHOP &&
              match::interface_index == RTM_MATCH_INTERFACE);
static_assert(route_change::first == RTM_ROUTE_CHANGE_FIRST &&
              route_change::is_new == RTM_ROUTE_CHANGE_NEW &&
              route_change::best == RTM_ROUTE_CHANGE_BEST);

inline NetAddress& record(RTM_NET_ADDRESS& address) noexcept
{
    return reinterpret_cast<NetAddress&>(address);
}
inline RouteInfo& record(RTM_ROUTE_INFO& info) noexcept
{
    return reinterpret_cast<RouteInfo&>(info);
}
inline NextHopInfo& record(RTM_NEXTHOP_INFO& info) noexcept
{
    return reinterpret_cast<NextHopInfo&>(info);
}
inline DestInfo& record(RTM_DEST_INFO& info) noexcept
{
    return reinterpret_cast<DestInfo&>(info);
}
inline RTM_ROUTE_INFO* to_win32(RouteInfo& info) noexcept
{
    return reinterpret_cast<RTM_ROUTE_INFO*>(&info);
}
inline RTM_NEXTHOP_INFO* to_win32(NextHopInfo& info) noexcept
{
    return reinterpret_cast<RTM_NEXTHOP_INFO*>(&info);
}

/// How far apart destinations are in an array: clients count with all views of the profile,
/// however few they have asked for.
constexpr std::size_t dest_stride = RTM_SIZE_OF_DEST_INFO(view_count);

inline DestInfo& nth(PRTM_DEST_INFO infos, std::size_t i) noexcept
{
    return *reinterpret_cast<DestInfo*>(reinterpret_cast<char*>(infos) + i * dest_stride);
}

/// Gives back what came with an array of destinations: the body of the doors that do.
DWORD release_dests(const char* name, const Caller& caller, UINT count,
                    PRTM_DEST_INFO infos) noexcept;

} // namespace rtm
