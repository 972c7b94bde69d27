// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "notifications.h"
#include "changes.h"

#include <algorithm>
#include <set>

namespace model
{

namespace
{

constexpr std::uint32_t change_types = change_all | change_best | change_forwarding;

/// The notification and the destination of two handles.
struct Pair {
    Notification* notification = nullptr;
    Destination* destination = nullptr;
};

Pair find_pair(Verdict& verdict, const World& world, Name registration, Name handle,
               Name destination)
{
    const Entity* me = world.caller(verdict, registration);
    if (!me)
        return {};
    Pair pair{world.find_own<Notification>(*me, handle),
              world.find<Destination>(me->table, destination)};
    verdict.refuse_if(!pair.notification || !pair.destination, Code::invalid_handle);
    return verdict.fine() ? pair : Pair();
}

/// The lowest number that no notification of the table has.
unsigned free_number(const World& world, const Table& table)
{
    std::set<unsigned> used;
    for (const Notification* notification : world.all<Notification>())
        if (&notification->table == &table)
            used.insert(notification->number);
    unsigned number = 0;
    while (used.contains(number))
        ++number;
    return number;
}

/// The destinations that are pending, by the time of their last change that anybody watches; of
/// those with the same time the ones that were `got` first, in that order.
std::vector<Destination*> in_order(const Notification& notification, const std::vector<Prefix>& got)
{
    std::vector<Destination*> pending;
    pending.assign(notification.pending.begin(), notification.pending.end());
    auto key = [&](Destination* destination) {
        return std::pair(destination->noted,
                         std::find(got.begin(), got.end(), destination->prefix) - got.begin());
    };
    std::sort(pending.begin(), pending.end(),
              [&](Destination* a, Destination* b) { return key(a) < key(b); });
    return pending;
}

} // namespace

MadeNotification watch(World& world, Name registration, ViewSet views, std::uint32_t flags,
                       std::uintptr_t context, bool wants_handle)
{
    MadeNotification made;
    made.verdict.refuse_if(!wants_handle, Code::invalid_parameter);
    made.verdict.refuse_if((flags & change_types) == 0 ||
                               (flags & ~(change_types | only_marked)) != 0,
                           Code::invalid_parameter);
    made.verdict.refuse_if(views != all_views && (views & ~supported_views) != 0,
                           Code::not_supported);
    Entity* me = world.caller(made.verdict, registration);
    if (!me)
        return made;
    const unsigned number = free_number(world, me->table);
    made.verdict.refuse_if(number >= world.limits.notifications, Code::no_system_resources);
    if (!made.verdict.fine())
        return made;
    made.made = &world.make<Notification>(*me);
    made.made->number = number;
    made.made->context = context;
    made.made->views = views == 0 ? supported_views : views & supported_views;
    made.made->types = flags & change_types;
    made.made->only_marked = (flags & only_marked) != 0;
    return made;
}

Verdict unwatch(World& world, Name registration, Name handle)
{
    Verdict verdict;
    const Entity* me = world.caller(verdict, registration);
    if (!me)
        return verdict;
    auto* notification = world.find_own<Notification>(*me, handle);
    verdict.refuse_if(!notification, Code::invalid_handle);
    if (!notification)
        return verdict;
    note_drained(*notification);
    notification->exists = false;
    world.sweep();
    return verdict;
}

Batch<DestinationInfo> get_changes(World& world, Name registration, Name handle,
                                   std::optional<unsigned> capacity, bool has_array,
                                   const std::vector<Prefix>& got)
{
    Batch<DestinationInfo> batch;
    auto* notification =
        begin_batch<Notification>(batch, world, registration, handle, capacity, has_array);
    if (!notification)
        return batch;
    for (Destination* destination : in_order(*notification, got)) {
        if (batch.items.size() == *capacity)
            break;
        batch.items.push_back(
            describe(*destination, notification->owner, best_protocol, notification->views));
        hand_out_info(batch.items.back());
        notification->pending.erase(destination);
    }
    if (notification->pending.empty())
        note_drained(*notification);
    world.sweep();
    end_batch(batch);
    return batch;
}

Verdict release_changes(World& world, Name registration, Name handle, unsigned count,
                        const std::optional<std::vector<DestinationHandles>>& infos)
{
    Verdict verdict;
    verdict.refuse_if(!infos && count != 0, Code::invalid_parameter);
    const Entity* me = world.caller(verdict, registration);
    if (!me)
        return verdict;
    verdict.refuse_if(!world.find_own<Notification>(*me, handle), Code::invalid_handle);
    if (verdict.fine() && count != 0)
        release_checked(verdict, world, me->table, *infos);
    return verdict;
}

Verdict ignore_changes(World& world, Name registration, Name handle, unsigned count,
                       const std::vector<Name>* destinations)
{
    Verdict verdict;
    verdict.refuse_if(!destinations && count != 0, Code::invalid_parameter);
    const Entity* me = world.caller(verdict, registration);
    if (!me)
        return verdict;
    auto* notification = world.find_own<Notification>(*me, handle);
    verdict.refuse_if(!notification, Code::invalid_handle);
    for (unsigned i = 0; destinations && i < count; ++i)
        verdict.refuse_if(!world.find<Destination>(me->table, (*destinations)[i]),
                          Code::invalid_handle);
    if (!verdict.fine())
        return verdict;
    const bool were_pending = !notification->pending.empty();
    for (unsigned i = 0; i < count; ++i)
        notification->pending.erase(world.find<Destination>(me->table, (*destinations)[i]));
    if (were_pending && notification->pending.empty())
        note_drained(*notification);
    world.sweep();
    return verdict;
}

Verdict mark(World& world, Name registration, Name handle, Name destination, bool mark)
{
    Verdict verdict;
    const Pair pair = find_pair(verdict, world, registration, handle, destination);
    if (!pair.notification)
        return verdict;
    if (mark)
        pair.notification->marks.insert(pair.destination);
    else
        pair.notification->marks.erase(pair.destination);
    world.sweep();
    return verdict;
}

YesOrNo is_changed(World& world, Name registration, Name handle, Name destination,
                   bool wants_answer)
{
    YesOrNo answer;
    answer.verdict.refuse_if(!wants_answer, Code::invalid_parameter);
    const Pair pair = find_pair(answer.verdict, world, registration, handle, destination);
    answer.yes = pair.notification && pair.notification->pending.contains(pair.destination);
    return answer;
}

YesOrNo is_marked(World& world, Name registration, Name handle, Name destination, bool wants_answer)
{
    YesOrNo answer;
    answer.verdict.refuse_if(!wants_answer, Code::invalid_parameter);
    const Pair pair = find_pair(answer.verdict, world, registration, handle, destination);
    answer.yes = pair.notification && pair.notification->marks.contains(pair.destination);
    return answer;
}

} // namespace model
