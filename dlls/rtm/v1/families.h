// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What the two protocol families differ in, for all that is written once for both: how a network
// and a route are told apart and ordered, and what of a route is significant.

#pragma once

#include "prefix.h"
#include "v1/route_records.h"

#include <compare>
#include <optional>

namespace rtm::v1
{

/// What identifies a route, and the order of RtmGetNextRoute.
template <class NetworkKey, class NextHop> struct RouteKey {
    NetworkKey network{};
    std::uint32_t protocol = 0;
    std::uint32_t interface_id = 0;
    NextHop next_hop{};

    auto operator<=>(const RouteKey&) const = default;
};

struct Ip {
    using Route = IpRoute;
    using Network = IpNetwork;
    using NetworkKey = Prefix;
    using NextHop = std::array<std::uint8_t, 4>; ///< in network order, so ordered by number
    using Key = RouteKey<NetworkKey, NextHop>;

    /// No value if the mask is none.
    static std::optional<NetworkKey> network_of(const Network& network) noexcept;
    static Network network_from(const NetworkKey& key) noexcept;
    static NextHop next_hop_of(const Route& route) noexcept;
};

struct Ipx {
    using Route = IpxRoute;
    using Network = std::uint32_t;
    using NetworkKey = std::uint32_t;
    using NextHop = std::array<std::uint8_t, 6>;
    using Key = RouteKey<NetworkKey, NextHop>;

    static std::optional<NetworkKey> network_of(Network network) noexcept { return network; }
    static NextHop next_hop_of(const Route& route) noexcept { return route.next_hop; }
};

/// No value if the route's network is none.
template <class Family>
std::optional<typename Family::Key> key_of(const typename Family::Route& route) noexcept
{
    const auto network = Family::network_of(route.network);
    if (!network)
        return std::nullopt;
    return typename Family::Key{*network, route.protocol, route.interface_id,
                                Family::next_hop_of(route)};
}

/// Whether nothing that a change message is sent for tells the two apart. Neither the time nor the
/// protocol's own data is.
template <class Family>
bool is_same_to_watchers(const typename Family::Route& a, const typename Family::Route& b) noexcept
{
    return a.protocol == b.protocol && a.interface_id == b.interface_id &&
           Family::next_hop_of(a) == Family::next_hop_of(b) && a.data == b.data;
}

} // namespace rtm::v1
