// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "rib.h"

namespace rtm
{

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
    if (table->unrefer(entity))
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
    return std::allocate_shared<Table>(Allocator<Table>(), id, limits, entities_);
}

void Rib::remove(Entity& entity) noexcept
{
    std::lock_guard lock(mutex_);
    Table& table = entity.table();
    if (table.remove(entity))
        tables_.erase(table.id());
}

bool Rib::set_blocked(Handle handle, bool blocked)
{
    EntityPin entity = pin(handle);
    if (!entity)
        return false;
    return blocked ? waits_.block(entity->gate_) : waits_.resume(entity->gate_);
}

void Rib::deliver_news(Entity& reader) noexcept
{
    Table& table = reader.table();
    while (Announcement* news = table.take_news(reader)) {
        Visit visit;
        if (waits_.enter_event(reader.gate_, visit)) {
            host_.tell(reader.callback_, news->event, reader, news->subject);
            waits_.leave(reader.gate_, visit);
        }
        table.finish_news(*news);
    }
    unpin(reader);
}

} // namespace rtm
