// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "changes.h"

#include "entity.h"

#include <thread>

namespace rtm
{

Status Changes::watch(Entity& owner, ViewSet views, std::uint32_t flags, void* context,
                      Handle& handle)
{
    WritingLock lock(site_.writing);
    if (owner.possessions.is_leaving)
        return Status::invalid_handle;
    const auto number = static_cast<unsigned>(std::countr_one(used_));
    if (number >= site_.limits.notifications)
        return Status::no_system_resources;
    if (owner.has_callback())
        schedule_.prepare();
    Notification& made = notifications_.create(owner, views, flags, context);
    made.bit_ = std::uint32_t(1) << number;
    registered_[number] = &made;
    used_ |= made.bit_;
    set_watchers(made, true);
    owner.possessions.notifications.append(made);
    owner.held.add(Kind::notification, 1);
    notifications_.publish(made);
    handle = made.handle;
    return Status::ok;
}

void Changes::set_watchers(const Notification& notification, bool watching) noexcept
{
    const auto set = [&](std::uint32_t& bits, bool value) {
        bits = value ? bits | notification.bit_ : bits & ~notification.bit_;
    };
    for (unsigned view = 0; view < view_count; ++view)
        for (unsigned type = 0; type < change_type::count; ++type)
            set(watchers_[view][type], watching && (notification.views >> view & 1) != 0 &&
                                           (notification.flags >> type & 1) != 0);
    set(only_marked_, watching && (notification.flags & notify_only_marked) != 0);
}

bool Changes::close(Notification& notification) noexcept
{
    WritingLock lock(site_.writing);
    if (!Chain<Notification>::is_linked(notification))
        return false;
    close_while_writing(notification);
    return true;
}

void Changes::close_while_writing(Notification& notification) noexcept
{
    set_watchers(notification, false);
    schedule_.cancel(notification.timer_);
    site_.events.withdraw_changes(notification);
    notification.owner.possessions.notifications.remove(notification);
}

void Changes::forget(Notification& notification) noexcept
{
    while (forget_some(notification))
        std::this_thread::yield();
    WritingLock lock(site_.writing);
    registered_[static_cast<std::size_t>(std::countr_zero(notification.bit_))] = nullptr;
    used_ &= ~notification.bit_;
    notifications_.retire(notification);
}

void Changes::unwatch_all(Entity& owner) noexcept
{
    while (true) {
        Notification* notification;
        {
            WritingLock lock(site_.writing);
            notification = owner.possessions.notifications.first();
            if (!notification)
                return;
            close_while_writing(*notification);
        }
        forget(*notification);
    }
}

/// Takes back some of what destinations keep for it. False if there is nothing left.
bool Changes::forget_some(Notification& notification) noexcept
{
    WritingLock lock(site_.writing);
    unsigned work = 256;
    for (; work != 0 && notification.pending_ != 0; --work) {
        Destination& destination = destinations_.at(notification.cursor_);
        notification.cursor_ = destination.journal_next;
        if (!is_pending(notification, destination))
            continue;
        clear_pending(notification, destination);
        destinations_.end_if_idle(destination);
    }
    for (; work != 0 && notification.marks_ != 0; --work) {
        DestinationExtras& more = *marked_.first();
        if ((more.marks & notification.bit_) != 0) {
            unmark(more, notification);
        } else {
            // Marked for others: looked at again only after all the rest.
            marked_.remove(more);
            marked_.append(more);
        }
    }
    return notification.pending_ != 0 || notification.marks_ != 0;
}

void Changes::unmark(DestinationExtras& destination, Notification& notification) noexcept
{
    if ((destination.marks & notification.bit_) == 0)
        return;
    --notification.marks_;
    destination.marks &= ~notification.bit_;
    if (destination.marks != 0)
        return;
    marked_.remove(destination);
    destinations_.end_if_idle(destinations_.at(destination.destination));
}

void Changes::note(Destination& destination, const ChangeTypes& types) noexcept
{
    std::uint32_t bits = 0;
    for (unsigned view = 0; view < view_count; ++view)
        for (unsigned type = 0; type < change_type::count; ++type)
            if ((types[view] >> type & 1) != 0)
                bits |= watchers_[view][type];
    if ((bits & only_marked_) != 0) {
        const DestinationExtras* more = destinations_.extras(destination);
        bits &= ~only_marked_ | (more ? more->marks : 0);
    }
    if (bits != 0)
        add_pending(destination, bits);
}

void Changes::add_pending(Destination& destination, std::uint32_t bits) noexcept
{
    const std::uint32_t former = destination.pending.load(std::memory_order_relaxed);
    destination.pending.store(former | bits, std::memory_order_release);
    if (former != 0)
        unlink(destination);
    append(destination);
    for_each(bits & ~former, [&](Notification& notification) {
        if (notification.pending_++ == 0 && notification.owner.has_callback())
            schedule_.arm(notification.timer_, site_.limits.notification_delay);
    });
}

void Changes::append(Destination& destination) noexcept
{
    destination.journal_previous = newest_;
    destination.journal_next = 0;
    (newest_ != 0 ? destinations_.at(newest_).journal_next : oldest_) = destination.place;
    newest_ = destination.place;
    for_each(used_, [&](Notification& notification) {
        if (notification.cursor_ == 0)
            notification.cursor_ = destination.place;
    });
}

void Changes::unlink(Destination& destination) noexcept
{
    for_each(used_, [&](Notification& notification) {
        if (notification.cursor_ == destination.place)
            notification.cursor_ = destination.journal_next;
    });
    (destination.journal_previous != 0 ? destinations_.at(destination.journal_previous).journal_next
                                       : oldest_) = destination.journal_next;
    (destination.journal_next != 0 ? destinations_.at(destination.journal_next).journal_previous
                                   : newest_) = destination.journal_previous;
}

void Changes::clear_pending(Notification& notification, Destination& destination) noexcept
{
    const std::uint32_t left =
        destination.pending.load(std::memory_order_relaxed) & ~notification.bit_;
    if (left == 0)
        unlink(destination);
    destination.pending.store(left, std::memory_order_release);
    if (--notification.pending_ == 0) {
        schedule_.cancel(notification.timer_);
        site_.events.withdraw_changes(notification);
    }
}

std::size_t Changes::fetch(Notification& notification, std::span<Destination*> room) noexcept
{
    std::size_t count = 0;
    while (count < room.size() && fetch_some(notification, room, count)) {
    }
    return count;
}

/// False if there is nothing left. Passes by a limited number of changes that are not for it.
bool Changes::fetch_some(Notification& notification, std::span<Destination*> room,
                         std::size_t& count) noexcept
{
    WritingLock lock(site_.writing);
    if (!Chain<Notification>::is_linked(notification))
        return false;
    for (unsigned steps = 1024; steps != 0 && count < room.size(); --steps) {
        if (notification.pending_ == 0)
            return false;
        Destination& destination = destinations_.at(notification.cursor_);
        notification.cursor_ = destination.journal_next;
        if (!is_pending(notification, destination))
            continue;
        clear_pending(notification, destination);
        if (destination.references.try_add())
            room[count++] = &destination;
    }
    return true;
}

void Changes::ignore(Notification& notification, Destination& destination) noexcept
{
    WritingLock lock(site_.writing);
    if (!Chain<Notification>::is_linked(notification) || !is_pending(notification, destination))
        return;
    clear_pending(notification, destination);
    destinations_.end_if_idle(destination);
}

void Changes::mark(Notification& notification, Destination& destination, bool marked)
{
    WritingLock lock(site_.writing);
    // It may have ended before the lock was taken; then nothing would clear the mark.
    if (!Chain<Notification>::is_linked(notification) || !destination.references.is_in_table())
        return;
    if (marked) {
        DestinationExtras& more = destinations_.make_extras(destination);
        if (more.marks == 0)
            marked_.append(more);
        if ((more.marks & notification.bit_) == 0)
            ++notification.marks_;
        more.marks |= notification.bit_;
    } else if (DestinationExtras* more = destinations_.extras(destination)) {
        unmark(*more, notification);
    }
}

bool Changes::is_marked(const Notification& notification, const Destination& destination) noexcept
{
    WritingLock lock(site_.writing);
    const DestinationExtras* more = destinations_.extras(destination);
    return more && (more->marks & notification.bit_) != 0;
}

void Changes::tell(Notification& notification) noexcept
{
    site_.events.post_changes(notification);
}

} // namespace rtm
