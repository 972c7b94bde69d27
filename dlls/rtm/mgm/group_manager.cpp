// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "group_manager.h"

#include <thread>

namespace rtm::mgm
{

GroupManager::GroupManager(Rib& rib, Clients& clients, Forwarder& forwarder,
                           ClientFunction on_route_change) noexcept
    : rib_(rib), clients_(clients), forwarder_(forwarder),
      protocols_(rib.directory(), rib.sections()), walks_(rib.directory(), rib.sections()),
      paths_(rib, on_route_change), alerts_(protocols_, interfaces_, memberships_, paths_),
      forwarding_(rib.host(), forwarder, memberships_)
{
}

// ---- protocols

Status GroupManager::join(ProtocolId id, const Callbacks& callbacks, Handle& handle)
{
    std::lock_guard coming(coming_and_going_);
    bool is_first;
    {
        std::lock_guard lock(mutex_);
        if (protocols_.has(id))
            return Status::already_exists;
        is_first = protocols_.is_empty();
    }
    if (is_first)
        if (const Status status = begin_work(); status != Status::ok)
            return status;
    try {
        std::lock_guard lock(mutex_);
        handle = protocols_.add(id, callbacks).handle;
        return Status::ok;
    } catch (const std::bad_alloc&) {
        if (is_first)
            end_work();
        throw;
    }
}

Status GroupManager::begin_leaving(Handle handle, Protocol*& protocol)
{
    std::lock_guard lock(mutex_);
    protocol = protocols_.find(handle);
    if (!protocol)
        return Status::invalid_handle;
    if (protocol->interfaces != 0)
        return Status::cannot_complete;
    protocol->is_leaving = true;
    return Status::ok;
}

unsigned GroupManager::finish_leaving(Protocol& protocol) noexcept
{
    std::lock_guard coming(coming_and_going_);
    unsigned walks = 0;
    bool was_last;
    {
        std::lock_guard lock(mutex_);
        protocol.untold.clear();
        for (; Walk* walk = protocol.walks.take_first(); ++walks)
            walks_.retire(*walk);
        protocols_.remove(protocol);
        was_last = protocols_.is_empty();
    }
    if (was_last)
        end_work();
    rib_.sections().reclaim();
    return walks;
}

/// What there is only while there are protocols.
Status GroupManager::begin_work()
{
    const Status status = paths_.begin();
    if (status == Status::already_exists) // somebody else's entity is called as ours
        return Status::cannot_complete;
    if (status != Status::ok)
        return status;
    std::lock_guard lock(mutex_);
    schedule_.emplace(rib_.host(), static_cast<Job&>(*this));
    forwarding_.use(&*schedule_);
    return Status::ok;
}

void GroupManager::end_work() noexcept
{
    paths_.end();
    std::unique_ptr<Alarm> alarm;
    {
        std::lock_guard lock(mutex_);
        forwarding_.remove_all();
        forwarding_.use(nullptr);
        alarm = schedule_->stop();
    }
    alarm.reset(); // waits for the job, which wants the lock
    std::lock_guard lock(mutex_);
    schedule_.reset();
}

void GroupManager::unpin(Protocol& protocol) noexcept
{
    std::lock_guard lock(mutex_);
    protocols_.unpin(protocol);
}

// ---- telling

void GroupManager::deliver(const Outbox& out) noexcept
{
    out.for_each_receiver([&](Protocol& protocol) {
        tell_all(protocol);
        unpin(protocol);
    });
}

/// All that there is for a protocol, unless another thread is at that.
void GroupManager::tell_all(Protocol& protocol) noexcept
{
    std::unique_lock lock(mutex_);
    if (protocol.is_being_told)
        return;
    protocol.is_being_told = true;
    while (!protocol.untold.empty()) {
        AlertList one;
        one.splice(one.begin(), protocol.untold, protocol.untold.begin());
        lock.unlock();
        tell_one(protocol, one.front());
        lock.lock();
    }
    protocol.is_being_told = false;
}

void GroupManager::tell_one(Protocol& protocol, const Alert& alert) noexcept
{
    Visit visit;
    if (!rib_.wait_room().enter_event(protocol.gate, visit))
        return;
    std::uint32_t life = Forwarding::default_life;
    clients_.tell(protocol, alert, life);
    rib_.wait_room().leave(protocol.gate, visit);
    if (life == Forwarding::default_life || alert.of_membership)
        return;
    std::lock_guard lock(mutex_);
    if (ForwardingEntry* entry = forwarding_.find(alert.flow))
        forwarding_.set_life(*entry, life);
}

// ---- timers

void GroupManager::run() noexcept
{
    while (work_off_timers())
        std::this_thread::yield(); // let others in
}

/// True if there may be more to do at once.
bool GroupManager::work_off_timers() noexcept
{
    std::lock_guard lock(mutex_);
    if (!forwarding_.is_in_use())
        return false;
    for (int at_a_time = 256; at_a_time != 0; --at_a_time) {
        Timer* timer = schedule_->pop_due();
        if (!timer) {
            schedule_->rearm();
            return false;
        }
        forwarding_.remove(*static_cast<ForwardingEntry*>(timer->subject));
    }
    return true;
}

// ---- enumerations of what is joined

Status GroupManager::begin_walk(Handle handle, WalkType type, Handle& made)
{
    std::lock_guard lock(mutex_);
    Protocol* protocol = protocols_.find(handle);
    if (!protocol)
        return Status::invalid_handle;
    Walk& walk = walks_.create(*protocol, type);
    protocol->walks.append(walk);
    walks_.publish(walk);
    made = walk.handle;
    return Status::ok;
}

const JoinedFlow* GroupManager::next_of(const Walk& walk) const noexcept
{
    if (walk.type == WalkType::groups) // behind all of the group, or of (*,*)
        return memberships_.after({walk.at.group, ~Address(0)});
    if (walk.has_begun)
        return memberships_.after(walk.at);
    const JoinedFlow* all = memberships_.find(Flow{});
    return all ? all : memberships_.after(Flow{});
}

bool GroupManager::end_walk(Handle handle)
{
    {
        std::lock_guard lock(mutex_);
        Walk* walk = walks_.find(handle);
        if (!walk)
            return false;
        walk->owner.walks.remove(*walk);
        walks_.retire(*walk);
    }
    rib_.sections().reclaim();
    return true;
}

// ---- reports

bool GroupManager::report(const Flow& data, bool with_counters, EntryReport& out)
{
    std::lock_guard lock(mutex_);
    ForwardingEntry* entry = forwarding_.find(data);
    if (entry)
        fill(*entry, with_counters, out);
    return entry != nullptr;
}

bool GroupManager::report_next(const std::optional<Flow>& after, bool with_counters,
                               EntryReport& out)
{
    std::lock_guard lock(mutex_);
    ForwardingEntry* entry = forwarding_.after(after);
    if (entry)
        fill(*entry, with_counters, out);
    return entry != nullptr;
}

void GroupManager::fill(ForwardingEntry& entry, bool with_counters, EntryReport& out)
{
    const Interface* incoming = interfaces_.find(entry.upstream.incoming);
    out.data = entry.data;
    out.upstream = entry.upstream;
    out.incoming_protocol = incoming ? incoming->owner()->id.protocol : 0;
    out.age = rib_.host().now_ms() - entry.made;
    out.life = entry.life;
    out.outgoing = forwarding_.outgoing(entry, interfaces_);
    if (!with_counters)
        return;
    out.counters = forwarder_.counters(entry.data);
    out.outgoing_counters.clear();
    for (const InterfaceId id : out.outgoing)
        out.outgoing_counters.push_back(forwarder_.counters(entry.data, id));
}

std::optional<InterfaceIds> GroupManager::ways_out(const Flow& data, InterfaceId& incoming)
{
    std::lock_guard lock(mutex_);
    ForwardingEntry* entry = forwarding_.find(data);
    if (!entry)
        return std::nullopt;
    incoming = entry->upstream.incoming;
    return forwarding_.outgoing(*entry, interfaces_);
}

} // namespace rtm::mgm
