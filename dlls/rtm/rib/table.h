// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// One routing table: an RTM instance's table of one address family. So far it knows its
// entities.

#pragma once

#include "entity.h"
#include "ids.h"
#include "pool.h"

#include <map>
#include <mutex>
#include <span>

namespace rtm
{

class Table
{
    friend class Rib;

public:
    Table(TableId id, Limits limits, Pool<Entity>& entities) noexcept
        : id_(id), limits_(limits), entities_(entities)
    {
    }
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    TableId id() const noexcept { return id_; }
    const Limits& limits() const noexcept { return limits_; }

    /// Lists the members in the order in which they registered: calls visit(i, entity) for the
    /// first `capacity` of them. If `refer`, each is referred to once more, on the account of
    /// `holder`. Returns how many members there are.
    template <class Visit> unsigned list(Entity& holder, unsigned capacity, bool refer, Visit visit)
    {
        std::lock_guard lock(mutex_);
        unsigned i = 0;
        for (auto& [order, entity] : members_) {
            if (i == capacity)
                break;
            if (refer)
                add_client_reference(holder, *entity);
            visit(i++, *entity);
        }
        return static_cast<unsigned>(members_.size());
    }

    /// Adds one reference for each handle, on the account of `holder`. False, and nothing
    /// done, if one is not a live entity of this table.
    bool refer(Entity& holder, std::span<void* const> handles) noexcept;

    /// Takes one reference off for each handle. False, and nothing done, if one is not a live
    /// entity of this table, or clients have given it back as often as it was handed out. The
    /// table counts references, not who holds them.
    bool release(Entity& holder, std::span<void* const> handles) noexcept;

private:
    template <class K>
    using Entities = std::map<K, Entity*, std::less<>, Allocator<std::pair<const K, Entity*>>>;

    /// Makes `entity` a member, calls before_news(), and tells the others. If it cannot be one,
    /// says why and changes nothing; throws std::bad_alloc likewise.
    template <class BeforeNews> Status add(Entity& entity, BeforeNews before_news)
    {
        std::lock_guard lock(mutex_);
        Status status = enter(entity);
        if (status != Status::ok)
            return status;
        before_news();
        announce(entity.arrival_);
        return Status::ok;
    }

    /// Ends a membership and tells the others. True if it was the last member's.
    bool remove(Entity& entity) noexcept;

    Status enter(Entity& entity);
    void announce(Announcement& news) noexcept;

    /// The next announcement for `reader`; nullptr ends its job.
    Announcement* take_news(Entity& reader) noexcept;
    void finish_news(Announcement& news) noexcept;

    /// Takes off a reference that is not a client's. True if it was the last one.
    bool unrefer(Entity& entity) noexcept;

    bool has(EntityId id);

    // These want the lock held.
    Entity* find(void* handle) const noexcept;
    void add_client_reference(Entity& holder, Entity& entity) noexcept;
    void unrefer_locked(Entity& entity) noexcept;
    void finish_news_locked(Announcement& news) noexcept;
    void bury(Entity& entity) noexcept;
    void drop_client_references_to_departed() noexcept;

    const TableId id_;
    const Limits limits_;
    Pool<Entity>& entities_;

    std::mutex mutex_; // guards the rest, and the last members of each Entity
    Entities<std::uint64_t> members_;
    Entities<std::uint64_t> departed_; // have left, and are still referred to
    Entities<EntityId> identities_;
    News news_;
    unsigned opaque_pointers_used_ = 0;
    std::uint64_t next_order_ = 0;
};

} // namespace rtm
