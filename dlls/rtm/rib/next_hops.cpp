// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "next_hops.h"

#include "destinations.h"
#include "entity.h"
#include "fields.h"

#include <thread>

namespace rtm
{

bool NextHops::is_owner(const Entity& entity, const NextHop& next_hop) const noexcept
{
    return next_hop.owner == Pool<Entity>::place_of(entity);
}

bool NextHops::key_of(const NextHopInfo& info, NextHopKey& key) const noexcept
{
    key.interface_index = info.interface_index;
    return read_prefix(site_.family, info.address, key.address);
}

void NextHops::after_release(NextHop& next_hop) noexcept
{
    if (next_hop.references.settle()) {
        WritingLock lock(site_.writing);
        end(next_hop);
    } else if (next_hop.lasts_with_routes && next_hop.references.count() == 0) {
        WritingLock lock(site_.writing);
        unlist_if_idle(next_hop);
    }
}

void NextHops::release_while_writing(Handle handle) noexcept
{
    NextHop* next_hop = find(handle);
    if (!next_hop)
        return;
    if (next_hop->references.drop() == ReferenceCount::Drop::last)
        end(*next_hop);
    else
        unlist_if_idle(*next_hop);
}

// A client that releases too much may have ended it.
void NextHops::release_remote(Handle remote) noexcept
{
    Destination* destination = remote != 0 ? destinations_.find(remote) : nullptr;
    if (destination && destination->references.drop() != ReferenceCount::Drop::excess)
        destinations_.end_if_idle(*destination);
}

void NextHops::end(NextHop& next_hop) noexcept
{
    release_remote(next_hop.remote);
    Entity& owner = site_.entities.at(next_hop.owner);
    pool_.retire(next_hop);
    site_.events.unrefer(owner); // who finds the next hop may look at its owner
}

void NextHops::read(const NextHop& next_hop, NextHopInfo& out) noexcept
{
    out.address = next_hop.info.address;
    out.owner = next_hop.info.owner;
    out.interface_index = next_hop.info.interface_index;
    out.state = read_field(next_hop.info.state);
    out.flags = read_field(next_hop.info.flags);
    out.entity_specific = read_field(next_hop.info.entity_specific);
    out.remote = read_field(next_hop.info.remote);
    Destination* remote = out.remote != 0 ? destinations_.find(out.remote) : nullptr;
    if (!remote || !remote->references.try_add())
        out.remote = 0;
}

/// Replaces what the owner may say of a next hop.
Status NextHops::set_contents(NextHop& next_hop, const NextHopInfo& info) noexcept
{
    const Handle wanted = (info.flags & next_hop_is_remote) != 0 ? info.remote : 0;
    Destination* remote = wanted != 0 ? destinations_.find(wanted) : nullptr;
    if (wanted != 0 && (!remote || !remote->references.try_add()))
        return Status::invalid_handle;
    const Handle former = std::exchange(next_hop.remote, wanted);
    write_field(next_hop.info.flags, info.flags);
    write_field(next_hop.info.entity_specific, info.entity_specific);
    write_field(next_hop.info.remote, wanted);
    release_remote(former);
    return Status::ok;
}

/// A next hop without contents in its owner's list.
NextHop& NextHops::make(Entity& owner, const NextHopKey& key, const NextHopInfo& info)
{
    NextHop& made = pool_.take();
    try {
        owner.possessions.next_hops.emplace(key, &made);
    } catch (...) {
        pool_.discard(made);
        throw;
    }
    made.references.begin();
    made.owner = Pool<Entity>::place_of(owner);
    made.key = key;
    made.lasts_with_routes = false;
    made.remote = 0;
    made.info = NextHopInfo{};
    write_prefix(site_.family, key.address, made.info.address);
    made.info.interface_index = info.interface_index;
    made.info.owner = owner.handle;
    site_.events.refer(owner);
    pool_.publish(made);
    return made;
}

Status NextHops::add(Entity& owner, const NextHopInfo& info, Handle* handle, bool& is_new,
                     bool lasts_with_routes)
{
    NextHopKey key;
    if (!key_of(info, key))
        return Status::invalid_parameter;
    WritingLock lock(site_.writing);
    if (owner.possessions.is_leaving)
        return Status::invalid_handle;
    auto& list = owner.possessions.next_hops;
    const auto found = list.find(key);
    is_new = found == list.end();
    NextHop& next_hop = is_new ? make(owner, key, info) : *found->second;
    const Status status = set_contents(next_hop, info);
    if (status != Status::ok) {
        if (is_new)
            unlist(owner, next_hop);
        return status;
    }
    if (is_new)
        next_hop.lasts_with_routes = lasts_with_routes;
    if (handle && next_hop.references.try_add()) {
        owner.held.add(Kind::next_hop, 1);
        *handle = next_hop.handle();
    }
    return Status::ok;
}

Status NextHops::update(Entity& owner, NextHop& next_hop, const NextHopInfo& info) noexcept
{
    WritingLock lock(site_.writing);
    if (!is_owner(owner, next_hop))
        return Status::access_denied;
    if (!next_hop.references.is_in_table())
        return Status::not_found;
    return set_contents(next_hop, info);
}

Status NextHops::find_own(Entity& owner, const NextHopInfo& info, bool refer,
                          NextHop*& found) noexcept
{
    NextHopKey key;
    if (!key_of(info, key))
        return Status::invalid_parameter;
    WritingLock lock(site_.writing);
    const auto entry = owner.possessions.next_hops.find(key);
    if (entry == owner.possessions.next_hops.end())
        return Status::not_found;
    found = entry->second;
    if (refer && found->references.try_add())
        owner.held.add(Kind::next_hop, 1);
    return Status::ok;
}

/// Takes a next hop off its owner's list, which ends it if nobody refers to it.
void NextHops::unlist(Entity& owner, NextHop& next_hop) noexcept
{
    owner.possessions.next_hops.erase(next_hop.key);
    write_field(next_hop.info.state, next_hop_state::deleted);
    if (next_hop.references.leave_table())
        end(next_hop);
}

void NextHops::unlist_if_idle(NextHop& next_hop) noexcept
{
    // A client may have taken it off the list, or refer to it again.
    if (next_hop.lasts_with_routes && next_hop.references.is_in_table() &&
        next_hop.references.count() == 0)
        unlist(site_.entities.at(next_hop.owner), next_hop);
}

Status NextHops::remove(Entity& owner, NextHop& next_hop, bool drop_reference) noexcept
{
    WritingLock lock(site_.writing);
    if (!is_owner(owner, next_hop))
        return Status::access_denied;
    if (!next_hop.references.is_in_table())
        return Status::not_found;
    if (drop_reference && next_hop.references.drop() != ReferenceCount::Drop::excess)
        owner.held.add(Kind::next_hop, -1);
    unlist(owner, next_hop);
    return Status::ok;
}

Status NextHops::remove(Entity& owner, const NextHopInfo& info) noexcept
{
    NextHopKey key;
    if (!key_of(info, key))
        return Status::invalid_parameter;
    WritingLock lock(site_.writing);
    const auto entry = owner.possessions.next_hops.find(key);
    if (entry == owner.possessions.next_hops.end())
        return Status::not_found;
    unlist(owner, *entry->second);
    return Status::ok;
}

void NextHops::remove_all(Entity& owner) noexcept
{
    constexpr int at_a_time = 256;
    auto& list = owner.possessions.next_hops;
    while (true) {
        {
            WritingLock lock(site_.writing);
            for (int i = 0; i < at_a_time; ++i) {
                if (list.empty())
                    return;
                unlist(owner, *list.begin()->second);
            }
        }
        std::this_thread::yield(); // let others write
    }
}

} // namespace rtm
