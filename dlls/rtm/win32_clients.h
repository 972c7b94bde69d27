// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Calls of multicast protocols' callbacks.

#pragma once

#include "clients.h"

#include <windef.h>

#include "rtmv2.h"

namespace rtm
{

class Win32Clients final : public mgm::Clients
{
public:
    void tell(const mgm::Protocol& protocol, const mgm::Alert& alert,
              std::uint32_t& life) noexcept override;
    void ask_way(const mgm::Protocol& protocol, const mgm::WayQuestion& question) noexcept override;
    void ask_outgoing(const mgm::Protocol& protocol, const mgm::Flow& data,
                      mgm::InterfaceId incoming,
                      std::span<mgm::OutgoingChoice> choices) noexcept override;
    void disable_igmp(const mgm::Protocol& igmp, mgm::InterfaceId iface) noexcept override;
    void enable_igmp(const mgm::Protocol& igmp, mgm::InterfaceId iface) noexcept override;
};

/// The event callback of the group manager's own entity.
DWORD WINAPI hear_of_routes(RTM_ENTITY_HANDLE handle, RTM_EVENT_TYPE type, PVOID context1,
                            PVOID context2);

} // namespace rtm
