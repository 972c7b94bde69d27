// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "rib.h"

namespace rtm
{

namespace
{

constexpr TableId watched{0, Family::ipv4};

} // namespace

Rib::EntityPin Rib::pin(Handle handle) noexcept
{
    ReadSections::Scope scope(sections_);
    Entity* entity = entities_.find(handle);
    bool found = entity && entity->is_registered() && entity->try_refer();
    return EntityPin(*this, found ? entity : nullptr);
}

void Rib::unpin(Entity& entity) noexcept
{
    // The table has to outlast its last entity here.
    std::shared_ptr<Table> table = entity.table_;
    const bool was_last = table->members().unrefer(entity);
    table.reset();
    if (was_last)
        sections_.settle();
}

std::shared_ptr<Table> Rib::find_or_make_table(TableId id, Status& status)
{
    if (auto entry = tables_.find(id); entry != tables_.end())
        return entry->second;
    if (tables_.empty())
        host_.before_first_entity();
    Limits limits;
    status = host_.configure(limits);
    if (status != Status::ok)
        return nullptr;
    const SharedPools pools{entities_, enumerations_, notifications_, lists_};
    return std::allocate_shared<Table>(Allocator<Table>(), id, limits, pools, directory_, sections_,
                                       host_, id == watched ? watcher_ : nullptr);
}

void Rib::remove(Entity& entity) noexcept
{
    std::shared_ptr<Table> ended;
    {
        std::lock_guard lock(mutex_);
        Table& table = entity.table();
        if (!table.members().remove(entity))
            return;
        const auto entry = tables_.find(table.id());
        ended = entry->second;
        tables_.erase(entry);
    }
    ended->end();
}

std::vector<std::shared_ptr<Table>> Rib::tables()
{
    std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<Table>> all;
    for (const auto& [id, table] : tables_)
        all.push_back(table);
    return all;
}

std::shared_ptr<Table> Rib::find_table(TableId id)
{
    std::lock_guard lock(mutex_);
    const auto entry = tables_.find(id);
    return entry != tables_.end() ? entry->second : nullptr;
}

void Rib::wake_host()
{
    std::lock_guard lock(mutex_);
    if (tables_.empty())
        host_.before_first_entity();
}

Status Rib::lock(Handle entity_handle, Handle object, bool exclusive)
{
    EntityPin entity = pin(entity_handle);
    if (!entity)
        return Status::invalid_handle;
    const Status status = entity->table().locks().lock(object, *entity, exclusive);
    if (status == Status::ok)
        entity->table().wait_for_writer();
    return status;
}

void Rib::wait_for_lock(Handle entity_handle, Handle object) noexcept
{
    if (EntityPin entity = pin(entity_handle))
        entity->table().locks().wait(object, *entity);
}

bool Rib::unwatch(Handle entity_handle, Handle handle)
{
    EntityPin entity = pin(entity_handle);
    if (!entity)
        return false;
    Changes& changes = entity->table().changes();
    Notification* notification;
    std::shared_ptr<Gate> telling;
    {
        ReadSections::Scope scope(sections_);
        notification = find_notification(handle);
        if (!notification || &notification->owner != &*entity)
            return false;
        telling = notification->telling;
        if (!changes.close(*notification))
            return false;
    }
    entity->held.add(Kind::notification, -1);
    changes.forget(*notification);
    waits_.close(*telling);
    waits_.drain(*telling);
    return true;
}

bool Rib::set_blocked(Handle handle, bool blocked)
{
    EntityPin entity = pin(handle);
    if (!entity)
        return false;
    return blocked ? waits_.block(entity->gate_) : waits_.resume(entity->gate_);
}

void Rib::deliver_events(Entity& reader) noexcept
{
    Members& members = reader.table().members();
    while (true) {
        Event event;
        DueChanges changes;
        {
            // A notification may end as soon as this does.
            ReadSections::Scope scope(sections_);
            event = members.take_event(reader);
            if (event.due)
                changes = {event.due->handle, event.due->context, event.due->telling};
        }
        if (event.news)
            deliver(reader, *event.news);
        else if (event.expired)
            deliver(reader, *event.expired);
        else if (event.due)
            deliver(reader, changes);
        else
            break;
    }
    unpin(reader);
}

void Rib::deliver(Entity& reader, Announcement& news) noexcept
{
    Visit visit;
    if (waits_.enter_event(reader.gate_, visit)) {
        host_.tell(reader.callback_, news.event, reader, news.subject);
        waits_.leave(reader.gate_, visit);
    }
    reader.table().members().finish_news(news);
}

void Rib::deliver(Entity& reader, Route& expired) noexcept
{
    const Handle handle = expired.handle();
    Visit visit;
    if (waits_.enter_event(reader.gate_, visit)) {
        reader.held.add(Kind::route, 1);
        const bool is_clients = !host_.tell_expired(reader.callback_, reader, handle, expired.info);
        waits_.leave(reader.gate_, visit);
        if (is_clients)
            return; // the reference
        reader.held.add(Kind::route, -1);
    }
    // The client may have given the reference back that it was not to give back.
    Routes& routes = reader.table().routes();
    ReadSections::Scope scope(sections_);
    if (Route* route = routes.find(handle)) {
        routes.remove_expired(*route);
        routes.release(*route);
    }
}

void Rib::deliver(Entity& reader, const DueChanges& due) noexcept
{
    Visit in_entity;
    Visit in_telling;
    if (!waits_.enter_event(reader.gate_, in_entity))
        return;
    if (waits_.enter_event(*due.telling, in_telling)) {
        host_.tell_changes(reader.callback_, reader, due.handle, due.context);
        waits_.leave(*due.telling, in_telling);
    }
    waits_.leave(reader.gate_, in_entity);
}

} // namespace rtm
