// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Next hops. Each entity has its own list; its routes, and clients, refer to them.
//
// Clients count references for the routes that they edit in place (RtmReferenceHandles and
// RtmReleaseNextHops), so routes' references are like clients' and not safe from clients that
// miscount: a route may come to name a next hop that has ended. Its handle then is dead.

#pragma once

#include "compact_pool.h"
#include "possessions.h"
#include "records.h"
#include "reference_count.h"
#include "site.h"
#include "status.h"

namespace rtm
{

class Destinations;
class Entity;

/// Its public part, NextHopInfo, is what RtmGetNextHopPointer hands out. The table has it while
/// it is in its owner's list.
struct NextHop : Pooled {
    static constexpr Kind kind = Kind::next_hop;

    ReferenceCount references;
    Place owner;
    NextHopKey key;         // a client may spoil what `info` says
    bool lasts_with_routes; // leaves its owner's list with the last reference
    Handle remote;          // of the destination that it refers to, or 0
    NextHopInfo info;
};

class NextHops
{
public:
    NextHops(Site& site, Destinations& destinations) noexcept
        : site_(site), destinations_(destinations),
          pool_(site.directory, site.sections, site.regions, site.table, sizeof(NextHop))
    {
    }

    // Inside a read section.

    NextHop* find(Handle handle) const noexcept { return pool_.find(handle); }
    bool is_owner(const Entity& entity, const NextHop& next_hop) const noexcept;

    /// Refers to the next hop of a handle. False if it has ended.
    bool refer(Handle handle) const noexcept
    {
        NextHop* next_hop = find(handle);
        return next_hop && next_hop->references.try_add();
    }

    /// A reference has been reserved to be taken off. Takes the writing lock for the last.
    void after_release(NextHop& next_hop) noexcept;

    /// Copies what readers may see, and refers to the handles in it.
    void read(const NextHop& next_hop, NextHopInfo& out) noexcept;

    // These take the writing lock.

    /// Finds or makes the next hop that `info` says in `owner`'s list, and replaces its contents.
    /// Hands out its handle with a reference if `handle` is there. A new one leaves the list by
    /// itself if it `lasts_with_routes`.
    Status add(Entity& owner, const NextHopInfo& info, Handle* handle, bool& is_new,
               bool lasts_with_routes = false);

    /// Replaces the contents of a next hop.
    Status update(Entity& owner, NextHop& next_hop, const NextHopInfo& info) noexcept;

    /// Finds in `owner`'s list. Hands out a reference if `refer`.
    Status find_own(Entity& owner, const NextHopInfo& info, bool refer, NextHop*& found) noexcept;

    Status remove(Entity& owner, NextHop& next_hop, bool drop_reference) noexcept;
    Status remove(Entity& owner, const NextHopInfo& info) noexcept;

    /// Takes all of an entity's next hops off its list.
    void remove_all(Entity& owner) noexcept;

    // While writing.

    /// As release(), for a handle.
    void release_while_writing(Handle handle) noexcept;

private:
    bool key_of(const NextHopInfo& info, NextHopKey& key) const noexcept;
    void release_remote(Handle remote) noexcept;
    NextHop& make(Entity& owner, const NextHopKey& key, const NextHopInfo& info);
    Status set_contents(NextHop& next_hop, const NextHopInfo& info) noexcept;
    void unlist(Entity& owner, NextHop& next_hop) noexcept;
    void unlist_if_idle(NextHop& next_hop) noexcept;
    void end(NextHop& next_hop) noexcept;

    Site& site_;
    Destinations& destinations_;
    CompactPool<NextHop> pool_;
};

} // namespace rtm
