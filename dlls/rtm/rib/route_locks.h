// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What threads have locked through a route. The lock itself is its destination's, in ClientLocks;
// here is what the route was when its owner began to edit it, and which destination to unlock when
// the route has gone.

#pragma once

#include "faults.h"
#include "handle.h"
#include "route_contents.h"

#include <atomic>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace rtm
{

class Entity;

/// All calls are about what the calling thread has locked for `entity`.
class RouteLocks
{
public:
    RouteLocks() = default;
    RouteLocks(const RouteLocks&) = delete;
    RouteLocks& operator=(const RouteLocks&) = delete;

    /// The thread has locked the route's destination. `now` is what the route is. Throws
    /// std::bad_alloc.
    void begin(const Entity& entity, Handle route, Handle destination, bool exclusive,
               RouteContents&& now);

    /// What the route was when it was locked exclusively; nullptr if it is not. Stays until end().
    const RouteContents* before(const Entity& entity, Handle route) const noexcept;

    /// Whether the thread has it locked exclusively, for any entity.
    bool is_held(Handle route) const noexcept;

    /// The thread has committed other contents under its lock: what it edits from now on is an
    /// edit of these. Nothing if it does not hold the lock.
    void renew(Handle route, const RouteInfo& now, ViewSet views, const PrefInfo& pref,
               unsigned most_next_hops) noexcept;

    /// The thread unlocks it. Returns which destination to unlock; 0 if it does not hold it so.
    Handle end(const Entity& entity, Handle route, bool exclusive) noexcept;

    void drop_all(const Entity& entity) noexcept;

private:
    struct Record {
        const Entity* entity;
        Handle destination;
        unsigned shared = 0;
        unsigned exclusive = 0;
        RouteContents before;
    };
    using Key = std::pair<std::thread::id, Handle>;
    using Records = std::map<Key, Record, std::less<>, Allocator<std::pair<const Key, Record>>>;

    static Key key(Handle route) noexcept { return {std::this_thread::get_id(), route}; }

    mutable std::mutex mutex_;
    Records records_;
    std::atomic<std::size_t> held_{0}; // how many; mostly none
};

} // namespace rtm
