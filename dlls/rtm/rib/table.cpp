// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "table.h"

#include <algorithm>
#include <thread>

namespace rtm
{

Table::Table(TableId id, const Limits& limits, const SharedPools& pools, SlabDirectory& directory,
             ReadSections& sections, Host& host, BestRouteWatcher* watcher)
    : id_(id), limits_(limits),
      lists_(pools.lists), site_{id.family, limits_, directory, sections, pools.entities,
                                 host,      *this,   this,      watcher,  {}},
      members_(limits_, pools.entities), schedule_(host, *this), destinations_(site_),
      next_hops_(site_, destinations_),
      changes_(site_, destinations_, schedule_, pools.notifications),
      hold_down_(site_, destinations_, schedule_, changes_),
      routes_(site_, destinations_, next_hops_, changes_, schedule_, hold_down_, locks_,
              route_locks_),
      references_(site_, members_, destinations_, routes_, next_hops_),
      reports_(site_, members_, destinations_, routes_, next_hops_, references_),
      enumerations_(site_, destinations_, routes_, next_hops_, pools.enumerations)
{
}

void** Table::opaque_pointer(Entity& entity, Destination& destination)
{
    WritingLock lock(site_.writing);
    if (!destination.references.is_in_table())
        return nullptr;
    return OpaquePointers::find(destinations_.make_extras(destination), entity.possessions);
}

// ---- timers

void Table::run() noexcept
{
    while (work_off_timers())
        std::this_thread::yield(); // let others write
}

/// True if there may be more to do at once.
bool Table::work_off_timers() noexcept
{
    WritingLock lock(site_.writing);
    for (int at_a_time = 256; at_a_time != 0; --at_a_time) {
        Timer* timer = schedule_.pop_due();
        if (!timer) {
            schedule_.rearm();
            return false;
        }
        switch (timer->purpose) {
        case TimerPurpose::route_expiry:
            routes_.expire(*static_cast<RouteExtras*>(timer->subject));
            break;
        case TimerPurpose::hold_end:
            hold_down_.end(routes_, *static_cast<Destination*>(timer->subject));
            break;
        case TimerPurpose::notification:
            changes_.tell(*static_cast<Notification*>(timer->subject));
            break;
        case TimerPurpose::entry_expiry: // no table has them
            break;
        }
    }
    return true;
}

// ---- lists

Status Table::make_list(Entity& owner, Handle& handle)
{
    RouteList& made = lists_.create(owner);
    WritingLock lock(site_.writing);
    if (owner.possessions.is_leaving) {
        lists_.discard(made);
        return Status::invalid_handle;
    }
    owner.possessions.lists.append(made);
    owner.held.add(Kind::route_list, 1);
    lists_.publish(made);
    handle = made.handle;
    return Status::ok;
}

bool Table::delete_list(RouteList& list) noexcept
{
    {
        WritingLock lock(site_.writing);
        if (!Chain<RouteList>::is_linked(list))
            return false;
        list.detach_cursors();
        list.owner.possessions.lists.remove(list);
    }
    while (empty_some(list))
        std::this_thread::yield(); // let others write
    lists_.retire(list);
    return true;
}

/// False if nothing is left in it.
bool Table::empty_some(RouteList& list) noexcept
{
    WritingLock lock(site_.writing);
    for (int at_a_time = 256; at_a_time != 0; --at_a_time) {
        RouteExtras* route = list.first();
        if (!route)
            return false;
        RouteList::remove(*route);
    }
    return true;
}

void Table::delete_lists(Entity& owner) noexcept
{
    while (true) {
        RouteList* list;
        {
            WritingLock lock(site_.writing);
            list = owner.possessions.lists.first();
        }
        if (!list)
            return;
        delete_list(*list);
    }
}

Status Table::move_to_list(Entity& owner, RouteList* list, std::span<const Handle> handles)
{
    WritingLock lock(site_.writing);
    if (list && !Chain<RouteList>::is_linked(*list))
        return Status::invalid_handle;
    for (Handle handle : handles) {
        const Route* route = routes_.find(handle);
        if (!route || !routes_.is_owner(owner, *route) || !route->is_live())
            return Status::invalid_handle;
    }
    for (Handle handle : handles)
        if (list)
            routes_.make_extras(*routes_.find(handle));
    for (Handle handle : handles) {
        RouteExtras* route = routes_.extras(*routes_.find(handle));
        if (list)
            list->insert(*route);
        else if (route)
            RouteList::remove(*route);
    }
    return Status::ok;
}

// ---- leaving

void Table::strip(Entity& entity) noexcept
{
    {
        WritingLock lock(site_.writing);
        entity.possessions.is_leaving = true;
    }
    locks_.drop_all(entity);
    route_locks_.drop_all(entity);
    changes_.unwatch_all(entity);
    enumerations_.end_all(entity);
    delete_lists(entity);
    routes_.remove_all(entity);
    next_hops_.remove_all(entity);
}

void Table::end() noexcept
{
    has_ended_.store(true, std::memory_order_seq_cst);
    std::unique_ptr<Alarm> alarm;
    {
        WritingLock lock(site_.writing);
        alarm = schedule_.stop();
    }
    alarm.reset();
    WritingLock lock(site_.writing);
    members_.end();
}

// ---- events

bool Table::post_expired(Entity& owner, RouteExtras& route) noexcept
{
    return members_.post_expired(owner, route);
}

bool Table::withdraw_expired(Entity& owner, RouteExtras& route) noexcept
{
    return members_.withdraw_expired(owner, route);
}

void Table::post_changes(Notification& notification) noexcept
{
    members_.post_changes(notification);
}

void Table::withdraw_changes(Notification& notification) noexcept
{
    members_.withdraw_changes(notification);
}

void Table::refer(Entity& owner) noexcept
{
    members_.refer_for_object(owner);
}

void Table::unrefer(Entity& owner) noexcept
{
    members_.unrefer_for_object(owner);
}

} // namespace rtm
