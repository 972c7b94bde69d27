// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Memberships, and what protocols say of forwarding entries.

#include "group_manager.h"

namespace rtm::mgm
{

/// Whether a protocol may say something of an interface.
Status GroupManager::check(Handle handle, InterfaceId id, Protocol*& client, Interface*& iface)
{
    client = protocols_.find(handle);
    if (!client)
        return Status::invalid_handle;
    iface = interfaces_.find(id);
    if (!iface)
        return Status::not_found;
    if (iface->holder(client->side()) != client)
        return Status::invalid_parameter;
    return iface->closed(client->side()) ? Status::cannot_complete : Status::ok;
}

Status GroupManager::add(Handle handle, const Flow& flow, InterfaceId id, Scope scope)
{
    Outbox out;
    {
        std::lock_guard lock(mutex_);
        Protocol* client;
        Interface* iface;
        if (const Status status = check(handle, id, client, iface); status != Status::ok)
            return status;
        const Side side = client->side();
        if (scope.membership && !memberships_.has(flow, *iface, side)) {
            alerts_.write_join(out, flow, *iface, side);
            memberships_.add(flow, *iface, side);
            forwarding_.drop_overrides(*iface, flow);
            forwarder_.outgoing_changed(flow);
        } else if (scope.forwarding) {
            change_forwarding(out, flow, *iface, true, *client);
        }
        out.post();
    }
    deliver(out);
    return Status::ok;
}

Status GroupManager::remove(Handle handle, const Flow& flow, InterfaceId id, Scope scope)
{
    Outbox out;
    {
        std::lock_guard lock(mutex_);
        Protocol* client;
        Interface* iface;
        if (const Status status = check(handle, id, client, iface); status != Status::ok)
            return status;
        const Side side = client->side();
        if (scope.membership && memberships_.has(flow, *iface, side))
            leave_one(out, flow, *iface, side, true);
        else if (scope.forwarding)
            change_forwarding(out, flow, *iface, false, *client);
        out.post();
    }
    deliver(out);
    return Status::ok;
}

void GroupManager::leave_one(Outbox& out, const Flow& flow, Interface& iface, Side side,
                             bool tell_owner)
{
    alerts_.write_leave(out, flow, iface, side, tell_owner);
    memberships_.remove(flow, iface, side);
    forwarding_.drop_overrides(iface, flow);
    forwarder_.outgoing_changed(flow);
}

/// Entries that there are; no membership changes. Throws std::bad_alloc, and then changes nothing.
void GroupManager::change_forwarding(Outbox& out, const Flow& flow, Interface& iface, bool enabled,
                                     const Protocol& client)
{
    forwarding_.for_each_covered(flow, [&](ForwardingEntry& entry) {
        if (forwarding_.goes_out(entry, iface) == enabled)
            return;
        forwarding_.prepare_override(entry, iface);
        alerts_.write_change(out, entry.data, entry.upstream.incoming, iface, enabled, client);
    });
    forwarding_.for_each_covered(flow, [&](ForwardingEntry& entry) {
        if (forwarding_.goes_out(entry, iface) != enabled)
            forwarding_.override_outgoing(entry, iface, enabled);
    });
}

} // namespace rtm::mgm
