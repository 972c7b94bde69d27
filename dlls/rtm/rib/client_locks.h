// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The locks that clients take: of destinations (with their routes) and of next hops.
//
// They belong to a registration and a thread, are shared or exclusive, and may be taken again
// by their holder. They keep out who would change the object, not who reads it: readers see
// what the table has committed. Objects are named by handle: a lock outlives its object, until its
// holder gives it back.

#pragma once

#include "faults.h"
#include "handle.h"
#include "status.h"

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace rtm
{

class Entity;

class ClientLocks
{
public:
    ClientLocks() = default;
    ClientLocks(const ClientLocks&) = delete;
    ClientLocks& operator=(const ClientLocks&) = delete;

    /// Waits while others are in the way. Status::invalid_handle if `entity` leaves meanwhile;
    /// Status::access_denied if it holds a shared lock, wants an exclusive one, and another such
    /// is waiting already: neither would ever get it. Throws std::bad_alloc. Not inside a read
    /// section.
    Status lock(Handle object, const Entity& entity, bool exclusive);

    /// False if this entity and thread do not hold it so.
    bool unlock(Handle object, const Entity& entity, bool exclusive) noexcept;

    /// Whether this entity and thread hold it exclusively.
    bool is_mine(Handle object, const Entity& entity) noexcept;

    /// Whether another thread's lock forbids this one to change the object now.
    bool keeps_out(Handle object) const noexcept;

    /// Waits until keeps_out() says no, or `entity` leaves. Not inside a read section.
    void wait(Handle object, const Entity& entity) noexcept;

    /// Gives back the locks that the calling thread has for an entity.
    void drop_mine(const Entity& entity) noexcept;

    /// Gives back all locks of an entity, and refuses those it waits for.
    void drop_all(const Entity& entity) noexcept;

private:
    struct Holder {
        const Entity* entity;
        std::thread::id thread;
        unsigned shared;
        unsigned exclusive;
        bool is_upgrading; // has a shared lock and waits for an exclusive one
    };
    using Holders = std::vector<Holder, Allocator<Holder>>;
    using Locks =
        std::map<Handle, Holders, std::less<>, Allocator<std::pair<const Handle, Holders>>>;

    static bool is_me(const Holder& holder, const Entity& entity) noexcept;
    Holder* mine(Handle object, const Entity& entity) noexcept;
    bool another_is_upgrading(Handle object) const noexcept;
    const Holders* holders(Handle object) const noexcept;
    bool in_the_way(Handle object, const Entity& entity, bool exclusive) const noexcept;
    bool keeps_out_locked(Handle object) const noexcept;
    template <class Which> void drop(Which which) noexcept;
    void locks_changed() noexcept;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Locks locks_;
    std::atomic<unsigned> locked_{0}; // how many objects are; mostly none
};

} // namespace rtm
