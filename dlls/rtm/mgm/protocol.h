// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A protocol that has registered: a multicast routing protocol, or IGMP.

#pragma once

#include "flow.h"

#include "chain.h"
#include "faults.h"
#include "handle.h"
#include "host.h"
#include "wait_room.h"

#include <compare>
#include <cstdint>
#include <list>
#include <thread>

namespace rtm::mgm
{

struct Walk;

/// Both numbers are the client's. Only IGMP is known by its number.
struct ProtocolId {
    std::uint32_t protocol;
    std::uint32_t component;

    auto operator<=>(const ProtocolId&) const = default;

    /// Protocol ids have a type and a vendor above the 16 bits that name the protocol.
    bool is_igmp() const noexcept { return (protocol & 0xffff) == 10; }
};

/// The client's functions, any of which may be null.
struct Callbacks {
    ClientFunction rpf = nullptr;
    ClientFunction creation_alert = nullptr;
    ClientFunction prune_alert = nullptr;
    ClientFunction join_alert = nullptr;
    ClientFunction local_join = nullptr;
    ClientFunction local_leave = nullptr;
    ClientFunction disable_igmp = nullptr;
    ClientFunction enable_igmp = nullptr;
};

/// The two that can have an interface at the same time.
enum class Side : std::uint8_t { routing, igmp };
constexpr std::size_t sides = 2;

/// What a protocol is told, and needs not answer.
struct Alert {
    enum class Kind : std::uint8_t { join, prune, local_join, local_leave };

    Kind kind;
    bool of_membership; ///< a join or prune: a membership changed, not a forwarding entry
    Flow flow;
    InterfaceId iface;
};

using AlertList = std::list<Alert, Allocator<Alert>>;

/// All but what is constant is guarded by the group manager's lock.
class Protocol
{
public:
    static constexpr Kind kind = Kind::mgm_protocol;
    static constexpr std::size_t slab_size = 16;

    Protocol(Handle its_handle, ProtocolId its_id, const Callbacks& its_callbacks,
             std::uint64_t its_order) noexcept
        : handle(its_handle), id(its_id), callbacks(its_callbacks), order(its_order)
    {
    }

    Side side() const noexcept { return id.is_igmp() ? Side::igmp : Side::routing; }

    const Handle handle;
    const ProtocolId id;
    const Callbacks callbacks;
    const std::uint64_t order; ///< of registration

    Gate gate; ///< who is inside its callbacks

    unsigned interfaces = 0; ///< that it has
    Chain<Walk> walks;       ///< that it has not ended
    bool is_leaving = false; ///< its handle is refused

    unsigned pins = 0; ///< calls that look at it without the lock
    AlertList untold;  ///< that are for it
    bool is_being_told = false;
    std::thread::id enabler; ///< inside its enable callback
};

} // namespace rtm::mgm
