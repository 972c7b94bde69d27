// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What multicast data are told apart by, and the interfaces that they go through.

#pragma once

#include <compare>
#include <cstdint>

namespace rtm::mgm
{

/// Of IPv4, as a number, so that addresses are in the order in which people count them.
using Address = std::uint32_t;

/// Stands for every source, or every group.
constexpr Address any = 0;

constexpr bool is_multicast(Address address) noexcept
{
    return address >> 28 == 0xe;
}

/// Data from a source to a group: (s,g); or what hosts join, which may also be (*,g) or (*,*).
struct Flow {
    Address group = any;
    Address source = any;

    auto operator<=>(const Flow&) const = default;

    /// Whether data of `other`, an (s,g), are meant.
    constexpr bool covers(const Flow& other) const noexcept
    {
        return (group == any || group == other.group) && (source == any || source == other.source);
    }
};

/// Names an interface. The next hop tells apart the links of a point-to-multipoint interface, and
/// is 0 for others.
struct InterfaceId {
    std::uint32_t index = 0;
    Address next_hop = 0;

    auto operator<=>(const InterfaceId&) const = default;
};

} // namespace rtm::mgm
