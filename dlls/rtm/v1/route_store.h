// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What RTMv1 keeps of a client's IP route, beside the route in the RTMv2 table: all that a client
// said of it. The table's route has its handle as entity specific data. It does not change; an
// update replaces it.

#pragma once

#include "compact_pool.h"
#include "v1/route_records.h"

#include <mutex>

namespace rtm::v1
{

struct StoredRoute : Pooled {
    static constexpr Kind kind = Kind::v1_route;

    Place owner; // an entity
    IpRoute route;
};

class RouteStore
{
public:
    RouteStore(SlabDirectory& directory, ReadSections& sections, Host& host) noexcept
        : regions_(host), pool_(directory, sections, regions_, this, sizeof(StoredRoute))
    {
    }

    /// Returns the handle. Throws std::bad_alloc.
    Handle add(Place owner, const IpRoute& route)
    {
        std::lock_guard lock(mutex_);
        StoredRoute& made = pool_.take();
        made.owner = owner;
        made.route = route;
        pool_.publish(made);
        return made.handle();
    }

    /// What a route of `owner` has there, or nullptr: what entities that are no clients keep there
    /// may be anything. Inside a read section, or until it is removed.
    const StoredRoute* find(Place owner, Handle handle) const noexcept
    {
        const StoredRoute* found = pool_.find(handle);
        return found && found->owner == owner ? found : nullptr;
    }

    void remove(Place owner, Handle handle) noexcept
    {
        std::lock_guard lock(mutex_);
        if (StoredRoute* found = pool_.find(handle); found && found->owner == owner)
            pool_.retire(*found);
    }

private:
    std::mutex mutex_;
    Regions regions_;
    CompactPool<StoredRoute> pool_;
};

} // namespace rtm::v1
