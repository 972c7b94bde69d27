// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "alerts.h"

namespace rtm::mgm
{

namespace
{

bool wants(const Protocol& protocol, News::Kind kind) noexcept
{
    switch (kind) {
    case News::Kind::join:
        return protocol.callbacks.join_alert != nullptr;
    case News::Kind::prune:
        return protocol.callbacks.prune_alert != nullptr;
    case News::Kind::local_join:
        return protocol.callbacks.local_join != nullptr;
    case News::Kind::local_leave:
        return protocol.callbacks.local_leave != nullptr;
    }
    return false;
}

void write(Outbox& out, Protocol& to, const News& news)
{
    if (!to.is_leaving && wants(to, news.kind))
        out.write(to, news);
}

} // namespace

void Alerts::write_to_others(Outbox& out, const Protocol& client, const News& news) const
{
    protocols_.for_each([&](Protocol& other) {
        if (&other != &client)
            write(out, other, news);
    });
}

void Alerts::write_upstream(Outbox& out, const Protocol& client, const News& news) const
{
    const auto upstream = paths_.look_up(news.flow.source);
    const Interface* incoming = upstream ? interfaces_.find_way(upstream->incoming) : nullptr;
    if (incoming && incoming->owner() != &client)
        write(out, *incoming->owner(), news);
}

void Alerts::write_join(Outbox& out, const Flow& flow, const Interface& interface, Side side) const
{
    const Protocol& client = *interface.holder(side);
    Protocol* routing = interface.holder(Side::routing);
    if (side == Side::igmp && routing)
        write(out, *routing, {News::Kind::local_join, true, flow, interface.id});
    const JoinedFlow* joined = memberships_.find(flow);
    if (joined && joined->find(client))
        return;
    const News news{News::Kind::join, true, flow, interface.id};
    const std::size_t before = joined ? joined->joiners.size() : 0;
    if (flow.source != any) {
        if (before == 0)
            write_upstream(out, client, news);
    } else if (before == 0) {
        write_to_others(out, client, news);
    } else if (before == 1) {
        write(out, *joined->joiners[0].protocol, news);
    }
}

void Alerts::write_leave(Outbox& out, const Flow& flow, const Interface& interface, Side side,
                         bool tell_owner) const
{
    const Protocol& client = *interface.holder(side);
    Protocol* routing = interface.holder(Side::routing);
    if (tell_owner && side == Side::igmp && routing)
        write(out, *routing, {News::Kind::local_leave, true, flow, interface.id});
    const JoinedFlow& joined = *memberships_.find(flow);
    if (joined.find(client)->interfaces != 1)
        return;
    const News news{News::Kind::prune, true, flow, interface.id};
    const auto& joiners = joined.joiners;
    if (flow.source != any) {
        if (joiners.size() == 1)
            write_upstream(out, client, news);
    } else if (joiners.size() == 1) {
        write_to_others(out, client, news);
    } else if (joiners.size() == 2) {
        write(out, *joiners[joiners[0].protocol == &client].protocol, news);
    }
}

void Alerts::write_change(Outbox& out, const Flow& data, InterfaceId incoming,
                          const Interface& outgoing, bool goes_out, const Protocol& client) const
{
    const Interface* its = interfaces_.find_way(incoming);
    if (its && its->owner() != &client)
        write(out, *its->owner(),
              {goes_out ? News::Kind::join : News::Kind::prune, false, data, outgoing.id});
}

} // namespace rtm::mgm
