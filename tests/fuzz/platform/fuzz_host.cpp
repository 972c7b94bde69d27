// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "fuzz_host.h"

#include "door.h"
#include "faults.h"
#include "rib.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace fuzz
{

namespace
{

// Some day in 2026.
constexpr std::uint64_t epoch = 134'000'000'000'000'000;

/// Calls a client's event callback, as the host in the dll does.
DWORD call(rtm::ClientFunction callback, rtm::Handle receiver, RTM_EVENT_TYPE event, void* context1,
           void* context2)
{
    return reinterpret_cast<RTM_EVENT_CALLBACK>(callback)(rtm::to_win32(receiver), event, context1,
                                                          context2);
}

[[noreturn]] void misused(const char* what)
{
    std::fprintf(stderr, "MISMATCH: the engine destroys %s that still has to run\n", what);
    std::abort();
}

} // namespace

class FuzzHost::FuzzRunner final : public rtm::Runner
{
public:
    FuzzRunner(FuzzHost& host, rtm::Job& job) : host_(host), job_(job) {}

    ~FuzzRunner() override
    {
        if (std::find(host_.woken_.begin(), host_.woken_.end(), this) != host_.woken_.end())
            misused("a runner");
    }

    void wake() noexcept override { host_.woken_.push_back(this); }

    void run() { job_.run(); }

private:
    FuzzHost& host_;
    rtm::Job& job_;
};

class FuzzHost::FuzzAlarm final : public rtm::Alarm
{
public:
    FuzzAlarm(FuzzHost& host, rtm::Job& job) : host_(host), job_(job) {}
    ~FuzzAlarm() override
    {
        if (runs_)
            misused("an alarm");
        host_.alarms_.erase(this);
    }

    void set(std::uint64_t delay_ms) noexcept override
    {
        host_.alarms_[this] = host_.now_ + delay_ms;
    }

    void run()
    {
        runs_ = true;
        job_.run();
        runs_ = false;
    }

private:
    FuzzHost& host_;
    rtm::Job& job_;
    bool runs_ = false;
};

std::uint64_t FuzzHost::wall_clock_at(std::uint64_t now)
{
    return epoch + now * 10'000;
}

std::optional<std::uint64_t> FuzzHost::next_alarm() const
{
    std::optional<std::uint64_t> next;
    for (auto& [alarm, time] : alarms_)
        if (!next || time < *next)
            next = time;
    return next;
}

bool FuzzHost::fire_alarm()
{
    auto first = std::min_element(alarms_.begin(), alarms_.end(),
                                  [](auto& a, auto& b) { return a.second < b.second; });
    if (first == alarms_.end() || first->second > now_)
        return false;
    FuzzAlarm* alarm = first->first;
    alarms_.erase(first);
    alarm->run();
    return true;
}

bool FuzzHost::run_job()
{
    if (woken_.empty())
        return false;
    FuzzRunner* runner = woken_.front();
    woken_.pop_front();
    runner->run();
    return true;
}

std::unique_ptr<rtm::Runner> FuzzHost::make_runner(rtm::Job& job)
{
    rtm::faults::before_resource();
    rtm::faults::before_allocation();
    return std::make_unique<FuzzRunner>(*this, job);
}

std::unique_ptr<rtm::Alarm> FuzzHost::make_alarm(rtm::Job& job)
{
    rtm::faults::before_resource();
    rtm::faults::before_allocation();
    return std::make_unique<FuzzAlarm>(*this, job);
}

rtm::Status FuzzHost::configure(rtm::Limits& limits)
{
    limits = configured;
    return rtm::Status::ok;
}

void FuzzHost::tell(rtm::ClientFunction callback, rtm::EntityEvent event, rtm::Entity& receiver,
                    rtm::Entity& subject) noexcept
{
    RTM_ENTITY_INFO info;
    rtm::fill(info, subject);
    const bool registered = event == rtm::EntityEvent::registered;
    call(callback, receiver.handle, registered ? RTM_ENTITY_REGISTERED : RTM_ENTITY_DEREGISTERED,
         rtm::to_win32(subject.handle), &info);
}

bool FuzzHost::tell_expired(rtm::ClientFunction callback, rtm::Entity& owner, rtm::Handle route,
                            rtm::RouteInfo& live) noexcept
{
    return call(callback, owner.handle, RTM_ROUTE_EXPIRED, rtm::to_win32(route), &live) ==
           ERROR_NOT_SUPPORTED;
}

void FuzzHost::tell_changes(rtm::ClientFunction callback, rtm::Entity& receiver,
                            rtm::Handle notification, void* context) noexcept
{
    call(callback, receiver.handle, RTM_CHANGE_NOTIFICATION, rtm::to_win32(notification), context);
}

} // namespace fuzz
