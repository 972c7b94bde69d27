// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "memberships.h"

namespace rtm::mgm
{

namespace
{

constexpr std::size_t index(Side side) noexcept
{
    return static_cast<std::size_t>(side);
}

} // namespace

const Joiner* JoinedFlow::find(const Protocol& protocol) const noexcept
{
    for (const Joiner& joiner : joiners)
        if (joiner.protocol == &protocol)
            return &joiner;
    return nullptr;
}

const JoinedFlow* Memberships::find(const Flow& flow) const noexcept
{
    const auto entry = flows_.find(flow);
    return entry == flows_.end() ? nullptr : &entry->second;
}

const JoinedFlow* Memberships::after(const Flow& flow) const noexcept
{
    const auto entry = flows_.upper_bound(flow);
    return entry == flows_.end() ? nullptr : &entry->second;
}

bool Memberships::has(const Flow& flow, const Interface& iface, Side side) const noexcept
{
    const JoinedFlow* joined = find(flow);
    return joined && joined->interfaces[index(side)].has(iface.number);
}

bool Memberships::wants(const Interface& iface, const Flow& data) const noexcept
{
    for (const Flow& flow : {data, Flow{data.group, any}, Flow{any, any}})
        if (has(flow, iface, Side::routing) || has(flow, iface, Side::igmp))
            return true;
    return false;
}

JoinedFlow& Memberships::find_or_make(const Flow& flow)
{
    if (const auto entry = flows_.find(flow); entry != flows_.end())
        return entry->second;
    const std::uint32_t number = numbers_.take();
    try {
        JoinedFlow& made = flows_.try_emplace(flow, JoinedFlow{flow, number, {}, {}}).first->second;
        numbers_.set(number, made);
        return made;
    } catch (...) {
        numbers_.give_back(number);
        throw;
    }
}

void Memberships::end_if_idle(JoinedFlow& joined) noexcept
{
    if (!joined.joiners.empty())
        return;
    numbers_.give_back(joined.number);
    flows_.erase(joined.flow);
}

void Memberships::add(const Flow& flow, Interface& iface, Side side)
{
    Protocol* protocol = iface.holder(side);
    JoinedFlow& joined = find_or_make(flow);
    bool has_bit = false;
    try {
        if (!joined.find(*protocol))
            joined.joiners.reserve(joined.joiners.size() + 1);
        joined.interfaces[index(side)].add(iface.number);
        has_bit = true;
        iface.joined_by(side).add(joined.number);
    } catch (...) {
        if (has_bit)
            joined.interfaces[index(side)].remove(iface.number);
        end_if_idle(joined);
        throw;
    }
    for (Joiner& joiner : joined.joiners)
        if (joiner.protocol == protocol) {
            ++joiner.interfaces;
            return;
        }
    joined.joiners.push_back({protocol, 1});
}

void Memberships::remove(const Flow& flow, Interface& iface, Side side) noexcept
{
    JoinedFlow& joined = flows_.find(flow)->second;
    joined.interfaces[index(side)].remove(iface.number);
    iface.joined_by(side).remove(joined.number);
    for (auto joiner = joined.joiners.begin(); joiner != joined.joiners.end(); ++joiner)
        if (joiner->protocol == iface.holder(side)) {
            if (--joiner->interfaces == 0)
                joined.joiners.erase(joiner);
            break;
        }
    end_if_idle(joined);
}

} // namespace rtm::mgm
