// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// How clients' callbacks are called: the dll does it, or a native test.

#pragma once

#include "protocol.h"
#include "upstream.h"

#include "records.h"

#include <cstdint>
#include <span>

namespace rtm::mgm
{

/// The first packet of a flow: some of it.
struct Packet {
    Flow data;
    InterfaceId arrived_on;
    std::uint32_t length = 0;         ///< in octets
    std::span<std::uint8_t> header{}; ///< and what of the rest there is
};

/// Which way its data come, to be answered in place.
struct WayQuestion {
    const Packet& packet;
    Upstream& upstream;
    DestInfo& route; ///< to the source, as long as one view takes
};

/// MGM_IF_ENTRY: an outgoing interface of a new entry, and whether data shall go there.
struct OutgoingChoice {
    std::uint32_t index;
    Address next_hop;
    std::int32_t has_igmp;
    std::int32_t is_enabled;
};

/// All calls without a lock. The client has the callback that is called.
class Clients
{
public:
    virtual void tell(const Protocol& protocol, const Alert& alert,
                      std::uint32_t& life) noexcept = 0;
    virtual void ask_way(const Protocol& protocol, const WayQuestion& question) noexcept = 0;
    virtual void ask_outgoing(const Protocol& protocol, const Flow& data, InterfaceId incoming,
                              std::span<OutgoingChoice> choices) noexcept = 0;
    virtual void disable_igmp(const Protocol& igmp, InterfaceId iface) noexcept = 0;
    virtual void enable_igmp(const Protocol& igmp, InterfaceId iface) noexcept = 0;

protected:
    ~Clients() = default;
};

} // namespace rtm::mgm
