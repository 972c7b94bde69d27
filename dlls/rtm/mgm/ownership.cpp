// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Interfaces: taken, released, and how they change hands with IGMP on them.

#include "group_manager.h"

namespace rtm::mgm
{

/// A change of hands that takes time, as callbacks are called. The interface stays meanwhile.
struct GroupManager::Handover {
    Interface* iface = nullptr;
    Protocol* client = nullptr; // who takes or releases it
    Protocol* igmp = nullptr;   // who is there and has to be told, or null
};

Status GroupManager::take(Handle handle, InterfaceId id)
{
    Handover handover;
    {
        std::lock_guard lock(mutex_);
        Protocol* client = protocols_.find(handle);
        if (!client)
            return Status::invalid_handle;
        Interface* found = interfaces_.find(id);
        if (found && found->is_changing)
            return Status::cannot_complete;
        if (found && found->holder(client->side()))
            return Status::already_exists;
        if (!found || client->side() == Side::igmp) {
            Interface& iface = found ? *found : interfaces_.make(id);
            iface.holder(client->side()) = client;
            ++client->interfaces;
            return Status::ok;
        }
        begin(handover, *found, *client);
    }
    disable_igmp(handover);
    const Status status = pass_on(handover);
    enable_igmp(handover);
    end(handover);
    return status;
}

Status GroupManager::release(Handle handle, InterfaceId id)
{
    Handover handover;
    {
        std::lock_guard lock(mutex_);
        Protocol* client = protocols_.find(handle);
        if (!client)
            return Status::invalid_handle;
        Interface* found = interfaces_.find(id);
        if (!found || found->holder(client->side()) != client)
            return Status::invalid_parameter;
        if (found->is_changing)
            return Status::cannot_complete;
        begin(handover, *found, *client);
    }
    disable_igmp(handover);
    const Status status = give_up(handover);
    enable_igmp(handover);
    end(handover);
    return status;
}

std::optional<ProtocolId> GroupManager::owner_of(InterfaceId id)
{
    std::lock_guard lock(mutex_);
    const Interface* iface = interfaces_.find(id);
    if (!iface)
        return std::nullopt;
    return iface->owner()->id;
}

void GroupManager::begin(Handover& handover, Interface& iface, Protocol& client) noexcept
{
    iface.is_changing = true;
    handover = {&iface, &client, nullptr};
    ++client.pins;
    iface.closed(client.side()) = true;
    if (client.side() == Side::igmp)
        return;
    iface.closed(Side::igmp) = true;
    handover.igmp = iface.holder(Side::igmp);
    if (handover.igmp)
        ++handover.igmp->pins;
}

void GroupManager::end(Handover& handover) noexcept
{
    std::lock_guard lock(mutex_);
    handover.iface->is_changing = false;
    if (handover.igmp)
        protocols_.unpin(*handover.igmp);
    protocols_.unpin(*handover.client);
    interfaces_.end_if_free(*handover.iface);
}

/// The client takes the interface over from IGMP, which stays.
Status GroupManager::pass_on(const Handover& handover) noexcept
{
    Interface& iface = *handover.iface;
    const bool is_empty = leave_all(iface, Side::igmp, false);
    std::lock_guard lock(mutex_);
    iface.is_closed = {};
    if (!is_empty)
        return Status::not_enough_memory;
    if (handover.client->is_leaving)
        return Status::invalid_handle;
    reset_forwarding(iface);
    iface.holder(Side::routing) = handover.client;
    ++handover.client->interfaces;
    return Status::ok;
}

Status GroupManager::give_up(const Handover& handover) noexcept
{
    Interface& iface = *handover.iface;
    const Side side = handover.client->side();
    const bool is_empty =
        leave_all(iface, side, true) && (!handover.igmp || leave_all(iface, Side::igmp, false));
    std::lock_guard lock(mutex_);
    iface.is_closed = {};
    if (!is_empty)
        return Status::not_enough_memory;
    if (iface.owner() == handover.client)
        reset_forwarding(iface);
    iface.holder(side) = nullptr;
    --handover.client->interfaces;
    return Status::ok;
}

/// Entries of data that come in there end. So does what was said of others' going out.
void GroupManager::reset_forwarding(Interface& iface) noexcept
{
    forwarding_.remove_all_from(iface.id);
    forwarding_.drop_overrides(iface, Flow{});
}

/// Takes away what one side has joined, one by one, and tells of it. False if there is no memory
/// for telling: the rest stays.
bool GroupManager::leave_all(Interface& iface, Side side, bool tell_owner) noexcept
{
    while (true) {
        Outbox out;
        try {
            std::lock_guard lock(mutex_);
            const SparseBits& joined = iface.joined_by(side);
            if (joined.is_empty())
                return true;
            leave_one(out, Flow(memberships_.at(joined.first()).flow), iface, side, tell_owner);
            out.post();
        } catch (const std::bad_alloc&) {
            return false;
        }
        deliver(out);
    }
}

void GroupManager::disable_igmp(const Handover& handover) noexcept
{
    Visit visit;
    if (!handover.igmp || !handover.igmp->callbacks.disable_igmp ||
        !rib_.wait_room().enter_event(handover.igmp->gate, visit))
        return;
    clients_.disable_igmp(*handover.igmp, handover.iface->id);
    rib_.wait_room().leave(handover.igmp->gate, visit);
}

void GroupManager::enable_igmp(const Handover& handover) noexcept
{
    Protocol* igmp = handover.igmp;
    Visit visit;
    if (!igmp || !igmp->callbacks.enable_igmp || !rib_.wait_room().enter_event(igmp->gate, visit))
        return;
    const auto set_enabler = [&](std::thread::id thread) {
        std::lock_guard lock(mutex_);
        igmp->enabler = thread;
    };
    set_enabler(std::this_thread::get_id());
    clients_.enable_igmp(*igmp, handover.iface->id);
    set_enabler({});
    rib_.wait_room().leave(igmp->gate, visit);
}

bool GroupManager::is_enabling(Handle handle)
{
    std::lock_guard lock(mutex_);
    const Protocol* protocol = protocols_.find(handle);
    return protocol && protocol->enabler == std::this_thread::get_id();
}

} // namespace rtm::mgm
