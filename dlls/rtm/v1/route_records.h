// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What clients of RTMv1 see, in the layout in which they see it: the structures of rtm.h under the
// engine's names. The doors check that both declarations are laid out alike.

#pragma once

#include "records.h"

#include <array>
#include <cstdint>

namespace rtm::v1
{

/// IP_NETWORK. Both in network byte order.
struct IpNetwork {
    std::uint32_t number;
    std::uint32_t mask;
};

/// IP_SPECIFIC_DATA.
struct IpData {
    std::uint32_t type;
    std::uint32_t policy;
    std::uint32_t next_hop_as;
    std::uint32_t priority; ///< of the protocol; set by us
    std::uint32_t metric;
    std::array<std::uint32_t, 5> shown_metrics; ///< which rank nothing
    std::uint32_t flags;

    bool operator==(const IpData&) const = default;
};

namespace ip_type
{
constexpr std::uint32_t local = 3; ///< the next hop is the destination
constexpr std::uint32_t remote = 4;
} // namespace ip_type

constexpr std::uint32_t ip_route_is_valid = 1;

using ProtocolData = std::array<std::uint32_t, 4>;

/// RTM_IP_ROUTE.
struct IpRoute {
    FileTime time_stamp;
    std::uint32_t protocol;
    std::uint32_t interface_id;
    ProtocolData protocol_data;
    IpNetwork network;
    IpNetwork next_hop;
    IpData data;
};

/// IPX_SPECIFIC_DATA.
struct IpxData {
    std::uint32_t flags;
    std::uint16_t ticks;
    std::uint16_t hops;

    bool operator==(const IpxData&) const = default;
};

/// RTM_IPX_ROUTE. The network's number is in machine order.
struct IpxRoute {
    FileTime time_stamp;
    std::uint32_t protocol;
    std::uint32_t interface_id;
    ProtocolData protocol_data;
    std::uint32_t network;
    std::array<std::uint8_t, 6> next_hop;
    std::array<std::uint8_t, 2> padding;
    IpxData data;
};

} // namespace rtm::v1
