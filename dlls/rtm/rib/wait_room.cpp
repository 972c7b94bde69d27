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

bool WaitRoom::must_wait(const Gate& callee, const Gate& caller) noexcept
{
    return callee.blocked_ && !callee.closed_ && !caller.closed_;
}

bool WaitRoom::enter_method(Gate& callee, const Gate& caller, Visit& visit)
{
    std::unique_lock lock(mutex_);
    if (must_wait(callee, caller)) {
        Waiter me(*this, Reason::entry, callee, &caller);
        // Who waits for a visitor that now waits for it has to give up.
        changed_.notify_all();
        changed_.wait(lock, [&] { return !must_wait(callee, caller); });
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
    if (waiters_)
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

WaitRoom::Waiter::Waiter(WaitRoom& r, Reason why, const Gate& g, const Gate* c) noexcept
    : room(r), reason(why), gate(g), caller(c), since(++r.waits_begun_), next(r.waiters_)
{
    room.waiters_ = this;
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
    Waiter me(*this, reason, gate);
    changed_.wait(lock, [&] { return !someone_will_leave(me); });
}

bool WaitRoom::someone_will_leave(const Waiter& me) const
{
    for (const Visit* visit = me.gate.visits_; visit; visit = visit->next_)
        if (counts(*visit, me.reason) && visit->thread_ != me.thread &&
            !is_stuck_behind(me, visit->thread_))
            return true;
    return false;
}

bool WaitRoom::is_stuck_behind(const Waiter& me, std::thread::id thread) const
{
    for (Waiter* w = waiters_; w; w = w->next)
        w->searched = false;
    return leads_to(me, thread);
}

// Whether `thread` waits for `me`, itself or through others. Goes through no wait for visitors
// that began after mine: if there is one in the circle, it is the one that gives up.
bool WaitRoom::leads_to(const Waiter& me, std::thread::id thread) const
{
    auto is_or_leads_to_me = [&](std::thread::id next) {
        return next == me.thread || (next != thread && leads_to(me, next));
    };
    for (Waiter* w = waiters_; w; w = w->next) {
        if (w->thread != thread || w->searched)
            continue;
        w->searched = true;
        if (w->reason == Reason::entry) {
            // It waits for whoever blocked the gate to resume it, if it still has to.
            if (must_wait(w->gate, *w->caller) && is_or_leads_to_me(w->gate.blocker_))
                return true;
            continue;
        }
        if (w->since > me.since)
            continue;
        for (const Visit* visit = w->gate.visits_; visit; visit = visit->next_)
            if (counts(*visit, w->reason) && is_or_leads_to_me(visit->thread_))
                return true;
    }
    return false;
}

} // namespace rtm
