// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// What the engine needs from outside. The dll gives it Win32 threads and the registry, a
// native test gives it what it likes.

#pragma once

#include "handle.h"
#include "ids.h"
#include "status.h"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace rtm
{

class Entity;
struct RouteInfo;

/// Work that the engine wants done on a thread of the host's.
class Job
{
public:
    virtual void run() noexcept = 0;

protected:
    ~Job() = default;
};

/// Runs one job, as often as it is woken.
class Runner
{
public:
    virtual ~Runner() = default;

    /// Has Job::run called once, soon, on another thread. Never fails: what it takes was
    /// acquired with the runner. The job may wake its own runner, and may destroy it.
    virtual void wake() noexcept = 0;
};

/// A pointer to a client's function. Only the host knows its type.
using ClientFunction = void (*)();

enum class EntityEvent { registered, deregistered };

/// Runs one job at a time that is set.
class Alarm
{
public:
    /// Waits for a job that runs. Not to be called by one.
    virtual ~Alarm() = default;

    /// Has Job::run called once, on another thread, after so many milliseconds; replaces what was
    /// set before. Never fails: what it takes was acquired with the alarm.
    virtual void set(std::uint64_t delay_ms) noexcept = 0;
};

class Host
{
public:
    /// Called before an entity tries to register while there is no table.
    virtual void before_first_entity() = 0;

    /// Makes a runner for `job`, which outlives it. Throws ResourceExhausted or std::bad_alloc.
    virtual std::unique_ptr<Runner> make_runner(Job& job) = 0;

    /// Makes an alarm for `job`, which outlives it. Throws ResourceExhausted or std::bad_alloc.
    virtual std::unique_ptr<Alarm> make_alarm(Job& job) = 0;

    /// Milliseconds since any time, never going back.
    virtual std::uint64_t now_ms() noexcept = 0;

    /// 100 ns since 1601, UTC. Asked for at every change of the table: coarse and cheap.
    virtual std::uint64_t wall_clock() noexcept = 0;

    /// A megabyte or more of zeros for a table, aligned to a cache line; large pages, if the host
    /// has them, make a large table fast. Throws std::bad_alloc.
    virtual void* map(std::size_t size);
    virtual void unmap(void* memory, std::size_t size) noexcept;

    /// Replaces what is configured in `limits`. Status::bad_configuration if that is nonsense.
    virtual Status configure(Limits& limits) = 0;

    /// Calls the event callback that `receiver` registered with: `subject` has come or gone.
    /// Called on a runner's thread, with no lock held, never twice at a time for one entity.
    virtual void tell(ClientFunction callback, EntityEvent event, Entity& receiver,
                      Entity& subject) noexcept = 0;

    /// Calls it for a route of `owner` that has expired; `live` is the table's own. True if the
    /// table is to delete the route.
    virtual bool tell_expired(ClientFunction callback, Entity& owner, Handle route,
                              RouteInfo& live) noexcept = 0;

    /// Calls it for a change notification that has changes to fetch. `context` is what the client
    /// registered for them with.
    virtual void tell_changes(ClientFunction callback, Entity& receiver, Handle notification,
                              void* context) noexcept = 0;

protected:
    ~Host() = default;
};

} // namespace rtm
