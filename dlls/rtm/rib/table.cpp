// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "table.h"

#include <utility>

namespace rtm
{

Status Table::enter(Entity& entity)
{
    if (identities_.contains(entity.id))
        return Status::already_exists;
    if (entity.has_opaque_pointer_ && opaque_pointers_used_ == limits_.opaque_pointers)
        return Status::no_system_resources;
    auto identity = identities_.emplace(entity.id, &entity).first;
    try {
        members_.emplace_hint(members_.end(), next_order_, &entity);
    } catch (...) {
        identities_.erase(identity);
        throw;
    }
    entity.order_ = next_order_++;
    opaque_pointers_used_ += entity.has_opaque_pointer_;
    return Status::ok;
}

bool Table::remove(Entity& entity) noexcept
{
    std::lock_guard lock(mutex_);
    while (Announcement* unread = news_.take(entity.news_))
        finish_news_locked(*unread);
    identities_.erase(entity.id);
    departed_.insert(members_.extract(entity.order_));
    opaque_pointers_used_ -= entity.has_opaque_pointer_;
    announce(entity.departure_);
    unrefer_locked(entity);
    if (!members_.empty())
        return false;
    drop_client_references_to_departed();
    return true;
}

void Table::announce(Announcement& news) noexcept
{
    bool posted = false;
    for (auto& [order, reader] : members_) {
        if (!reader->callback_ || reader == &news.subject)
            continue;
        if (!posted) {
            news_.post(news);
            news.subject.references_.fetch_add(1, std::memory_order_relaxed);
            posted = true;
        }
        news_.post_to(reader->news_, news);
        if (!reader->job_pending_) {
            reader->job_pending_ = true;
            reader->references_.fetch_add(1, std::memory_order_relaxed);
            reader->runner_->wake();
        }
    }
}

Announcement* Table::take_news(Entity& reader) noexcept
{
    std::lock_guard lock(mutex_);
    Announcement* news = news_.take(reader.news_);
    reader.job_pending_ = news != nullptr;
    return news;
}

void Table::finish_news(Announcement& news) noexcept
{
    std::lock_guard lock(mutex_);
    finish_news_locked(news);
}

void Table::finish_news_locked(Announcement& news) noexcept
{
    if (news_.finish(news))
        unrefer_locked(news.subject);
}

bool Table::refer(Entity& holder, std::span<void* const> handles) noexcept
{
    std::lock_guard lock(mutex_);
    if (members_.empty())
        return false; // the holder has just left as the last one; nothing may stay behind
    for (std::size_t i = 0; i < handles.size(); ++i) {
        Entity* entity = find(handles[i]);
        if (entity && entity->try_refer()) {
            ++entity->client_references_;
            continue;
        }
        while (i-- != 0) {
            entity = find(handles[i]);
            --entity->client_references_;
            unrefer_locked(*entity);
        }
        return false;
    }
    holder.held.add(Kind::entity, static_cast<int>(handles.size()));
    return true;
}

bool Table::release(Entity& holder, std::span<void* const> handles) noexcept
{
    std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < handles.size(); ++i) {
        Entity* entity = find(handles[i]);
        if (entity && entity->client_references_ != 0) {
            --entity->client_references_;
            continue;
        }
        while (i-- != 0)
            ++find(handles[i])->client_references_;
        return false;
    }
    for (void* handle : handles)
        unrefer_locked(*find(handle));
    holder.held.add(Kind::entity, -static_cast<int>(handles.size()));
    return true;
}

Entity* Table::find(void* handle) const noexcept
{
    Entity* entity = entities_.find(reinterpret_cast<Handle>(handle));
    return entity && &entity->table() == this ? entity : nullptr;
}

void Table::add_client_reference(Entity& holder, Entity& entity) noexcept
{
    entity.references_.fetch_add(1, std::memory_order_relaxed);
    ++entity.client_references_;
    holder.held.add(Kind::entity, 1);
}

void Table::drop_client_references_to_departed() noexcept
{
    for (auto next = departed_.begin(); next != departed_.end();) {
        Entity& entity = *next++->second;
        // The last one may end the entity, and with it the count.
        for (unsigned n = std::exchange(entity.client_references_, 0); n != 0; --n)
            unrefer_locked(entity);
    }
}

bool Table::unrefer(Entity& entity) noexcept
{
    if (entity.references_.fetch_sub(1, std::memory_order_acq_rel) != 1)
        return false;
    std::lock_guard lock(mutex_);
    bury(entity);
    return true;
}

bool Table::has(EntityId id)
{
    std::lock_guard lock(mutex_);
    return identities_.contains(id);
}

void Table::unrefer_locked(Entity& entity) noexcept
{
    if (entity.references_.fetch_sub(1, std::memory_order_acq_rel) == 1)
        bury(entity);
}

void Table::bury(Entity& entity) noexcept
{
    departed_.erase(entity.order_);
    entities_.retire(entity);
}

} // namespace rtm
