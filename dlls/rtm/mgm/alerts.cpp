// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "alerts.h"

namespace rtm::mgm
{

namespace
{

bool wants(const Protocol& protocol, Alert::Kind kind) noexcept
{
    switch (kind) {
    case Alert::Kind::join:
        return protocol.callbacks.join_alert != nullptr;
    case Alert::Kind::prune:
        return protocol.callbacks.prune_alert != nullptr;
    case Alert::Kind::local_join:
        return protocol.callbacks.local_join != nullptr;
    case Alert::Kind::local_leave:
        return protocol.callbacks.local_leave != nullptr;
    }
    return false;
}

void write(Outbox& out, Protocol& to, const Alert& alert)
{
    if (!to.is_leaving && wants(to, alert.kind))
        out.write(to, alert);
}

} // namespace

void Alerts::write_to_others(Outbox& out, const Protocol& client, const Alert& alert) const
{
    protocols_.for_each([&](Protocol& other) {
        if (&other != &client)
            write(out, other, alert);
    });
}

void Alerts::write_upstream(Outbox& out, const Protocol& client, const Alert& alert) const
{
    const auto upstream = paths_.look_up(alert.flow.source);
    const Interface* incoming = upstream ? interfaces_.find_way(upstream->incoming) : nullptr;
    if (incoming && incoming->owner() != &client)
        write(out, *incoming->owner(), alert);
}

void Alerts::write_join(Outbox& out, const Flow& flow, const Interface& iface, Side side) const
{
    const Protocol& client = *iface.holder(side);
    Protocol* routing = iface.holder(Side::routing);
    if (side == Side::igmp && routing)
        write(out, *routing, {Alert::Kind::local_join, true, flow, iface.id});
    const JoinedFlow* joined = memberships_.find(flow);
    if (joined && joined->find(client))
        return;
    const Alert alert{Alert::Kind::join, true, flow, iface.id};
    const std::size_t before = joined ? joined->joiners.size() : 0;
    if (flow.source != any) {
        if (before == 0)
            write_upstream(out, client, alert);
    } else if (before == 0) {
        write_to_others(out, client, alert);
    } else if (before == 1) {
        write(out, *joined->joiners[0].protocol, alert);
    }
}

void Alerts::write_leave(Outbox& out, const Flow& flow, const Interface& iface, Side side,
                         bool tell_owner) const
{
    const Protocol& client = *iface.holder(side);
    Protocol* routing = iface.holder(Side::routing);
    if (tell_owner && side == Side::igmp && routing)
        write(out, *routing, {Alert::Kind::local_leave, true, flow, iface.id});
    const JoinedFlow& joined = *memberships_.find(flow);
    if (joined.find(client)->interfaces != 1)
        return;
    const Alert alert{Alert::Kind::prune, true, flow, iface.id};
    const auto& joiners = joined.joiners;
    if (flow.source != any) {
        if (joiners.size() == 1)
            write_upstream(out, client, alert);
    } else if (joiners.size() == 1) {
        write_to_others(out, client, alert);
    } else if (joiners.size() == 2) {
        write(out, *joiners[joiners[0].protocol == &client].protocol, alert);
    }
}

void Alerts::write_change(Outbox& out, const Flow& data, InterfaceId incoming,
                          const Interface& outgoing, bool goes_out, const Protocol& client) const
{
    const Interface* its = interfaces_.find_way(incoming);
    if (its && its->owner() != &client)
        write(out, *its->owner(),
              {goes_out ? Alert::Kind::join : Alert::Kind::prune, false, data, outgoing.id});
}

} // namespace rtm::mgm
