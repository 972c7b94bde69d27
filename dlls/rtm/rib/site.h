// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What the parts of one table share.
//
// Whoever changes a table's destinations, routes, next hops, lists or notifications holds its
// writing lock; "while writing" below means that. Readers do not take it: they are inside a read
// section, and see objects that are whole.

#pragma once

#include "event_queue.h"
#include "handle.h"
#include "host.h"
#include "ids.h"
#include "pool.h"
#include "read_sections.h"
#include "regions.h"
#include "writing_mutex.h"

#include <mutex>

namespace rtm
{

class BestRouteWatcher;
class Entity;

/// Where events for clients go, and whence entities are kept. Called while writing.
class EventSink
{
public:
    /// Has the owner of a route told that it has expired, once. Takes a reference to the route
    /// over, unless the owner listens no more: false.
    virtual bool post_expired(Entity& owner, RouteExtras& route) noexcept = 0;

    /// False if it is not waiting to be told; else the caller has the reference back.
    virtual bool withdraw_expired(Entity& owner, RouteExtras& route) noexcept = 0;

    virtual void post_changes(Notification& notification) noexcept = 0;
    virtual void withdraw_changes(Notification& notification) noexcept = 0;

    /// References that are the table's own, for each of an entity's routes and next hops.
    virtual void refer(Entity& owner) noexcept = 0;
    virtual void unrefer(Entity& owner) noexcept = 0;

protected:
    ~EventSink() = default;
};

using WritingLock = std::unique_lock<WritingMutex>;

struct Site {
    const Family family;
    const Limits& limits;
    SlabDirectory& directory;
    ReadSections& sections;
    Pool<Entity>& entities;
    Host& host;
    EventSink& events;
    const void* const table;         // owner of the slabs
    BestRouteWatcher* const watcher; // null if the table has none
    WritingMutex writing;
    Regions regions{host};
};

} // namespace rtm
