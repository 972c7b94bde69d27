// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// An entity: a routing protocol or a management program that has registered with a table.
//
// It is a member of its table from Table::add to Table::remove. The object lives for as long
// as anybody refers to it: the table while it is a member, clients that hold its handle,
// announcements about it, and threads that are inside its code. Its handle is alive just as
// long, so a client can still ask who an entity was that has left.

#pragma once

#include "announcements.h"
#include "faults.h"
#include "handle.h"
#include "host.h"
#include "ids.h"
#include "wait_room.h"

#include <array>
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

/// Handles that an entity was handed and has not given back, by kind.
class HeldHandles
{
public:
    void add(Kind kind, int n) noexcept { count(kind).fetch_add(n, std::memory_order_relaxed); }
    int of(Kind kind) const noexcept
    {
        return counts_[static_cast<std::size_t>(kind)].load(std::memory_order_relaxed);
    }

private:
    std::atomic<int>& count(Kind kind) noexcept { return counts_[static_cast<std::size_t>(kind)]; }

    std::array<std::atomic<int>, static_cast<std::size_t>(Kind::route_list) + 1> counts_{};
};

class Entity final : Job
{
    friend class Table;
    friend class Rib;

public:
    static constexpr Kind kind = Kind::entity;
    static constexpr std::size_t slab_size = 64;

    Entity(Handle handle, Rib& rib, std::shared_ptr<Table> table, const Registration& registration);
    Entity(const Entity&) = delete;
    Entity& operator=(const Entity&) = delete;

    const Handle handle;
    const EntityId id;
    HeldHandles held;

    Table& table() const noexcept { return *table_; }
    std::span<const ClientFunction> methods() const noexcept { return methods_; }

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
    std::atomic<unsigned> references_{1}; // of all kinds, the clients' among them
    Gate gate_;

    // The rest is guarded by the table's lock.
    unsigned client_references_ = 0;
    std::uint64_t order_ = 0; // of registration
    NewsReader news_;
    bool job_pending_ = false; // the runner is woken, or its job runs
    Announcement arrival_{EntityEvent::registered, *this};
    Announcement departure_{EntityEvent::deregistered, *this};
};

} // namespace rtm
