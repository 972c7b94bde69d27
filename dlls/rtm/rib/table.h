// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// One routing table: an RTM instance's table of one address family. It puts the parts together:
//
//     Members        the entities, and what each is to be told
//     Destinations   by prefix; with a PrefixTree to find them
//     NextHops       of each entity
//     Routes         ranked at their destinations; RouteList, HoldDown
//     Changes        who is to hear of changed destinations
//     Enumerations   walks
//     Reports        what clients see, References what they hold
//     ClientLocks    what they have locked
//     Schedule       what is to be done at a time

#pragma once

#include "changes.h"
#include "client_locks.h"
#include "destinations.h"
#include "enumerations.h"
#include "hold_down.h"
#include "members.h"
#include "next_hops.h"
#include "references.h"
#include "reports.h"
#include "route_locks.h"
#include "routes.h"
#include "schedule.h"

namespace rtm
{

/// Objects of several tables that are few come from pools of the process.
struct SharedPools {
    Pool<Entity>& entities;
    Pool<Enumeration>& enumerations;
    Pool<Notification>& notifications;
    Pool<RouteList>& lists;
};

class Table final : EventSink, Job
{
public:
    Table(TableId id, const Limits& limits, const SharedPools& pools, SlabDirectory& directory,
          ReadSections& sections, Host& host, BestRouteWatcher* watcher);
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    TableId id() const noexcept { return id_; }
    const Limits& limits() const noexcept { return limits_; }

    Members& members() noexcept { return members_; }
    Destinations& destinations() noexcept { return destinations_; }
    NextHops& next_hops() noexcept { return next_hops_; }
    Routes& routes() noexcept { return routes_; }
    HoldDown& hold_down() noexcept { return hold_down_; }
    Changes& changes() noexcept { return changes_; }
    Enumerations& enumerations() noexcept { return enumerations_; }
    References& references() noexcept { return references_; }
    Reports& reports() noexcept { return reports_; }
    ClientLocks& locks() noexcept { return locks_; }
    RouteLocks& route_locks() noexcept { return route_locks_; }

    /// The address of an entity's opaque pointer; nullptr if the destination has just ended.
    /// Throws std::bad_alloc.
    void** opaque_pointer(Entity& entity, Destination& destination);

    /// Waits for who changes the table now: who comes later sees a lock that was taken before.
    void wait_for_writer() noexcept { WritingLock lock(site_.writing); }

    // Route lists. They take the writing lock.

    /// Throws std::bad_alloc.
    Status make_list(Entity& owner, Handle& handle);
    /// False if it has been deleted.
    bool delete_list(RouteList& list) noexcept;
    /// Moves routes to a list, or out of theirs if it is null. Status::invalid_handle, and none is
    /// moved, if one is not a live route of `owner`'s. Throws std::bad_alloc likewise.
    Status move_to_list(Entity& owner, RouteList* list, std::span<const Handle> routes);

    /// Takes away all that an entity has, so that it can leave.
    void strip(Entity& entity) noexcept;

    /// The last entity has left. Waits for a timer that is being worked off.
    void end() noexcept;

    /// After that owners of routes may go. Inside a read section they stay if it was false there.
    bool has_ended() const noexcept { return has_ended_.load(std::memory_order_seq_cst); }

private:
    void run() noexcept override;
    bool work_off_timers() noexcept;
    bool empty_some(RouteList& list) noexcept;
    void delete_lists(Entity& owner) noexcept;

    bool post_expired(Entity& owner, RouteExtras& route) noexcept override;
    bool withdraw_expired(Entity& owner, RouteExtras& route) noexcept override;
    void post_changes(Notification& notification) noexcept override;
    void withdraw_changes(Notification& notification) noexcept override;
    void refer(Entity& owner) noexcept override;
    void unrefer(Entity& owner) noexcept override;

    const TableId id_;
    const Limits limits_;
    std::atomic<bool> has_ended_{false};
    Pool<RouteList>& lists_;
    Site site_;
    Members members_;
    Schedule schedule_;
    ClientLocks locks_;
    RouteLocks route_locks_;
    Destinations destinations_;
    NextHops next_hops_;
    Changes changes_;
    HoldDown hold_down_;
    Routes routes_;
    References references_;
    Reports reports_;
    Enumerations enumerations_;
};

} // namespace rtm
