// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The protocols that are registered.

#pragma once

#include "protocol.h"

#include "pool.h"

#include <map>

namespace rtm::mgm
{

class Protocols
{
public:
    Protocols(SlabDirectory& directory, ReadSections& sections) noexcept
        : pool_(directory, sections)
    {
    }

    bool is_empty() const noexcept { return by_order_.empty(); }
    bool has(ProtocolId id) const noexcept { return by_id_.contains(id); }

    /// The one of a handle, unless it is leaving; nullptr for any other value.
    Protocol* find(Handle handle) const noexcept;

    /// Throws std::bad_alloc, and then changes nothing.
    Protocol& add(ProtocolId id, const Callbacks& callbacks);

    /// Its object goes with the last pin.
    void remove(Protocol& protocol) noexcept;
    void unpin(Protocol& protocol) noexcept;

    /// In the order in which they registered.
    template <class Visit> void for_each(Visit visit) const
    {
        for (const auto& [order, protocol] : by_order_)
            visit(*protocol);
    }

private:
    template <class K>
    using Map = std::map<K, Protocol*, std::less<>, Allocator<std::pair<const K, Protocol*>>>;

    Pool<Protocol> pool_;
    Map<std::uint64_t> by_order_;
    Map<ProtocolId> by_id_;
    std::uint64_t next_order_ = 0;
};

} // namespace rtm::mgm
