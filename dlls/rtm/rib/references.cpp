// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "references.h"

namespace rtm
{

Entity* References::find_entity(const Entity& caller, Handle handle) const noexcept
{
    Entity* entity = site_.entities.find(handle);
    return entity && &entity->table() == &caller.table() ? entity : nullptr;
}

bool References::add_one(const Entity& holder, Handle handle, Kind kind) noexcept
{
    const auto refer = [](auto* object) { return object && object->references.try_add(); };
    switch (kind) {
    case Kind::entity: {
        Entity* entity = find_entity(holder, handle);
        return entity && members_.refer(*entity);
    }
    case Kind::destination:
        return refer(destinations_.find(handle));
    case Kind::route:
        return refer(routes_.find(handle));
    case Kind::next_hop:
        return refer(next_hops_.find(handle));
    default:
        return false;
    }
}

bool References::add(Entity& holder, std::span<const Handle> handles) noexcept
{
    for (std::size_t i = 0; i < handles.size(); ++i) {
        const Kind kind = site_.directory.kind_of(handles[i]);
        if (add_one(holder, handles[i], kind)) {
            holder.held.add(kind, 1);
            continue;
        }
        release(holder, [&](auto take) {
            for (Handle handle : handles.first(i))
                if (!take(handle, site_.directory.kind_of(handle)))
                    return;
        });
        return false;
    }
    return true;
}

bool References::reserve(const Entity& holder, Handle handle, Kind kind) noexcept
{
    const auto reserve_of = [](auto* object) { return object && object->references.reserve(); };
    switch (kind) {
    case Kind::entity: {
        Entity* entity = find_entity(holder, handle);
        return entity && members_.reserve_release(*entity);
    }
    case Kind::destination:
        return reserve_of(destinations_.find(handle));
    case Kind::route:
        return reserve_of(routes_.find(handle));
    case Kind::next_hop:
        return reserve_of(next_hops_.find(handle));
    default:
        return false;
    }
}

void References::restore(Handle handle, Kind kind) noexcept
{
    const auto restore_of = [](auto* object) {
        if (object)
            object->references.restore();
    };
    switch (kind) {
    case Kind::entity:
        if (Entity* entity = site_.entities.find(handle))
            members_.restore(*entity);
        break;
    case Kind::destination:
        restore_of(destinations_.find(handle));
        break;
    case Kind::route:
        restore_of(routes_.find(handle));
        break;
    case Kind::next_hop:
        restore_of(next_hops_.find(handle));
        break;
    default:
        break;
    }
}

// An object may be named twice, and be gone at the second time.
void References::settle(Handle handle, Kind kind) noexcept
{
    switch (kind) {
    case Kind::entity:
        if (Entity* entity = site_.entities.find(handle))
            members_.settle_release(*entity);
        break;
    case Kind::destination:
        if (Destination* destination = destinations_.find(handle))
            destinations_.after_release(*destination);
        break;
    case Kind::route:
        if (Route* route = routes_.find(handle))
            routes_.after_release(*route);
        break;
    case Kind::next_hop:
        if (NextHop* next_hop = next_hops_.find(handle))
            next_hops_.after_release(*next_hop);
        break;
    default:
        break;
    }
}

} // namespace rtm
