// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// The entities of a table: who is registered, who refers to them, and what each is to be told.
//
// While an entity is registered, its membership keeps it, and references that clients are handed
// are only counted, each thread for itself. When it has left, they keep it, and count exactly.

#pragma once

#include "entity.h"
#include "ids.h"
#include "opaque_pointers.h"
#include "pool.h"

#include <map>
#include <mutex>
#include <span>

namespace rtm
{

struct Route;

/// What an entity is told next. One of the three is there, or none.
struct Event {
    Announcement* news = nullptr;
    Route* expired = nullptr; // with a reference to it
    Notification* due = nullptr;

    explicit operator bool() const noexcept { return news || expired || due; }
};

class Members
{
public:
    Members(const Limits& limits, Pool<Entity>& entities) noexcept
        : limits_(limits), entities_(entities)
    {
    }
    Members(const Members&) = delete;
    Members& operator=(const Members&) = delete;

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
            if (refer) {
                ++entity->client_references_;
                holder.held.add(Kind::entity, 1);
            }
            visit(i++, *entity);
        }
        return static_cast<unsigned>(members_.size());
    }

    /// Takes one reference off for each handle. False, and nothing done, if one is not a live
    /// entity of this table, or clients have given it back as often as it was handed out. The
    /// table counts references, not who holds them.
    bool release(Entity& holder, std::span<const Handle> handles) noexcept;

    /// Refers to an entity for a client. False if it has ended. Inside a read section.
    bool refer(Entity& entity) noexcept;

    /// Takes off a reference of a client's in two steps, as ReferenceCount does; restore() undoes
    /// the first. That says false if it is known that there is no reference: while the entity is
    /// registered that is not looked at. Inside a read section.
    bool reserve_release(Entity& entity) noexcept;
    void restore(Entity& entity) noexcept;
    void settle_release(Entity& entity) noexcept;

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

    /// Ends a membership and tells the others. No reader may believe it registered any more.
    /// True if it was the last member's: the table is to be ended.
    bool remove(Entity& entity) noexcept;

    /// After the last: lets go of those that only clients' forgotten references keep, and what
    /// they keep of the table.
    void end() noexcept;

    bool has(EntityId id);

    /// Has `owner` told of an expired route. False if it listens no more.
    bool post_expired(Entity& owner, RouteExtras& route) noexcept;
    bool withdraw_expired(Entity& owner, RouteExtras& route) noexcept;
    void post_changes(Notification& notification) noexcept;
    void withdraw_changes(Notification& notification) noexcept;

    /// What `reader` is to be told next; nothing ends its job.
    Event take_event(Entity& reader) noexcept;
    void finish_news(Announcement& news) noexcept;

    /// References of routes and next hops to their owner. While writing.
    void refer_for_object(Entity& owner) noexcept;
    void unrefer_for_object(Entity& owner) noexcept;

    /// Takes off a reference that is neither a client's nor an object's. True if it was the last.
    bool unrefer(Entity& entity) noexcept;

private:
    template <class K>
    using Entities = std::map<K, Entity*, std::less<>, Allocator<std::pair<const K, Entity*>>>;

    // These want the lock held.
    Status enter(Entity& entity);
    void announce(Announcement& news) noexcept;
    void wake(Entity& reader) noexcept;
    bool drop_client_reference(Entity& entity) noexcept;
    void unrefer_locked(Entity& entity) noexcept;
    void finish_news_locked(Announcement& news) noexcept;
    void bury(Entity& entity) noexcept;

    const Limits& limits_;
    Pool<Entity>& entities_;

    std::mutex mutex_; // guards the rest, and the last members of each Entity
    Entities<std::uint64_t> members_;
    Entities<std::uint64_t> departed_; // have left, and are still referred to
    Entities<EntityId> identities_;
    News news_;
    OpaqueSlots opaque_slots_;
    std::uint64_t next_order_ = 0;
};

} // namespace rtm
