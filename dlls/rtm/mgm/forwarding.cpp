// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "forwarding.h"

namespace rtm::mgm
{

namespace
{

constexpr std::uint64_t ms_per_second = 1000;

} // namespace

const Override* ForwardingEntry::find(const Interface& iface) const noexcept
{
    for (const Override& override_ : overrides)
        if (override_.iface == &iface)
            return &override_;
    return nullptr;
}

ForwardingEntry* Forwarding::find(const Flow& data) noexcept
{
    const auto entry = entries_.find(data);
    return entry == entries_.end() ? nullptr : &entry->second;
}

ForwardingEntry* Forwarding::after(const std::optional<Flow>& data) noexcept
{
    const auto entry = data ? entries_.upper_bound(*data) : entries_.begin();
    return entry == entries_.end() ? nullptr : &entry->second;
}

ForwardingEntry* Forwarding::next_of_sources(Address first, Address last,
                                             const std::optional<Flow>& after) noexcept
{
    const auto at = after ? by_source_.upper_bound(*after) : by_source_.lower_bound(Flow{0, first});
    return at == by_source_.end() || at->source > last ? nullptr : find(*at);
}

ForwardingEntry& Forwarding::add(const Flow& data, const Upstream& upstream, bool is_redirected)
{
    schedule_->prepare();
    ForwardingEntry& made = entries_.try_emplace(data, data, upstream).first->second;
    try {
        by_source_.insert(data);
        arrivals_.insert({upstream.incoming, data});
        forwarder_.add(data, upstream.incoming);
    } catch (...) {
        by_source_.erase(data);
        arrivals_.erase({upstream.incoming, data});
        entries_.erase(data);
        throw;
    }
    made.is_redirected = is_redirected;
    made.made = host_.now_ms();
    set_life(made, default_life);
    return made;
}

void Forwarding::remove(ForwardingEntry& entry) noexcept
{
    schedule_->cancel(entry.expiry);
    for (const Override& override_ : entry.overrides)
        override_.iface->overridden.erase(entry.data);
    forwarder_.remove(entry.data);
    by_source_.erase(entry.data);
    arrivals_.erase({entry.upstream.incoming, entry.data});
    entries_.erase(entry.data);
}

void Forwarding::remove_all_from(InterfaceId incoming) noexcept
{
    while (true) {
        const auto first = arrivals_.lower_bound(Arrival{incoming, {}});
        if (first == arrivals_.end() || first->incoming != incoming)
            return;
        remove(*find(first->data));
    }
}

void Forwarding::remove_all() noexcept
{
    while (!entries_.empty())
        remove(entries_.begin()->second);
}

void Forwarding::set_life(ForwardingEntry& entry, std::uint32_t seconds_from_now) noexcept
{
    const std::uint64_t rest = seconds_from_now * ms_per_second;
    entry.life = host_.now_ms() - entry.made + rest;
    schedule_->arm(entry.expiry, rest);
}

void Forwarding::set_upstream(ForwardingEntry& entry, const Upstream& upstream)
{
    if (upstream.incoming != entry.upstream.incoming) {
        arrivals_.insert({upstream.incoming, entry.data});
        arrivals_.erase({entry.upstream.incoming, entry.data});
        forwarder_.set_incoming(entry.data, upstream.incoming);
    }
    entry.upstream = upstream;
}

bool Forwarding::goes_out(const ForwardingEntry& entry, const Interface& iface) const noexcept
{
    const Override* said = entry.find(iface);
    return said ? said->is_enabled : memberships_.wants(iface, entry.data);
}

InterfaceIds Forwarding::outgoing(const ForwardingEntry& entry, const Interfaces& interfaces) const
{
    InterfaceIds ids;
    memberships_.for_each_wanting(entry.data, [&](std::uint32_t number) {
        const Interface& iface = interfaces.at(number);
        if (!entry.find(iface))
            ids.push_back(iface.id);
    });
    for (const Override& override_ : entry.overrides)
        if (override_.is_enabled)
            ids.push_back(override_.iface->id);
    std::sort(ids.begin(), ids.end());
    return ids;
}

void Forwarding::prepare_override(ForwardingEntry& entry, Interface& iface)
{
    if (entry.find(iface))
        return;
    entry.overrides.reserve(entry.overrides.size() + 1);
    iface.overridden.insert(entry.data);
}

void Forwarding::override_outgoing(ForwardingEntry& entry, Interface& iface, bool enabled) noexcept
{
    std::erase_if(entry.overrides, [&](const Override& o) { return o.iface == &iface; });
    if (memberships_.wants(iface, entry.data) == enabled)
        iface.overridden.erase(entry.data);
    else
        entry.overrides.push_back({&iface, enabled});
    forwarder_.outgoing_changed(entry.data);
}

void Forwarding::drop_overrides(Interface& iface, const Flow& joined) noexcept
{
    auto at = iface.overridden.lower_bound(joined);
    while (at != iface.overridden.end() && may_cover(joined, *at)) {
        if (!joined.covers(*at)) {
            ++at;
            continue;
        }
        if (ForwardingEntry* entry = find(*at))
            std::erase_if(entry->overrides, [&](const Override& o) { return o.iface == &iface; });
        at = iface.overridden.erase(at);
    }
}

} // namespace rtm::mgm
