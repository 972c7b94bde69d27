// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// An entity: a routing protocol or a management program that has registered with a table.
//
// It is a member of its table from Members::add to Members::remove. The object lives for as long
// as anybody refers to it: the table while it is a member, its routes and next hops, clients that
// hold its handle, announcements about it, and threads that are inside its code. Its handle is
// alive just as long, so a client can still ask who an entity was that has left.

#pragma once

#include "announcements.h"
#include "entity_counts.h"
#include "event_queue.h"
#include "faults.h"
#include "handle.h"
#include "host.h"
#include "ids.h"
#include "possessions.h"
#include "wait_room.h"

#include <atomic>
#include <memory>
#include <span>
#include <vector>

namespace rtm
{

class Rib;
class Table;

/// What a client gives to join a table.
struct Registration {
    TableId table;
    EntityId id;
    std::span<const ClientFunction> methods; ///< copied; null ones are kept
    ClientFunction callback = nullptr;       ///< null if the client wants no events
    bool reserve_opaque_pointer = false;
};

class Entity final : Job
{
    friend class Members;
    friend class Rib;

public:
    static constexpr Kind kind = Kind::entity;
    static constexpr std::size_t slab_size = 16;

    Entity(Handle handle, Rib& rib, std::shared_ptr<Table> table, const Registration& registration);
    Entity(const Entity&) = delete;
    Entity& operator=(const Entity&) = delete;

    const Handle handle;
    const EntityId id;

    /// Handles that it was handed and has not given back.
    HeldHandles held;

    /// What it has in the table. Guarded by the table's writing lock.
    Possessions possessions;

    Table& table() const noexcept { return *table_; }
    std::span<const ClientFunction> methods() const noexcept { return methods_; }
    bool has_callback() const noexcept { return callback_ != nullptr; }

    /// False once the entity has left; its RtmDeregisterEntity has waited by then.
    bool is_registered() const noexcept { return registered_.load(std::memory_order_acquire); }

private:
    void run() noexcept override;

    /// Adds a reference unless there is none any more.
    bool try_refer() noexcept;

    Rib& rib_;
    const std::shared_ptr<Table> table_;
    const std::vector<ClientFunction, Allocator<ClientFunction>> methods_;
    const ClientFunction callback_;
    const std::unique_ptr<Runner> runner_; // there if callback_ is
    const bool has_opaque_pointer_;

    std::atomic<bool> registered_{true};
    std::atomic<unsigned> references_{1}; // those of clients only once it has left
    ShardedCounter handed_out_;           // to clients, while it is registered
    Gate gate_;
    int object_references_ = 0; // of its routes and next hops; guarded by the writing lock

    // The rest is guarded by the lock of the table's members.
    int client_references_ = 0;   // that are not counted in handed_out_
    bool counts_exactly_ = false; // all are in client_references_
    int reserved_ = 0;            // of those, taken off and still counted in references_
    std::uint64_t order_ = 0;     // of registration
    NewsReader news_;
    EventQueue events_;
    bool job_pending_ = false; // the runner is woken, or its job runs
    Announcement arrival_{EntityEvent::registered, *this};
    Announcement departure_{EntityEvent::deregistered, *this};
};

} // namespace rtm
