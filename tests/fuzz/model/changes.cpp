// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "changes.h"
#include "ranking.h"

#include <algorithm>

namespace model
{

namespace
{

constexpr std::uint16_t forwarding_flags = 0x000f;

bool watches(const Notification& notification, Destination& destination,
             const std::array<std::uint32_t, view_count>& types)
{
    if (notification.only_marked && !notification.marks.contains(&destination))
        return false;
    for (unsigned view = 0; view < view_count; ++view)
        if ((notification.views >> view & 1) != 0 && (notification.types & types[view]) != 0)
            return true;
    return false;
}

} // namespace

Change::Change(Destination& destination) : destination_(destination), best_(destination.best)
{
    for (unsigned view = 0; view < view_count; ++view)
        if (best_[view])
            best_contents_[view] = best_[view]->contents;
}

bool Change::best_replaced() const
{
    return best_ != destination_.best;
}

bool Change::was_best(const Route& route) const
{
    return std::find(best_.begin(), best_.end(), &route) != best_.end();
}

std::uint32_t Change::types_in(unsigned view) const
{
    std::uint32_t types = 0;
    if ((touched_ >> view & 1) != 0)
        types |= change_all;
    if ((released_ >> view & 1) != 0)
        types |= change_all | change_best;
    const Route* best = destination_.best[view];
    if (best != best_[view])
        return types | change_best | change_forwarding;
    if (!best)
        return types;
    const Contents& before = best_contents_[view];
    const Contents& after = best->contents;
    const bool forwards_otherwise = before.preference != after.preference ||
                                    before.metric != after.metric ||
                                    before.next_hops != after.next_hops ||
                                    ((before.flags ^ after.flags) & forwarding_flags) != 0;
    if (forwards_otherwise)
        types |= change_best | change_forwarding;
    if (before.flags != after.flags)
        types |= change_best;
    return types;
}

void Change::finish(World& world)
{
    choose_best(destination_);
    std::array<std::uint32_t, view_count> types{};
    for (unsigned view = 0; view < view_count; ++view)
        types[view] = types_in(view);
    note_change(world, destination_, types);
}

void note_change(World& world, Destination& destination,
                 const std::array<std::uint32_t, view_count>& types)
{
    if (std::all_of(types.begin(), types.end(), [](auto t) { return t == 0; }))
        return;
    destination.changed = world.now;
    auto notifications = world.all<Notification>();
    std::ranges::sort(notifications, {}, &Notification::number);
    for (Notification* notification : notifications) {
        if (&notification->table != &destination.table ||
            !watches(*notification, destination, types))
            continue;
        if (notification->pending.empty() && notification->owner.has_callback)
            world.arm(notification->due, world.limits.notification_delay);
        notification->pending.insert(&destination);
        destination.noted = world.moment;
    }
}

void note_drained(Notification& notification)
{
    notification.due.due.reset();
    std::erase(notification.owner.notices, &notification);
}

} // namespace model
