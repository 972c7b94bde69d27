// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What forwards the data: told which entries there are, asked what it has counted. One that lives
// in the kernel fits here, too.
//
// All calls with the group manager's lock, so none may call that back. A forwarder that gets data
// of a flow without an entry calls GroupManager::make_entry().

#pragma once

#include "flow.h"

#include <cstdint>

namespace rtm::mgm
{

/// What has been counted of an entry, as MIB_IPMCAST_MFE_STATS_EX has it.
struct EntryCounters {
    std::uint32_t in_packets = 0;
    std::uint32_t in_octets = 0;
    std::uint32_t different_interface = 0; ///< dropped, came in elsewhere
    std::uint32_t queue_overflow = 0;      ///< dropped
    std::uint32_t uninitialized = 0;       ///< came while the entry was being made
    std::uint32_t negative = 0;            ///< dropped, nobody wants them
    std::uint32_t in_discards = 0;
    std::uint32_t header_errors = 0;
    std::uint32_t out_packets = 0; ///< on all interfaces
};

/// The same of one outgoing interface of it, as MIB_IPMCAST_OIF_STATS has it.
struct OutgoingCounters {
    std::uint32_t ttl_too_low = 0;
    std::uint32_t fragments_needed = 0;
    std::uint32_t packets = 0;
    std::uint32_t discards = 0;
};

class Forwarder
{
public:
    virtual ~Forwarder() = default;

    /// There is a new entry. Throws std::bad_alloc, and then knows nothing of it.
    virtual void add(const Flow& data, InterfaceId incoming) = 0;
    virtual void remove(const Flow& data) noexcept = 0;

    virtual void set_incoming(const Flow& data, InterfaceId incoming) noexcept = 0;

    /// The outgoing interfaces of all entries that `joined` covers may have changed.
    virtual void outgoing_changed(const Flow& joined) noexcept = 0;

    virtual EntryCounters counters(const Flow& data) const noexcept = 0;
    virtual OutgoingCounters counters(const Flow& data, InterfaceId outgoing) const noexcept = 0;
};

} // namespace rtm::mgm
