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

/// Windows' number of a family, which clients know it by.
constexpr std::uint16_t family_number(Family family) noexcept
{
    return family == Family::ipv4 ? 2 : 23;
}

/// Bytes of an address.
constexpr unsigned address_size(Family family) noexcept
{
    return family == Family::ipv4 ? 4 : 16;
}

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
constexpr unsigned view_count = 2;

/// Masks with a meaning of their own: every view without data of any, and every view.
constexpr ViewSet views_any = 0;
constexpr ViewSet views_all = ~ViewSet(0);

/// Protocols that clients ask for: any, and the caller's own. The rest are protocol ids.
constexpr std::uint32_t best_protocol = 0;
constexpr std::uint32_t this_protocol = ~std::uint32_t(0);

/// A time to live that does not end.
constexpr std::uint32_t forever = ~std::uint32_t(0);

/// What an administrator may set. A table keeps the limits it was made with.
struct Limits {
    unsigned next_hops_in_route = 4;  ///< most next hops that one route can hold
    unsigned handles_in_enum = 64;    ///< most items that one enumeration call returns
    unsigned opaque_pointers = 16;    ///< entities with a private pointer in each destination
    unsigned notifications = 32;      ///< change notifications at a time
    unsigned notification_delay = 20; ///< ms for which changes are collected before they are told
};

} // namespace rtm
