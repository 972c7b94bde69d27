// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What identifies tables and entities, and the limits of a table.

#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace rtm
{

enum class Family : std::uint8_t { ipv4, ipv6 };

/// Every pair of RTM instance and address family is a table of its own.
struct TableId {
    std::uint16_t instance;
    Family family;

    auto operator<=>(const TableId&) const = default;
};

/// Names an entity within its table. Both numbers are the client's, and opaque.
struct EntityId {
    std::uint32_t protocol;
    std::uint32_t instance;

    auto operator<=>(const EntityId&) const = default;
};

using ViewSet = std::uint32_t;

constexpr ViewSet view_unicast = 1;
constexpr ViewSet view_multicast = 2;
constexpr ViewSet views_supported = view_unicast | view_multicast;

/// What an administrator may set. A table keeps the limits it was made with.
struct Limits {
    unsigned next_hops_in_route = 4; ///< most next hops that one route can hold
    unsigned handles_in_enum = 64;   ///< most items that one enumeration call returns
    unsigned opaque_pointers = 16;   ///< entities with a private pointer in each destination
};

} // namespace rtm
