// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "route_lists.h"

namespace rtm
{

void RouteList::insert(RouteExtras& route) noexcept
{
    if (route.list == this)
        return;
    remove(route);
    routes_.append(route);
    route.list = this;
    for (ListCursor* cursor = cursors_.first(); cursor; cursor = Chain<ListCursor>::after(*cursor))
        if (!cursor->next_)
            cursor->next_ = &route;
}

void RouteList::remove(RouteExtras& route) noexcept
{
    RouteList* list = route.list;
    if (!list)
        return;
    for (ListCursor* cursor = list->cursors_.first(); cursor;
         cursor = Chain<ListCursor>::after(*cursor))
        if (cursor->next_ == &route)
            cursor->next_ = Routes::after(route);
    list->routes_.remove(route);
    route.list = nullptr;
}

void RouteList::begin(ListCursor& cursor) noexcept
{
    cursor.list_ = this;
    cursor.next_ = routes_.first();
    cursors_.append(cursor);
}

RouteExtras* RouteList::next(ListCursor& cursor) noexcept
{
    RouteExtras* route = cursor.list_ ? cursor.next_ : nullptr;
    if (route)
        cursor.next_ = Routes::after(*route);
    return route;
}

void RouteList::end(ListCursor& cursor) noexcept
{
    if (cursor.list_)
        cursor.list_->cursors_.remove(cursor);
    cursor.list_ = nullptr;
}

void RouteList::detach_cursors() noexcept
{
    while (ListCursor* cursor = cursors_.take_first())
        cursor->list_ = nullptr;
}

} // namespace rtm
