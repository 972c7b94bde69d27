// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Who is inside whose code, and who waits for that.
//
// Clients' code, methods and event callbacks, runs without any lock of ours. What has to be
// known of it is kept here: each thread inside an entity's code is a Visit to the entity's
// Gate. A gate can be blocked (methods wait at it), drained (one waits until the visitors have
// left) and closed for good.
//
// A visitor may call in again and wait in turn, so threads can come to wait for each other in
// a circle. Of those in a circle that wait for visitors, the one that began last gives up on the
// visitor that cannot leave before it: nobody waits for ever, and nobody gives up without need.

#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace rtm
{

class Gate;

enum class VisitKind { method, event };

/// One thread inside one entity's code. Lives on that thread's stack.
class Visit
{
    friend class Gate;
    friend class WaitRoom;

    std::thread::id thread_ = std::this_thread::get_id();
    VisitKind kind_{};
    Visit* next_ = nullptr;
};

/// An entity's door for code that is to run in it. All members belong to the wait room.
class Gate
{
    friend class WaitRoom;

    Visit* visits_ = nullptr;
    bool closed_ = false;
    bool blocked_ = false;
    std::thread::id blocker_; // who blocked it last
};

class WaitRoom
{
public:
    /// Enters `callee` to run a method for `caller`; waits while methods are blocked. False,
    /// and not entered, if either of the two is closed or closes meanwhile.
    bool enter_method(Gate& callee, const Gate& caller, Visit& visit);

    /// Enters to run an event callback. False, and not entered, if the gate is closed.
    bool enter_event(Gate& gate, Visit& visit);

    void leave(Gate& gate, Visit& visit) noexcept;

    /// Blocks methods, and waits for those that run, but for its own and a circle's. False if the
    /// gate is closed.
    bool block(Gate& gate);

    /// Lets methods run again. False if the gate is closed.
    bool resume(Gate& gate);

    /// Closes for good: nobody enters any more, those who wait to are refused. False if the
    /// gate was closed already: only one caller closes it.
    bool close(Gate& gate);

    /// Waits until nobody is inside any more, but for its own visits and a circle's.
    void drain(Gate& gate);

    /// Whether the calling thread is inside an event callback of that entity.
    bool in_event(const Gate& gate) const;

private:
    enum class Reason { entry, methods_gone, all_gone };

    // A thread that waits, in the list for as long as it does.
    struct Waiter {
        Waiter(WaitRoom& r, Reason why, const Gate& g, const Gate* c = nullptr) noexcept;
        ~Waiter();
        Waiter(const Waiter&) = delete;
        Waiter& operator=(const Waiter&) = delete;

        WaitRoom& room;
        const Reason reason;
        const Gate& gate;
        const Gate* const caller; // of who waits for entry
        const std::thread::id thread = std::this_thread::get_id();
        const std::uint64_t since;
        Waiter* next;
        bool searched = false; // scratch of is_stuck_behind()
    };

    static bool must_wait(const Gate& callee, const Gate& caller) noexcept;
    static bool counts(const Visit& visit, Reason reason) noexcept;
    static void enter(Gate& gate, Visit& visit, VisitKind kind) noexcept;

    void wait_for_visitors(std::unique_lock<std::mutex>& lock, const Gate& gate, Reason reason);
    bool someone_will_leave(const Waiter& me) const;
    bool is_stuck_behind(const Waiter& me, std::thread::id thread) const;
    bool leads_to(const Waiter& me, std::thread::id thread) const;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Waiter* waiters_ = nullptr;
    std::uint64_t waits_begun_ = 0;
};

} // namespace rtm
