// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The interfaces that protocols have taken.

#pragma once

#include "numbers.h"
#include "protocol.h"
#include "sparse_bits.h"

#include <array>
#include <map>
#include <set>

namespace rtm::mgm
{

using Flows = std::set<Flow, std::less<>, Allocator<Flow>>;

struct Interface {
    const InterfaceId id;
    const std::uint32_t number;

    std::array<Protocol*, sides> holders{};
    std::array<SparseBits, sides> joined; ///< JoinedFlow::number of what each has joined
    Flows overridden;                     ///< forwarding entries with an Override of it
    bool is_changing = false;             ///< hands: nobody else may take or release it
    std::array<bool, sides> is_closed{};  ///< meanwhile: what is joined there is taken away

    Protocol*& holder(Side side) noexcept { return holders[static_cast<std::size_t>(side)]; }
    Protocol* holder(Side side) const noexcept { return holders[static_cast<std::size_t>(side)]; }
    bool& closed(Side side) noexcept { return is_closed[static_cast<std::size_t>(side)]; }
    SparseBits& joined_by(Side side) noexcept { return joined[static_cast<std::size_t>(side)]; }

    /// Whose interface it is: the routing protocol's, or IGMP's if that is alone.
    Protocol* owner() const noexcept
    {
        return holder(Side::routing) ? holder(Side::routing) : holder(Side::igmp);
    }
};

class Interfaces
{
public:
    /// nullptr if nobody has it.
    Interface* find(InterfaceId id) noexcept;

    /// The one that a way out of the routing table is: that of the link, or of the whole interface.
    Interface* find_way(InterfaceId id) noexcept;

    Interface& at(std::uint32_t number) const noexcept { return numbers_.at(number); }

    /// One that is not there. Throws std::bad_alloc, and then changes nothing.
    Interface& make(InterfaceId id);

    /// Forgets it if nobody has it any more.
    void end_if_free(Interface& iface) noexcept;

private:
    std::map<InterfaceId, Interface, std::less<>,
             Allocator<std::pair<const InterfaceId, Interface>>>
        interfaces_;
    Numbers<Interface> numbers_;
};

} // namespace rtm::mgm
