// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The multicast forwarding entries (MFEs): which way data of a flow come, and where they do not go
// as memberships say. The outgoing interfaces themselves are not kept: they are what is joined, and
// are looked up when somebody asks, so that joining costs the same however many entries match.

#pragma once

#include "forwarder.h"
#include "interfaces.h"
#include "memberships.h"
#include "upstream.h"

#include "host.h"
#include "schedule.h"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace rtm::mgm
{

using InterfaceIds = std::vector<InterfaceId, Allocator<InterfaceId>>;

/// What a protocol says of an outgoing interface against the memberships.
struct Override {
    Interface* iface;
    bool is_enabled;
};

struct ForwardingEntry {
    ForwardingEntry(const Flow& its_data, const Upstream& its_upstream) noexcept
        : data(its_data), upstream(its_upstream)
    {
        expiry.reset(TimerPurpose::entry_expiry, this);
    }

    const Flow data; ///< an (s,g)
    Upstream upstream;
    bool is_redirected = false; ///< a protocol chose another way than the routing table's
    std::uint64_t made = 0;     ///< ms, as are the others
    std::uint64_t life = 0;
    Timer expiry;
    std::vector<Override, Allocator<Override>> overrides;

    const Override* find(const Interface& iface) const noexcept;
};

class Forwarding
{
public:
    static constexpr std::uint32_t default_life = 900; ///< seconds

    Forwarding(Host& host, Forwarder& forwarder, const Memberships& memberships) noexcept
        : host_(host), forwarder_(forwarder), memberships_(memberships)
    {
    }

    /// Before there are entries, and after the last. `schedule` is told of their ends.
    void use(Schedule* schedule) noexcept { schedule_ = schedule; }
    bool is_in_use() const noexcept { return schedule_ != nullptr; }

    ForwardingEntry* find(const Flow& data) noexcept;

    /// The first entry behind `data`, or of all.
    ForwardingEntry* after(const std::optional<Flow>& data) noexcept;

    /// One that is not there. Throws std::bad_alloc, and then changes nothing.
    ForwardingEntry& add(const Flow& data, const Upstream& upstream, bool is_redirected);
    void remove(ForwardingEntry& entry) noexcept;

    /// Those whose data come in on an interface, or all.
    void remove_all_from(InterfaceId incoming) noexcept;
    void remove_all() noexcept;

    /// The time for which it has not been so yet.
    void set_life(ForwardingEntry& entry, std::uint32_t seconds_from_now) noexcept;

    void set_upstream(ForwardingEntry& entry, const Upstream& upstream);

    /// Whether data go out there.
    bool goes_out(const ForwardingEntry& entry, const Interface& iface) const noexcept;

    /// In order. Throws std::bad_alloc.
    InterfaceIds outgoing(const ForwardingEntry& entry, const Interfaces& interfaces) const;

    /// Makes room for override_outgoing(). Throws std::bad_alloc.
    void prepare_override(ForwardingEntry& entry, Interface& iface);

    /// Has data go out there or not, whatever is joined now.
    void override_outgoing(ForwardingEntry& entry, Interface& iface, bool enabled) noexcept;

    /// Again as memberships say, for all entries that `joined` covers.
    void drop_overrides(Interface& iface, const Flow& joined) noexcept;

    /// Visits entries that `joined` covers.
    template <class Visit> void for_each_covered(const Flow& joined, Visit visit)
    {
        // Those of a group are beside each other.
        const auto from = joined.group == any ? entries_.begin() : entries_.lower_bound(joined);
        for (auto at = from; at != entries_.end() && may_cover(joined, at->first); ++at)
            if (joined.covers(at->first))
                visit(at->second);
    }

    /// The first entry with a source of `first` to `last`, or behind `after`, in order of sources.
    ForwardingEntry* next_of_sources(Address first, Address last,
                                     const std::optional<Flow>& after) noexcept;

private:
    struct BySource {
        bool operator()(const Flow& a, const Flow& b) const noexcept
        {
            return a.source != b.source ? a.source < b.source : a.group < b.group;
        }
    };
    struct Arrival {
        InterfaceId incoming;
        Flow data;

        auto operator<=>(const Arrival&) const = default;
    };

    static bool may_cover(const Flow& joined, const Flow& data) noexcept
    {
        return joined.group == any || (data.group == joined.group &&
                                       (joined.source == any || data.source == joined.source));
    }

    Host& host_;
    Forwarder& forwarder_;
    const Memberships& memberships_;
    Schedule* schedule_ = nullptr;

    std::map<Flow, ForwardingEntry, std::less<>, Allocator<std::pair<const Flow, ForwardingEntry>>>
        entries_;
    std::set<Flow, BySource, Allocator<Flow>> by_source_;
    std::set<Arrival, std::less<>, Allocator<Arrival>> arrivals_;
};

} // namespace rtm::mgm
