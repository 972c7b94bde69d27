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
// a circle. Nobody waits for a visitor that cannot leave before the waiting thread goes on:
// its own visits, and those of threads that wait, directly or through others, for it.

#pragma once

#include <condition_variable>
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

    /// Blocks methods, and waits for those that run. False if the gate is closed.
    bool block(Gate& gate);

    /// Lets methods run again. False if the gate is closed.
    bool resume(Gate& gate);

    /// Closes for good: nobody enters any more, those who wait to are refused. False if the
    /// gate was closed already: only one caller closes it.
    bool close(Gate& gate);

    /// Waits until nobody is inside any more.
    void drain(Gate& gate);

    /// Whether the calling thread is inside an event callback of that entity.
    bool in_event(const Gate& gate) const;

private:
    enum class Reason { entry, methods_gone, all_gone };

    // A thread that waits, in the list for as long as it does.
    class Waiter
    {
    public:
        Waiter(WaitRoom& room, const Gate& gate, Reason reason) noexcept;
        ~Waiter();

        WaitRoom& room;
        const std::thread::id thread = std::this_thread::get_id();
        const Gate& gate;
        const Reason reason;
        Waiter* next;
        bool visited = false; // scratch of waits_for()
    };

    static bool counts(const Visit& visit, Reason reason) noexcept;
    void wait_for_visitors(std::unique_lock<std::mutex>& lock, const Gate& gate, Reason reason);
    bool someone_will_leave(const Gate& gate, Reason reason);
    bool waits_for(std::thread::id waiting, std::thread::id wanted);
    bool search(std::thread::id waiting, std::thread::id wanted);
    static void enter(Gate& gate, Visit& visit, VisitKind kind) noexcept;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Waiter* waiters_ = nullptr;
};

} // namespace rtm
