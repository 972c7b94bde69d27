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

/// The object if a reference to it was there to be reserved.
void* References::reserve(const Entity& holder, Handle handle, Kind kind) noexcept
{
    const auto reserve_of = [](auto* object) -> void* {
        return object && object->references.reserve() ? object : nullptr;
    };
    switch (kind) {
    case Kind::entity: {
        Entity* entity = find_entity(holder, handle);
        return entity && members_.reserve_release(*entity) ? entity : nullptr;
    }
    case Kind::destination:
        return reserve_of(destinations_.find(handle));
    case Kind::route:
        return reserve_of(routes_.find(handle));
    case Kind::next_hop:
        return reserve_of(next_hops_.find(handle));
    default:
        return nullptr;
    }
}

void* References::find(Handle handle, Kind kind) const noexcept
{
    switch (kind) {
    case Kind::entity:
        return site_.entities.find(handle);
    case Kind::destination:
        return destinations_.find(handle);
    case Kind::route:
        return routes_.find(handle);
    case Kind::next_hop:
        return next_hops_.find(handle);
    default:
        return nullptr;
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

// An object may be named twice, and have ended at the second time; then there is nothing to do.
void References::settle(void* object, Kind kind) noexcept
{
    switch (kind) {
    case Kind::entity:
        members_.settle_release(*static_cast<Entity*>(object));
        break;
    case Kind::destination:
        destinations_.after_release(*static_cast<Destination*>(object));
        break;
    case Kind::route:
        routes_.after_release(*static_cast<Route*>(object));
        break;
    case Kind::next_hop:
        next_hops_.after_release(*static_cast<NextHop*>(object));
        break;
    default:
        break;
    }
}

} // namespace rtm
