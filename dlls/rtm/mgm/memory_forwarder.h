// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A forwarder that sends nothing anywhere, but counts as if it did. Packets come from who wants to
// see what the group manager does with them.

#pragma once

#include "forwarder.h"

#include "clients.h"
#include "faults.h"

#include <map>
#include <mutex>
#include <span>

namespace rtm::mgm
{

class GroupManager;

class MemoryForwarder final : public Forwarder
{
public:
    void add(const Flow& data, InterfaceId incoming) override;
    void remove(const Flow& data) noexcept override;
    void set_incoming(const Flow& data, InterfaceId incoming) noexcept override;
    void outgoing_changed(const Flow&) noexcept override {} // it looks when a packet comes
    EntryCounters counters(const Flow& data) const noexcept override;
    OutgoingCounters counters(const Flow& data, InterfaceId outgoing) const noexcept override;

    /// A packet comes in. False if there is no entry for it, nor could one be made. Throws
    /// std::bad_alloc.
    bool receive(GroupManager& manager, const Packet& packet);

    /// Sets what has been counted. False if there is no such entry. Throws std::bad_alloc.
    bool set_counters(const Flow& data, const EntryCounters& counters);
    bool set_counters(const Flow& data, InterfaceId outgoing, const OutgoingCounters& counters);

private:
    struct Entry {
        EntryCounters counters;
        std::map<InterfaceId, OutgoingCounters, std::less<>,
                 Allocator<std::pair<const InterfaceId, OutgoingCounters>>>
            outgoing;
    };

    bool forward(GroupManager& manager, const Packet& packet);

    mutable std::mutex mutex_; // taken with the group manager's, or alone
    std::map<Flow, Entry, std::less<>, Allocator<std::pair<const Flow, Entry>>> entries_;
};

} // namespace rtm::mgm
