// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What a table has to do at a time: its timers, and the host's alarm that is set to the next.

#pragma once

#include "host.h"
#include "timers.h"

#include <memory>
#include <utility>

namespace rtm
{

/// All calls while writing.
class Schedule
{
public:
    /// `job` is run when pop_due() may have something.
    Schedule(Host& host, Job& job) noexcept : host_(host), job_(job), wheel_(host.now_ms()) {}

    /// To be called before arm(), which cannot fail. Most tables never need an alarm. Throws what
    /// Host::make_alarm throws.
    void prepare()
    {
        if (!alarm_)
            alarm_ = host_.make_alarm(job_);
    }

    /// The job should look for it after that time; arming again replaces the time.
    void arm(Timer& timer, std::uint64_t delay_ms) noexcept
    {
        wheel_.arm(timer, host_.now_ms() + delay_ms);
        if (timer.due() < alarm_due_)
            set_alarm(timer.due());
    }

    void cancel(Timer& timer) noexcept { wheel_.cancel(timer); }

    /// A timer that is due, or nullptr.
    Timer* pop_due() noexcept { return wheel_.pop_due(host_.now_ms()); }

    /// Sets the alarm again after it has gone off.
    void rearm() noexcept
    {
        alarm_due_ = TimerWheel::never;
        const std::uint64_t next = wheel_.next_look();
        if (next != TimerWheel::never)
            set_alarm(next);
    }

    /// Nothing is set any more. The caller destroys the alarm, which waits for a job that runs and
    /// so is not to be done while writing.
    std::unique_ptr<Alarm> stop() noexcept { return std::move(alarm_); }

private:
    void set_alarm(std::uint64_t due) noexcept
    {
        alarm_due_ = due;
        const std::uint64_t now = host_.now_ms();
        if (alarm_) // not stopped
            alarm_->set(due > now ? due - now : 0);
    }

    Host& host_;
    Job& job_;
    std::unique_ptr<Alarm> alarm_;
    std::uint64_t alarm_due_ = TimerWheel::never;
    TimerWheel wheel_;
};

} // namespace rtm
