// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "next_hops.h"
#include "references.h"

namespace model
{

namespace
{

std::optional<HopKey> key_of(Verdict& verdict, const Entity* me, const std::optional<HopInfo>& info)
{
    if (!info) {
        verdict.refuse(Code::invalid_parameter);
        return std::nullopt;
    }
    if (!me)
        return std::nullopt;
    auto prefix = prefix_of(info->address, me->table.family);
    if (!prefix) {
        verdict.refuse(Code::invalid_parameter);
        return std::nullopt;
    }
    return HopKey{*prefix, info->interface_index};
}

NextHop* find_by_key(const Entity& me, const HopKey& key)
{
    auto found = me.next_hops.find(key);
    return found == me.next_hops.end() ? nullptr : found->second;
}

/// The next hop of that handle, which has to be the caller's and not deleted.
NextHop* find_live(Verdict& verdict, const World& world, const Entity& me, Name handle)
{
    NextHop* hop = world.find<NextHop>(me.table, handle);
    verdict.refuse_if(!hop, Code::invalid_handle);
    if (!hop)
        return nullptr;
    verdict.refuse_if(&hop->owner != &me, Code::access_denied);
    verdict.refuse_if(hop->deleted, Code::not_found);
    return hop;
}

/// Sets what is no part of a next hop's identity.
void fill(NextHop& hop, const HopInfo& info, Destination* remote)
{
    hop.flags = info.flags;
    hop.specific = info.specific;
    hand_out(remote);
    give_back(hop.remote);
    hop.remote = remote;
}

NextHop& make_hop(World& world, Entity& me, const HopKey& key)
{
    NextHop& hop = world.make<NextHop>(me);
    hop.key = key;
    me.next_hops[key] = &hop;
    return hop;
}

void remove(NextHop& hop)
{
    hop.owner.next_hops.erase(hop.key);
    hop.deleted = true;
}

} // namespace

AddedHop add_next_hop(World& world, Name registration, const std::optional<HopInfo>& info,
                      std::optional<Name> handle, bool has_flags)
{
    AddedHop added;
    added.verdict.refuse_if(!has_flags, Code::invalid_parameter);
    Entity* me = world.caller(added.verdict, registration);
    auto key = key_of(added.verdict, me, info);
    if (!me || !info)
        return added;
    const bool is_remote = (info->flags & hop_is_remote) != 0;
    Destination* remote = is_remote ? world.find<Destination>(me->table, info->remote) : nullptr;
    added.verdict.refuse_if(is_remote && info->remote != 0 && !remote, Code::invalid_handle);
    const bool by_handle = handle.value_or(0) != 0;
    if (by_handle)
        added.hop = find_live(added.verdict, world, *me, *handle);
    // Both codes will do for one that has been deleted.
    added.verdict.refuse_if(added.hop && added.hop->deleted, Code::invalid_handle);
    if (!added.verdict.fine())
        return added;
    if (!by_handle)
        added.hop = find_by_key(*me, *key);
    added.is_new = !added.hop;
    if (added.is_new)
        added.hop = &make_hop(world, *me, *key);
    fill(*added.hop, *info, remote);
    added.handed_out = handle && !by_handle;
    if (added.handed_out)
        hand_out(added.hop);
    world.sweep();
    return added;
}

FoundHop find_next_hop(World& world, Name registration, const std::optional<HopInfo>& info,
                       bool wants_handle)
{
    FoundHop found;
    const Entity* me = world.caller(found.verdict, registration);
    auto key = key_of(found.verdict, me, info);
    if (!found.verdict.fine())
        return found;
    found.hop = find_by_key(*me, *key);
    found.verdict.refuse_if(!found.hop, Code::not_found);
    if (wants_handle)
        hand_out(found.hop);
    return found;
}

Verdict delete_next_hop(World& world, Name registration, Name handle,
                        const std::optional<HopInfo>& info)
{
    Verdict verdict;
    const Entity* me = world.caller(verdict, registration);
    NextHop* hop = nullptr;
    if (handle != 0) {
        if (me)
            hop = find_live(verdict, world, *me, handle);
    } else if (auto key = key_of(verdict, me, info)) {
        hop = find_by_key(*me, *key);
        verdict.refuse_if(!hop, Code::not_found);
    }
    if (!verdict.fine())
        return verdict;
    remove(*hop);
    if (handle != 0)
        give_back(hop);
    world.sweep();
    return verdict;
}

FoundHop next_hop_info(World& world, Name registration, Name handle, bool wants_info)
{
    FoundHop found;
    found.verdict.refuse_if(!wants_info, Code::invalid_parameter);
    const Entity* me = world.caller(found.verdict, registration);
    if (!me)
        return found;
    found.hop = world.find<NextHop>(me->table, handle);
    found.verdict.refuse_if(!found.hop, Code::invalid_handle);
    if (!found.verdict.fine())
        return found;
    hand_out(&found.hop->owner);
    hand_out(found.hop->remote);
    return found;
}

Verdict release_next_hop_info(World& world, Name registration, bool has_info, Name owner,
                              Name remote)
{
    Verdict verdict;
    verdict.refuse_if(!has_info, Code::invalid_parameter);
    const Entity* me = world.caller(verdict, registration);
    if (!verdict.fine())
        return verdict;
    Releases releases(world, me->table);
    verdict.refuse_if(!releases.take_if_any<Entity>(owner), Code::invalid_handle);
    verdict.refuse_if(!releases.take_if_any<Destination>(remote), Code::invalid_handle);
    if (verdict.fine())
        releases.carry_out();
    return verdict;
}

FoundHop next_hop_pointer(World& world, Name registration, Name handle, bool wants_pointer)
{
    FoundHop found;
    found.verdict.refuse_if(!wants_pointer, Code::invalid_parameter);
    const Entity* me = world.caller(found.verdict, registration);
    if (!me)
        return found;
    found.hop = world.find<NextHop>(me->table, handle);
    found.verdict.refuse_if(!found.hop, Code::invalid_handle);
    found.verdict.refuse_if(found.hop && &found.hop->owner != me, Code::access_denied);
    return found;
}

FoundHop lock_next_hop(World& world, Name registration, Name handle, bool exclusive, bool lock)
{
    FoundHop found;
    const Entity* me = world.caller(found.verdict, registration);
    if (!me)
        return found;
    found.hop = world.find<NextHop>(me->table, handle);
    found.verdict.refuse_if(!found.hop, Code::invalid_handle);
    if (!found.hop)
        return found;
    unsigned& count = found.hop->locks.of(exclusive);
    const bool may_unlock = !lock && count != 0;
    found.verdict.refuse_if(&found.hop->owner != me, Code::access_denied);
    // It may be deleted while it is locked, and then has to be unlocked all the same.
    found.verdict.refuse_if(found.hop->deleted && !may_unlock, Code::not_found);
    found.verdict.refuse_if(!lock && count == 0, Code::access_denied);
    if (!found.verdict.fine())
        return found;
    count += lock ? 1 : -1;
    return found;
}

} // namespace model
