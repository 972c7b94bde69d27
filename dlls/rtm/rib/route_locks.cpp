// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "route_locks.h"

namespace rtm
{

void RouteLocks::begin(const Entity& entity, Handle route, Handle destination, bool exclusive,
                       RouteContents&& now)
{
    std::lock_guard lock(mutex_);
    Record& record =
        records_.try_emplace(key(route), Record{&entity, destination, 0, 0, {}}).first->second;
    if (exclusive && record.exclusive == 0)
        record.before = std::move(now);
    ++(exclusive ? record.exclusive : record.shared);
    held_.store(records_.size(), std::memory_order_relaxed);
}

bool RouteLocks::is_held(Handle route) const noexcept
{
    // The thread's own records are counted, whatever others do.
    if (held_.load(std::memory_order_relaxed) == 0)
        return false;
    std::lock_guard lock(mutex_);
    const auto entry = records_.find(key(route));
    return entry != records_.end() && entry->second.exclusive != 0;
}

void RouteLocks::renew(Handle route, const RouteInfo& now, ViewSet views, const PrefInfo& pref,
                       unsigned most_next_hops) noexcept
{
    if (held_.load(std::memory_order_relaxed) == 0)
        return;
    std::lock_guard lock(mutex_);
    const auto entry = records_.find(key(route));
    if (entry != records_.end() && entry->second.exclusive != 0)
        rtm::renew(entry->second.before, now, views, pref, most_next_hops);
}

const RouteContents* RouteLocks::before(const Entity& entity, Handle route) const noexcept
{
    std::lock_guard lock(mutex_);
    const auto entry = records_.find(key(route));
    const bool is_held =
        entry != records_.end() && entry->second.entity == &entity && entry->second.exclusive != 0;
    return is_held ? &entry->second.before : nullptr;
}

Handle RouteLocks::end(const Entity& entity, Handle route, bool exclusive) noexcept
{
    std::lock_guard lock(mutex_);
    const auto entry = records_.find(key(route));
    if (entry == records_.end() || entry->second.entity != &entity)
        return 0;
    Record& record = entry->second;
    unsigned& depth = exclusive ? record.exclusive : record.shared;
    if (depth == 0)
        return 0;
    --depth;
    const Handle destination = record.destination;
    if (record.shared == 0 && record.exclusive == 0)
        records_.erase(entry);
    held_.store(records_.size(), std::memory_order_relaxed);
    return destination;
}

void RouteLocks::drop_all(const Entity& entity) noexcept
{
    std::lock_guard lock(mutex_);
    std::erase_if(records_, [&](const auto& entry) { return entry.second.entity == &entity; });
    held_.store(records_.size(), std::memory_order_relaxed);
}

} // namespace rtm
