// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A host for the engine in which nothing happens by itself: the target moves the clock, and jobs
// run when it says so, one after the other, on its own thread.

#pragma once

#include "host.h"

#include <deque>
#include <map>
#include <optional>

namespace fuzz
{

class FuzzHost final : public rtm::Host
{
public:
    rtm::Limits configured;

    std::uint64_t now() const { return now_; }
    void set_now(std::uint64_t now) { now_ = now; }
    /// FILETIME of a time of the clock.
    static std::uint64_t wall_clock_at(std::uint64_t now);

    /// When the next alarm is to go off.
    std::optional<std::uint64_t> next_alarm() const;
    /// Lets the alarm that is due first go off. False if none is due.
    bool fire_alarm();
    /// Runs the job that was woken first. False if none was.
    bool run_job();
    bool has_jobs() const { return !woken_.empty(); }

    void before_first_entity() override {}
    std::unique_ptr<rtm::Runner> make_runner(rtm::Job& job) override;
    std::unique_ptr<rtm::Alarm> make_alarm(rtm::Job& job) override;
    std::uint64_t now_ms() noexcept override { return now_; }
    std::uint64_t wall_clock() noexcept override { return wall_clock_at(now_); }
    rtm::Status configure(rtm::Limits& limits) override;
    void tell(rtm::ClientFunction callback, rtm::EntityEvent event, rtm::Entity& receiver,
              rtm::Entity& subject) noexcept override;
    bool tell_expired(rtm::ClientFunction callback, rtm::Entity& owner, rtm::Handle route,
                      rtm::RouteInfo& live) noexcept override;
    void tell_changes(rtm::ClientFunction callback, rtm::Entity& receiver, rtm::Handle notification,
                      void* context) noexcept override;

private:
    class FuzzRunner;
    class FuzzAlarm;

    std::uint64_t now_ = 1000;
    std::deque<FuzzRunner*> woken_;
    std::map<FuzzAlarm*, std::uint64_t> alarms_; // that are set
};

} // namespace fuzz
