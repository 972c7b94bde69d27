// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// A host for the engine that needs no Windows: threads, and a log of what clients were told.

#pragma once

#include "rib.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace rtm
{

struct Told {
    EntityEvent event;
    Handle receiver;
    Handle subject;
    EntityId subject_id;

    bool operator==(const Told&) const = default;
};

class FakeHost final : public Host
{
public:
    FakeHost();
    ~FakeHost();

    void before_first_entity() override { ++awakenings; }
    std::unique_ptr<Runner> make_runner(Job& job) override;
    std::unique_ptr<Alarm> make_alarm(Job& job) override;
    std::uint64_t now_ms() noexcept override { return now_.load(); }
    std::uint64_t wall_clock() noexcept override { return now_.load() * 10000; }
    Status configure(Limits& limits) override;
    void tell(ClientFunction callback, EntityEvent event, Entity& receiver,
              Entity& subject) noexcept override;
    bool tell_expired(ClientFunction callback, Entity& owner, Handle route,
                      RouteInfo& live) noexcept override;
    void tell_changes(ClientFunction callback, Entity& receiver, Handle notification,
                      void* context) noexcept override;

    /// Lets time pass: alarms go off that are set to then. Returns when no job runs any more.
    void advance(std::uint64_t ms);

    /// What `receiver` has been told, once it is at least `count` events.
    std::vector<Told> wait_for_events(Handle receiver, std::size_t count);
    std::vector<Told> events_of(Handle receiver);

    /// Called for each event before it is logged, on the runner's thread.
    std::function<void(const Told&)> on_event;

    /// Called on a runner's thread. The answer of the former is the client's.
    std::function<bool(Entity& owner, Handle route, RouteInfo& live)> on_expired;
    std::function<void(Entity& receiver, Handle notification, void* context)> on_changes;

    /// Waits until no job runs or is to run.
    void wait_until_idle();

    int awakenings = 0;
    Limits configured;
    bool corrupt = false;

private:
    class FakeRunner;
    class FakeAlarm;
    void work();

    std::atomic<std::uint64_t> now_{1000};
    std::vector<FakeAlarm*> alarms_;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job*> jobs_;
    std::vector<Told> log_;
    int running_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

/// An engine on a fake host, which lets jobs end before the engine does.
struct Engine {
    FakeHost host;
    Rib rib{host};

    ~Engine() { host.wait_until_idle(); }
};

/// Any non-null callback: the fake host does not call it.
inline const ClientFunction some_callback = reinterpret_cast<ClientFunction>(1);

/// Joins, and gives the handle; no value if it was refused, with `status` saying why.
std::optional<Handle> join(Rib& rib, const Registration& registration, Status* status = nullptr);

/// A registration with table 0/IPv4 and that protocol id.
Registration client(std::uint32_t protocol, ClientFunction callback = nullptr);

bool leave(Rib& rib, Handle handle);

/// How many entities `handle` finds in its table.
unsigned count_entities(Rib& rib, Handle handle);

} // namespace rtm
