// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What a client enumerates: which routes, and where it is.

#pragma once

#include "status.h"
#include "v1/families.h"

namespace rtm::v1
{

/// RTM_ONLY_*.
namespace only
{
constexpr std::uint32_t this_network = 1;
constexpr std::uint32_t this_interface = 2;
constexpr std::uint32_t this_protocol = 4;
constexpr std::uint32_t best_routes = 8;
constexpr std::uint32_t defined = 15;
} // namespace only

template <class Family> struct Criteria {
    std::uint32_t flags = 0;
    typename Family::NetworkKey network{};
    std::uint32_t interface_id = 0;
    std::uint32_t protocol = 0;

    /// Takes of `route` what the flags say; it may be null if that is nothing.
    static Status read(std::uint32_t flags, const typename Family::Route* route,
                       Criteria& criteria) noexcept
    {
        if ((flags & ~only::defined) != 0 || (!route && (flags & ~only::best_routes) != 0))
            return Status::invalid_parameter;
        criteria.flags = flags;
        if (criteria.has(only::this_network)) {
            const auto network = Family::network_of(route->network);
            if (!network)
                return Status::invalid_parameter;
            criteria.network = *network;
        }
        if (criteria.has(only::this_interface))
            criteria.interface_id = route->interface_id;
        if (criteria.has(only::this_protocol))
            criteria.protocol = route->protocol;
        return Status::ok;
    }

    bool has(std::uint32_t flag) const noexcept { return (flags & flag) != 0; }

    bool match(const typename Family::Key& key) const noexcept
    {
        return (!has(only::this_network) || key.network == network) &&
               (!has(only::this_interface) || key.interface_id == interface_id) &&
               (!has(only::this_protocol) || key.protocol == protocol);
    }
};

/// A walk in order. It needs nothing but the key of the last route to go on, so routes may come and
/// go meanwhile, and none comes twice.
template <class Family> struct Walk {
    Criteria<Family> criteria;
    std::optional<typename Family::Key> last; ///< no value before the first

    /// Whether a route of that key is still to come.
    bool is_ahead(const typename Family::Key& key) const noexcept
    {
        if (!criteria.match(key))
            return false;
        if (!last)
            return true;
        // One best route of each network, though it may be another one by now.
        return criteria.has(only::best_routes) ? key.network > last->network : key > *last;
    }
};

} // namespace rtm::v1
