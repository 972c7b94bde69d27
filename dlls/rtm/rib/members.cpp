// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "members.h"

#include "changes.h"
#include "route.h"

#include <algorithm>

#include <utility>

namespace rtm
{

Status Members::enter(Entity& entity)
{
    if (identities_.contains(entity.id))
        return Status::already_exists;
    auto identity = identities_.emplace(entity.id, &entity).first;
    try {
        members_.emplace_hint(members_.end(), next_order_, &entity);
    } catch (...) {
        identities_.erase(identity);
        throw;
    }
    if (entity.has_opaque_pointer_ &&
        !opaque_slots_.take(limits_.opaque_pointers, entity.possessions)) {
        members_.erase(next_order_);
        identities_.erase(identity);
        return Status::no_system_resources;
    }
    entity.order_ = next_order_++;
    return Status::ok;
}

bool Members::remove(Entity& entity) noexcept
{
    std::lock_guard lock(mutex_);
    while (Announcement* unread = news_.take(entity.news_))
        finish_news_locked(*unread);
    identities_.erase(entity.id);
    departed_.insert(members_.extract(entity.order_));
    opaque_slots_.give_back(entity.possessions);
    // From now on they count exactly.
    entity.client_references_ = std::max(entity.client_references_ + entity.handed_out_.sum(), 0);
    entity.references_.fetch_add(static_cast<unsigned>(entity.client_references_),
                                 std::memory_order_relaxed);
    entity.counts_exactly_ = true;
    announce(entity.departure_);
    unrefer_locked(entity);
    return members_.empty();
}

void Members::announce(Announcement& news) noexcept
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
        wake(*reader);
    }
}

void Members::wake(Entity& reader) noexcept
{
    if (reader.job_pending_)
        return;
    reader.job_pending_ = true;
    reader.references_.fetch_add(1, std::memory_order_relaxed);
    reader.runner_->wake();
}

Event Members::take_event(Entity& reader) noexcept
{
    std::lock_guard lock(mutex_);
    Event event;
    if (Announcement* news = news_.take(reader.news_))
        event.news = news;
    else if (RouteExtras* expired = reader.events_.expired.take_first())
        event.expired = expired->route;
    else
        event.due = reader.events_.due.take_first();
    reader.job_pending_ = static_cast<bool>(event);
    return event;
}

bool Members::post_expired(Entity& owner, RouteExtras& route) noexcept
{
    std::lock_guard lock(mutex_);
    if (!owner.is_registered())
        return false;
    owner.events_.expired.append(route);
    wake(owner);
    return true;
}

bool Members::withdraw_expired(Entity& owner, RouteExtras& route) noexcept
{
    std::lock_guard lock(mutex_);
    if (!Chain<RouteExtras, ExpiredRoutes>::is_linked(route))
        return false;
    owner.events_.expired.remove(route);
    return true;
}

void Members::post_changes(Notification& notification) noexcept
{
    std::lock_guard lock(mutex_);
    Entity& reader = notification.owner;
    if (!reader.is_registered() || Chain<Notification, DueNotifications>::is_linked(notification))
        return;
    reader.events_.due.append(notification);
    wake(reader);
}

void Members::withdraw_changes(Notification& notification) noexcept
{
    std::lock_guard lock(mutex_);
    if (Chain<Notification, DueNotifications>::is_linked(notification))
        notification.owner.events_.due.remove(notification);
}

void Members::finish_news(Announcement& news) noexcept
{
    std::lock_guard lock(mutex_);
    finish_news_locked(news);
}

void Members::finish_news_locked(Announcement& news) noexcept
{
    if (news_.finish(news))
        unrefer_locked(news.subject);
}

// Of an entity that is leaving, references are counted in two places until they are put together
// in remove().

bool Members::refer(Entity& entity) noexcept
{
    if (entity.is_registered()) {
        entity.handed_out_.add(1);
        return true;
    }
    std::lock_guard lock(mutex_);
    if (entity.counts_exactly_ && !entity.try_refer())
        return false;
    ++entity.client_references_;
    return true;
}

bool Members::reserve_release(Entity& entity) noexcept
{
    if (entity.is_registered()) {
        entity.handed_out_.add(-1);
        return true;
    }
    std::lock_guard lock(mutex_);
    if (!drop_client_reference(entity))
        return false;
    entity.reserved_ += entity.counts_exactly_;
    return true;
}

void Members::restore(Entity& entity) noexcept
{
    std::lock_guard lock(mutex_);
    if (entity.reserved_ != 0)
        --entity.reserved_;
    ++entity.client_references_;
}

void Members::settle_release(Entity& entity) noexcept
{
    if (entity.is_registered())
        return;
    std::lock_guard lock(mutex_);
    if (entity.reserved_ == 0)
        return;
    --entity.reserved_;
    unrefer_locked(entity);
}

bool Members::release(Entity& holder, std::span<const Handle> handles) noexcept
{
    std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < handles.size(); ++i) {
        Entity* entity = entities_.find(handles[i]);
        if (entity && &entity->table() == &holder.table() && drop_client_reference(*entity))
            continue;
        while (i-- != 0)
            ++entities_.find(handles[i])->client_references_;
        return false;
    }
    for (Handle handle : handles)
        if (Entity* entity = entities_.find(handle); entity && entity->counts_exactly_)
            unrefer_locked(*entity);
    holder.held.add(Kind::entity, -static_cast<int>(handles.size()));
    return true;
}

/// False if there is none. The entity stays though it may have been the last.
bool Members::drop_client_reference(Entity& entity) noexcept
{
    const int elsewhere = entity.counts_exactly_ ? 0 : entity.handed_out_.sum();
    if (entity.client_references_ + elsewhere <= 0)
        return false;
    --entity.client_references_;
    return true;
}

void Members::refer_for_object(Entity& owner) noexcept
{
    ++owner.object_references_;
    owner.references_.fetch_add(1, std::memory_order_relaxed);
}

void Members::unrefer_for_object(Entity& owner) noexcept
{
    // The end of the table has taken them all.
    if (owner.object_references_ == 0)
        return;
    --owner.object_references_;
    unrefer(owner);
}

void Members::end() noexcept
{
    std::lock_guard lock(mutex_);
    for (auto next = departed_.begin(); next != departed_.end();) {
        Entity& entity = *next++->second;
        // The last one may end the entity, and with it the counts.
        int n = std::exchange(entity.client_references_, 0);
        n += std::exchange(entity.object_references_, 0);
        for (; n > 0; --n)
            unrefer_locked(entity);
    }
}

bool Members::unrefer(Entity& entity) noexcept
{
    if (entity.references_.fetch_sub(1, std::memory_order_acq_rel) != 1)
        return false;
    std::lock_guard lock(mutex_);
    bury(entity);
    return true;
}

bool Members::has(EntityId id)
{
    std::lock_guard lock(mutex_);
    return identities_.contains(id);
}

void Members::unrefer_locked(Entity& entity) noexcept
{
    if (entity.references_.fetch_sub(1, std::memory_order_acq_rel) == 1)
        bury(entity);
}

void Members::bury(Entity& entity) noexcept
{
    departed_.erase(entity.order_);
    entities_.retire(entity);
}

} // namespace rtm
