// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "memory_forwarder.h"

#include "group_manager.h"

namespace rtm::mgm
{

void MemoryForwarder::add(const Flow& data, InterfaceId)
{
    std::lock_guard lock(mutex_);
    entries_.try_emplace(data);
}

void MemoryForwarder::remove(const Flow& data) noexcept
{
    std::lock_guard lock(mutex_);
    entries_.erase(data);
}

void MemoryForwarder::set_incoming(const Flow&, InterfaceId) noexcept {}

EntryCounters MemoryForwarder::counters(const Flow& data) const noexcept
{
    std::lock_guard lock(mutex_);
    const auto entry = entries_.find(data);
    return entry == entries_.end() ? EntryCounters{} : entry->second.counters;
}

OutgoingCounters MemoryForwarder::counters(const Flow& data, InterfaceId id) const noexcept
{
    std::lock_guard lock(mutex_);
    const auto entry = entries_.find(data);
    if (entry == entries_.end())
        return {};
    const auto outgoing = entry->second.outgoing.find(id);
    return outgoing == entry->second.outgoing.end() ? OutgoingCounters{} : outgoing->second;
}

bool MemoryForwarder::set_counters(const Flow& data, const EntryCounters& counters)
{
    std::lock_guard lock(mutex_);
    const auto entry = entries_.find(data);
    if (entry == entries_.end())
        return false;
    entry->second.counters = counters;
    return true;
}

bool MemoryForwarder::set_counters(const Flow& data, InterfaceId id,
                                   const OutgoingCounters& counters)
{
    std::lock_guard lock(mutex_);
    const auto entry = entries_.find(data);
    if (entry == entries_.end())
        return false;
    entry->second.outgoing[id] = counters;
    return true;
}

bool MemoryForwarder::receive(GroupManager& manager, const Packet& packet)
{
    if (forward(manager, packet))
        return true;
    manager.make_entry(packet);
    return forward(manager, packet);
}

/// Counts what goes out. Never back to where it came from, whatever is joined there.
bool MemoryForwarder::forward(GroupManager& manager, const Packet& packet)
{
    InterfaceId incoming;
    const auto outgoing = manager.ways_out(packet.data, incoming);
    if (!outgoing)
        return false;
    std::lock_guard lock(mutex_);
    const auto found = entries_.find(packet.data);
    if (found == entries_.end())
        return false;
    EntryCounters& counters = found->second.counters;
    if (packet.arrived_on != incoming) {
        ++counters.different_interface;
        return true;
    }
    const std::uint32_t sent_before = counters.out_packets;
    for (const InterfaceId id : *outgoing)
        if (id != incoming) {
            ++found->second.outgoing[id].packets;
            ++counters.out_packets;
        }
    if (counters.out_packets == sent_before) {
        ++counters.negative;
        return true;
    }
    ++counters.in_packets;
    counters.in_octets += packet.length;
    return true;
}

} // namespace rtm::mgm
