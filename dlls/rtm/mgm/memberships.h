// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Who has joined what, where: 10,000 groups on 1,000 interfaces are 20 million bits, and none is
// searched for.

#pragma once

#include "interfaces.h"

#include <map>
#include <vector>

namespace rtm::mgm
{

/// A client's part in a flow that is joined.
struct Joiner {
    Protocol* protocol;
    std::uint32_t interfaces; ///< on which it has joined
};

/// A (*,*), (*,g) or (s,g) that somebody has joined.
struct JoinedFlow {
    const Flow flow;
    const std::uint32_t number;

    std::array<SparseBits, sides> interfaces;       ///< Interface::number
    std::vector<Joiner, Allocator<Joiner>> joiners; ///< in the order in which they came

    const Joiner* find(const Protocol& protocol) const noexcept;
};

class Memberships
{
public:
    bool has(const Flow& flow, const Interface& iface, Side side) const noexcept;

    /// nullptr if nobody has joined it.
    const JoinedFlow* find(const Flow& flow) const noexcept;
    const JoinedFlow& at(std::uint32_t number) const noexcept { return numbers_.at(number); }

    /// Joins for the holder of that side of the interface, which has not. Throws std::bad_alloc,
    /// and then changes nothing.
    void add(const Flow& flow, Interface& iface, Side side);

    /// What is there.
    void remove(const Flow& flow, Interface& iface, Side side) noexcept;

    /// Visits the numbers of all interfaces where data of an (s,g) are wanted.
    template <class Visit> void for_each_wanting(const Flow& data, Visit visit) const
    {
        std::array<const SparseBits*, 3 * sides> sets;
        std::size_t count = 0;
        for (const Flow& flow : {data, Flow{data.group, any}, Flow{any, any}})
            if (const JoinedFlow* joined = find(flow))
                for (const SparseBits& set : joined->interfaces)
                    sets[count++] = &set;
        SparseBits::for_each(std::span(sets).first(count), visit);
    }

    /// Whether they are wanted on that interface.
    bool wants(const Interface& iface, const Flow& data) const noexcept;

    /// What is joined after `flow`, in order; nullptr at the end.
    const JoinedFlow* after(const Flow& flow) const noexcept;

private:
    using JoinedFlows =
        std::map<Flow, JoinedFlow, std::less<>, Allocator<std::pair<const Flow, JoinedFlow>>>;

    JoinedFlow& find_or_make(const Flow& flow);
    void end_if_idle(JoinedFlow& joined) noexcept;

    JoinedFlows flows_;
    Numbers<JoinedFlow> numbers_;
};

} // namespace rtm::mgm
