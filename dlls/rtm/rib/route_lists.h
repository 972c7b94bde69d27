// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Lists in which an entity keeps routes of its own. A route is in one list at most.

#pragma once

#include "chain.h"
#include "handle.h"
#include "route.h"

namespace rtm
{

class Entity;
class RouteList;

/// Where a walk through a list is. Routes that leave the list do not disturb it.
class ListCursor : public ChainLink<ListCursor>
{
    friend class RouteList;
    RouteList* list_ = nullptr; // null if the list has been deleted
    RouteExtras* next_ = nullptr;
};

/// All calls while writing.
class RouteList : public ChainLink<RouteList>
{
public:
    static constexpr Kind kind = Kind::route_list;
    static constexpr std::size_t slab_size = 32;

    RouteList(Handle h, Entity& o) noexcept : handle(h), owner(o) {}

    const Handle handle;
    Entity& owner;

    /// Moves a route to the end of the list, from the one that it is in; nothing if that is this.
    void insert(RouteExtras& route) noexcept;

    /// Takes a route out of the list that it is in, if any.
    static void remove(RouteExtras& route) noexcept;

    RouteExtras* first() const noexcept { return routes_.first(); }

    void begin(ListCursor& cursor) noexcept;
    static RouteExtras* next(ListCursor& cursor) noexcept;
    static void end(ListCursor& cursor) noexcept;

    /// Ends all walks; the list is empty.
    void detach_cursors() noexcept;

private:
    using Routes = Chain<RouteExtras, ListedRoutes>;

    Routes routes_;
    Chain<ListCursor> cursors_;
};

} // namespace rtm
