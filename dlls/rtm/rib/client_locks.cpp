// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "client_locks.h"

#include "entity.h"

#include <algorithm>

namespace rtm
{

bool ClientLocks::is_me(const Holder& holder, const Entity& entity) noexcept
{
    return holder.entity == &entity && holder.thread == std::this_thread::get_id();
}

const ClientLocks::Holders* ClientLocks::holders(Handle object) const noexcept
{
    const auto entry = locks_.find(object);
    return entry == locks_.end() ? nullptr : &entry->second;
}

bool ClientLocks::in_the_way(Handle object, const Entity& entity, bool exclusive) const noexcept
{
    const Holders* all = holders(object);
    return all && std::any_of(all->begin(), all->end(), [&](const Holder& holder) {
               return !is_me(holder, entity) && (exclusive || holder.exclusive != 0);
           });
}

ClientLocks::Holder* ClientLocks::mine(Handle object, const Entity& entity) noexcept
{
    const auto entry = locks_.find(object);
    if (entry == locks_.end())
        return nullptr;
    const auto holder = std::find_if(entry->second.begin(), entry->second.end(),
                                     [&](const Holder& other) { return is_me(other, entity); });
    return holder == entry->second.end() ? nullptr : &*holder;
}

bool ClientLocks::another_is_upgrading(Handle object) const noexcept
{
    const Holders* all = holders(object);
    return all && std::any_of(all->begin(), all->end(),
                              [](const Holder& holder) { return holder.is_upgrading; });
}

Status ClientLocks::lock(Handle object, const Entity& entity, bool exclusive)
{
    std::unique_lock lock(mutex_);
    while (entity.is_registered() && in_the_way(object, entity, exclusive)) {
        Holder* holder = mine(object, entity);
        if (holder && another_is_upgrading(object))
            return Status::access_denied;
        if (holder)
            holder->is_upgrading = true;
        changed_.wait(lock);
        if ((holder = mine(object, entity)))
            holder->is_upgrading = false;
    }
    if (!entity.is_registered())
        return Status::invalid_handle;
    Holders& all = locks_[object];
    Holder* holder = mine(object, entity);
    try {
        if (!holder)
            holder = &all.emplace_back(Holder{&entity, std::this_thread::get_id(), 0, 0, false});
    } catch (...) {
        if (all.empty())
            locks_.erase(object);
        throw;
    }
    ++(exclusive ? holder->exclusive : holder->shared);
    locks_changed();
    return Status::ok;
}

bool ClientLocks::is_mine(Handle object, const Entity& entity) noexcept
{
    std::lock_guard lock(mutex_);
    const Holder* holder = mine(object, entity);
    return holder && holder->exclusive != 0;
}

bool ClientLocks::unlock(Handle object, const Entity& entity, bool exclusive) noexcept
{
    std::lock_guard lock(mutex_);
    const auto entry = locks_.find(object);
    if (entry == locks_.end())
        return false;
    Holders& all = entry->second;
    const auto mine = std::find_if(all.begin(), all.end(),
                                   [&](const Holder& holder) { return is_me(holder, entity); });
    if (mine == all.end() || (exclusive ? mine->exclusive : mine->shared) == 0)
        return false;
    --(exclusive ? mine->exclusive : mine->shared);
    if (mine->exclusive == 0 && mine->shared == 0)
        all.erase(mine);
    if (all.empty())
        locks_.erase(entry);
    locks_changed();
    return true;
}

// A thread that holds any lock of it may go on, or it would wait for itself.
bool ClientLocks::keeps_out_locked(Handle object) const noexcept
{
    const Holders* all = holders(object);
    return all && std::none_of(all->begin(), all->end(), [](const Holder& holder) {
               return holder.thread == std::this_thread::get_id();
           });
}

bool ClientLocks::keeps_out(Handle object) const noexcept
{
    if (locked_.load(std::memory_order_seq_cst) == 0)
        return false;
    std::lock_guard lock(mutex_);
    return keeps_out_locked(object);
}

void ClientLocks::wait(Handle object, const Entity& entity) noexcept
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !entity.is_registered() || !keeps_out_locked(object); });
}

/// Gives back the locks of the holders that which(holder) names.
template <class Which> void ClientLocks::drop(Which which) noexcept
{
    std::lock_guard lock(mutex_);
    for (auto entry = locks_.begin(); entry != locks_.end();) {
        std::erase_if(entry->second, which);
        entry = entry->second.empty() ? locks_.erase(entry) : std::next(entry);
    }
    locks_changed();
}

void ClientLocks::drop_mine(const Entity& entity) noexcept
{
    drop([&](const Holder& holder) { return is_me(holder, entity); });
}

void ClientLocks::drop_all(const Entity& entity) noexcept
{
    drop([&](const Holder& holder) { return holder.entity == &entity; });
}

void ClientLocks::locks_changed() noexcept
{
    locked_.store(static_cast<unsigned>(locks_.size()), std::memory_order_seq_cst);
    changed_.notify_all();
}

} // namespace rtm
