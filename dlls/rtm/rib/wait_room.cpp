// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "wait_room.h"

namespace rtm
{

void WaitRoom::enter(Gate& gate, Visit& visit, VisitKind kind) noexcept
{
    visit.kind_ = kind;
    visit.next_ = gate.visits_;
    gate.visits_ = &visit;
}

bool WaitRoom::enter_method(Gate& callee, const Gate& caller, Visit& visit)
{
    std::unique_lock lock(mutex_);
    auto decided = [&] { return !callee.blocked_ || callee.closed_ || caller.closed_; };
    if (!decided()) {
        Waiter me(*this, callee, Reason::entry);
        changed_.wait(lock, decided);
    }
    if (callee.closed_ || caller.closed_)
        return false;
    enter(callee, visit, VisitKind::method);
    return true;
}

bool WaitRoom::enter_event(Gate& gate, Visit& visit)
{
    std::lock_guard lock(mutex_);
    if (gate.closed_)
        return false;
    enter(gate, visit, VisitKind::event);
    return true;
}

void WaitRoom::leave(Gate& gate, Visit& visit) noexcept
{
    std::lock_guard lock(mutex_);
    Visit** link = &gate.visits_;
    while (*link != &visit)
        link = &(*link)->next_;
    *link = visit.next_;
    changed_.notify_all();
}

bool WaitRoom::block(Gate& gate)
{
    std::unique_lock lock(mutex_);
    if (gate.closed_)
        return false;
    gate.blocked_ = true;
    gate.blocker_ = std::this_thread::get_id();
    changed_.notify_all(); // they who wait to enter now wait for this thread
    wait_for_visitors(lock, gate, Reason::methods_gone);
    return !gate.closed_;
}

bool WaitRoom::resume(Gate& gate)
{
    std::lock_guard lock(mutex_);
    if (gate.closed_)
        return false;
    gate.blocked_ = false;
    changed_.notify_all();
    return true;
}

bool WaitRoom::close(Gate& gate)
{
    std::lock_guard lock(mutex_);
    if (gate.closed_)
        return false;
    gate.closed_ = true;
    changed_.notify_all();
    return true;
}

void WaitRoom::drain(Gate& gate)
{
    std::unique_lock lock(mutex_);
    wait_for_visitors(lock, gate, Reason::all_gone);
}

bool WaitRoom::in_event(const Gate& gate) const
{
    std::lock_guard lock(mutex_);
    for (const Visit* visit = gate.visits_; visit; visit = visit->next_)
        if (visit->kind_ == VisitKind::event && visit->thread_ == std::this_thread::get_id())
            return true;
    return false;
}

WaitRoom::Waiter::Waiter(WaitRoom& r, const Gate& g, Reason why) noexcept
    : room(r), gate(g), reason(why), next(r.waiters_)
{
    room.waiters_ = this;
    // That one more thread waits can close a circle, in which another one has to give up.
    room.changed_.notify_all();
}

WaitRoom::Waiter::~Waiter()
{
    Waiter** link = &room.waiters_;
    while (*link != this)
        link = &(*link)->next;
    *link = next;
}

bool WaitRoom::counts(const Visit& visit, Reason reason) noexcept
{
    return reason == Reason::all_gone || visit.kind_ == VisitKind::method;
}

void WaitRoom::wait_for_visitors(std::unique_lock<std::mutex>& lock, const Gate& gate,
                                 Reason reason)
{
    if (!someone_will_leave(gate, reason))
        return;
    Waiter me(*this, gate, reason);
    changed_.wait(lock, [&] { return !someone_will_leave(gate, reason); });
}

bool WaitRoom::someone_will_leave(const Gate& gate, Reason reason)
{
    const auto me = std::this_thread::get_id();
    for (const Visit* visit = gate.visits_; visit; visit = visit->next_)
        if (counts(*visit, reason) && visit->thread_ != me && !waits_for(visit->thread_, me))
            return true;
    return false;
}

bool WaitRoom::waits_for(std::thread::id waiting, std::thread::id wanted)
{
    for (Waiter* w = waiters_; w; w = w->next)
        w->visited = false;
    return search(waiting, wanted);
}

bool WaitRoom::search(std::thread::id waiting, std::thread::id wanted)
{
    auto leads_to_wanted = [&](std::thread::id next) {
        return next == wanted || (next != waiting && search(next, wanted));
    };
    for (Waiter* w = waiters_; w; w = w->next) {
        if (w->thread != waiting || w->visited)
            continue;
        w->visited = true;
        if (w->reason == Reason::entry) {
            // It waits for whoever blocked the gate to resume it.
            if (leads_to_wanted(w->gate.blocker_))
                return true;
            continue;
        }
        for (const Visit* visit = w->gate.visits_; visit; visit = visit->next_)
            if (counts(*visit, w->reason) && leads_to_wanted(visit->thread_))
                return true;
    }
    return false;
}

} // namespace rtm
