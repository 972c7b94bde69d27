// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The ways to sources, from the multicast view of the routing table. The group manager is an entity
// of that table like any other, while there are protocols.

#pragma once

#include "upstream.h"

#include "rib.h"

#include <atomic>
#include <optional>
#include <span>

namespace rtm::mgm
{

/// A range of sources whose way may have changed.
struct SourceRange {
    Address first;
    Address last;
};

class ReversePaths
{
public:
    static constexpr std::uint32_t protocol = 10009; ///< PROTO_IP_MGM

    /// `on_change` is called as an entity's event callback, by the Rib's host.
    ReversePaths(Rib& rib, ClientFunction on_change) noexcept : rib_(rib), on_change_(on_change) {}

    /// Joins the table, and watches it. What keeps it from that; nothing has changed then.
    Status begin();

    /// Leaves it. Waits for the callback.
    void end() noexcept;

    /// The way to a source; none if the table has no route there that says one.
    std::optional<Upstream> look_up(Address source) const noexcept;

    /// Describes the route as clients see it, with the references that come with that.
    bool describe(Address source, DestInfo& out) const noexcept;
    void release(const DestInfo& info) const noexcept;

    /// What a client says of the route in what was described to it.
    void read(const DestInfo& info, Upstream& upstream) const noexcept;

    /// Fetches what has changed, as many ranges as there is room for.
    std::size_t fetch_changes(std::span<SourceRange> room) noexcept;

private:
    Destination* find(Table& table, Address source) const;
    std::optional<Upstream> read_way(const Caller& caller, const DestInfo& info) const;

    Rib& rib_;
    const ClientFunction on_change_;
    std::atomic<Handle> entity_{0};
    std::atomic<Handle> notification_{0};
};

} // namespace rtm::mgm
