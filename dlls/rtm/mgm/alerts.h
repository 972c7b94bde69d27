// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Who is told of joins and prunes: the rules by which protocols learn that they have to bring data
// to a router that others want there. After RFC 2715, which the documentation follows.

#pragma once

#include "interfaces.h"
#include "memberships.h"
#include "outbox.h"
#include "protocols.h"
#include "reverse_paths.h"

namespace rtm::mgm
{

/// Each writes what a change brings, before it. They throw std::bad_alloc.
class Alerts
{
public:
    Alerts(const Protocols& protocols, Interfaces& interfaces, const Memberships& memberships,
           const ReversePaths& paths) noexcept
        : protocols_(protocols), interfaces_(interfaces), memberships_(memberships), paths_(paths)
    {
    }

    /// The holder of that side joins `flow` on an interface.
    void write_join(Outbox& out, const Flow& flow, const Interface& iface, Side side) const;

    /// It leaves. `tell_owner`: the routing protocol of the interface hears of IGMP's leaving.
    void write_leave(Outbox& out, const Flow& flow, const Interface& iface, Side side,
                     bool tell_owner) const;

    /// `client` has a forwarding entry gain or lose an outgoing interface.
    void write_change(Outbox& out, const Flow& data, InterfaceId incoming,
                      const Interface& outgoing, bool goes_out, const Protocol& client) const;

private:
    void write_to_others(Outbox& out, const Protocol& client, const Alert& alert) const;
    void write_upstream(Outbox& out, const Protocol& client, const Alert& alert) const;

    const Protocols& protocols_;
    Interfaces& interfaces_;
    const Memberships& memberships_;
    const ReversePaths& paths_;
};

} // namespace rtm::mgm
