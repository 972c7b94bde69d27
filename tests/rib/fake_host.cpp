// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors

#include "fake_host.h"

#include <algorithm>
#include <chrono>

namespace rtm
{

class FakeHost::FakeRunner final : public Runner
{
public:
    FakeRunner(FakeHost& host, Job& job) : host_(host), job_(job) {}

    void wake() noexcept override
    {
        {
            std::lock_guard lock(host_.mutex_);
            host_.jobs_.push_back(&job_);
        }
        host_.changed_.notify_all();
    }

private:
    FakeHost& host_;
    Job& job_;
};

class FakeHost::FakeAlarm final : public Alarm
{
public:
    FakeAlarm(FakeHost& host, Job& job) : host_(host), job_(job)
    {
        std::lock_guard lock(host_.mutex_);
        host_.alarms_.push_back(this);
    }
    ~FakeAlarm() override
    {
        std::unique_lock lock(host_.mutex_);
        std::erase(host_.alarms_, this);
        host_.changed_.wait(lock, [this] { return !is_running_; });
    }

    void set(std::uint64_t delay_ms) noexcept override
    {
        std::lock_guard lock(host_.mutex_);
        due_ = host_.now_ + delay_ms;
    }

    // With the host's lock held.
    bool run_if_due(std::unique_lock<std::mutex>& lock)
    {
        if (due_ > host_.now_)
            return false;
        due_ = ~std::uint64_t(0);
        is_running_ = true;
        lock.unlock();
        job_.run();
        lock.lock();
        is_running_ = false;
        host_.changed_.notify_all();
        return true;
    }

private:
    FakeHost& host_;
    Job& job_;
    std::uint64_t due_ = ~std::uint64_t(0);
    bool is_running_ = false;
};

std::unique_ptr<Alarm> FakeHost::make_alarm(Job& job)
{
    faults::before_resource();
    faults::before_allocation();
    return std::make_unique<FakeAlarm>(*this, job);
}

void FakeHost::advance(std::uint64_t ms)
{
    now_ += ms;
    {
        std::unique_lock lock(mutex_);
        // An alarm that runs lets others come and go.
        for (std::size_t i = 0; i < alarms_.size();)
            i = alarms_[i]->run_if_due(lock) ? 0 : i + 1;
    }
    wait_until_idle();
}

bool FakeHost::tell_expired(ClientFunction, Entity& owner, Handle route, RouteInfo& live) noexcept
{
    return !on_expired || on_expired(owner, route, live);
}

void FakeHost::tell_changes(ClientFunction, Entity& receiver, Handle notification,
                            void* context) noexcept
{
    if (on_changes)
        on_changes(receiver, notification, context);
}

FakeHost::FakeHost()
{
    for (int i = 0; i < 4; ++i)
        threads_.emplace_back([this] { work(); });
}

FakeHost::~FakeHost()
{
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_)
        thread.join();
}

void FakeHost::work()
{
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
        if (jobs_.empty())
            return;
        Job* job = jobs_.front();
        jobs_.pop_front();
        ++running_;
        lock.unlock();
        job->run();
        lock.lock();
        --running_;
        changed_.notify_all();
    }
}

void FakeHost::wait_until_idle()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return jobs_.empty() && running_ == 0; });
}

std::unique_ptr<Runner> FakeHost::make_runner(Job& job)
{
    faults::before_resource();
    faults::before_allocation();
    return std::make_unique<FakeRunner>(*this, job);
}

Status FakeHost::configure(Limits& limits)
{
    limits = configured;
    return corrupt ? Status::bad_configuration : Status::ok;
}

void FakeHost::tell(ClientFunction, EntityEvent event, Entity& receiver, Entity& subject) noexcept
{
    Told told{event, receiver.handle, subject.handle, subject.id};
    if (on_event)
        on_event(told);
    {
        std::lock_guard lock(mutex_);
        log_.push_back(told);
    }
    changed_.notify_all();
}

std::vector<Told> FakeHost::events_of(Handle receiver)
{
    std::lock_guard lock(mutex_);
    std::vector<Told> events;
    std::copy_if(log_.begin(), log_.end(), std::back_inserter(events),
                 [&](const Told& told) { return told.receiver == receiver; });
    return events;
}

std::vector<Told> FakeHost::wait_for_events(Handle receiver, std::size_t count)
{
    {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(30), [&] {
            return std::count_if(log_.begin(), log_.end(), [&](const Told& told) {
                       return told.receiver == receiver;
                   }) >= static_cast<std::ptrdiff_t>(count);
        });
    }
    return events_of(receiver);
}

std::optional<Handle> join(Rib& rib, const Registration& registration, Status* status)
{
    std::optional<Handle> handle;
    Status outcome = rib.join(registration, [&](Handle made, const Limits&) { handle = made; });
    if (status)
        *status = outcome;
    return handle;
}

Registration client(std::uint32_t protocol, ClientFunction callback)
{
    return {.table = {0, Family::ipv4},
            .id = {protocol, 0},
            .methods = {},
            .callback = callback,
            .reserve_opaque_pointer = false};
}

bool leave(Rib& rib, Handle handle)
{
    return rib.leave(handle, [](const Entity&) {});
}

unsigned count_entities(Rib& rib, Handle handle)
{
    Caller caller(rib, handle);
    return caller ? caller.table().members().list(*caller, 0, false, [](unsigned, Entity&) {}) : 0;
}

} // namespace rtm
